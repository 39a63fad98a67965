using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Preimage.Maps;
using Preimage.Networks;

namespace Preimage.Onnx;

/// <summary>
/// Reads the text weights of the published SiMEC code. Line 1: the number of layers. Then three lines a layer, their fields separated by blanks or tabs:
/// "rows columns outputs inputs TYPE"; the weights, row-major [outputs * inputs]; the biases [outputs].
/// TYPE is FC_LAYER_SG (sigmoid), FC_LAYER_SP (softplus), FC_LAYER_SL (SiLU) or FC_LAYER_SM (softmax, last layer only).
/// </summary>
public static class TextWeights
{
    /// <summary>The network of a text weights file.</summary>
    /// <exception cref="ModelException">The file cannot be read, or a line is not what it should be.</exception>
    public static Network Read(string path)
    {
        byte[] bytes = FileBytes.Read(path);
        DenseNetwork dense = Parse(Encoding.UTF8.GetString(bytes), path);
        var description = new ModelDescription(
            path,
            Convert.ToHexStringLower(SHA256.HashData(bytes)),
            "text weights",
            "",
            0,
            [new OperatorCount("Dense", dense.Layers.Length)],
            dense.Layers.Sum(l => (long)l.Weights.Length + l.Biases.Length)
        );
        return new Network(DenseGraph.From(dense), Signature.Anonymous(dense.Inputs, dense.Outputs), description);
    }

    /// <summary>The dense network of the text of a weights file.  path: for messages.</summary>
    internal static DenseNetwork Parse(string text, string path)
    {
        var lines = new Lines(text, path);
        string[] first = lines.Next("the number of layers", 1);
        int count = lines.Integer(first[0], "the number of layers");
        var layers = ImmutableArray.CreateBuilder<DenseLayer>();
        DenseHead head = DenseHead.None;
        for (int i = 0; i < count; i++)
        {
            if (head != DenseHead.None)
            {
                throw lines.Bad("follows a softmax layer, which must be the last");
            }

            (DenseLayer layer, head) = ReadLayer(lines);
            if (i > 0 && layers[i - 1].Outputs != layer.Inputs)
            {
                throw lines.Bad(
                    $"ends layer {i + 1}, which takes {layer.Inputs} numbers, but layer {i} gives {layers[i - 1].Outputs}"
                );
            }

            layers.Add(layer);
        }

        lines.End();
        return new DenseNetwork(layers.ToImmutable(), head);
    }

    private static (DenseLayer Layer, DenseHead Head) ReadLayer(Lines lines)
    {
        string[] fields = lines.Next("'rows columns outputs inputs TYPE'", 5);
        int rows = lines.Integer(fields[0], "the number of rows");
        int columns = lines.Integer(fields[1], "the number of columns");
        int outputs = lines.Integer(fields[2], "the number of outputs");
        int inputs = lines.Integer(fields[3], "the number of inputs");
        if (rows != outputs || columns != inputs)
        {
            throw lines.Bad($"gives a {rows} x {columns} matrix to a layer of {inputs} inputs and {outputs} outputs");
        }

        (ScalarFunction activation, DenseHead head) = fields[4] switch
        {
            "FC_LAYER_SG" => ((ScalarFunction)new Sigmoid(), DenseHead.None),
            "FC_LAYER_SP" => (new Softplus(), DenseHead.None),
            "FC_LAYER_SL" => (new Swish(), DenseHead.None),
            "FC_LAYER_SM" => (new Identity(), DenseHead.Softmax),
            _ => throw lines.Bad(
                $"names the layer type '{fields[4]}'; known are FC_LAYER_SG, FC_LAYER_SP, FC_LAYER_SL and FC_LAYER_SM"
            ),
        };
        ImmutableArray<double> weights = lines.Numbers("weights", (long)rows * columns);
        ImmutableArray<double> biases = lines.Numbers("biases", outputs);
        return (new DenseLayer(inputs, outputs, weights, biases, activation), head);
    }

    /// <summary>The lines of the file, with their numbers for messages.</summary>
    private sealed class Lines(string text, string path)
    {
        private readonly string[] _lines = text.Split('\n');
        private int _next;

        public string[] Next(string what, long fields)
        {
            if (_next == _lines.Length)
            {
                throw new ModelException($"{path} ends after line {_next}, where {what} should follow.");
            }

            string[] parts = _lines[_next++].Split([' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries);
            return parts.Length == fields
                ? parts
                : throw Bad($"holds {parts.Length} fields, where {what} should be {fields}");
        }

        public int Integer(string field, string what) =>
            int.TryParse(field, out int value) && value > 0
                ? value
                : throw Bad($"has '{Shortened(field)}' as {what}, which must be a positive integer");

        public ImmutableArray<double> Numbers(string what, long count)
        {
            string[] fields = Next(what, count);
            var numbers = ImmutableArray.CreateBuilder<double>(fields.Length);
            for (int i = 0; i < fields.Length; i++)
            {
                numbers.Add(
                    double.TryParse(fields[i], out double number) && double.IsFinite(number)
                        ? number
                        : throw Bad(
                            $"has '{Shortened(fields[i])}' as number {i + 1} of its {what}, which must be finite numbers"
                        )
                );
            }

            return numbers.MoveToImmutable();
        }

        public void End()
        {
            while (_next < _lines.Length)
            {
                if (!string.IsNullOrWhiteSpace(_lines[_next++]))
                {
                    throw Bad("goes on after the last layer");
                }
            }
        }

        public ModelException Bad(string rule) => new($"{path}: line {_next} {rule}.");

        private static string Shortened(string field) => field.Length <= 40 ? field : $"{field[..40]}...";
    }
}
