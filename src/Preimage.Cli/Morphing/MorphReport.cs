using System.Text.Json;
using Preimage.Cli.Arguments;
using Preimage.Cli.Output;
using Preimage.Figures;
using Preimage.Figures.Data;
using Preimage.Maps;
using Preimage.Results;

namespace Preimage.Cli.Morphing;

/// <summary>What a morph says about itself.</summary>
internal sealed class MorphReport
{
    private readonly RunRecord _run;
    private readonly MapChoice _choice;
    private readonly SliceWords _words;
    private readonly Results.Morphing _path;
    private readonly Cloud _frames;
    private readonly Trail _trail;

    public MorphReport(RunRecord run, MapChoice choice, SliceWords words, Results.Morphing path)
    {
        _run = run;
        _choice = choice;
        _words = words;
        _path = path;
        _frames = WithChosenOutputs();
        _trail = new Trail
        {
            Name = "morph",
            Cloud = _frames,
            Along = path.Lengths,
            LargestDefect = path.Defect,
        };
    }

    /// <summary>The path for figures.</summary>
    public TrailReport Trail() =>
        new()
        {
            Run = _run,
            Title = $"Morph from {TrailShape.Short(_words.Point)} towards {TrailShape.Short(Setting("towards"))}",
            Facts = [.. Facts()],
            Trail = _trail,
            Abscissa = "length",
            Start = [.. _choice.Start!],
            Target = _path.Target,
            Outputs = TrailShape.Outputs(_words),
            Image = TrailShape.Image(_choice, _words),
        };

    /// <summary>The members of the JSON object.</summary>
    public void WriteJson(Utf8JsonWriter json)
    {
        json.WriteNumber("seed", 0);
        JsonText.Write(json, "distanceStart", _path.Distances[0]);
        JsonText.Write(json, "distanceEnd", _path.Distances[^1]);
        JsonText.Write(json, "defect", _path.Defect);
        json.WriteString("ending", $"{_path.Ending}");
        JsonText.Write(json, "stationarity", _path.Stationarity);
        JsonText.Write(json, "length", _path.Lengths[^1]);
        json.WriteNumber("steps", _path.Steps);
        json.WriteNumber("evaluations", _path.Evaluations);
        json.WriteNumber("frames", _frames.Count);
        json.WriteNumber("rankingChanges", _trail.CountRankingChanges());
        JsonText.Write(json, "lengths", _path.Lengths.AsSpan());
        JsonText.Write(json, "distances", _path.Distances.AsSpan());
        JsonText.Write(json, "valueStart", _frames.Value(0));
        JsonText.Write(json, "valueEnd", _frames.Value(_frames.Count - 1));
    }

    /// <summary>A short table for people.</summary>
    public void WriteTable(IReadOnlyList<string> files) =>
        Tables.WritePairs([
            ("from", string.Join(", ", _words.Point.Split(','))),
            ("towards", Setting("towards")),
            .. _choice.Held is { } held ? [("held", held)] : Array.Empty<(string, string)>(),
            .. Facts(),
            ("seconds", $"{_run.Seconds:F3}"),
            .. Tables.Written(files),
        ]);

    private IEnumerable<(string, string)> Facts()
    {
        yield return (
            "distance",
            $"{Tables.Show(_path.Distances[0])} at the start, {Tables.Show(_path.Distances[^1])} at the end"
        );
        yield return ("length", Tables.Show(_path.Lengths[^1]));
        yield return ("ending", Advice());
        yield return ("largest defect", Tables.ShowError(_path.Defect));
        yield return ("ranking changes", $"{_trail.CountRankingChanges()}");
        yield return ("steps", $"{_path.Steps}, {_path.Evaluations} evaluations");
    }

    /// <summary>What the ending means to a person, with the share of the direction to the target that is free there.</summary>
    private string Advice()
    {
        string free = $"{Tables.ShowError(_path.Stationarity)} of the direction to the target is free";
        return _path.Ending switch
        {
            Ending.ReachedTarget => "The target itself was reached.",
            Ending.Stationary =>
                $"Stationary: no direction inside the fiber and the box leads nearer from here; {free}.",
            Ending.BudgetSpent =>
                $"The steps allowed are spent, and {free}; allow more with --steps, or give the last frame as --at to go on.",
            Ending.StepTooSmall =>
                $"The steps became too small, and {free}: kinks of the network meet here, or held outputs hardly depend on the inputs, so that their rounding is as long as a step; what was found stands, and with --band or fewer --outputs it goes on.",
            Ending.Singular =>
                "Some of the held outputs hardly depend on the inputs here, so that their rounding moves the path as far as its steps; hold fewer, with --outputs, --keep-label or --band.",
            Ending.Cancelled => $"The run was cancelled, and {free}; the path so far is valid.",
            _ => _path.Ending.Advice(),
        };
    }

    private string Setting(string name)
    {
        string text = $"{_run.Settings.First(setting => setting.Name == name)}";
        Setting? file = _run.Settings.FirstOrDefault(setting => setting.Name == name + "File");
        return file is null ? text : $"{file}";
    }

    /// <summary>The frames with the outputs that were chosen, where others were held: margins of the label.</summary>
    private Cloud WithChosenOutputs()
    {
        Cloud frames = _path.Frames;
        double[] values = new double[frames.Count * _choice.Map.Outputs];
        for (int i = 0; i < frames.Count; i++)
        {
            _choice.Map.Evaluate(frames.Point(i)).CopyTo(values, i * _choice.Map.Outputs);
        }

        return frames with
        {
            Outputs = _choice.Map.Outputs,
            Values = [.. values],
        };
    }
}
