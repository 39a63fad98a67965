using System.Xml.Linq;

namespace Preimage.Tests.House;

/// <summary>The runtime and half of all file systems compare names without case: two assemblies that differ only in case are one.</summary>
public class AssemblyTests
{
    [Fact]
    public void Assemblies_DifferNotOnlyInCase() => Rule.Holds(Clashes(Projects(SourceTree.Texts)));

    [Fact]
    public void AClashOfNames_IsFound() =>
        Assert.Single(
            Clashes(
                Projects([
                    Rule.Source("src/A/A.csproj", "<Project />"),
                    Rule.Source("src/B/B.csproj", "<Project><AssemblyName>a</AssemblyName></Project>"),
                ])
            )
        );

    private static IEnumerable<(string Path, string Assembly)> Projects(IEnumerable<SourceFile> files) =>
        files
            .Where(f => f.Path.EndsWith(".csproj", StringComparison.Ordinal))
            .Select(f =>
                (
                    f.Path,
                    XDocument.Parse(f.Text).Descendants("AssemblyName").SingleOrDefault()?.Value
                        ?? Path.GetFileNameWithoutExtension(f.Path)
                )
            );

    private static IEnumerable<string> Clashes(IEnumerable<(string Path, string Assembly)> projects) =>
        projects
            .GroupBy(p => p.Assembly, StringComparer.OrdinalIgnoreCase)
            .Where(g => g.Count() > 1)
            .Select(g => $"{string.Join(" and ", g.Select(p => p.Path))} build the same assembly {g.Key}.");
}
