using Preimage.Geometry;
using Preimage.Maps;
using Preimage.Results;

namespace Preimage.Levels;

/// <summary>What is known of a band's border: the level sets at its two levels, one of which may be infinite and has none then.</summary>
/// <param name="Map">f: R^2 -> R.</param>
/// <param name="Box">A finite box.</param>
/// <param name="From">The lower level.</param>
/// <param name="To">The upper level.</param>
/// <param name="Lower">{ f = From } in the box; null where From is infinite.</param>
/// <param name="Upper">{ f = To } in the box; null where To is infinite.</param>
internal sealed record BandBorder(IMap Map, Box Box, double From, double To, LevelSet? Lower, LevelSet? Upper)
{
    // Unit tangent and unit gradient are at right angles on a curve that is traced; less than this is no answer.
    private const double LeastSine = 0.5;

    // Places along a curve that are asked for the side of the band.
    private const int Witnesses = 9;

    private const double NoiseUlps = 256;
    private const double NoiseDefects = 16;

    /// <summary>The curves of both levels, the band on the left of each.</summary>
    /// <exception cref="GeometryException">A curve has the band on neither side, or on both.</exception>
    public IEnumerable<RingBorder> Curves() => Curves(Lower, +1).Concat(Curves(Upper, -1));

    /// <summary>Whether a point lies in the band; null where f is on a level to the rounding of the curves.</summary>
    public bool? Contains(PlanePoint p)
    {
        double value = Map.Evaluate([p.X, p.Y])[0];
        double above = Slack(Lower, value);
        double below = Slack(Upper, value);
        return value > From + above && value < To - below ? true
            : value < From - above || value > To + below ? false
            : null;
    }

    private static double Slack(LevelSet? set, double value)
    {
        if (set is null)
        {
            return 0;
        }

        double scale = Math.Max(Math.Abs(set.Level), Math.Abs(value));
        double defect = set.Components.Max(c => (double?)c.Defect) ?? 0;
        return NoiseUlps * Rounding.Epsilon * scale + NoiseDefects * defect;
    }

    /// <summary>The curves of one level; upwards is +1 where the band lies where f is larger, -1 where f is smaller.</summary>
    private IEnumerable<RingBorder> Curves(LevelSet? set, int upwards)
    {
        BoxPerimeter perimeter = new(Box);
        foreach (Curve curve in set?.Components.SelectMany(c => c.Branches) ?? [])
        {
            if (curve.Count < 2)
            {
                throw new GeometryException(
                    $"The level curve at {set!.Level:R} through ({curve.Point(0)[0]:R}, {curve.Point(0)[1]:R}) could not be traced beyond this point, so that the band's border is not known; choose another level."
                );
            }

            RingBorder border = new(set!.Level, [.. Points(curve, perimeter)], curve.Closed);
            yield return Side(border, perimeter) == upwards ? border : border.Reversed();
        }
    }

    private static IEnumerable<RingPoint> Points(Curve curve, BoxPerimeter perimeter)
    {
        for (int i = 0; i < curve.Count; i++)
        {
            double dx = curve.Tangent(i)[0] / perimeter.Width;
            double dy = curve.Tangent(i)[1] / perimeter.Height;
            double norm = Math.Sqrt(dx * dx + dy * dy);
            yield return new(new(curve.Point(i)[0], curve.Point(i)[1]), dx / norm, dy / norm);
        }
    }

    /// <summary>+1 where f grows to the left of the curve, -1 where it grows to the right; every witness along the curve must say the same.</summary>
    private int Side(RingBorder border, BoxPerimeter perimeter)
    {
        int count = border.Points.Length;
        int left = 0;
        int right = 0;
        for (int k = 0; k < Witnesses; k++)
        {
            double sine = Sine(border.Points[(int)((k + 0.5) * count / Witnesses)], perimeter);
            left += sine > LeastSine ? 1 : 0;
            right += sine < -LeastSine ? 1 : 0;
        }

        if ((left > 0) == (right > 0))
        {
            PlanePoint at = border.Points[count / 2].At;
            string found = left > 0 ? "changes sides along it" : "lies on neither side of it";
            throw new GeometryException(
                $"The level curve at {border.Level:R} through ({at.X:R}, {at.Y:R}) does not bound a band: what is larger {found}; choose a level that is not the value of a critical point or a plateau."
            );
        }

        return left > 0 ? 1 : -1;
    }

    /// <summary>The sine of the angle from the tangent to the gradient, both in units of the box.</summary>
    private double Sine(RingPoint p, BoxPerimeter perimeter)
    {
        double[] value = new double[1];
        double[] gradient = new double[2];
        Map.Linearize([p.At.X, p.At.Y], value, gradient);
        double gx = gradient[0] * perimeter.Width;
        double gy = gradient[1] * perimeter.Height;
        double norm = Math.Sqrt(gx * gx + gy * gy);
        return norm > 0 ? (p.Dx * gy - p.Dy * gx) / norm : 0;
    }
}
