using System.Runtime.CompilerServices;

namespace Preimage.Maps;

/// <summary>A function with its derivative as a map. The function is called from several threads at once where the map is.</summary>
public sealed class FunctionMap : IMap
{
    private readonly Function _function;

    /// <summary>y = f(x) and J = Df(x), row-major; for a value alone the Jacobian is thrown away.  x: [Inputs], y: [Outputs], jacobian: [Outputs * Inputs].</summary>
    public delegate void Function(ReadOnlySpan<double> x, Span<double> y, Span<double> jacobian);

    /// <summary>Makes a map R^inputs -> R^outputs of a function.</summary>
    /// <exception cref="ArgumentException">A number of inputs or outputs is not positive.</exception>
    public FunctionMap(int inputs, int outputs, Function function)
    {
        if (inputs < 1 || outputs < 1)
        {
            throw new ArgumentException(
                $"A map needs inputs and outputs, but got {inputs} and {outputs}; give positive numbers."
            );
        }

        Inputs = inputs;
        Outputs = outputs;
        _function = function;
    }

    /// <inheritdoc/>
    public int Inputs { get; }

    /// <inheritdoc/>
    public int Outputs { get; }

    /// <inheritdoc/>
    [SkipLocalsInit]
    public void Evaluate(ReadOnlySpan<double> x, Span<double> y)
    {
        Lengths.Demand(this, x.Length, y.Length);
        using Scratch jacobian = new(Outputs * Inputs, stackalloc double[Scratch.OnStack]);
        _function(x, y, jacobian.Span);
    }

    /// <inheritdoc/>
    public void Linearize(ReadOnlySpan<double> x, Span<double> y, Span<double> jacobian)
    {
        Lengths.Demand(this, x.Length, y.Length, jacobian.Length);
        _function(x, y, jacobian);
    }
}
