namespace Preimage.Onnx;

/// <summary>Names in a sentence.</summary>
internal static class Names
{
    private const int Shown = 12;

    /// <summary>"'a', 'b'": at most a dozen, so that the sentence stays readable.</summary>
    public static string List(IEnumerable<string> names)
    {
        string[] all = [.. names];
        string list = string.Join(", ", all.Take(Shown).Select(n => $"'{n}'"));
        return all.Length == 0 ? "none"
            : all.Length <= Shown ? list
            : $"{list} and {all.Length - Shown} more";
    }
}
