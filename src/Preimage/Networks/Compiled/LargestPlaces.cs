using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Preimage.Networks.Compiled;

/// <summary>
/// The largest element of each window with its place, the first of several: rows of the grid are pooled to one row of largest elements and places first,
/// then along it.  scratch: two rows of the grid.
/// </summary>
internal readonly unsafe struct LargestPlaces<T>(PoolAxis[] axes, double* scratch)
    where T : struct, ILanes<T>
{
    private readonly PoolAxis outer = axes[0];
    private readonly PoolAxis middle = axes[1];
    private readonly PoolAxis last = axes[2];
    private readonly double* row = scratch;
    private readonly double* places = scratch + axes[2].Extent;

    /// <summary>One plane.  x: [grid], y, kept: [positions]; kept is -1 where nothing is the largest.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Plane(double* x, double* y, double* kept)
    {
        for (int p = 0; p < outer.Positions; p++)
        {
            for (int q = 0; q < middle.Positions; q++)
            {
                bool begun = false;
                for (int i = outer.First[p]; i < outer.End[p]; i++)
                {
                    for (int j = middle.First[q]; j < middle.End[q]; j++)
                    {
                        int line = (outer.Place(p, i) * middle.Extent + middle.Place(q, j)) * last.Extent;
                        Take(x + line, line, begun);
                        begun = true;
                    }
                }

                for (int r = 0; r < last.Positions; r++, y++, kept++)
                {
                    *y = Along(r, begun, out *kept);
                }
            }
        }
    }

    /// <summary>Joins one row of the grid, whose first element stands at a place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Take(double* x, int place, bool begun)
    {
        int i = 0;
        T here = T.Create(place) + T.Load(Counting.From0);
        for (; begun && i + T.Count <= last.Extent; i += T.Count, here += T.Create(T.Count))
        {
            T old = T.Load(row + i);
            T other = T.Load(x + i);
            T.Store(T.IfGreater(other, old, here, T.Load(places + i)), places + i);
            T.Store(T.Max(old, other), row + i);
        }

        for (; i < last.Extent; i++)
        {
            places[i] = begun && !(x[i] > row[i]) ? places[i] : place + i;
            row[i] = begun ? Math.Max(row[i], x[i]) : x[i];
        }
    }

    /// <summary>One position along the row. Where the largest stands is as good as random: chosen without branches, which would be guessed wrong.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private double Along(int position, bool begun, out double place)
    {
        int first = last.First[position];
        int end = last.End[position];
        if (!begun || first >= end)
        {
            place = -1;
            return double.NegativeInfinity;
        }

        int at = last.Place(position, first);
        Vector128<double> largest = Vector128.CreateScalarUnsafe(row[at]);
        Vector128<double> where = Vector128.CreateScalarUnsafe(places[at]);
        for (int k = first + 1; k < end; k++)
        {
            at += last.Dilation;
            Vector128<double> other = Vector128.CreateScalarUnsafe(row[at]);
            Vector128<double> there = Vector128.CreateScalarUnsafe(places[at]);

            // Equal ones of different rows: the one that stands first.
            Vector128<double> earlier = Vector128.Equals(other, largest) & Vector128.LessThan(there, where);
            Vector128<double> taken = Vector128.GreaterThan(other, largest) | earlier;
            where = Vector128.ConditionalSelect(taken, there, where);
            largest = Vector128.Max(largest, other);
        }

        double value = largest.ToScalar();
        place = double.IsNaN(value) ? -1 : where.ToScalar();
        return value;
    }
}

/// <summary>0, 1, 2 ... as numbers.</summary>
internal static unsafe class Counting
{
    private static readonly AlignedMemory Numbers = Make();

    /// <summary>As many as the widest register holds.</summary>
    public static double* From0 => Numbers.Start;

    private static AlignedMemory Make()
    {
        AlignedMemory numbers = new(8);
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers.Start[i] = i;
        }

        return numbers;
    }
}
