using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Preimage.Tests.House;

/// <summary>One file of the repository. Path is relative to its root, with forward slashes.</summary>
internal sealed record SourceFile(string Path, string Text)
{
    private readonly Lazy<SyntaxTree> tree = new(() =>
        CSharpSyntaxTree.ParseText(Text, SourceTree.Language, path: Path)
    );

    public SyntaxTree Tree => tree.Value;

    public SyntaxNode Root => Tree.GetRoot();

    public int Lines => Text.Split('\n').Length - (Text.EndsWith('\n') ? 1 : 0);

    /// <summary>"path(line)" of a node, as an editor opens it.</summary>
    public string At(SyntaxNode node) => At(node.GetLocation().GetLineSpan().StartLinePosition.Line);

    /// <summary>"path(line)" of a zero-based line.</summary>
    public string At(int line) => $"{Path}({line + 1})";
}

/// <summary>The files of the repository that people write; what tools generate is left out.</summary>
internal static class SourceTree
{
    public static readonly CSharpParseOptions Language = new(LanguageVersion.Latest, DocumentationMode.Parse);

    private static readonly HashSet<string> Generated =
    [
        ".git",
        ".vs",
        ".idea",
        "bin",
        "obj",
        "out",
        "artifacts",
        "TestResults",
        "BenchmarkDotNet.Artifacts",
    ];

    private static readonly HashSet<string> TextEndings =
    [
        ".cs",
        ".csproj",
        ".props",
        ".targets",
        ".slnx",
        ".json",
        ".md",
        ".bib",
        ".txt",
        ".proto",
        ".sh",
        ".rsp",
        ".js",
        ".css",
        ".html",
        ".svg",
        ".editorconfig",
        ".gitignore",
        ".gitattributes",
        ".csharpierignore",
    ];

    /// <summary>Every text file.</summary>
    public static IReadOnlyList<SourceFile> Texts { get; } = [.. Walk(Shared.RepositoryRoot).Select(Read)];

    /// <summary>Every C# file.</summary>
    public static IReadOnlyList<SourceFile> CSharp { get; } =
    [.. Texts.Where(f => f.Path.EndsWith(".cs", StringComparison.Ordinal))];

    /// <summary>The C# files under a folder, such as "src/Preimage/".</summary>
    public static IEnumerable<SourceFile> Under(string folder) =>
        CSharp.Where(f => f.Path.StartsWith(folder, StringComparison.Ordinal));

    private static SourceFile Read(string path) =>
        new(
            Path.GetRelativePath(Shared.RepositoryRoot, path).Replace('\\', '/'),
            System.IO.File.ReadAllText(path).ReplaceLineEndings("\n")
        );

    private static IEnumerable<string> Walk(string folder)
    {
        foreach (string file in Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal))
        {
            if (IsText(file))
            {
                yield return file;
            }
        }

        foreach (string inner in Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal))
        {
            if (!Generated.Contains(Path.GetFileName(inner)))
            {
                foreach (string file in Walk(inner))
                {
                    yield return file;
                }
            }
        }
    }

    private static bool IsText(string file)
    {
        string ending = Path.GetExtension(file);
        return TextEndings.Contains(ending) || file.Replace('\\', '/').EndsWith("/.ci/run", StringComparison.Ordinal);
    }
}
