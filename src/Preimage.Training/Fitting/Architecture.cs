using System.Collections.Immutable;
using Preimage.Networks;

namespace Preimage.Training.Fitting;

/// <summary>The shape of a dense network to fit.</summary>
/// <param name="Widths">n, the hidden widths, m: 2-5-5-1 has two hidden layers of five units.</param>
/// <param name="Hidden">The activation of the hidden layers.</param>
public sealed record Architecture(ImmutableArray<int> Widths, ScalarFunction Hidden)
{
    /// <summary>More units than any dense layer here needs; a guard against a slip of the finger.</summary>
    private const int WidestLayer = 100_000;

    /// <summary>The activation of the last layer.</summary>
    public ScalarFunction Output { get; init; } = new Identity();

    /// <summary>What follows the last layer.</summary>
    public DenseHead Head { get; init; }

    /// <summary>P, the number of weights and biases.</summary>
    public int ParameterCount => Widths.Zip(Widths.Skip(1), (inputs, outputs) => (inputs + 1) * outputs).Sum();

    /// <summary>n.</summary>
    public int Inputs => Widths[0];

    /// <summary>m.</summary>
    public int Outputs => Widths[^1];

    /// <summary>Refuses an architecture that cannot be, or does not fit the data.</summary>
    internal void Check(int inputs, int outputs)
    {
        RequireWidths(Widths);
        if (Inputs != inputs || Outputs != outputs)
        {
            throw new ArgumentException(
                $"The network {string.Join('-', Widths)} does not fit the data, which have {inputs} inputs and {outputs} outputs; begin its widths with {inputs} and end them with {outputs}."
            );
        }
    }

    private static void RequireWidths(ImmutableArray<int> widths)
    {
        if (widths.Length < 2 || widths.Any(w => w is < 1 or > WidestLayer))
        {
            throw new ArgumentException(
                $"The layers '{string.Join('-', widths)}' are no network; give at least two widths between 1 and {WidestLayer}, such as 2-5-5-1."
            );
        }
    }
}
