using Preimage.Maps;
using Preimage.Networks;
using Preimage.Networks.Compiled;
using Preimage.Tests.Laws;

namespace Preimage.Tests.Networks.Compiled;

/// <summary>The laws of maps, for plans of graphs.</summary>
public abstract class GraphPlanMapLaws : MapLaws
{
    private readonly GraphPlan plan;

    private protected GraphPlanMapLaws(Graph graph, int registers, int threads) =>
        plan = new GraphPlan(graph, registers, threads);

    protected override IMap Map => plan;

    protected override bool IsSmooth => false;
}

/// <summary>The laws of products, for plans of graphs.</summary>
public abstract class GraphPlanProductLaws : ProductMapLaws
{
    private readonly GraphPlan plan;

    private protected GraphPlanProductLaws(Graph graph, int registers, int threads) =>
        plan = new GraphPlan(graph, registers, threads);

    protected override IProductMap Map => plan;
}

public sealed class ConvolutionalPlan8LawTests() : GraphPlanMapLaws(PlanNetworks.Convolutional, 8, 1);

public sealed class ConvolutionalPlan4LawTests() : GraphPlanMapLaws(PlanNetworks.Convolutional, 4, 2);

public sealed class ConvolutionalPlan2LawTests() : GraphPlanMapLaws(PlanNetworks.Convolutional, 2, 1);

public sealed class ConvolutionalPlan1LawTests() : GraphPlanMapLaws(PlanNetworks.Convolutional, 1, 1);

public sealed class AttentionPlan8LawTests() : GraphPlanMapLaws(PlanNetworks.Attention, 8, 2);

public sealed class ExpandingPlanOfGraph8LawTests() : GraphPlanMapLaws(PlanNetworks.Expanding, 8, 1);

public sealed class ConvolutionalPlanProductTests() : GraphPlanProductLaws(PlanNetworks.Convolutional, 8, 1);

public sealed class AttentionPlanProductTests() : GraphPlanProductLaws(PlanNetworks.Attention, 8, 1);

public sealed class ExpandingPlanOfGraphProductTests() : GraphPlanProductLaws(PlanNetworks.Expanding, 4, 1);
