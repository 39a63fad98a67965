using Preimage.Maps;
using Preimage.Networks;
using Preimage.Networks.Compiled;
using Preimage.Tests.Laws;

namespace Preimage.Tests.Networks.Compiled;

/// <summary>The laws of maps, for plans at one width of registers.</summary>
public abstract class DensePlanLaws(DenseNetwork network, int lanes) : BatchMapLaws
{
    private readonly DensePlan plan = new(network, lanes);

    protected override IBatchMap BatchMap => plan;

    protected override bool IsSmooth =>
        network.Layers.All(layer => layer.Activation is not (Rectifier or LeakyRectifier));
}

public abstract class DensePlanProductLaws(DenseNetwork network, int lanes) : ProductMapLaws
{
    private readonly DensePlan plan = new(network, lanes);

    protected override IProductMap Map => plan;
}

internal static class Chosen
{
    public static DenseNetwork Small { get; } = DenseNetworks.Uniform(new Sigmoid(), 1, DenseHead.None, 2, 5, 5, 1);
    public static DenseNetwork Medium { get; } =
        DenseNetworks.Uniform(new HyperbolicTangent(), 2, DenseHead.None, 2, 10, 10, 1);
    public static DenseNetwork Three { get; } = DenseNetworks.Uniform(new Softplus(), 3, DenseHead.None, 3, 7, 8, 2);
    public static DenseNetwork Deep { get; } =
        DenseNetworks.Uniform(new Rectifier(), 4, DenseHead.None, 5, 50, 50, 50, 5);
    public static DenseNetwork Classifier { get; } =
        DenseNetworks.Uniform(new Swish(), 5, DenseHead.Softmax, 20, 33, 17, 10);
    public static DenseNetwork Logarithmic { get; } =
        DenseNetworks.Uniform(new GaussianErrorLinear(), 6, DenseHead.LogSoftmax, 4, 9, 6);
    public static DenseNetwork Expanding { get; } =
        DenseNetworks.Uniform(new TanhGaussianErrorLinear(), 7, DenseHead.LogSoftmax, 12, 3, 20);

    /// <summary>So large that batches take its Jacobians point by point.</summary>
    public static DenseNetwork Wide { get; } = DenseNetworks.Uniform(new Sigmoid(), 8, DenseHead.None, 400, 12, 10);
}

public sealed class SmallPlan8LawTests() : DensePlanLaws(Chosen.Small, 8);

public sealed class SmallPlan4LawTests() : DensePlanLaws(Chosen.Small, 4);

public sealed class SmallPlan2LawTests() : DensePlanLaws(Chosen.Small, 2);

public sealed class SmallPlan1LawTests() : DensePlanLaws(Chosen.Small, 1);

public sealed class MediumPlan8LawTests() : DensePlanLaws(Chosen.Medium, 8);

public sealed class MediumPlan4LawTests() : DensePlanLaws(Chosen.Medium, 4);

public sealed class MediumPlan2LawTests() : DensePlanLaws(Chosen.Medium, 2);

public sealed class MediumPlan1LawTests() : DensePlanLaws(Chosen.Medium, 1);

public sealed class ThreePlan8LawTests() : DensePlanLaws(Chosen.Three, 8);

public sealed class ThreePlan4LawTests() : DensePlanLaws(Chosen.Three, 4);

public sealed class ThreePlan2LawTests() : DensePlanLaws(Chosen.Three, 2);

public sealed class ThreePlan1LawTests() : DensePlanLaws(Chosen.Three, 1);

public sealed class DeepPlan8LawTests() : DensePlanLaws(Chosen.Deep, 8);

public sealed class DeepPlan4LawTests() : DensePlanLaws(Chosen.Deep, 4);

public sealed class DeepPlan2LawTests() : DensePlanLaws(Chosen.Deep, 2);

public sealed class DeepPlan1LawTests() : DensePlanLaws(Chosen.Deep, 1);

public sealed class ClassifierPlan8LawTests() : DensePlanLaws(Chosen.Classifier, 8);

public sealed class ClassifierPlan4LawTests() : DensePlanLaws(Chosen.Classifier, 4);

public sealed class ClassifierPlan2LawTests() : DensePlanLaws(Chosen.Classifier, 2);

public sealed class ClassifierPlan1LawTests() : DensePlanLaws(Chosen.Classifier, 1);

public sealed class LogarithmicPlan8LawTests() : DensePlanLaws(Chosen.Logarithmic, 8);

public sealed class LogarithmicPlan4LawTests() : DensePlanLaws(Chosen.Logarithmic, 4);

public sealed class LogarithmicPlan2LawTests() : DensePlanLaws(Chosen.Logarithmic, 2);

public sealed class LogarithmicPlan1LawTests() : DensePlanLaws(Chosen.Logarithmic, 1);

public sealed class ExpandingPlan8LawTests() : DensePlanLaws(Chosen.Expanding, 8);

public sealed class ExpandingPlan4LawTests() : DensePlanLaws(Chosen.Expanding, 4);

public sealed class ExpandingPlan2LawTests() : DensePlanLaws(Chosen.Expanding, 2);

public sealed class ExpandingPlan1LawTests() : DensePlanLaws(Chosen.Expanding, 1);

public sealed class SmallPlanProductTests() : DensePlanProductLaws(Chosen.Small, 8);

public sealed class MediumPlanProductTests() : DensePlanProductLaws(Chosen.Medium, 8);

public sealed class ThreePlanProductTests() : DensePlanProductLaws(Chosen.Three, 8);

public sealed class DeepPlanProductTests() : DensePlanProductLaws(Chosen.Deep, 8);

public sealed class ClassifierPlanProductTests() : DensePlanProductLaws(Chosen.Classifier, 8);

public sealed class LogarithmicPlanProductTests() : DensePlanProductLaws(Chosen.Logarithmic, 8);

public sealed class ExpandingPlanProductTests() : DensePlanProductLaws(Chosen.Expanding, 8);

public sealed class WidePlan8LawTests() : DensePlanLaws(Chosen.Wide, 8);
