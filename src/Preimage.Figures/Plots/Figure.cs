using Preimage.Figures.Drawing;
using Preimage.Figures.Trails;
using Preimage.Results;

namespace Preimage.Figures.Plots;

/// <summary>The pictures of a report.</summary>
internal static class Figure
{
    /// <summary>The curve, by the number of its inputs.</summary>
    public static Picture Curve(FiberReport report)
    {
        Check(report);
        return report.Fiber.Curve.Dimension switch
        {
            2 => PlanePlot.Draw(report),
            3 => SpacePlot.Draw(report),
            _ => PairsPlot.Draw(report),
        };
    }

    /// <summary>What is known along the curve.</summary>
    public static Picture Profile(FiberReport report)
    {
        Check(report);
        return ProfilePlot.Draw(report);
    }

    /// <summary>What was found on a plane.</summary>
    public static Picture Plane(PlaneReport report)
    {
        Check(report);
        return PlaneDrawing.Draw(report);
    }

    /// <summary>A spectrum with its leading directions.</summary>
    public static Picture Spectrum(SpectrumReport report)
    {
        Check(report);
        return SpectrumDrawing.Draw(report);
    }

    /// <summary>A trail on its principal axes, with what is known along it.</summary>
    public static Picture Trail(TrailReport report)
    {
        TrailCheck.Demand(report);
        return new TrailDrawing(report).Picture;
    }

    /// <summary>The points of a trail as images.</summary>
    public static Picture Strip(TrailReport report)
    {
        TrailCheck.Demand(report);
        return report.Image is null
            ? throw new ArgumentException("A strip shows points as images, and these are none.")
            : StripDrawing.Draw(report);
    }

    /// <summary>Refuses a report whose parts do not fit together.</summary>
    public static void Check(SpectrumReport report)
    {
        int n = report.Run.Signature.Inputs.Length;
        if (report.Spectra.IsEmpty || report.Spectra.Any(s => s.Values.IsEmpty))
        {
            throw new ArgumentException("A figure of spectra needs at least one, of at least one eigenvalue.");
        }

        if (report.Directions.FirstOrDefault(d => d.Values.Length != n) is { } odd)
        {
            throw new ArgumentException(
                $"The direction \"{odd.Name}\" has {odd.Values.Length} numbers, but {n} inputs are named."
            );
        }

        if (report.Image is { } image && image.Channels * image.Height * image.Width != n)
        {
            throw new ArgumentException(
                $"The image has {image.Channels} channels of {image.Height} by {image.Width} numbers, but {n} inputs are named."
            );
        }
    }

    /// <summary>Refuses a report whose parts do not fit together.</summary>
    public static void Check(PlaneReport report)
    {
        if (report.Box.Dimension != 2 || report.Signature.Inputs.Length != 2 || report.Signature.Outputs.IsEmpty)
        {
            throw new ArgumentException(
                $"A figure on the plane needs a box and names for two inputs and a name for the output, but the box has {report.Box.Dimension} inputs and the signature names {report.Signature.Inputs.Length} inputs and {report.Signature.Outputs.Length} outputs."
            );
        }

        if (report.Curves.FirstOrDefault(c => c.Curve.Dimension != 2 || c.Curve.Count == 0) is { } curve)
        {
            throw new ArgumentException(
                $"The curve \"{curve.Name}\" has {curve.Curve.Dimension} inputs and {curve.Curve.Count} points; a figure on the plane needs two inputs and at least one point."
            );
        }

        int[] sizes =
        [
            .. report.Points.Select(p => p.At.Length),
            .. report.CriticalPoints.Select(p => p.At.Length),
            .. report.Undecided.Select(c => c.Dimension),
        ];
        if (Array.FindIndex(sizes, s => s != 2) is >= 0 and int odd)
        {
            throw new ArgumentException(
                $"A point or cell of {sizes[odd]} inputs has no place on the plane of two; give the two free inputs."
            );
        }
    }

    /// <summary>Refuses a report whose parts do not fit together.</summary>
    public static void Check(FiberReport report)
    {
        Curve curve = report.Fiber.Curve;
        if (curve.Count == 0 || curve.Dimension < 2)
        {
            throw new ArgumentException("A figure needs a curve of at least one point and two inputs.");
        }

        if (report.Signature.Inputs.Length != curve.Dimension || report.Signature.Outputs.Length != curve.Outputs)
        {
            throw new ArgumentException(
                $"The signature names {report.Signature.Inputs.Length} inputs and {report.Signature.Outputs.Length} outputs, but the curve has {curve.Dimension} and {curve.Outputs}."
            );
        }

        if (report.Box.Dimension != curve.Dimension)
        {
            throw new ArgumentException(
                $"The box has {report.Box.Dimension} inputs, but the curve has {curve.Dimension}; give the box in which it was traced."
            );
        }

        if (
            report.Others.FirstOrDefault(o =>
                o.Curve.Dimension != curve.Dimension || o.Curve.Outputs != curve.Outputs || o.Curve.Count == 0
            ) is
            { } other
        )
        {
            throw new ArgumentException(
                $"The curve \"{other.Name}\" has {other.Curve.Dimension} inputs, {other.Curve.Outputs} outputs and {other.Curve.Count} points and cannot stand beside one with {curve.Dimension} inputs and {curve.Outputs} outputs."
            );
        }

        if (report.FieldOutput < 0 || report.FieldOutput >= curve.Outputs)
        {
            throw new ArgumentException(
                $"Output {report.FieldOutput} of the field does not exist; outputs are counted from 0 to {curve.Outputs - 1}."
            );
        }
    }
}
