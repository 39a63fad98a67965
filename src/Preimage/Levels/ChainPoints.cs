using System.Runtime.InteropServices;
using Preimage.Enclosing;
using Preimage.Maps;
using Preimage.Results;

namespace Preimage.Levels;

/// <summary>What a skeleton alone knows of where a component runs: its ends and one point of each of its arcs, to rounding, in order.</summary>
internal static class ChainPoints
{
    public static Curve Of(IMap map, double level, SkeletonChain chain)
    {
        List<double> points = [];
        List<double> tangents = [];
        List<double> values = [];
        List<double> steepness = [];
        double[] value = new double[1];
        double[] slopes = new double[2];
        if (!chain.Closed)
        {
            Add(ChainSeed.On(map, level, chain.Roots[0]), 0);
        }

        for (int k = 0; k < chain.Arcs.Length; k++)
        {
            Add(ChainSeed.Of(map, level, chain.Arcs[k]), k);
        }

        if (!chain.Closed)
        {
            Add(ChainSeed.On(map, level, chain.Roots[^1]), chain.Arcs.Length - 1);
        }

        Ending ending = chain.Closed ? Ending.Closed : Ending.Unknown;
        return new Curve
        {
            Dimension = 2,
            Outputs = 1,
            Points = [.. points],
            Tangents = [.. tangents],
            Values = [.. values],
            Defects = [.. values.Select(v => Math.Abs(v - level))],
            Curvatures = [.. values.Select(_ => 0.0)],
            SingularValues = [.. steepness],
            Start = ending,
            End = ending,
        };

        void Add(double[] point, int k)
        {
            if (points.Count > 0 && point.AsSpan().SequenceEqual(CollectionsMarshal.AsSpan(points)[^2..]))
            {
                return;
            }

            map.Linearize(point, value, slopes);
            double steep = Math.Sqrt(slopes[0] * slopes[0] + slopes[1] * slopes[1]);
            points.AddRange(point);
            values.Add(value[0]);
            steepness.Add(steep);
            (double x, double y) = steep > 0 ? (-slopes[1] / steep, slopes[0] / steep) : (1.0, 0.0);
            tangents.AddRange(Along(chain, k, x, y) < 0 ? [-x, -y] : [x, y]);
        }
    }

    /// <summary>How far the k-th arc leads along (x, y).</summary>
    private static double Along(SkeletonChain chain, int k, double x, double y)
    {
        Rectangle from = chain.Roots[k].Place.ToMiddle();
        Rectangle to = chain.Roots[k + 1].Place.ToMiddle();
        return (to.Left - from.Left) * x + (to.Bottom - from.Bottom) * y;
    }
}
