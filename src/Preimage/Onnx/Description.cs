using Preimage.Networks;
using Preimage.Onnx.Wire;

namespace Preimage.Onnx;

/// <summary>What a model says about itself.</summary>
internal static class Description
{
    /// <summary>The description, with the operators and weights of the whole file.</summary>
    public static ModelDescription Of(OnnxModel model, long opset) =>
        new(
            model.Path,
            model.Sha256,
            "ONNX",
            $"{model.Proto.ProducerName} {model.Proto.ProducerVersion}".Trim(),
            opset,
            [
                .. model
                    .Proto.Graph.Node.GroupBy(n => n.OpType, StringComparer.Ordinal)
                    .Select(g => new OperatorCount(g.Key, g.Count()))
                    .OrderByDescending(o => o.Count),
            ],
            Parameters(model.Proto.Graph)
        );

    /// <summary>How many real numbers initialisers and constants hold.</summary>
    private static long Parameters(GraphProto graph) =>
        graph.Initializer.Sum(Reals)
        + graph.SparseInitializer.Sum(s => s.Values is null ? 0 : Reals(s.Values))
        + graph
            .Node.Where(n => n.OpType is "Constant")
            .SelectMany(n => n.Attribute)
            .Sum(a =>
                a.Name switch
                {
                    "value" when a.T is not null => Reals(a.T),
                    "value_float" => 1,
                    "value_floats" => a.Floats.Count,
                    _ => 0,
                }
            );

    private static long Reals(TensorProto tensor) =>
        ElementTypes.KindOrNull(tensor.DataType) == ElementKind.Real ? Math.Max(0, Shapes.Count([.. tensor.Dims])) : 0;
}
