using Preimage.Networks;

namespace Preimage.Onnx;

/// <summary>One layer of a <see cref="Blueprint"/>.</summary>
internal abstract record BlueprintLayer
{
    /// <summary>Appends its nodes and weights.</summary>
    /// <exception cref="ArgumentException">It does not fit what comes to it.</exception>
    public abstract void Draw(DraftGraph draft);

    /// <summary>A grid of planes is needed.</summary>
    protected static (int Channels, int Height, int Width) Grid(DraftGraph draft, string layer) =>
        draft.Shape is [var channels, var height, var width]
            ? (channels, height, width)
            : throw Misfit(draft, layer, "planes of pixels, [channels, height, width]");

    /// <summary>Tokens are needed.</summary>
    protected static (int Tokens, int Width) Tokens(DraftGraph draft, string layer) =>
        draft.Shape is [var tokens, var width]
            ? (tokens, width)
            : throw Misfit(draft, layer, "tokens, [tokens, width], as patches give");

    private static ArgumentException Misfit(DraftGraph draft, string layer, string needed) =>
        new(
            $"The layer '{layer}' needs {needed}, but what comes to it has the shape {Shapes.Text(draft.Shape.AsSpan())}."
        );
}

/// <summary>"conv 10x5": correlation with 10 kernels of 5 x 5 pixels, and a bias for each.</summary>
internal sealed record Convolutional(int Channels, int Size, int Stride, int Padding) : BlueprintLayer
{
    public override void Draw(DraftGraph draft)
    {
        (int channels, int height, int width) = Grid(draft, "conv");
        string name = draft.Next("conv");
        int high = Windows.Count(height, this.Size, Stride, Padding, "conv");
        int wide = Windows.Count(width, this.Size, Stride, Padding, "conv");
        int elements = this.Size * this.Size;
        string weights = draft.Weights(
            $"{name}.weights",
            (channels * elements, Channels * elements),
            Channels,
            channels,
            this.Size,
            this.Size
        );
        string biases = draft.Same($"{name}.biases", 0, Channels);
        draft.Step("Conv", name, [Channels, high, wide], draft.Value, weights, biases);
        Windows.Describe(draft.Model, this.Size, Stride, Padding);
    }
}

/// <summary>"avgpool 2", "maxpool 2": the mean or the largest of each window.</summary>
internal sealed record PoolLayer(string Operation, int Size, int Stride) : BlueprintLayer
{
    public override void Draw(DraftGraph draft)
    {
        (int channels, int height, int width) = Grid(draft, "pool");
        int high = Windows.Count(height, Size, Stride, 0, "pool");
        int wide = Windows.Count(width, Size, Stride, 0, "pool");
        draft.Step(Operation, draft.Next("pool"), [channels, high, wide], draft.Value);
        Windows.Describe(draft.Model, Size, Stride, 0);
    }
}

/// <summary>"relu", "gelu", ...: a function of each number.</summary>
internal sealed record ActivationLayer(string Name, ScalarFunction Function) : BlueprintLayer
{
    /// <summary>Whether it is about 0 on one side and about the identity on the other.</summary>
    public bool IsRectifying => Function is not (Sigmoid or HyperbolicTangent);

    public override void Draw(DraftGraph draft)
    {
        string name = draft.Next(Name);
        FunctionWriter.Write(draft.Model, Function, draft.Value, name);
        draft.GoOn(draft.Model.Rename(name), draft.Shape);
    }
}

/// <summary>"flatten": all numbers of a sample in one row.</summary>
internal sealed record FlattenLayer : BlueprintLayer
{
    public override void Draw(DraftGraph draft)
    {
        draft.Step("Flatten", draft.Next("flatten"), [draft.Size], draft.Value);
        draft.Model.Attribute("axis", 1);
    }
}

/// <summary>"dense 50": an affine map to 50 numbers; of each token, where there are tokens. What is no row becomes one.</summary>
internal sealed record DenseUnits(int Units, string? Name = null) : BlueprintLayer
{
    public override void Draw(DraftGraph draft)
    {
        if (draft.Shape.Length != 1)
        {
            new FlattenLayer().Draw(draft);
        }

        string name = Name ?? draft.Next("dense");
        string weights = draft.Weights($"{name}.weights", (draft.Size, Units), draft.Size, Units);
        draft.Step("Gemm", name, [Units], draft.Value, weights, draft.Same($"{name}.biases", 0, Units));
    }
}

/// <summary>"softmax", "logsoftmax", "sigmoid" at the end: logits become probabilities, or their logarithms.</summary>
internal sealed record EndLayer(string Operation) : BlueprintLayer
{
    public override void Draw(DraftGraph draft)
    {
        draft.Step(Operation, "output", draft.Shape, draft.Value);
        if (Operation != "Sigmoid")
        {
            draft.Model.Attribute("axis", -1);
        }
    }
}

/// <summary>Windows on a grid of pixels.</summary>
internal static class Windows
{
    /// <summary>Places of a window along an axis.</summary>
    /// <exception cref="ArgumentException">There are none.</exception>
    public static int Count(int extent, int size, int stride, int padding, string layer)
    {
        int room = extent + 2 * padding - size;
        return room >= 0
            ? room / stride + 1
            : throw new ArgumentException(
                $"The layer '{layer}' has windows of {size} pixels, but only {extent + 2 * padding} pixels come to it; make them smaller, or leave a layer out."
            );
    }

    /// <summary>Gives the last node the attributes of a window.</summary>
    public static void Describe(ModelWriter model, int size, int stride, int padding)
    {
        model.Attribute("kernel_shape", [size, size]);
        model.Attribute("strides", [stride, stride]);
        if (padding > 0)
        {
            model.Attribute("pads", [padding, padding, padding, padding]);
        }
    }
}
