using Preimage.Figures.Drawing;
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
