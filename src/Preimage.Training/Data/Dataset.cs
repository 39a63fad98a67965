using System.Collections.Immutable;
using Preimage.Maps;

namespace Preimage.Training.Data;

/// <summary>Points with the values that a network is to give there, in physical units, point after point.</summary>
public sealed record Dataset
{
    /// <summary>Makes a data set; a variable without a finite range gets the range of its values.</summary>
    /// <param name="signature">Names, units and ranges of inputs and targets.</param>
    /// <param name="inputs">[Count * n].</param>
    /// <param name="targets">[Count * m].</param>
    /// <exception cref="ArgumentException">No rows, lengths that do not fit, a value that is NaN or infinite, or a column that is constant.</exception>
    public Dataset(Signature signature, ReadOnlySpan<double> inputs, ReadOnlySpan<double> targets)
        : this(signature, inputs, targets, mayBeConstant: false) { }

    private Dataset(Signature signature, ReadOnlySpan<double> inputs, ReadOnlySpan<double> targets, bool mayBeConstant)
    {
        int n = signature.Inputs.Length;
        int m = signature.Outputs.Length;
        if (n == 0 || m == 0)
        {
            throw new ArgumentException("A data set needs at least one input and one target column.");
        }

        Count = inputs.Length / n;
        if (Count * n != inputs.Length || Count * m != targets.Length)
        {
            throw new ArgumentException(
                $"The data do not fit their columns: {inputs.Length} input values for {n} columns and {targets.Length} target values for {m}."
            );
        }

        if (Count < 2)
        {
            throw new ArgumentException($"The data have {Count} rows; at least two different ones are needed.");
        }

        Inputs = [.. inputs];
        Targets = [.. targets];
        Signature = new Signature(
            Ranges(signature.Inputs, inputs, mayBeConstant),
            Ranges(signature.Outputs, targets, mayBeConstant)
        );
    }

    /// <summary>Samples for a model that takes them as they are: columns may be constant, as the margins of images are.</summary>
    /// <param name="signature">Names, units and ranges of inputs and targets.</param>
    /// <param name="inputs">[Count * n].</param>
    /// <param name="targets">[Count * m].</param>
    /// <exception cref="ArgumentException">Too few rows, lengths that do not fit, or a value that is NaN or infinite.</exception>
    public static Dataset OfSamples(Signature signature, ReadOnlySpan<double> inputs, ReadOnlySpan<double> targets) =>
        new(signature, inputs, targets, mayBeConstant: true);

    /// <summary>Names, units and (finite) ranges of inputs and targets.</summary>
    public Signature Signature { get; }

    /// <summary>Number of points.</summary>
    public int Count { get; }

    /// <summary>The points: [Count * n].</summary>
    public ImmutableArray<double> Inputs { get; }

    /// <summary>The values wanted: [Count * m].</summary>
    public ImmutableArray<double> Targets { get; }

    /// <summary>The columns' ranges, after each value has been found finite and each column not constant.</summary>
    private static ImmutableArray<Variable> Ranges(
        ImmutableArray<Variable> variables,
        ReadOnlySpan<double> values,
        bool mayBeConstant
    )
    {
        int columns = variables.Length;
        Variable[] ranged = [.. variables];
        for (int j = 0; j < columns; j++)
        {
            double lower = double.PositiveInfinity;
            double upper = double.NegativeInfinity;
            for (int i = j; i < values.Length; i += columns)
            {
                double value = values[i];
                if (!double.IsFinite(value))
                {
                    throw new ArgumentException(
                        $"The value of '{variables[j].Name}' in row {i / columns + 1} is {value}; remove the row or mend it."
                    );
                }

                lower = Math.Min(lower, value);
                upper = Math.Max(upper, value);
            }

            ranged[j] = Range(variables[j], lower, upper, mayBeConstant);
        }

        return [.. ranged];
    }

    private static Variable Range(Variable variable, double lower, double upper, bool mayBeConstant)
    {
        if (lower == upper && !mayBeConstant)
        {
            throw new ArgumentException(
                $"The column '{variable.Name}' is {lower:R} in every row, so there is nothing to learn from it; leave it out or vary it."
            );
        }

        if (!double.IsFinite(upper - lower))
        {
            throw new ArgumentException(
                $"The column '{variable.Name}' spans {lower:R} to {upper:R}, which is too wide for a double; give it in another unit."
            );
        }

        return double.IsFinite(variable.Lower) && double.IsFinite(variable.Upper)
            ? variable
            : variable with
            {
                Lower = lower,
                Upper = upper,
            };
    }
}
