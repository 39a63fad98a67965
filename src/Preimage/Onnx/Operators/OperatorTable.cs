namespace Preimage.Onnx;

/// <summary>How an ONNX operator becomes operations of our graph: one value for each of its outputs.</summary>
internal delegate Value[] Lowering(NodeReader node);

/// <summary>One supported ONNX operator.</summary>
/// <param name="Name">Its name in the standard domain.</param>
/// <param name="Lower">What becomes of it.</param>
/// <param name="Limits">What of it is not supported, as the guide says it; empty when all is.</param>
internal sealed record Operator(string Name, Lowering Lower, string Limits = "");

/// <summary>All supported operators of the standard domain, in all their versions from opset 7 on.</summary>
internal static class OperatorTable
{
    private static readonly Dictionary<string, Operator> Table = Build();

    /// <summary>The operator of that name, or null.</summary>
    public static Operator? Find(string name) => Table.GetValueOrDefault(name);

    /// <summary>All operators, by name.</summary>
    public static IEnumerable<Operator> All => Table.Values.OrderBy(o => o.Name, StringComparer.Ordinal);

    private static Dictionary<string, Operator> Build()
    {
        var table = new Dictionary<string, Operator>(StringComparer.Ordinal);
        foreach (
            Operator[] family in (Operator[][])
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
                    PaddingOperators.All,
                    ResizeOperators.All,
                    RearrangingOperators.All,
                    GridSampleOperators.All,
                    RegionOperators.All,
                    SignalOperators.All,
                    NormalizationOperators.All,
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
                    DeterminantOperators.All,
                    RefusedOperators.All,
                    ReductionOperators.All,
                    ConstantOperators.All,
                ]
        )
        {
            foreach (Operator one in family)
            {
                table.Add(one.Name, one);
            }
        }

        return table;
    }
}
