using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Preimage.Tests.House;

/// <summary>Every package has one pinned version, named in one place.</summary>
public partial class PackageTests
{
    private const string Central = "Directory.Packages.props";

    private static SourceFile File(string path) => SourceTree.Texts.Single(f => f.Path == path);

    [Fact]
    public void CentralVersions_ArePinned() => Rule.Holds(FloatingVersions(File(Central)));

    [Fact]
    public void References_AreCentral()
    {
        string[] central = [.. Versions(File(Central)).Select(v => v.Name)];
        Rule.Holds(
            SourceTree
                .Texts.Where(f => f.Path != Central && Path.GetExtension(f.Path) is ".csproj" or ".props" or ".targets")
                .SelectMany(f => LooseReferences(f, central))
        );
    }

    [Fact]
    public void Tools_ArePinned()
    {
        using var tools = JsonDocument.Parse(File(".config/dotnet-tools.json").Text);
        Rule.Holds(
            tools
                .RootElement.GetProperty("tools")
                .EnumerateObject()
                .Where(t => !Pinned().IsMatch(t.Value.GetProperty("version").GetString()!))
                .Select(t => $"the tool {t.Name} floats.")
        );
    }

    [Theory]
    [InlineData("1.2.3", 0)]
    [InlineData("1.2.3-beta.1", 0)]
    [InlineData("1.*", 1)]
    [InlineData("[1.0,2.0)", 1)]
    [InlineData("$(SomeVersion)", 1)]
    public void AFloatingVersion_IsFound(string version, int found) =>
        Assert.Equal(
            found,
            FloatingVersions(
                    Rule.Source(Central, $"<Project><PackageVersion Include=\"A\" Version=\"{version}\" /></Project>")
                )
                .Count()
        );

    [Theory]
    [InlineData("<PackageReference Include=\"A\" />", 0)]
    [InlineData("<PackageReference Include=\"A\" Version=\"1.0.0\" />", 1)]
    [InlineData("<PackageReference Include=\"A\" VersionOverride=\"1.0.0\" />", 1)]
    [InlineData("<PackageReference Include=\"B\" />", 1)]
    public void ALooseReference_IsFound(string reference, int found) =>
        Assert.Equal(found, LooseReferences(Rule.Source("a.csproj", $"<Project>{reference}</Project>"), ["A"]).Count());

    private static IEnumerable<(string Name, string Version)> Versions(SourceFile file) =>
        XDocument
            .Parse(file.Text)
            .Descendants("PackageVersion")
            .Select(p => (p.Attribute("Include")!.Value, p.Attribute("Version")!.Value));

    private static IEnumerable<string> FloatingVersions(SourceFile file) =>
        Versions(file).Where(v => !Pinned().IsMatch(v.Version)).Select(v => $"{v.Name} {v.Version} floats.");

    private static IEnumerable<string> LooseReferences(SourceFile file, string[] central) =>
        XDocument
            .Parse(file.Text)
            .Descendants("PackageReference")
            .Where(r =>
                r.Attribute("Version") is not null
                || r.Attribute("VersionOverride") is not null
                || !central.Contains(r.Attribute("Include")?.Value)
            )
            .Select(r => $"{file.Path}: {r} names its version outside {Central}, or nowhere.");

    [GeneratedRegex(@"^[0-9]+(\.[0-9]+){1,3}(-[0-9A-Za-z.]+)?$")]
    private static partial Regex Pinned();
}
