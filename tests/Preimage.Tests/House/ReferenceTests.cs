using System.Text.RegularExpressions;

namespace Preimage.Tests.House;

/// <summary>Sources are cited as [Key] or [Key, place]; every key stands in docs/references.bib (docs/decisions/007).</summary>
public partial class ReferenceTests
{
    private static readonly Lazy<string[]> Keys = new(() =>
        [.. Entry().Matches(Bibliography.Text).Select(m => m.Groups["key"].Value)]
    );

    private static SourceFile Bibliography => SourceTree.Texts.Single(f => f.Path == "docs/references.bib");

    [Fact]
    public void Citations_HaveAnEntry() => Rule.Holds(SourceTree.Texts.SelectMany(f => Breaches(f, Keys.Value)));

    [Fact]
    public void Entries_AreComplete() => Rule.Holds(EntryBreaches(Bibliography.Text));

    [Theory]
    [InlineData("/// <summary>A step [Known1999].</summary>", 0)]
    [InlineData("/// <summary>A step [Known1999, section 2].</summary>", 0)]
    [InlineData("// As in [Known1999] and [Other2001b].", 0)]
    [InlineData("// As in [Unknown1999].", 1)]
    [InlineData("// As in [Unknown1999, (2.3)] and [Known1999].", 1)]
    [InlineData("// As in [Known & Other 1999].", 1)]
    [InlineData("// As in [Known 1999; Other 2001].", 1)]
    [InlineData("// x: [Inputs], y: [Outputs * Inputs], w in [A2, B2].", 0)]
    [InlineData("var a = \"[Unknown1999]\";", 0)]
    public void ACitationWithoutEntry_IsFound(string line, int found) =>
        Assert.Equal(found, Breaches(Rule.Source("a.cs", line), ["Known1999", "Other2001b"]).Count());

    [Fact]
    public void ACitationInProse_IsFound() =>
        Assert.Single(Breaches(Rule.Source("a.md", "See [Known1999] and [Unknown1999]."), ["Known1999"]));

    [Theory]
    [InlineData("@book{Known1999,\n  author = {A},\n  title = {B},\n  year = {1999},\n}\n", 0)]
    [InlineData("@book{Known1999,\n  author = {A},\n  year = {1999},\n}\n", 1)]
    [InlineData("@book{Known1999,\n  author = {A},\n  title = {B},\n  year = {1998},\n}\n", 1)]
    [InlineData("@book{known,\n  author = {A},\n  title = {B},\n  year = {1998},\n}\n", 1)]
    public void AnIncompleteEntry_IsFound(string text, int found) => Assert.Equal(found, EntryBreaches(text).Count());

    private static IEnumerable<string> Breaches(SourceFile file, string[] keys)
    {
        bool code = file.Path.EndsWith(".cs", StringComparison.Ordinal);
        if (!code && !file.Path.EndsWith(".md", StringComparison.Ordinal))
        {
            yield break;
        }

        string[] lines = code ? CommentLines(file) : file.Text.Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            foreach (Match match in Citation().Matches(lines[i]))
            {
                if (!keys.Contains(match.Groups["key"].Value))
                {
                    yield return $"{file.At(i)}: {match.Value} has no entry in docs/references.bib.";
                }
            }

            foreach (Match match in Loose().Matches(lines[i]))
            {
                if (code && !Citation().IsMatch(match.Value))
                {
                    yield return $"{file.At(i)}: cite {match.Value} by key, as in [Keller1977].";
                }
            }
        }
    }

    /// <summary>The file with everything but its comments blanked out, line by line.</summary>
    private static string[] CommentLines(SourceFile file)
    {
        char[] text = [.. file.Text.Select(c => c == '\n' ? c : ' ')];
        foreach (var trivia in file.Root.DescendantTrivia())
        {
            if (trivia.ToFullString().StartsWith('/'))
            {
                file.Text.CopyTo(trivia.FullSpan.Start, text, trivia.FullSpan.Start, trivia.FullSpan.Length);
            }
        }

        return new string(text).Split('\n');
    }

    private static IEnumerable<string> EntryBreaches(string bibliography)
    {
        string[] entries = [.. EntryStart().Split(bibliography).Where(e => e.StartsWith('@'))];
        foreach (string entry in entries)
        {
            string key = entry[(entry.IndexOf('{', StringComparison.Ordinal) + 1)..].Split(',')[0];
            bool byAuthor = Field("author").IsMatch(entry) || Field("editor").IsMatch(entry);
            if (!byAuthor || !Field("title").IsMatch(entry) || !Year().IsMatch(entry))
            {
                yield return $"{key} lacks its author, title or year.";
            }
            else if (
                !Key().IsMatch(key) || !key.Contains(Year().Match(entry).Groups["year"].Value, StringComparison.Ordinal)
            )
            {
                yield return $"{key} is not the authors' names followed by the year.";
            }
        }

        foreach (
            var twice in Entry().Matches(bibliography).GroupBy(m => m.Groups["key"].Value).Where(g => g.Count() > 1)
        )
        {
            yield return $"{twice.Key} stands there twice.";
        }
    }

    private static Regex Field(string name) => new($@"^\s*{name}\s*=\s*\{{.+\}}", RegexOptions.Multiline);

    [GeneratedRegex(@"\[(?<key>[A-Z][A-Za-z]+[12][0-9]{3}[a-z]?)(?:,[^\[\]]*)?\]")]
    private static partial Regex Citation();

    [GeneratedRegex(@"\[[A-Z][a-z]+[^\[\]]*\b(?:1[6-9]|20)[0-9]{2}\b[^\[\]]*\]")]
    private static partial Regex Loose();

    [GeneratedRegex(@"^@[a-z]+\{(?<key>[^,\s]+),", RegexOptions.Multiline)]
    private static partial Regex Entry();

    [GeneratedRegex("^(?=@)", RegexOptions.Multiline)]
    private static partial Regex EntryStart();

    [GeneratedRegex(@"^\s*year\s*=\s*\{(?<year>[12][0-9]{3})\}", RegexOptions.Multiline)]
    private static partial Regex Year();

    [GeneratedRegex("^[A-Z][A-Za-z]+[12][0-9]{3}[a-z]?$")]
    private static partial Regex Key();
}
