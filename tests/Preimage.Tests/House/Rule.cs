namespace Preimage.Tests.House;

/// <summary>How the tests of the house report: every breach in one message, one a line.</summary>
internal static class Rule
{
    public static void Holds(IEnumerable<string> breaches)
    {
        string[] found = [.. breaches];
        Assert.True(found.Length == 0, string.Join(Environment.NewLine, found));
    }

    /// <summary>A file that is not in the repository, to show that a rule can fail.</summary>
    public static SourceFile Source(string path, string text) => new(path, text);
}
