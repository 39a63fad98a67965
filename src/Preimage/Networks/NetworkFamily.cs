using System.Collections.Immutable;
using Preimage.Maps;
using Preimage.Networks.Compiled;

namespace Preimage.Networks;

/// <summary>Answers a value with a covector, as a loss does with its gradient.  value, covector: [m].</summary>
public delegate void Response(ReadOnlySpan<double> value, Span<double> covector);

/// <summary>
/// A family of networks x -> f(x; p): one model whose weights are free beside its input. It is the map (x, p) -> f(x; p) of R^(n + P) to R^m, with the
/// kernels and the derivatives of every other map. Immutable; may be used from several threads.
/// </summary>
public sealed class NetworkFamily
{
    private readonly Graph _graph;
    private readonly Lazy<GraphPlan> _plan;

    internal NetworkFamily(Graph graph, Signature signature, ImmutableArray<InnerTensor> parameters)
    {
        (_graph, Signature, Parameters) = (graph, signature, parameters);
        ParameterCount = parameters.Sum(p => p.Size);
        Inputs = graph.Inputs - ParameterCount;
        _plan = new Lazy<GraphPlan>(() => new GraphPlan(graph, GraphPlan.WidestLanes, threads: 1, held: Inputs));
    }

    /// <summary>n.</summary>
    public int Inputs { get; }

    /// <summary>m.</summary>
    public int Outputs => _graph.Outputs;

    /// <summary>P.</summary>
    public int ParameterCount { get; }

    /// <summary>The tensors that p consists of, one after the other, as the model names and shapes them.</summary>
    public ImmutableArray<InnerTensor> Parameters { get; }

    /// <summary>The parameters of the model as it stands: [P].</summary>
    public required ImmutableArray<double> Start { get; init; }

    /// <summary>The number nearest to another that the file of the model can hold in one of the tensors of p, by its place.</summary>
    internal Func<int, double, double> Rounding { get; init; } = (_, number) => number;

    /// <summary>The parameters nearest to others that the file of the model can hold.  parameters: [P].</summary>
    public double[] Round(ReadOnlySpan<double> parameters)
    {
        double[] rounded = [.. parameters];
        int place = 0;
        for (int tensor = 0; tensor < Parameters.Length; tensor++)
        {
            for (int end = place + Parameters[tensor].Size; place < end; place++)
            {
                rounded[place] = Rounding(tensor, rounded[place]);
            }
        }

        return rounded;
    }

    /// <summary>Names, units and ranges of x and of f(x; p).</summary>
    public Signature Signature { get; }

    /// <summary>The free input: x in its shape.</summary>
    public required InnerTensor InputTensor { get; init; }

    /// <summary>What the networks end with.</summary>
    public NetworkEnd End =>
        _graph.Nodes[_graph.Output].Operation switch
        {
            Softmax { Outer: 1, Inner: 1 } => NetworkEnd.Softmax,
            LogSoftmax { Outer: 1, Inner: 1 } => NetworkEnd.LogSoftmax,
            Elementwise(Sigmoid) => NetworkEnd.Sigmoid,
            _ => NetworkEnd.Other,
        };

    /// <summary>(x, p) -> f(x; p), by the plain interpreters: the oracle of the compiled products.</summary>
    public IProductMap PlainMap => new NetworkMap(_graph);

    /// <summary>(x, p) -> f(x; p), with derivatives by p and by x.</summary>
    public IProductMap Map => new GraphPlan(_graph);

    /// <summary>The family of the logits where the networks end with softmax, its logarithm or a sigmoid; itself elsewhere.</summary>
    public NetworkFamily BeforeEnd()
    {
        if (End == NetworkEnd.Other)
        {
            return this;
        }

        Graph logits = Pruning.Keep(_graph.Nodes, GraphBuilder.Input, _graph.Nodes[_graph.Output].Operands[0], []);
        return new NetworkFamily(logits, Signature, Parameters)
        {
            Start = Start,
            InputTensor = InputTensor,
            Rounding = Rounding,
        };
    }

    /// <summary>y = f(x; p).  point: x and p, [n + P], y: [m].</summary>
    public void Evaluate(ReadOnlySpan<double> point, Span<double> y) => _plan.Value.Evaluate(point, y);

    /// <summary>y = f(x; p), then gradient += D_p f(x; p)^T w with w = response(y). Cost: three to six values, the more the smaller the layers are beside their weights.</summary>
    /// <param name="point">x and p: [n + P].</param>
    /// <param name="response">Gives w.</param>
    /// <param name="gradient">[P].</param>
    /// <exception cref="ModelException">The model holds something of which no derivative is taken.</exception>
    public void PullBack(ReadOnlySpan<double> point, Response response, Span<double> gradient) =>
        _plan.Value.PullBack(point, response, gradient);
}

/// <summary>What a network ends with, as far as a loss must know.</summary>
public enum NetworkEnd
{
    /// <summary>Nothing that a loss takes into account.</summary>
    Other,

    /// <summary>softmax over all outputs.</summary>
    Softmax,

    /// <summary>ln softmax over all outputs.</summary>
    LogSoftmax,

    /// <summary>A sigmoid on each output.</summary>
    Sigmoid,
}
