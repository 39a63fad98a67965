using System.Text.RegularExpressions;

namespace Preimage.Tests.House;

/// <summary>Nothing half done and nothing of one person's machine is kept in the repository.</summary>
public partial class TextTests
{
    // Spelled in two halves, so that this file keeps its own rule.
    private static readonly Regex Unfinished = new(
        @"\b(?:TO" + "DO|FIX" + "ME|HA" + "CK|XX" + @"X)\b|NotImplemented" + "Exception"
    );

    [Fact]
    public void Texts_AreFinished() => Rule.Holds(SourceTree.Texts.SelectMany(f => Breaches(f, Unfinished)));

    [Fact]
    public void Texts_NameNoMachine() => Rule.Holds(SourceTree.Texts.SelectMany(f => Breaches(f, MachinePath())));

    [Fact]
    public void Texts_AreAllThere()
    {
        string[] paths = [.. SourceTree.Texts.Select(f => f.Path)];
        Assert.Contains("README.md", paths);
        Assert.Contains(".ci/run", paths);
        Assert.Contains("src/Preimage/Maps/IMap.cs", paths);
        Assert.DoesNotContain(paths, p => p.Contains("/obj/", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("// TO" + "DO: later")]
    [InlineData("// FIX" + "ME")]
    [InlineData("throw new NotImplemented" + "Exception();")]
    public void AnUnfinishedPlace_IsFound(string line) =>
        Assert.Single(Breaches(Rule.Source("a.cs", line), Unfinished));

    [Theory]
    [InlineData("see /ro" + "ot/models/a.onnx", 1)]
    [InlineData("\"/ho" + "me/somebody/a.csv\"", 1)]
    [InlineData("`/wo" + "rk/a`", 1)]
    [InlineData(@"C:\Us" + @"ers\somebody", 1)]
    [InlineData("https://example.org/home/page", 0)]
    [InlineData("src/work/a.cs", 0)]
    public void APathOfAMachine_IsFound(string line, int found) =>
        Assert.Equal(found, Breaches(Rule.Source("a.md", line), MachinePath()).Count());

    private static IEnumerable<string> Breaches(SourceFile file, Regex forbidden)
    {
        string[] lines = file.Text.Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            if (forbidden.Match(lines[i]) is { Success: true } match)
            {
                yield return $"{file.At(i)}: {match.Value}";
            }
        }
    }

    [GeneratedRegex(@"(?<![\w/.:~-])/(?:root|home|work|Users|mnt|scratch)/|\b[A-Z]:\\Users\\")]
    private static partial Regex MachinePath();
}
