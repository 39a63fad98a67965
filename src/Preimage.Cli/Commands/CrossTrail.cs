using System.Collections.Immutable;
using Preimage.Cli.Arguments;
using Preimage.Cli.Output;
using Preimage.Figures;
using Preimage.Maps;
using Preimage.Results;
using Preimage.Walking;

namespace Preimage.Cli.Commands;

/// <summary>The way to a crossing: the start, points between which the answer changes evenly, the crossing, and a few beyond.</summary>
internal sealed record CrossTrail(CrossReport Crossings, SliceWords Words, ICrossPath Path)
{
    // Of more numbers a text has so few points: hundreds of megabytes are read by nobody.
    private const long MostNumbers = 2_000_000;

    private const int Fewest = 5;

    /// <summary>The report, with the model's own outputs along the way.</summary>
    public TrailReport Report()
    {
        CrossedPoint point = Crossings.Points[0];
        Question question = Crossings.First.Question;
        Cloud scores = Path.Along(Crossings.First.Goal.Scores, point.Crossing, question.Box);
        Cloud cloud = Thinned(scores, point.Crossing) with { Outputs = question.Map.Outputs };
        int n = cloud.Dimension;
        double[][] points = [.. cloud.Points.Chunk(n)];
        return new TrailReport
        {
            Run = Crossings.Run,
            Title = $"From {point.Names.From} to {point.Names.To}",
            Facts =
            [
                .. Crossings.Facts(),
                ("KKT residual", Tables.ShowError(point.Crossing.KktResidual)),
                ("bracket", Tables.ShowError(point.Crossing.BracketWidth)),
            ],
            Trail = new Trail
            {
                Name = "way to the crossing",
                Cloud = cloud with { Values = [.. points.SelectMany(x => question.Map.Evaluate(x))] },
                Along = Lengths(points),
            },
            // Along a straight way these are the distances from the start; a lift may come back towards it.
            Abscissa = Path is StraightCrossPath ? "distance" : "length",
            Start = point.Crossing.From,
            Outputs = TrailShape.Outputs(Words),
            Image = TrailShape.Image(question.Choice, Words),
        };
    }

    /// <summary>The length of the way up to each point.</summary>
    private static ImmutableArray<double> Lengths(double[][] points)
    {
        double[] lengths = new double[points.Length];
        for (int i = 1; i < points.Length; i++)
        {
            double[] last = points[i - 1];
            lengths[i] = lengths[i - 1] + Math.Sqrt(points[i].Zip(last, (a, b) => (a - b) * (a - b)).Sum());
        }

        return [.. lengths];
    }

    /// <summary>Where there are too many numbers the start and every k-th point before and after the crossing.</summary>
    private static Cloud Thinned(Cloud cloud, Crossing crossing)
    {
        int most = (int)Math.Max(Fewest, MostNumbers / cloud.Dimension);
        int every = (cloud.Count + most - 1) / most;
        if (every <= 1)
        {
            return cloud;
        }

        int[] all = [.. Enumerable.Range(0, cloud.Count)];
        int there = Array.FindIndex(all, i => cloud.Point(i).SequenceEqual(crossing.At!.Value.AsSpan()));
        there = there < 0 ? cloud.Count - 1 : there; // a lift ends beside the crossing
        int[] kept = [.. all.Where(i => i == 0 || (i - there) % every == 0)];
        return cloud with
        {
            Points = [.. kept.SelectMany(i => cloud.Point(i).ToArray())],
            Values = [.. kept.SelectMany(i => cloud.Value(i).ToArray())],
            Defects = [.. kept.Select(i => cloud.Defects[i])],
        };
    }
}
