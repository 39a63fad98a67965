using Preimage.Figures.Drawing;
using Preimage.Figures.Plots;
using Preimage.Maps;
using Preimage.Results;

namespace Preimage.Figures.Trails;

/// <summary>How much of space a figure of a trail shows: all of the trail, its start and target, and what stands beside as far as it is near.</summary>
internal sealed class TrailWindow
{
    // Axes of one unit share a scale, unless one is so much longer that the other would be a line.
    private const double MostStretch = 5;
    private const double Margin = 0.06;

    // What stands beside is drawn as far as so many extents of the trail itself; a runaway would leave nothing else to see.
    private const double MostBeside = 4;
    private const int Space = 3;

    private readonly PrincipalAxes _principal;
    private readonly Axis[] _axes;

    private TrailWindow(PrincipalAxes principal, Axis[] axes)
    {
        _principal = principal;
        _axes = axes;
    }

    /// <summary>The room that the axes need on the left.</summary>
    public double Left => _axes.Length == Space ? 0 : Panel.LabelDistance(_axes[1]) + 22;

    /// <summary>The window of a report.</summary>
    public static TrailWindow Of(TrailReport report)
    {
        var inputs = report.Run.Signature.Inputs;
        PrincipalAxes principal = PrincipalAxes.Of(report.Trail.Cloud);
        if (inputs.Length == Space)
        {
            Axis[] three = [.. Enumerable.Range(0, Space).Select(d => Linear(inputs[d], Range(report, p => p[d]), 4))];
            return new TrailWindow(principal, three);
        }

        (double Low, double High) x = Range(report, p => principal.Place(p).X);
        (double Low, double High) y = Range(report, p => principal.Place(p).Y);

        // Principal axes are rotations of the inputs; two inputs are on one scale where they have one unit.
        if (!principal.AreInputs || inputs.Select(v => v.Unit).Distinct().Count() == 1)
        {
            double wide = Math.Max(x.High - x.Low, y.High - y.Low);
            (x, y) = (Widened(x, wide), Widened(y, wide));
        }

        return new TrailWindow(
            principal,
            [Linear(Name(report, principal, 0), x, 6), Linear(Name(report, principal, 1), y, 6)]
        );
    }

    /// <summary>The axes in a frame.</summary>
    public TrailPlane In(Frame frame) =>
        _axes.Length == Space
            ? new SpacePlane(new SpaceScene(_axes, frame))
            : new FlatPlane(_principal, new Panel(frame, _axes[0], _axes[1]));

    private delegate double Along(ReadOnlySpan<double> point);

    private static Axis Linear(Variable name, (double Low, double High) range, int ticks) =>
        Axis.Linear(name, range.Low, range.High, ticks);

    private static Variable Name(TrailReport report, PrincipalAxes principal, int axis)
    {
        var inputs = report.Run.Signature.Inputs;
        return !principal.AreInputs
                ? new Variable(
                    $"principal axis {axis + 1} ({Numerals.Fixed(100 * principal.Shares[axis], 1)} % of the variance)"
                )
            : axis < inputs.Length ? inputs[axis]
            : new Variable("");
    }

    private static (double Low, double High) Range(TrailReport report, Along along)
    {
        List<double> own = [.. Values(report.Trail.Cloud, along), along(report.Start.AsSpan())];
        if (!report.Target.IsEmpty)
        {
            own.Add(along(report.Target.AsSpan()));
        }

        double[] finite = [.. own.Where(double.IsFinite)];
        (double low, double high) = finite.Length == 0 ? (0, 0) : (finite.Min(), finite.Max());
        double extent = high > low ? high - low : Math.Max(1e-3, 0.1 * Math.Abs(low));
        double[] near =
        [
            .. report
                .Beside.SelectMany(t => Values(t.Cloud, along))
                .Where(v => v >= low - MostBeside * extent && v <= high + MostBeside * extent),
        ];
        low = Math.Min(low, near.DefaultIfEmpty(low).Min());
        high = Math.Max(high, near.DefaultIfEmpty(high).Max());
        double margin = Margin * Math.Max(high - low, extent);
        return (low - margin, high + margin);
    }

    private static double[] Values(Cloud cloud, Along along)
    {
        double[] values = new double[cloud.Count];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = along(cloud.Point(i));
        }

        return values;
    }

    private static (double Low, double High) Widened((double Low, double High) range, double wide)
    {
        double extent = range.High - range.Low;
        double half = (extent * MostStretch < wide ? extent * Math.Sqrt(wide / extent / MostStretch) : wide) / 2;
        double middle = (range.Low + range.High) / 2;
        return (middle - half, middle + half);
    }
}
