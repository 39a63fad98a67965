using Preimage.Figures;
using Preimage.Maps;
using Preimage.Results;
using Preimage.Training.Data;

namespace Preimage.Cli.Output;

/// <summary>Curves to be laid beside what was found.</summary>
internal static class PlaneCurves
{
    /// <summary>The true curves near the network's, each once.</summary>
    public static IEnumerable<PlaneCurve> True(Truth? truth, IEnumerable<Curve> curves, double level, Box box)
    {
        List<Curve> found = [];
        foreach (Curve curve in curves)
        {
            if (truth?.Beside(curve, level, box) is { } candidate && !found.Exists(other => AreOne(other, candidate)))
            {
                found.Add(candidate);
            }
        }

        return found.Select(curve => new PlaneCurve(curve, "truth", Beside: true));
    }

    /// <summary>The straight way from a point to its crossing.</summary>
    public static Curve Segment(Crossing crossing)
    {
        double[] to = [.. crossing.At!.Value];
        double[] tangent =
        [
            .. to.Select((x, i) => crossing.Distance > 0 ? (x - crossing.From[i]) / crossing.Distance : 0),
        ];
        return new Curve
        {
            Dimension = to.Length,
            Outputs = 1,
            Points = [.. crossing.From, .. to],
            Tangents = [.. tangent, .. tangent],
            Values = [0, 0],
            Defects = [0, 0],
            Curvatures = [0, 0],
            SingularValues = [0, 0],
            Start = Ending.ReachedTarget,
            End = Ending.ReachedTarget,
        };
    }

    /// <summary>Two traces of one curve have one length, and the same box around them, to far more digits than different curves have by chance.</summary>
    private static bool AreOne(Curve one, Curve other) =>
        Math.Abs(one.Length - other.Length) < 1e-6 * one.Length
        && Enumerable.Range(0, one.Dimension).All(d => Math.Abs(Least(one, d) - Least(other, d)) < 1e-3 * one.Length);

    private static double Least(Curve curve, int d) => Enumerable.Range(0, curve.Count).Min(i => curve.Point(i)[d]);
}
