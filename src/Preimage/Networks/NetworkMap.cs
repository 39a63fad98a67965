using Preimage.Maps;

namespace Preimage.Networks;

/// <summary>
/// The map of a graph by its plain interpreters. Forward mode when n &lt;= m, reverse mode otherwise: a Jacobian costs about min(n, m) evaluations.
/// May be called from several threads; each call takes a workspace of its own.
/// </summary>
internal sealed class NetworkMap(Graph graph) : IProductMap
{
    /// <summary>Derivatives carried side by side: wide enough for full vectors, narrow enough that a layer stays in the cache.</summary>
    private const int MaximumLanes = 64;

    /// <summary>Most numbers that one node holds for all its derivatives: 128 MiB.</summary>
    private const int MaximumRoom = 1 << 24;

    private readonly int _lanes = Math.Clamp(MaximumRoom / graph.Nodes.Max(n => Math.Max(1, n.Size)), 1, MaximumLanes);
    private Workspace? _spare;

    /// <summary>The graph that the map evaluates.</summary>
    public Graph Graph => graph;

    /// <inheritdoc/>
    public int Inputs => graph.Inputs;

    /// <inheritdoc/>
    public int Outputs => graph.Outputs;

    /// <inheritdoc/>
    public void Evaluate(ReadOnlySpan<double> x, Span<double> y)
    {
        Lengths.Demand(this, x.Length, y.Length);
        Workspace work = Begin(x);
        work.Value(graph.Output).CopyTo(y);
        End(work);
    }

    /// <inheritdoc/>
    public void Linearize(ReadOnlySpan<double> x, Span<double> y, Span<double> jacobian)
    {
        Lengths.Demand(this, x.Length, y.Length, jacobian.Length);
        Workspace work = Begin(x);
        work.Value(graph.Output).CopyTo(y);
        if (!graph.Nodes[graph.Output].Varies)
        {
            jacobian.Clear();
        }
        else if (Inputs <= Outputs)
        {
            Forward(work, jacobian);
        }
        else
        {
            Reverse(work, jacobian);
        }

        End(work);
    }

    /// <inheritdoc/>
    public void Tangent(ReadOnlySpan<double> x, ReadOnlySpan<double> v, Span<double> derivative)
    {
        int count = Lengths.DemandDirections(this, x.Length, v.Length, derivative.Length);
        Workspace work = Begin(x);
        derivative.Clear();
        for (int first = 0; first < count && graph.Nodes[graph.Output].Varies; first += _lanes)
        {
            int lanes = Math.Min(_lanes, count - first);
            work.Prepare(lanes);
            JacobianParts.Transpose(v.Slice(first * Inputs, lanes * Inputs), lanes, work.Derivative(0));
            work.PushForward();
            JacobianParts.Transpose(
                work.Derivative(graph.Output),
                Outputs,
                derivative.Slice(first * Outputs, lanes * Outputs)
            );
        }

        End(work);
    }

    /// <inheritdoc/>
    public void Adjoint(ReadOnlySpan<double> x, ReadOnlySpan<double> w, Span<double> gradient)
    {
        int count = Lengths.DemandCovectors(this, x.Length, w.Length, gradient.Length);
        Workspace work = Begin(x);
        gradient.Clear();
        for (int first = 0; first < count && graph.Nodes[graph.Output].Varies; first += _lanes)
        {
            int lanes = Math.Min(_lanes, count - first);
            work.Prepare(lanes);
            JacobianParts.Transpose(w.Slice(first * Outputs, lanes * Outputs), lanes, work.Derivative(graph.Output));
            work.PullBack();
            JacobianParts.Transpose(work.Derivative(0), Inputs, gradient.Slice(first * Inputs, lanes * Inputs));
        }

        End(work);
    }

    private Workspace Begin(ReadOnlySpan<double> x)
    {
        Workspace work = Interlocked.Exchange(ref _spare, null) ?? new Workspace(graph);
        work.Evaluate(x);
        return work;
    }

    private void End(Workspace work) => _spare = work;

    private void Forward(Workspace work, Span<double> jacobian)
    {
        for (int first = 0; first < Inputs; first += _lanes)
        {
            int lanes = Math.Min(_lanes, Inputs - first);
            work.Prepare(lanes);
            Seed(work.Derivative(0), first, lanes);
            work.PushForward();
            ReadOnlySpan<double> result = work.Derivative(graph.Output);
            for (int i = 0; i < Outputs; i++)
            {
                result.Slice(i * lanes, lanes).CopyTo(jacobian[(i * Inputs + first)..]);
            }
        }
    }

    private void Reverse(Workspace work, Span<double> jacobian)
    {
        for (int first = 0; first < Outputs; first += _lanes)
        {
            int lanes = Math.Min(_lanes, Outputs - first);
            work.Prepare(lanes);
            Seed(work.Derivative(graph.Output), first, lanes);
            work.PullBack();
            JacobianParts.Transpose(work.Derivative(0), Inputs, jacobian.Slice(first * Inputs, lanes * Inputs));
        }
    }

    /// <summary>Columns first .. first + lanes - 1 of the identity.</summary>
    private static void Seed(Span<double> derivative, int first, int lanes)
    {
        for (int k = 0; k < lanes; k++)
        {
            derivative[(first + k) * lanes + k] = 1;
        }
    }
}
