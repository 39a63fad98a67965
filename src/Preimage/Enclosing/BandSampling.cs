using System.Collections.Immutable;
using Preimage.Maps;
using Preimage.Results;

namespace Preimage.Enclosing;

/// <summary>
/// Draws points uniformly from the band { x in box : From &lt;= f(x) &lt;= To }: a box of its paving by volume, a uniform point of the box, kept if it is
/// a member by the map itself. The boxes cover the band and do not overlap, so the points that are kept are uniform over the band whatever the
/// paving's gap; a finer paving only keeps more of them. The same seed gives the same points.
/// </summary>
/// <param name="From">The lower end; minus infinity for none.</param>
/// <param name="To">The upper end; infinity for none.</param>
public sealed record BandSampling(double From, double To)
{
    /// <summary>Where the random numbers begin.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The most points to draw for each point asked for.</summary>
    public int AttemptsPerPoint { get; init; } = 10_000;

    /// <summary>Draws points from a band that was paved. Cost: one evaluation a drawn point.</summary>
    /// <param name="map">f.</param>
    /// <param name="paving">The paving of this band; a coarse or unfinished one will do.</param>
    /// <param name="count">How many points.</param>
    /// <param name="cancellation">Ends the drawing with the points found so far.</param>
    /// <exception cref="ArgumentException">The map has several outputs or another number of inputs, the ends are reversed, the band is proved empty, or a number is not positive or beyond what an array holds.</exception>
    public BandSample Draw(IMap map, Paving paving, int count, CancellationToken cancellation = default)
    {
        Check(map, paving, count);
        Cell[] cells = [.. paving.Inner, .. paving.Boundary];
        double[] ends = CumulativeShares(cells, paving.Box);
        SamplingGenerator random = new(Seed);
        ImmutableArray<double>.Builder points = ImmutableArray.CreateBuilder<double>();
        double[] x = new double[map.Inputs];
        double[] y = new double[1];
        long attempts = 0;
        long most = (long)count * AttemptsPerPoint;
        while (points.Count < (long)count * map.Inputs && attempts < most && !cancellation.IsCancellationRequested)
        {
            attempts++;
            Place(cells[Find(ends, random.Uniform() * ends[^1])], random, x);
            map.Evaluate(x, y);
            if (y[0] >= From && y[0] <= To)
            {
                points.AddRange(x);
            }
        }

        return new BandSample
        {
            Dimension = map.Inputs,
            Points = points.ToImmutable(),
            Attempts = attempts,
        };
    }

    private void Check(IMap map, Paving paving, int count)
    {
        PaverDoor.CheckBand(From, To);
        if (map.Outputs != 1 || map.Inputs != paving.Dimension)
        {
            throw new ArgumentException(
                $"A paving in {paving.Dimension} dimensions needs a map of {paving.Dimension} inputs and one output, but got one of {map.Inputs} and {map.Outputs}; select and freeze as for the paving."
            );
        }

        if (count < 1 || AttemptsPerPoint < 1)
        {
            throw new ArgumentException(
                $"{count} points with {AttemptsPerPoint} attempts each cannot be drawn; give positive numbers."
            );
        }

        if (count > Array.MaxLength / map.Inputs)
        {
            throw new ArgumentException(
                $"{count} points of {map.Inputs} coordinates are more than an array holds; draw at most {Array.MaxLength / map.Inputs} at a time."
            );
        }

        if (paving.Inner.IsEmpty && paving.Boundary.IsEmpty)
        {
            throw new ArgumentException(
                $"The band from {From:R} to {To:R} is proved empty in the box, so no point can be drawn from it; widen the band or the box."
            );
        }
    }

    /// <summary>Sums of the cells' shares of the box: in many inputs their volumes would underflow or overflow.</summary>
    private static double[] CumulativeShares(Cell[] cells, Cell box)
    {
        double[] ends = new double[cells.Length];
        double sum = 0;
        for (int i = 0; i < cells.Length; i++)
        {
            double share = 1;
            for (int k = 0; k < box.Dimension; k++)
            {
                share *= (cells[i].Upper[k] - cells[i].Lower[k]) / (box.Upper[k] - box.Lower[k]);
            }

            ends[i] = sum += share;
        }

        return ends;
    }

    /// <summary>The first cell whose end lies beyond.</summary>
    private static int Find(double[] ends, double target)
    {
        int place = Array.BinarySearch(ends, target);
        // Where it is an end exactly, the cell begins there that follows.
        int next = place < 0 ? ~place : place + 1;
        return Math.Min(next, ends.Length - 1);
    }

    private static void Place(Cell cell, SamplingGenerator random, Span<double> x)
    {
        for (int i = 0; i < x.Length; i++)
        {
            double low = cell.Lower[i];
            double high = cell.Upper[i];
            x[i] = Math.Min(low + (high - low) * random.Uniform(), high);
        }
    }
}
