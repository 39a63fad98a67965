namespace Preimage.Onnx;

/// <summary>
/// What operators of opset 6 mean otherwise than from opset 7 on: binary operators align their second operand by attributes, a slope of a rectifier is one
/// for each channel, and Dropout drops unless it is told not to. Gemm's attribute says what shapes say by themselves.
/// </summary>
internal static class SixthOpset
{
    /// <summary>The opset that it is about.</summary>
    public const long Version = 6;

    private static readonly HashSet<string> Binary = new(StringComparer.Ordinal)
    {
        "Add",
        "Sub",
        "Mul",
        "Div",
        "Pow",
        "And",
        "Or",
        "Xor",
        "Equal",
        "Less",
        "Greater",
    };

    /// <summary>The node's inputs in the shapes that later opsets give them.</summary>
    /// <param name="operation">The operator's name in the standard domain.</param>
    /// <param name="n">The node.</param>
    /// <param name="inputs">Its inputs, of which the second may change its shape.</param>
    /// <exception cref="ModelException">The operands cannot be aligned, or elements are dropped at random.</exception>
    public static void Align(string operation, NodeReader n, Value?[] inputs)
    {
        if (operation == "Dropout" && n.Int("is_test", 0) == 0)
        {
            throw n.Fail("drops elements at random, as in training; export the model for inference");
        }

        if (inputs is not [{ } a, { } b, ..])
        {
            return;
        }

        if (operation == "PRelu" && b.Rank == 1 && b.Shape[0] > 1 && a.Rank > 2)
        {
            inputs[1] = b.In([.. b.Shape, .. Ones(a.Rank - 2)]);
        }
        else if (Binary.Contains(operation) && n.Int("broadcast", 0) != 0)
        {
            int first = n.Axis(n.Int("axis", a.Rank - b.Rank), a.Rank, inclusive: true);
            int after = a.Rank - first - b.Rank;
            inputs[1] =
                after >= 0
                    ? b.In([.. b.Shape, .. Ones(after)])
                    : throw n.Fail(
                        $"aligns the shape {Shapes.Text(b.Shape)} with the axis {first} of {Shapes.Text(a.Shape)}, which does not fit"
                    );
        }
    }

    private static IEnumerable<int> Ones(int count) => Enumerable.Repeat(1, count);
}
