using Preimage.Maps;
using Preimage.Results;

namespace Preimage.Figures.Plots;

/// <summary>The surface z = f(x, y) of an output over the plane of two inputs, with its three axes.</summary>
internal sealed record Surface(Field Field, Axis X, Axis Y, Axis Z)
{
    private const int Ticks = 5;

    /// <summary>Of a fiber in two inputs with its field; null where there is no field, or none that rises above its rounding.</summary>
    public static Surface? Of(FiberReport report) =>
        report.Fiber.Curve.Dimension == 2
            ? Of(report.Field, report.Signature, report.Signature.Outputs[report.FieldOutput])
            : null;

    /// <summary>Of what was found on a plane with its field; null where there is none.</summary>
    public static Surface? Of(PlaneReport report) => Of(report.Field, report.Signature, report.Signature.Outputs[0]);

    private static Surface? Of(Field? field, Signature signature, Variable output)
    {
        if (field is not { X.Length: > 1, Y.Length: > 1 })
        {
            return null;
        }

        double[] finite = [.. field.Values.Where(double.IsFinite)];
        return finite.Length == 0
            ? null
            : new Surface(
                field,
                Axis.Linear(signature.Inputs[0], field.X[0], field.X[^1], Ticks),
                Axis.Linear(signature.Inputs[1], field.Y[0], field.Y[^1], Ticks),
                Axis.Linear(output, finite.Min(), finite.Max(), Ticks)
            );
    }
}
