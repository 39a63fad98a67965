using System.Collections.Immutable;
using Preimage.Networks;

namespace Preimage.Onnx;

/// <summary>Reads the words of a <see cref="Blueprint"/>.</summary>
internal static class BlueprintWords
{
    /// <summary>The network of the digits in [BenfenatiMarta2024], and what "cnn" stands for.</summary>
    private const string Cnn =
        "conv 10x5 | avgpool 2 | relu | conv 20x5 | avgpool 2 | relu | flatten | dense 50 | relu | dense 50 | relu | logsoftmax";

    /// <summary>The layers.</summary>
    /// <exception cref="ArgumentException">A word is unknown, a number is missing, or an end stands before the end.</exception>
    public static ImmutableArray<BlueprintLayer> Parse(string words)
    {
        var layers = ImmutableArray.CreateBuilder<BlueprintLayer>();
        foreach (string piece in words.Split('|', StringSplitOptions.TrimEntries))
        {
            layers.AddRange(Piece(piece));
        }

        int end = layers.ToList().FindIndex(l => l is EndLayer);
        return end < 0 || end == layers.Count - 1
            ? layers.ToImmutable()
            : throw new ArgumentException(
                $"The architecture has layers after its {((EndLayer)layers[end]).Operation.ToLowerInvariant()}, which ends a network; leave them out."
            );
    }

    private static BlueprintLayer[] Piece(string piece)
    {
        LayerWords words = new(piece);
        BlueprintLayer[] layers = words.Name switch
        {
            "cnn" => [.. Parse(Cnn)],
            "vit" => Vit(words),
            "conv" => [Conv(words)],
            "avgpool" => [Pool(words, "AveragePool")],
            "maxpool" => [Pool(words, "MaxPool")],
            "flatten" => [new FlattenLayer()],
            "dense" => [new DenseUnits(words.Number(0, "dense 50"))],
            "patches" =>
            [
                new PatchLayer(
                    words.Number(0, "patches 2 width=48"),
                    words.Number("width", 48),
                    words.IsOther("token", "no", "yes")
                ),
            ],
            "block" => [Block(words, words.Number("mlp", 96))],
            "norm" => [new NormLayer()],
            "mean" => [new MeanLayer()],
            "first" => [new FirstLayer()],
            "softmax" => [new EndLayer("Softmax")],
            "logsoftmax" => [new EndLayer("LogSoftmax")],
            _ when Function(words.Name) is { } function => [new ActivationLayer(words.Name, function)],
            _ => throw Unknown(words.Name),
        };
        words.DemandAllRead();
        return layers;
    }

    private static Convolutional Conv(LayerWords words)
    {
        (int channels, int size) = words.Pair("conv 10x5");
        return new Convolutional(channels, size, words.Number("stride", 1), words.Number("pad", 0, least: 0));
    }

    private static PoolLayer Pool(LayerWords words, string operation)
    {
        int size = words.Number(0, $"{words.Name} 2");
        return new PoolLayer(operation, size, words.Number("stride", size));
    }

    private static TransformerLayer Block(LayerWords words, int hidden) =>
        new(
            words.Number("heads", 4),
            hidden,
            !words.IsOther("norm", "pre", "post"),
            Function(words.Text("activation", "gelu"))
                ?? throw new ArgumentException(
                    $"'{words.Name}' has the activation '{words.Text("activation", "gelu")}'; choose one of {string.Join(", ", Functions.Keys)}."
                )
        );

    private static BlueprintLayer[] Vit(LayerWords words)
    {
        int width = words.Number("width", 48);
        TransformerLayer block = Block(words, words.Number("mlp", 2 * width));
        bool hasToken = words.IsOther("pool", "mean", "token");
        return
        [
            new PatchLayer(words.Number("patch", 2), width, hasToken),
            .. Enumerable.Repeat(block, words.Number("layers", 4)),
            .. block.NormalisesBefore ? (BlueprintLayer[])[new NormLayer()] : [],
            hasToken ? new FirstLayer() : new MeanLayer(),
            new EndLayer("Softmax"),
        ];
    }

    private static ScalarFunction? Function(string name) => Functions.GetValueOrDefault(name);

    private static readonly Dictionary<string, ScalarFunction> Functions = new(StringComparer.Ordinal)
    {
        ["relu"] = new Rectifier(),
        ["leakyrelu"] = new LeakyRectifier(0.01),
        ["elu"] = new ExponentialLinear(),
        ["gelu"] = new GaussianErrorLinear(),
        ["silu"] = new Swish(),
        ["softplus"] = new Softplus(),
        ["tanh"] = new HyperbolicTangent(),
        ["sigmoid"] = new Sigmoid(),
    };

    private static ArgumentException Unknown(string word) =>
        new(
            $"The architecture has a layer '{word}', which is unknown; layers are cnn, vit, conv, avgpool, maxpool, flatten, dense, patches, block, norm, mean, first, softmax, logsoftmax, {string.Join(", ", Functions.Keys)}."
        );
}
