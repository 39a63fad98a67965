using System.Collections.Immutable;
using Preimage.Cli.Output;
using Preimage.Figures;
using Preimage.Geometry;
using Preimage.Maps;
using Preimage.Networks;

namespace Preimage.Cli.Arguments;

/// <summary>Tells the points of a trail in other terms.</summary>
internal interface ITrailReading
{
    /// <summary>The report with its points as they are read.</summary>
    TrailReport Of(TrailReport report);
}

/// <summary>As they are.</summary>
internal sealed record AsItIs : ITrailReading
{
    public TrailReport Of(TrailReport report) => report;
}

/// <summary>The points of an inner tensor as points of the model's input, by least squares.</summary>
/// <param name="Embedding">From the model's input to the tensor.</param>
/// <param name="Choice">The map of the tensor.</param>
/// <param name="Start">The point of the input from which the least change is sought: [Embedding.Inputs].</param>
/// <param name="Image">How that is an image; null where it is none.</param>
internal sealed record Decoding(Network Embedding, MapChoice Choice, double[] Start, TrailImage? Image) : ITrailReading
{
    public TrailReport Of(TrailReport report)
    {
        (Trail trail, double residual, int kept) = Of(report.Trail);
        string answers =
            Choice.Network.Outputs > 1 ? $", {kept} of {trail.Cloud.Count} with the answer of the start" : "";
        return report with
        {
            Run = report.Run with { Signature = report.Run.Signature with { Inputs = Embedding.Signature.Inputs } },
            Facts =
            [
                ("decoded", $"by least squares, residual at most {Tables.ShowError(residual)}{answers}"),
                .. report.Facts,
            ],
            Trail = trail,
            Beside = [.. report.Beside.Select(other => Of(other).Trail)],
            // Decoded, too, so that a trail that begins there begins at it bit for bit.
            Start = Decoded(report.Start.AsSpan()).Point,
            Target = report.Target.IsEmpty ? [] : Decoded(report.Target.AsSpan()).Point,
            Image = Image,
            RowLength = 0,
        };
    }

    /// <summary>The decoded trail, its largest residual, and how many of its points have the start's answer when they go through the whole model.</summary>
    private (Trail Trail, double Residual, int Kept) Of(Trail trail)
    {
        int n = Embedding.Inputs;
        double[] points = new double[trail.Cloud.Count * n];
        double residual = 0;
        int kept = 0;
        int answer = Largest(Choice.Network.Map.Evaluate(Embedding.Map.Evaluate(Start)));
        for (int i = 0; i < trail.Cloud.Count; i++)
        {
            Preimaged decoded = Decoded(trail.Cloud.Point(i));
            decoded.Point.CopyTo(points, i * n);
            residual = Math.Max(residual, decoded.Residual);
            double[] image = Embedding.Map.Evaluate(decoded.Point.AsSpan());
            kept += Largest(Choice.Network.Map.Evaluate(image)) == answer ? 1 : 0;
        }

        return (trail with { Cloud = trail.Cloud with { Dimension = n, Points = [.. points] } }, residual, kept);
    }

    private Preimaged Decoded(ReadOnlySpan<double> free)
    {
        double[] whole = new double[Choice.Network.Inputs];
        Choice.Complete(free, whole);
        return new LeastSquaresPreimage().Find(Embedding.Map, Start, whole);
    }

    private static int Largest(double[] values) => Array.IndexOf(values, values.Max());
}

/// <summary>Each row of a point as the nearest row of a table, by its name.</summary>
/// <param name="Table">[words, Width].</param>
/// <param name="Words">The rows' names.</param>
/// <param name="Width">Numbers in a row.</param>
/// <param name="Choice">The map of the tensor.</param>
internal sealed record WordReading(ImmutableArray<double> Table, string[] Words, int Width, MapChoice Choice)
    : ITrailReading
{
    public TrailReport Of(TrailReport report) =>
        report with
        {
            Trail = Of(report.Trail),
            Beside = [.. report.Beside.Select(Of)],
            RowLength = Choice.Held is null ? Width : report.RowLength,
            // Rows that are words are no lines of pixels, though a tensor of three dimensions could be an image.
            Image = null,
        };

    private Trail Of(Trail trail) =>
        trail with
        {
            Tokens = [.. Enumerable.Range(0, trail.Cloud.Count).Select(i => Read(trail.Cloud.Point(i)))],
        };

    private ImmutableArray<string> Read(ReadOnlySpan<double> free)
    {
        double[] whole = new double[Choice.Network.Inputs];
        Choice.Complete(free, whole);
        return [.. Enumerable.Range(0, whole.Length / Width).Select(row => Nearest(whole.AsSpan(row * Width, Width)))];
    }

    private string Nearest(ReadOnlySpan<double> row)
    {
        int best = 0;
        double least = double.PositiveInfinity;
        for (int k = 0; k < Words.Length; k++)
        {
            double square = 0;
            for (int j = 0; j < Width; j++)
            {
                double difference = row[j] - Table[k * Width + j];
                square += difference * difference;
            }

            (best, least) = square < least ? (k, square) : (best, least);
        }

        return Words[best];
    }
}
