using System.Runtime.Intrinsics;
using Preimage.Maps;

namespace Preimage.Networks.Compiled;

/// <summary>
/// Any graph compiled for speed: a kernel for each operation, one buffer planned from lifetimes, derivatives side by side in lanes. Reverse mode when
/// m &lt; n, forward mode otherwise. Immutable; safe to call from several threads, each call takes a workspace of its own; after the first calls none
/// allocates. The same bits for any number of threads. Cost of a Jacobian: about 2 min(n, m) values.
/// </summary>
internal sealed unsafe partial class GraphPlan : IProductMap
{
    /// <summary>Most derivatives side by side.</summary>
    public const int MaximumLanes = 32;

    /// <summary>Most numbers that the derivatives of one run take: 256 MiB.</summary>
    private const long MaximumRoom = 1L << 25;

    private readonly GraphSteps _plan;
    private readonly GraphRun?[] _spares = new GraphRun[2 * Environment.ProcessorCount];
    private readonly int _threads;
    private readonly string? _refusal;

    /// <summary>Compiles a graph for the widest registers of this machine, with as many threads as it has.</summary>
    public GraphPlan(Graph graph)
        : this(graph, WidestLanes, Environment.ProcessorCount) { }

    /// <summary>Compiles a graph for registers of 8, 4, 2 or 1 doubles, which need not be this machine's, with so many threads in large steps.  held: so many first inputs have no derivative.</summary>
    public GraphPlan(Graph graph, int registers, int threads, int held = 0)
    {
        _plan = registers switch
        {
            8 => GraphLowering<Lanes512>.Of(graph, held),
            4 => GraphLowering<Lanes256>.Of(graph, held),
            2 => GraphLowering<Lanes128>.Of(graph, held),
            _ => GraphLowering<Lanes64>.Of(graph, held),
        };
        (Inputs, Outputs, _threads) = (graph.Inputs, graph.Outputs, threads);
        _refusal = graph
            .Nodes.Select(n => (n.Operation as Undifferentiable)?.Reason)
            .FirstOrDefault(r => r is not null);
    }

    /// <summary>Bytes of the buffer of one value.</summary>
    public long ValueBytes => _plan.Values.Length * sizeof(double);

    /// <summary>Bytes of the buffers of a Jacobian, without the Jacobian itself.</summary>
    public long JacobianBytes =>
        Inputs <= Outputs
            ? ProductBytes(Pass.Tangent, Lanes(Inputs, _plan.Tangents))
            : ProductBytes(Pass.Adjoint, Lanes(Outputs, _plan.Adjoints));

    /// <summary>Bytes of the buffers of products with lanes of directions or covectors: the values that derivatives need, and the derivatives.</summary>
    public long ProductBytes(Pass pass, int lanes) =>
        (_plan.KeptValues.Length + (pass == Pass.Tangent ? _plan.Tangents : _plan.Adjoints).Length * lanes)
        * sizeof(double);

    /// <inheritdoc/>
    public int Inputs { get; }

    /// <inheritdoc/>
    public int Outputs { get; }

    /// <summary>Doubles of the widest registers of this machine.</summary>
    public static int WidestLanes =>
        Vector512.IsHardwareAccelerated ? 8
        : Vector256.IsHardwareAccelerated ? 4
        : Vector128.IsHardwareAccelerated ? 2
        : 1;

    private bool IsVarying => _plan.Slots[_plan.Output].IsDifferentiated;

    /// <inheritdoc/>
    public void Evaluate(ReadOnlySpan<double> x, Span<double> y)
    {
        Lengths.Demand(this, x.Length, y.Length);
        GraphRun run = Begin(x, keeps: false);
        Output(run).CopyTo(y);
        End(run);
    }

    /// <inheritdoc/>
    /// <exception cref="ModelException">The graph holds something of which no derivative is taken.</exception>
    public void Linearize(ReadOnlySpan<double> x, Span<double> y, Span<double> jacobian)
    {
        Lengths.Demand(this, x.Length, y.Length, jacobian.Length);
        DemandDifferentiable();
        GraphRun run = Begin(x, IsVarying);
        Output(run).CopyTo(y);
        if (!IsVarying)
        {
            jacobian.Clear();
        }
        else if (Inputs <= Outputs)
        {
            Forward(run, jacobian);
        }
        else
        {
            Reverse(run, jacobian);
        }

        End(run);
    }

    /// <inheritdoc/>
    /// <exception cref="ModelException">The graph holds something of which no derivative is taken.</exception>
    public void Tangent(ReadOnlySpan<double> x, ReadOnlySpan<double> v, Span<double> derivative)
    {
        int count = Lengths.DemandDirections(this, x.Length, v.Length, derivative.Length);
        DemandDifferentiable();
        if (!IsVarying)
        {
            derivative.Clear();
            return;
        }

        GraphRun run = Begin(x, keeps: true);
        int most = Lanes(count, _plan.Tangents);
        for (int first = 0; first < count; first += most)
        {
            int lanes = Math.Min(most, count - first);
            run.Prepare(Pass.Tangent, lanes);
            JacobianParts.Transpose(
                v.Slice(first * Inputs, lanes * Inputs),
                lanes,
                Derivatives(run, 0, Inputs * lanes)
            );
            run.PushForward();
            JacobianParts.Transpose(
                Derivatives(run, _plan.Output, Outputs * lanes),
                Outputs,
                derivative.Slice(first * Outputs, lanes * Outputs)
            );
        }

        End(run);
    }

    /// <inheritdoc/>
    /// <exception cref="ModelException">The graph holds something of which no derivative is taken.</exception>
    public void Adjoint(ReadOnlySpan<double> x, ReadOnlySpan<double> w, Span<double> gradient)
    {
        int count = Lengths.DemandCovectors(this, x.Length, w.Length, gradient.Length);
        DemandDifferentiable();
        if (!IsVarying)
        {
            gradient.Clear();
            return;
        }

        GraphRun run = Begin(x, keeps: true);
        int most = Lanes(count, _plan.Adjoints);
        for (int first = 0; first < count; first += most)
        {
            int lanes = Math.Min(most, count - first);
            run.Prepare(Pass.Adjoint, lanes);
            JacobianParts.Transpose(
                w.Slice(first * Outputs, lanes * Outputs),
                lanes,
                Derivatives(run, _plan.Output, Outputs * lanes)
            );
            run.PullBack();
            JacobianParts.Transpose(
                Derivatives(run, 0, Inputs * lanes),
                Inputs,
                gradient.Slice(first * Inputs, lanes * Inputs)
            );
        }

        End(run);
    }

    /// <summary>How many of count derivatives go side by side: as many as fit, in shares of about one size.</summary>
    private static int Lanes(int count, Arena arena)
    {
        long most = Math.Clamp(MaximumRoom / Math.Max(1, arena.Length), 1, MaximumLanes);
        long shares = (count + most - 1) / most;
        return (int)((count + shares - 1) / Math.Max(1, shares));
    }

    private void DemandDifferentiable()
    {
        if (_refusal is not null)
        {
            throw new ModelException(_refusal);
        }
    }

    private GraphRun Begin(ReadOnlySpan<double> x, bool keeps)
    {
        GraphRun? run = null;
        for (int i = 0; i < _spares.Length && run is null; i++)
        {
            run = Interlocked.Exchange(ref _spares[i], null);
        }

        run ??= new GraphRun(_plan, _threads);
        run.Evaluate(x, keeps);
        return run;
    }

    private void End(GraphRun run)
    {
        for (int i = 0; i < _spares.Length; i++)
        {
            if (Interlocked.CompareExchange(ref _spares[i], run, null) is null)
            {
                return;
            }
        }
    }

    private ReadOnlySpan<double> Output(GraphRun run) => new(run.Value(_plan.Output), Outputs);

    private static Span<double> Derivatives(GraphRun run, int slot, int length) => new(run.Derivative(slot), length);

    private void Forward(GraphRun run, Span<double> jacobian)
    {
        int most = Lanes(Inputs, _plan.Tangents);
        for (int first = 0; first < Inputs; first += most)
        {
            int lanes = Math.Min(most, Inputs - first);
            run.Prepare(Pass.Tangent, lanes);
            Seed(Derivatives(run, 0, Inputs * lanes), first, lanes);
            run.PushForward();
            ReadOnlySpan<double> result = Derivatives(run, _plan.Output, Outputs * lanes);
            for (int i = 0; i < Outputs; i++)
            {
                result.Slice(i * lanes, lanes).CopyTo(jacobian[(i * Inputs + first)..]);
            }
        }
    }

    private void Reverse(GraphRun run, Span<double> jacobian)
    {
        int most = Lanes(Outputs, _plan.Adjoints);
        for (int first = 0; first < Outputs; first += most)
        {
            int lanes = Math.Min(most, Outputs - first);
            run.Prepare(Pass.Adjoint, lanes);
            Seed(Derivatives(run, _plan.Output, Outputs * lanes), first, lanes);
            run.PullBack();
            JacobianParts.Transpose(
                Derivatives(run, 0, Inputs * lanes),
                Inputs,
                jacobian.Slice(first * Inputs, lanes * Inputs)
            );
        }
    }

    /// <summary>Columns first .. first + lanes - 1 of the identity.</summary>
    private static void Seed(Span<double> derivative, int first, int lanes)
    {
        derivative.Clear();
        for (int k = 0; k < lanes; k++)
        {
            derivative[(first + k) * lanes + k] = 1;
        }
    }
}
