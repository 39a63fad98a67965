namespace Preimage.Onnx;

/// <summary>Operators that are known, and refused with the reason.</summary>
internal static class RefusedOperators
{
    private const string Random =
        "draws random numbers, which is not supported: a map has one value at each point; export the model for inference";

    private const string Text = "works on text, which is not supported; start the model behind it";

    private const string Image =
        "reads an encoded image, which is not supported; give the decoded numbers to the model";

    public static Operator[] All =>
        [
            .. Refused(Random, "Bernoulli", "Multinomial", "RandomNormal", "RandomNormalLike"),
            .. Refused(Random, "RandomUniform", "RandomUniformLike"),
            .. Refused(Text, "RegexFullMatch", "StringConcat", "StringNormalizer", "StringSplit"),
            .. Refused(Image, "ImageDecoder"),
        ];

    private static IEnumerable<Operator> Refused(string reason, params IEnumerable<string> names) =>
        names.Select(name => new Operator(name, n => throw n.Fail(reason), "refused: " + reason));
}
