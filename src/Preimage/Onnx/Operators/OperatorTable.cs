namespace Preimage.Onnx;

/// <summary>How an ONNX operator becomes operations of our graph: one value for each of its outputs.</summary>
internal delegate Value[] Lowering(NodeReader node);

/// <summary>One supported ONNX operator.</summary>
/// <param name="Name">Its name in its domain.</param>
/// <param name="Lower">What becomes of it.</param>
/// <param name="Limits">What of it is not supported, as the guide says it; empty when all is.</param>
internal sealed record Operator(string Name, Lowering Lower, string Limits = "")
{
    /// <summary>The domain that it stands in: "" for the standard one.</summary>
    public string Domain { get; init; } = "";

    /// <summary>The name with its domain, where that is not the standard one.</summary>
    public string FullName => Domain.Length == 0 ? Name : $"{Domain}.{Name}";
}

/// <summary>What the guide says of several operators' support.</summary>
internal static class Support
{
    /// <summary>Of those whose values are locally constant.</summary>
    public const string Jumps = "always; with derivative 0 beside the jumps";

    /// <summary>Of those that are computed while reading.</summary>
    public const string OnConstants = "on constants only";
}

/// <summary>Sets of operators beside the standard one.</summary>
internal static class Domains
{
    /// <summary>ONNX Runtime's own.</summary>
    public const string Microsoft = "com.microsoft";

    /// <summary>Classical machine learning.</summary>
    public const string Learning = "ai.onnx.ml";

    /// <summary>Steps of optimisers.</summary>
    public const string Training = "ai.onnx.preview.training";
}

/// <summary>All supported operators, in all their versions from opset 6 on.</summary>
internal static class OperatorTable
{
    private static readonly Dictionary<string, Operator> Table = Build();

    /// <summary>The operator of that name in the standard domain, or null.</summary>
    public static Operator? Find(string name) => Table.GetValueOrDefault(name);

    /// <summary>The operator of that name in that domain, or null.</summary>
    public static Operator? Find(string domain, string name) =>
        Table.GetValueOrDefault(domain is "" or "ai.onnx" ? name : $"{domain}.{name}");

    /// <summary>All operators: those of the standard by name, then the others.</summary>
    public static IEnumerable<Operator> All =>
        Table.Values.OrderBy(o => o.Domain, StringComparer.Ordinal).ThenBy(o => o.Name, StringComparer.Ordinal);

    private static Operator[][] Families =>
        [
            ElementwiseOperators.All,
            ArithmeticOperators.All,
            ComparisonOperators.All,
            CastOperators.All,
            BitOperators.All,
            LinearOperators.All,
            ConvolutionOperators.All,
            PoolingOperators.All,
            MomentOperators.All,
            NormOperators.All,
            SkipNormalizationOperators.All,
            PaddingOperators.All,
            ResizeOperators.All,
            RearrangingOperators.All,
            GridSampleOperators.All,
            RegionOperators.All,
            SignalOperators.All,
            SoftmaxOperators.All,
            ShapeOperators.All,
            SelectionOperators.All,
            GatherOperators.All,
            ScatterOperators.All,
            OrderOperators.All,
            PlacementOperators.All,
            CumulativeOperators.All,
            ConstantSelectionOperators.All,
            LossOperators.All,
            QuantizationOperators.All,
            IntegerProductOperators.All,
            MicrosoftQuantization.All,
            TextCountOperators.All,
            TrainingOperators.All,
            LearningOperators.All,
            LinearModelOperators.All,
            TreeOperators.All,
            DeterminantOperators.All,
            RefusedOperators.All,
            ReductionOperators.All,
            ConstantOperators.All,
            RecurrentOperators.All,
            ControlOperators.All,
            SequenceOperators.All,
            EinsumOperator.All,
            AttentionOperators.All,
            MicrosoftAttention.All,
            MicrosoftOperators.All,
        ];

    private static Dictionary<string, Operator> Build()
    {
        var table = new Dictionary<string, Operator>(StringComparer.Ordinal);
        foreach (Operator one in Families.SelectMany(family => family))
        {
            table.Add(one.FullName, one);
        }

        return table;
    }
}
