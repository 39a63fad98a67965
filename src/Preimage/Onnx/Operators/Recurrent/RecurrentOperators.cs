namespace Preimage.Onnx;

/// <summary>Recurrent layers.</summary>
internal static class RecurrentOperators
{
    private const string ConstantLengths = "the lengths of the sequences are constant";

    public static Operator[] All =>
        [
            new("RNN", Simple, ConstantLengths),
            new("GRU", Gated, ConstantLengths),
            new("LSTM", LongShortTerm, ConstantLengths),
        ];

    private static Value[] Simple(NodeReader n)
    {
        var layer = new RecurrentLayer(n, gates: 1, ["Tanh"]);
        return layer.Unroll(i => new SimpleCell(layer.Direction(i, separate: false)));
    }

    private static Value[] Gated(NodeReader n)
    {
        var layer = new RecurrentLayer(n, gates: 3, ["Sigmoid", "Tanh"]);
        bool resetAfter = n.Int("linear_before_reset", 0) != 0;
        return layer.Unroll(i => new GatedCell(layer.Direction(i, separate: resetAfter), resetAfter));
    }

    private static Value[] LongShortTerm(NodeReader n)
    {
        var layer = new RecurrentLayer(n, gates: 4, ["Sigmoid", "Tanh", "Tanh"]);
        bool coupled = n.Int("input_forget", 0) != 0;
        return layer.Unroll(i => new LongShortTermCell(layer.Direction(i, separate: false), coupled));
    }
}
