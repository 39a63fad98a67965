using Preimage.Onnx.Wire;
using Dimension = Preimage.Onnx.Wire.TensorShapeProto.Types.Dimension;

namespace Preimage.Onnx;

/// <summary>The shape of one sample of a model's input.</summary>
internal static class InputShape
{
    /// <summary>
    /// The one input that is no initialiser, with its shape: an open leading dimension (symbolic, absent, 0 or -1) is one sample,
    /// and so is another dimension of the same symbol.
    /// </summary>
    /// <exception cref="ModelException">There are none or several inputs, or the input has no real elements or no fixed shape.</exception>
    public static (string Name, int[] Shape) Read(GraphProto graph, string path)
    {
        var initializers = new HashSet<string>(graph.Initializer.Select(i => i.Name), StringComparer.Ordinal);
        ValueInfoProto[] inputs = [.. graph.Input.Where(i => !initializers.Contains(i.Name))];
        if (inputs.Length != 1)
        {
            throw new ModelException(
                inputs.Length == 0
                    ? $"{path} has no input."
                    : $"{path} has {inputs.Length} inputs ({string.Join(", ", inputs.Take(8).Select(i => $"'{i.Name}'"))}); one is supported, store the others as initialisers."
            );
        }

        string what = $"{path} has the input '{inputs[0].Name}'";
        if (inputs[0].Type?.TensorType is not { } type)
        {
            throw new ModelException($"{what} that is no tensor; a tensor of real numbers is needed.");
        }

        if (ElementTypes.KindOrNull(type.ElemType) != ElementKind.Real)
        {
            throw new ModelException(
                $"{what} of type {ElementTypes.Name(type.ElemType)}, which has no derivative; an input of real numbers is needed."
            );
        }

        if (type.Shape is null)
        {
            throw new ModelException($"{what} without a shape; export the model with a fixed one.");
        }

        return (inputs[0].Name, Sample(type.Shape, what));
    }

    private static int[] Sample(TensorShapeProto proto, string what)
    {
        long[] shape = new long[proto.Dim.Count];
        string batch = proto.Dim.Count > 0 ? proto.Dim[0].DimParam : "";
        for (int i = 0; i < shape.Length; i++)
        {
            Dimension dimension = proto.Dim[i];
            bool open = dimension.ValueCase != Dimension.ValueOneofCase.DimValue || dimension.DimValue is 0 or -1;
            bool isBatch =
                open
                && (i == 0 || (batch.Length > 0 && string.Equals(dimension.DimParam, batch, StringComparison.Ordinal)));
            if (open && !isBatch)
            {
                string symbol = dimension.DimParam.Length == 0 ? "" : $" '{dimension.DimParam}'";
                throw new ModelException(
                    $"{what} whose dimension {i + 1}{symbol} is open; only the leading dimension may be (one sample), export the model with the others fixed."
                );
            }

            shape[i] = isBatch ? 1 : dimension.DimValue;
        }

        long count = Shapes.Count(shape);
        if (count is <= 0 or > Limits.Variables || shape.Length > Limits.Rank)
        {
            throw new ModelException(
                $"{what} of shape {Shapes.Text(shape)}, which is not a shape of 1 to {Limits.Variables} elements."
            );
        }

        return Array.ConvertAll(shape, d => (int)d);
    }
}
