using System.Collections.Immutable;
using System.Diagnostics;
using Preimage.Cli.Arguments;
using Preimage.Cli.Output;
using Preimage.Data.Images;
using Preimage.Figures;
using Preimage.Maps;
using Preimage.Networks;
using Preimage.Results;
using Preimage.Walking;

namespace Preimage.Cli.Walking;

/// <summary>One walk, as the command line asks for it.</summary>
internal sealed record WalkRun
{
    public required SliceWords Slice { get; init; }
    public required WalkSettings Settings { get; init; }
    public required string? Value { get; init; }
    public required WalkData? Data { get; init; }
    public required string? Write { get; init; }

    /// <summary>Whether samples are thinned to as many as they are worth.</summary>
    public required bool IsThinned { get; init; }
    public required bool HasPoints { get; init; }
    public required string? Out { get; init; }
    public required EmbeddingReading Reading { get; init; }
    public required string? Resume { get; init; }
    public required bool Json { get; init; }

    /// <summary>Walks, writes the files, and says what was found.</summary>
    public ExitCode Run(CancellationToken cancellation)
    {
        Stopwatch watch = Stopwatch.StartNew();
        (FigureTarget? figures, SampleTarget? samples) = Targets();
        WalkQuestion question = Ask(cancellation);
        ITrailReading reading = Reading.Prepare(Slice, question.Choice, Out);
        IReadOnlyList<Stroll> strolls = Settings.Strolls(question.Signature.Inputs);
        Preprocessing? preprocessing = samples?.IsFolder == true ? DemandImage(question) : null;
        samples?.Probe(question.Model.Inputs);
        double[][]? rows = Data?.Read(question, Slice);
        RunRecord run = Record(question);

        WalkSession session = new(question.Choice.Map, question.Start, question.Box, strolls);
        using WalkJournal? journal = Journal(run, session, figures?.Path ?? samples?.StatePath);
        Walk[] walks = ProgressDisplay.Count(
            Json,
            "walking",
            session.Total,
            progress => session.Run(journal, progress, cancellation)
        );
        ImmutableArray<Walked> walked =
        [
            .. strolls
                .Select((stroll, k) => (stroll, Walk: walks[k], k))
                .Where(w => w.k == 0 || w.Walk.Steps > 0)
                .Select(w => new Walked(
                    w.stroll,
                    w.Walk,
                    WalkFacts.Of(w.Walk, session.Seconds[w.k], session.Taken[w.k])
                )),
        ];
        WalkFound found = new()
        {
            Question = question,
            Run = run,
            Main = walked[0],
            Beside = walked[1..],
            Samples = Write is null && Data is null ? null : WalkSamples.Of(walked[0], question, IsThinned),
            Spread = null,
            IsWhole = strolls.Select((stroll, k) => Walker.IsDone(walks[k], stroll.Plan)).All(done => done),
        };
        found = found with { Spread = Measure(found, rows, cancellation) };
        found = found with { Run = run with { Seconds = watch.Elapsed.TotalSeconds } };
        List<string> written = WriteFiles(found, (figures, reading), (samples, preprocessing));
        if (found.IsWhole)
        {
            journal?.Remove();
        }
        else if (journal is not null)
        {
            written.Add(journal.File);
        }

        Say(found, written);
        return found.IsWhole && walks.All(WalkFacts.IsComplete) ? ExitCode.Done : ExitCode.Partial;
    }

    private (FigureTarget? Figures, SampleTarget? Samples) Targets()
    {
        FigureTarget? figures = Out is null ? null : FigureTarget.ParseTrail(Out, Slice);
        SampleTarget? samples = Write is null ? null : SampleTarget.Parse(Write);
        foreach (
            string? input in (string?[])
                [Slice.Model.Path, Slice.At is { } at ? PointArgument.File(at) : null, Data?.File]
        )
        {
            samples?.KeepOff(input);
            if (input is not null)
            {
                figures?.KeepOff(input);
            }
        }

        if (figures is not null && samples?.KeepsOff(figures) == false)
        {
            throw new ArgumentException(
                $"--write and --out would write the same file for '{Write}'; choose another name for one."
            );
        }

        figures?.Probe();
        return (figures, samples);
    }

    /// <summary>The map, the box and the start.</summary>
    private WalkQuestion Ask(CancellationToken cancellation)
    {
        (Network network, SliceWords told) = Slice.Load();
        MapChoice choice = MapChoice.Of(network, told);
        Box box = BoxArgument.Parse(Slice.Box, choice.Signature);
        double[] start = choice.Start!;
        BoxArgument.Demand(box, choice.Signature, start);
        WalkQuestion question = new()
        {
            Model = network,
            Choice = choice,
            Box = box,
            Start = start,
        };
        if (Value is null)
        {
            return question;
        }

        ValueArgument value = ValueArgument.Parse(Value, choice.Signature, Settings.Seed);
        Arrival arrival = value.Reach(choice.Map, start, box, cancellation);
        return question with { Start = [.. arrival.Point], Arrival = arrival, Value = value.Value };
    }

    /// <summary>What makes an input of an image, which a folder of images undoes.</summary>
    private Preprocessing DemandImage(WalkQuestion question)
    {
        Preprocessing preprocessing = Slice.Image is { } text
            ? Preprocessing.Parse(text)
            : WalkFigures.Levels(question);
        try
        {
            return preprocessing.For(question.Choice.Network.InputTensor.Shape);
        }
        catch (ArgumentException refusal)
        {
            throw new ArgumentException($"--write {Write} is a folder of images: {refusal.Message}", refusal);
        }
    }

    private WalkJournal? Journal(RunRecord run, WalkSession session, string? path)
    {
        (string, string) about = (
            run.ModelHash,
            string.Join("; ", run.Settings.Where(s => s.Name != "steps").Select(s => $"{s.Name} {s}"))
        );
        return Resume is not null ? WalkJournal.Resume(Resume, about, session.Chains)
            : path is not null ? WalkJournal.Begin(path, about)
            : null;
    }

    /// <summary>How the samples lie among the data; a run that was stopped leaves that out.</summary>
    private DataSpread? Measure(WalkFound found, double[][]? rows, CancellationToken cancellation)
    {
        if (Data is null || found.Samples!.Table.Count == 0 || cancellation.IsCancellationRequested)
        {
            return null;
        }

        try
        {
            return ProgressDisplay.Wait(
                Json,
                "comparing with the data",
                () => Data.Measure(found.Samples.Table, rows!, found.Question, cancellation)
            );
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    private List<string> WriteFiles(
        WalkFound found,
        (FigureTarget? Target, ITrailReading Reading) figures,
        (SampleTarget? Target, Preprocessing? Preprocessing) samples
    )
    {
        List<string> written = [];
        if (samples.Target is { } target && found.Samples!.Table.Count > 0)
        {
            written.AddRange(target.Write(found, samples.Preprocessing));
        }

        if (figures.Target is not null)
        {
            written.AddRange(WalkFigures.Write(figures.Target, found, report => figures.Reading.Of(report), Slice));
        }

        return written;
    }

    private void Say(WalkFound found, IReadOnlyList<string> written)
    {
        if (Json)
        {
            JsonReport.Write(found.Run, json => WalkJson.Write(json, found, HasPoints));
        }
        else
        {
            WalkReport.Write(found, written);
        }
    }

    private RunRecord Record(WalkQuestion question) =>
        JsonReport.Record(
            "walk",
            question.Model,
            0,
            [
                question.Inputs <= BoxArgument.MostListed
                    ? new Setting("at", [.. question.Choice.Start!])
                    : new Setting("at", Slice.Point),
                BoxArgument.Record(question.Box, Slice.Box),
                .. question.Choice.Settings,
                .. question.Value.IsEmpty ? [] : (Setting[])[new("value", question.Value)],
                .. Settings.Record(question.Signature.Inputs),
                .. Reading.Settings(),
                .. Data is null ? [] : (Setting[])[new("data", Data.File), new("dataRows", Data.Most)],
            ]
        ) with
        {
            Signature = question.Signature,
        };
}
