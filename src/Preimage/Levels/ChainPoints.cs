using Preimage.Enclosing;
using Preimage.Maps;
using Preimage.Results;

namespace Preimage.Levels;

/// <summary>What a skeleton alone knows of where a component runs: one point of each of its arcs, to rounding, in order.</summary>
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
        foreach (SkeletonArc arc in chain.Arcs)
        {
            double[] point = ChainSeed.Of(map, level, arc);
            map.Linearize(point, value, slopes);
            double steep = Math.Sqrt(slopes[0] * slopes[0] + slopes[1] * slopes[1]);
            points.AddRange(point);
            values.Add(value[0]);
            steepness.Add(steep);
            (double x, double y) = steep > 0 ? (-slopes[1] / steep, slopes[0] / steep) : (1.0, 0.0);
            double along = Along(chain, steepness.Count - 1, x, y);
            tangents.AddRange(along < 0 ? [-x, -y] : [x, y]);
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
    }

    /// <summary>How far the k-th arc leads along (x, y).</summary>
    private static double Along(SkeletonChain chain, int k, double x, double y)
    {
        Rectangle from = chain.Roots[k].Place.ToMiddle();
        Rectangle to = chain.Roots[k + 1].Place.ToMiddle();
        return (to.Left - from.Left) * x + (to.Bottom - from.Bottom) * y;
    }
}
