using System.Diagnostics;
using Preimage.Cli.Arguments;
using Preimage.Cli.Output;
using Preimage.Data;
using Preimage.Figures;
using Preimage.Geometry;
using Preimage.Maps;
using Preimage.Networks;

namespace Preimage.Cli.Metric;

/// <summary>A run of preimage metric.</summary>
internal sealed record MetricRun
{
    public required SliceWords Slice { get; init; }
    public required string OutputMetric { get; init; }
    public required bool HasLayers { get; init; }

    /// <summary>How many eigenvalues by products; null for the whole spectrum.</summary>
    public required int? Leading { get; init; }

    /// <summary>The file of points to average over; null for one point.</summary>
    public required string? Data { get; init; }

    /// <summary>How many of its rows; null for all.</summary>
    public required int? Samples { get; init; }
    public required int Seed { get; init; }
    public required string? Out { get; init; }
    public required bool Json { get; init; }

    public ExitCode Run(CancellationToken cancellation)
    {
        Stopwatch watch = Stopwatch.StartNew();
        DemandOneQuestion();
        (bool arrays, FigureTarget? target) = Target();
        target?.Probe();
        (Network network, SliceWords told) = Slice.Load();
        MapChoice choice = MapChoice.Of(network, told);
        double[][] points = Data is null ? [choice.Start!] : Rows(choice);
        double[][] whole = Data is null ? [choice.Point] : points;
        IOutputMetric metric = OutputMetricArgument.Parse(OutputMetric, choice.Map.Outputs);
        MetricAnswer Ask(IProductMap map, double[][] at) =>
            Data is not null ? new MeanAnswer(Mean.Over(map, at, metric, null, cancellation), map.Inputs)
            : Leading is { } count
                ? new LeadingAnswer(
                    new LeadingSpectra
                    {
                        Count = count,
                        Steps = Math.Max(300, 4 * count),
                        Seed = Seed,
                    }.At(map, at[0], metric, cancellation)
                )
            : PointAnswer.Of(map, at[0], metric);
        (MetricAnswer answer, MetricLayer[] layers) = ProgressDisplay.Wait(
            Json,
            "Computing the spectrum",
            () =>
                (
                    Ask(choice.Map, points),
                    HasLayers ? MetricLayer.Of(choice.Network, whole, Ask).ToArray() : Array.Empty<MetricLayer>()
                )
        );
        RunRecord record = Record(network, choice, watch.Elapsed.TotalSeconds);
        MetricReport report = new(record, choice, answer, layers);
        IReadOnlyList<string> written =
            target is null ? []
            : arrays ? WriteArray(target.Path, answer)
            : report.Write(target);
        if (Json)
        {
            report.WriteJson();
        }
        else
        {
            report.WriteTables(written);
        }

        return answer is LeadingAnswer { Found.IsSettled: false } ? ExitCode.Partial : ExitCode.Done;
    }

    /// <summary>The average, of as many eigenvalues as --leading says.</summary>
    private MeanSpectra Mean =>
        Leading is { } count ? new MeanSpectra { Seed = Seed, Count = count } : new MeanSpectra { Seed = Seed };

    private void DemandOneQuestion()
    {
        if (Data is null && Samples is not null)
        {
            throw new ArgumentException("--samples says how many rows of --data are taken; name that file, too.");
        }

        if (Data is not null && Slice.At is not null && !Slice.Chosen.NeedsPoint)
        {
            throw new ArgumentException("--at asks about one point, and --data about many; give one of them.");
        }

        if (Data is not null && (Slice.Fixed.Length > 0 || Slice.Free.Length > 0 || Slice.Model.From is not null))
        {
            throw new ArgumentException(
                "--data averages over rows of all inputs; leave --fix, --free and --from out, or ask about one point with --at."
            );
        }
    }

    /// <summary>Where files go, and whether it is the directions as an array that is asked for.</summary>
    private (bool Arrays, FigureTarget? Target) Target()
    {
        if (Out is null)
        {
            return (false, null);
        }

        KeepOffData();
        if (Out.EndsWith(".npy", StringComparison.OrdinalIgnoreCase))
        {
            FigureTarget.KeepOffPath(Out, Slice);
            return (true, new FigureTarget(Out[..^4], FigureFormats.Npy));
        }

        return (false, FigureTarget.ParsePlane(Out, Slice, ".npy"));
    }

    private void KeepOffData()
    {
        if (Data is not null && Path.GetFullPath(Data) == Path.GetFullPath(Out!))
        {
            throw new ArgumentException($"--out would write over the input '{Data}'; choose another name.");
        }
    }

    private static IReadOnlyList<string> WriteArray(string path, MetricAnswer answer)
    {
        int n = answer.Directions.IsEmpty ? 0 : answer.Directions[0].Length;
        DataFile.Write(
            path + ".npy",
            new DataArray([answer.Directions.Length, n], [.. answer.Directions.SelectMany(d => d)])
        );
        return [path + ".npy"];
    }

    private double[][] Rows(MapChoice choice)
    {
        PointReading reading = Slice.Reading(choice.Network.InputTensor.Shape);
        double[][] rows = PointArgument.ParseTable(Data!, choice.Signature, "--data", reading);
        if (Samples is not { } count || count >= rows.Length)
        {
            return rows;
        }

        int[] order = [.. Enumerable.Range(0, rows.Length)];
        new Generator(Seed).Shuffle(order);
        return [.. order.Take(count).Order().Select(i => rows[i])];
    }

    private RunRecord Record(Network network, MapChoice choice, double seconds)
    {
        Setting[] points = Data is null
            ? choice.Start!.Length <= 1000
                ? [new Setting("at", [.. choice.Start!])]
                : [new Setting("at", Slice.Point)]
            : Samples is { } count
                ? [new Setting("data", Data), new Setting("samples", count), new Setting("seed", Seed)]
                : [new Setting("data", Data), new Setting("seed", Seed)];
        Setting[] image = Data is not null && Slice.Image is { } said ? [new Setting("image", said)] : [];
        Setting[] leading = Leading is { } k ? [new Setting("leading", k), new Setting("seed", Seed)] : [];
        return JsonReport.Record(
            "metric",
            network,
            seconds,
            [.. points, .. image, .. choice.Settings, new Setting("outputMetric", OutputMetric), .. leading]
        ) with
        {
            Signature = choice.Signature,
        };
    }
}
