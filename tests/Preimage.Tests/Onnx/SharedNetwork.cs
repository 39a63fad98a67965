using System.Collections.Immutable;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Preimage.Networks;
using Preimage.Onnx;
using Tensor = Preimage.Onnx.Tensor;

namespace Preimage.Tests.Onnx;

/// <summary>One of the networks that others trained and exported, with its stored inputs and outputs.</summary>
internal sealed class SharedNetwork
{
    private readonly string _path;
    private readonly ImmutableDictionary<string, Tensor> _stored;

    private SharedNetwork(string path, OnnxModel model, string data)
    {
        _path = path;
        Model = model;
        _stored = model
            .Inputs.Select((input, k) => (input.Name, Tensor: Read(data, "input", k)))
            .ToImmutableDictionary(i => i.Name, i => i.Tensor, StringComparer.Ordinal);
        Outputs = [.. model.Outputs.Select((_, k) => Read(data, "output", k))];
        Free = model.Inputs.FirstOrDefault(i => i.Kind == ElementKind.Real)?.Name;
    }

    /// <summary>Opens a model, named relative to the shared collection; skips the test where it is absent.</summary>
    public static SharedNetwork Open(string file)
    {
        string path = Shared.Path(file);
        string data = Shared.Path($"models-io{file["models".Length..^".onnx".Length]}/test_data_set_0");
        return new SharedNetwork(path, OnnxFile.Open(path), data);
    }

    /// <summary>The model.</summary>
    public OnnxModel Model { get; }

    /// <summary>The stored outputs, in the model's order.</summary>
    public ImmutableArray<Tensor> Outputs { get; }

    /// <summary>The free input; null where all are integers.</summary>
    public string? Free { get; }

    /// <summary>The stored value of the free input; nothing where there is none.</summary>
    public double[] Point => Free is null ? [] : _stored[Free].Elements;

    /// <summary>The networks from the free input to every output, all other inputs at their stored values.</summary>
    public ImmutableArray<Network> Networks() => Networks(_stored);

    /// <summary>A value for every input, as spread as the stored one: real numbers between its least and largest, and integers too.</summary>
    public ImmutableDictionary<string, Tensor> Draw(Random random) =>
        _stored.ToImmutableDictionary(
            i => i.Key,
            i =>
            {
                double least = i.Value.Elements.Min();
                double range = i.Value.Elements.Max() - least;
                bool isReal = i.Value.Kind == ElementKind.Real;
                range = isReal && range == 0 ? 1 : range;
                return i.Value with
                {
                    Elements =
                    [
                        .. i.Value.Elements.Select(_ =>
                            isReal
                                ? (float)(least + range * random.NextDouble())
                                : random.NextInt64((long)least, (long)(least + range) + 1)
                        ),
                    ],
                };
            },
            StringComparer.Ordinal
        );

    /// <summary>The networks with all other inputs at the given values.</summary>
    public ImmutableArray<Network> Networks(ImmutableDictionary<string, Tensor> values) =>
        Model.Networks(
            new Exploration
            {
                From = Free,
                Given = (Free is null ? values : values.Remove(Free)).ToImmutableDictionary(
                    i => i.Key,
                    i => new GivenTensor([.. i.Value.Shape], [.. i.Value.Elements])
                ),
                PointShape = Free is null ? [] : [.. values[Free].Shape],
            }
        );

    /// <summary>What ONNX Runtime makes of these inputs: the values of every output, in the model's order.</summary>
    public double[][] Run(ImmutableDictionary<string, Tensor> values)
    {
        using var session = new InferenceSession(_path);
        using var results = session.Run([
            .. session.InputMetadata.Select(i => Value(i.Key, i.Value.ElementType, values[i.Key])),
        ]);
        return [.. Model.Outputs.Select(o => Elements(results.First(r => r.Name == o.Name)))];
    }

    private static NamedOnnxValue Value(string name, Type type, Tensor tensor) =>
        type == typeof(float)
            ? NamedOnnxValue.CreateFromTensor(
                name,
                new DenseTensor<float>(Array.ConvertAll(tensor.Elements, e => (float)e), tensor.Shape)
            )
            : NamedOnnxValue.CreateFromTensor(
                name,
                new DenseTensor<int>(Array.ConvertAll(tensor.Elements, e => (int)e), tensor.Shape)
            );

    private static double[] Elements(DisposableNamedOnnxValue value) =>
        value.ElementType == TensorElementType.Int64
            ? [.. value.AsEnumerable<long>().Select(v => (double)v)]
            : [.. value.AsEnumerable<float>().Select(v => (double)v)];

    private static Tensor Read(string data, string kind, int k) =>
        StoredTensors.Read(System.IO.Path.Combine(data, $"{kind}_{k}.pb"));
}
