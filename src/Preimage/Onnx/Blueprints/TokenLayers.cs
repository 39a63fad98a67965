using Preimage.Networks;

namespace Preimage.Onnx;

/// <summary>
/// "patches 2 width=48": squares of 2 x 2 pixels become tokens by one affine map, "patches"; with a learned vector for each place added, "embedding".
/// With a class token, one more vector that is learned stands before them. [Dosovitskiy2021]
/// </summary>
internal sealed record PatchLayer(int Size, int Width, bool HasClassToken) : BlueprintLayer
{
    public override void Draw(DraftGraph draft)
    {
        (int channels, int height, int width) = Grid(draft, "patches");
        if (height % Size != 0 || width % Size != 0)
        {
            throw new ArgumentException(
                $"Patches of {Size} x {Size} pixels do not fill an image of {height} x {width}; take a size that divides both."
            );
        }

        int tokens = height / Size * (width / Size);
        int elements = channels * Size * Size;
        ModelWriter model = draft.Model;
        string weights = draft.Weights("patches.weights", (elements, Width), Width, channels, Size, Size);
        string planes = model.Node(
            "Conv",
            "patches.planes",
            draft.Value,
            weights,
            draft.Same("patches.biases", 0, Width)
        );
        Windows.Describe(model, Size, Size, 0);
        string rows = model.Node("Reshape", "patches.rows", planes, model.Integers("patches.shape", 0, Width, tokens));
        string patches = model.Node("Transpose", "patches", rows);
        model.Attribute("perm", [0, 2, 1]);
        if (HasClassToken)
        {
            // The class token and its place are one learned vector: the first of the places, on zeros.
            patches = model.Node("Pad", "patches.padded", patches, model.Integers("patches.before", 0, 1, 0, 0, 0, 0));
            tokens++;
        }

        string places = draft.Small("embedding.places", 1, tokens, Width);
        draft.Step("Add", "embedding", [tokens, Width], patches, places);
    }
}

/// <summary>
/// "block heads=4 mlp=96": self-attention and two dense layers on each token, each beside a way around it; normalised before each (pre) or after each sum
/// (post). "block1.attention" is the token after the first way around, "block1" after the second. [Vaswani2017]
/// </summary>
internal sealed record TransformerLayer(int Heads, int Hidden, bool NormalisesBefore, ScalarFunction Function)
    : BlueprintLayer
{
    public override void Draw(DraftGraph draft)
    {
        (int _, int width) = Tokens(draft, "block");
        if (width % Heads != 0)
        {
            throw new ArgumentException(
                $"A width of {width} is not divided by {Heads} heads; take a width that is a multiple."
            );
        }

        string name = draft.Next("block");
        Around(draft, $"{name}.attention", (value, inner) => Attend(draft, value, inner));
        Around(draft, name, (value, _) => Dense(draft, value, name));
    }

    /// <summary>x + f(norm x), or norm(x + f(x)).</summary>
    private void Around(DraftGraph draft, string name, Func<string, string, string> inner)
    {
        string value = NormalisesBefore ? NormLayer.Norm(draft, $"{name}.norm", draft.Value) : draft.Value;
        string made = inner(value, name);
        string sum = NormalisesBefore ? name : $"{name}.sum";
        draft.Step("Add", sum, draft.Shape, draft.Value, made);
        if (!NormalisesBefore)
        {
            draft.GoOn(NormLayer.Norm(draft, name, sum), draft.Shape);
        }
    }

    /// <summary>softmax(Q K^T / sqrt d) V, head by head, and an affine map of what the heads say.</summary>
    private string Attend(DraftGraph draft, string value, string name)
    {
        ModelWriter model = draft.Model;
        int width = draft.Shape[1];
        int perHead = width / Heads;
        string queries = Head(draft, value, $"{name}.query", 0, 2, 1, 3);
        string keys = Head(draft, value, $"{name}.key", 0, 2, 3, 1);
        string values = Head(draft, value, $"{name}.value", 0, 2, 1, 3);
        string products = model.Node("MatMul", $"{name}.products", queries, keys);
        string scale = model.Constant($"{name}.factor", [1 / Math.Sqrt(perHead)]);
        string scores = model.Node("Mul", $"{name}.scores", products, scale);
        string weights = model.Node("Softmax", $"{name}.weights", scores);
        model.Attribute("axis", -1);
        string heads = model.Node("MatMul", $"{name}.heads", weights, values);
        string turned = model.Node("Transpose", $"{name}.turned", heads);
        model.Attribute("perm", [0, 2, 1, 3]);
        string joined = model.Node("Reshape", $"{name}.joined", turned, model.Integers($"{name}.shape", 0, 0, width));
        return Affine(draft, joined, $"{name}.output", (width, width));
    }

    private string Head(DraftGraph draft, string value, string name, params ReadOnlySpan<long> order)
    {
        ModelWriter model = draft.Model;
        int width = draft.Shape[1];
        string all = Affine(draft, value, name, (width, width));
        string shape = model.Integers($"{name}.shape", 0, 0, Heads, width / Heads);
        string parts = model.Node("Reshape", $"{name}.parts", all, shape);
        string turned = model.Node("Transpose", $"{name}.turned", parts);
        model.Attribute("perm", order);
        return turned;
    }

    private string Dense(DraftGraph draft, string value, string name)
    {
        int width = draft.Shape[1];
        string hidden = Affine(draft, value, $"{name}.hidden", (width, Hidden));
        string bent = FunctionWriter.Write(draft.Model, Function, hidden, $"{name}.activation");
        return Affine(draft, bent, $"{name}.dense", (Hidden, width));
    }

    private static string Affine(DraftGraph draft, string value, string name, (int From, int To) size)
    {
        string weights = draft.Weights($"{name}.weights", size, size.From, size.To);
        string product = draft.Model.Node("MatMul", $"{name}.product", value, weights);
        return draft.Model.Node("Add", name, product, draft.Same($"{name}.biases", 0, size.To));
    }
}

/// <summary>"norm": each token with mean 0 and variance 1, then scaled and shifted. [Ba2016]</summary>
internal sealed record NormLayer : BlueprintLayer
{
    public override void Draw(DraftGraph draft) =>
        draft.GoOn(Norm(draft, draft.Next("norm"), draft.Value), draft.Shape);

    /// <summary>Appends one, and gives its name.</summary>
    public static string Norm(DraftGraph draft, string name, string value)
    {
        draft.Model.RequireOpset(17);
        int width = draft.Shape[^1];
        string scale = draft.Same($"{name}.scale", 1, width);
        string norm = draft.Model.Node("LayerNormalization", name, value, scale, draft.Same($"{name}.shift", 0, width));
        draft.Model.Attribute("axis", -1);
        return norm;
    }
}

/// <summary>"mean": the mean of all tokens.</summary>
internal sealed record MeanLayer : BlueprintLayer
{
    public override void Draw(DraftGraph draft)
    {
        (_, int width) = Tokens(draft, "mean");
        draft.Model.RequireOpset(18);
        string name = draft.Next("mean");
        draft.Step("ReduceMean", name, [width], draft.Value, draft.Model.Integers($"{name}.axes", 1));
        draft.Model.Attribute("keepdims", 0);
    }
}

/// <summary>"first": the first token, which is the class token.</summary>
internal sealed record FirstLayer : BlueprintLayer
{
    public override void Draw(DraftGraph draft)
    {
        (_, int width) = Tokens(draft, "first");
        string name = draft.Next("first");
        draft.Step("Gather", name, [width], draft.Value, draft.Model.Integer($"{name}.place", 0));
        draft.Model.Attribute("axis", 1);
    }
}
