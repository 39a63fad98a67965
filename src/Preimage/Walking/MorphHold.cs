using System.Collections.Immutable;

namespace Preimage.Walking;

/// <summary>Bounds on the outputs: lower_k &lt;= N_k(x) &lt;= upper_k. Of width zero it is a fiber.</summary>
/// <param name="Lower">Lower bounds, -infinity for none: [m].</param>
/// <param name="Upper">Upper bounds: [m].</param>
public sealed record OutputBand(ImmutableArray<double> Lower, ImmutableArray<double> Upper)
{
    /// <summary>How far a value lies outside, in the max norm: 0 inside.  value: [m].</summary>
    public double Defect(ReadOnlySpan<double> value)
    {
        double defect = 0;
        for (int k = 0; k < value.Length; k++)
        {
            defect = Math.Max(defect, Math.Max(Lower[k] - value[k], value[k] - Upper[k]));
        }

        return defect;
    }
}

/// <summary>What a morph does not let go of: which outputs may change, and how far.</summary>
public interface IMorphHold
{
    /// <summary>The bounds on the outputs of a path that starts with this value.  value: [m].</summary>
    /// <exception cref="ArgumentException">There are no such bounds, or the value lies outside them.</exception>
    OutputBand Around(ReadOnlySpan<double> value);
}

/// <summary>Every output keeps its value: the path stays in the fiber of its start.</summary>
public sealed record ExactFiber : IMorphHold
{
    /// <inheritdoc/>
    public OutputBand Around(ReadOnlySpan<double> value) => new([.. value], [.. value]);
}

/// <summary>Every output stays within a tolerance of its value at the start.</summary>
/// <param name="Tolerance">The tolerance, not negative, in units of the outputs.</param>
public sealed record WithinTolerance(double Tolerance) : IMorphHold
{
    /// <inheritdoc/>
    public OutputBand Around(ReadOnlySpan<double> value)
    {
        if (!(Tolerance >= 0))
        {
            throw new ArgumentException($"The tolerance on the outputs is {Tolerance:R}; give 0 or more.");
        }

        ImmutableArray<double> lower = [.. value.ToArray().Select(y => y - Tolerance)];
        ImmutableArray<double> upper = [.. value.ToArray().Select(y => y + Tolerance)];
        return new OutputBand(lower, upper);
    }
}

/// <summary>Every output stays between two bounds of its own, of which each may be infinite.</summary>
/// <param name="Lower">Lower bounds: [m].</param>
/// <param name="Upper">Upper bounds: [m].</param>
public sealed record WithinBounds(ImmutableArray<double> Lower, ImmutableArray<double> Upper) : IMorphHold
{
    /// <inheritdoc/>
    public OutputBand Around(ReadOnlySpan<double> value)
    {
        if (Lower.Length != value.Length || Upper.Length != value.Length)
        {
            throw new ArgumentException(
                $"The band has {Lower.Length} lower and {Upper.Length} upper bounds, but the map has {value.Length} outputs; give one of each for every output."
            );
        }

        for (int k = 0; k < value.Length; k++)
        {
            if (!(Lower[k] <= value[k] && value[k] <= Upper[k]))
            {
                throw new ArgumentException(
                    $"Output {k} is {value[k]:R} at the start, outside its band from {Lower[k]:R} to {Upper[k]:R}; give a band that holds it."
                );
            }
        }

        return new OutputBand(Lower, Upper);
    }
}
