using System.Runtime.Intrinsics;
using Preimage.Maps;

namespace Preimage.Networks.Compiled;

/// <summary>
/// A dense network compiled for speed: value, Jacobian and products in fused passes over vector registers. Immutable,
/// safe to call from several threads; scratch memory is held once for each thread, so that calls allocate nothing
/// after a thread's first. Forward mode (n tangents side by side) where n &lt;= m, or n &lt;= 3 on a narrow network;
/// reverse mode (m cotangents side by side) otherwise. The same point gives the same bits from all members, alone or
/// among others. Cost: O(weights) for a value, O(min(n, m) weights) for a Jacobian.
/// </summary>
public sealed unsafe class DensePlan : IBatchMap, IProductMap
{
    private readonly DenseEngine single;
    private readonly BatchEngine many;
    private readonly IProductEngine products;

    /// <summary>Compiles a network for the widest registers of this machine.</summary>
    /// <exception cref="ModelException">The network has no layers, sizes that do not fit, or a weight that is NaN or infinite.</exception>
    public DensePlan(DenseNetwork network)
        : this(network, WidestLanes) { }

    /// <summary>Compiles a network for registers of 8, 4, 2 or 1 doubles, which need not be this machine's.</summary>
    internal DensePlan(DenseNetwork network, int lanes)
    {
        DenseNetworkCheck.Demand(network);
        (Inputs, Outputs) = (network.Inputs, network.Outputs);
        (single, many, products) = lanes switch
        {
            8 => Engines<Lanes512>(network),
            4 => Engines<Lanes256>(network),
            2 => Engines<Lanes128>(network),
            _ => Engines<Lanes64>(network),
        };
    }

    /// <inheritdoc/>
    public int Inputs { get; }

    /// <inheritdoc/>
    public int Outputs { get; }

    private static int WidestLanes =>
        Vector512.IsHardwareAccelerated ? 8
        : Vector256.IsHardwareAccelerated ? 4
        : Vector128.IsHardwareAccelerated ? 2
        : 1;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    public void Evaluate(ReadOnlySpan<double> x, Span<double> y)
    {
        Demand(x.Length == Inputs && y.Length == Outputs, x.Length, y.Length, 1);
        fixed (
            double* from = x,
                to = y
        )
        {
            single.Evaluate(from, to);
        }

        GC.KeepAlive(this); // the weights are read through pointers
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    public void Linearize(ReadOnlySpan<double> x, Span<double> y, Span<double> jacobian)
    {
        bool fits = x.Length == Inputs && y.Length == Outputs;
        Demand(fits && jacobian.Length == Inputs * Outputs, x.Length, y.Length, jacobian.Length);
        fixed (
            double* from = x,
                to = y,
                derivatives = jacobian
        )
        {
            single.Linearize(from, to, derivatives);
        }

        GC.KeepAlive(this); // the weights are read through pointers
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    public void EvaluateMany(ReadOnlySpan<double> points, Span<double> values)
    {
        int count = Count(points.Length, values.Length);
        fixed (
            double* from = points,
                to = values
        )
        {
            many.Evaluate(from, to, count);
        }

        GC.KeepAlive(this); // the weights are read through pointers
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    public void LinearizeMany(ReadOnlySpan<double> points, Span<double> values, Span<double> jacobians)
    {
        int count = Count(points.Length, values.Length);
        Demand(jacobians.Length == (long)count * Inputs * Outputs, points.Length, values.Length, jacobians.Length);
        fixed (
            double* from = points,
                to = values,
                derivatives = jacobians
        )
        {
            many.Linearize(from, to, derivatives, count);
        }

        GC.KeepAlive(this); // the weights are read through pointers
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    public void Tangent(ReadOnlySpan<double> x, ReadOnlySpan<double> v, Span<double> derivative)
    {
        int count = Lengths.DemandDirections(this, x.Length, v.Length, derivative.Length);
        fixed (
            double* from = x,
                direction = v,
                to = derivative
        )
        {
            for (int k = 0; k < count; k++)
            {
                products.Tangent(from, direction + k * Inputs, to + k * Outputs);
            }
        }

        GC.KeepAlive(this); // the weights are read through pointers
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    public void Adjoint(ReadOnlySpan<double> x, ReadOnlySpan<double> w, Span<double> gradient)
    {
        int count = Lengths.DemandCovectors(this, x.Length, w.Length, gradient.Length);
        fixed (
            double* from = x,
                weights = w,
                to = gradient
        )
        {
            for (int k = 0; k < count; k++)
            {
                products.Adjoint(from, weights + k * Outputs, to + k * Inputs);
            }
        }

        GC.KeepAlive(this); // the weights are read through pointers
    }

    private static (DenseEngine, BatchEngine, IProductEngine) Engines<T>(DenseNetwork network)
        where T : struct, ILanes<T>
    {
        PackedNetwork packed = PackedNetwork.For<T>(network);
        PointEngine<T> point = new(packed);
        return Narrow.Engines<T>(network, packed) is var (alone, together)
            ? (alone, together, point)
            : (point, new PanelEngine<T>(packed, point), point);
    }

    private int Count(int pointsLength, int valuesLength)
    {
        int count = pointsLength / Inputs;
        bool fits = pointsLength == (long)count * Inputs && valuesLength == (long)count * Outputs;
        Demand(fits, pointsLength, valuesLength, 1);
        return count;
    }

    private void Demand(bool fits, int first, int second, int third)
    {
        if (!fits)
        {
            throw new ArgumentException(
                $"The spans of lengths {first}, {second} and {third} do not fit a map of {Inputs} inputs and {Outputs} outputs; give whole points, values and Jacobians."
            );
        }
    }
}
