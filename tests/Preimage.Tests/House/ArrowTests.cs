using System.Xml.Linq;

namespace Preimage.Tests.House;

/// <summary>Knowledge flows down; brothers never meet (docs/decisions/001).</summary>
public class ArrowTests
{
    private static readonly Dictionary<string, string[]> Projects = new()
    {
        ["Preimage"] = [],
        ["Preimage.Data"] = ["Preimage"],
        ["Preimage.Training"] = ["Preimage", "Preimage.Data"],
        ["Preimage.Figures"] = ["Preimage", "Preimage.Data"],
        ["Preimage.Cli"] = ["Preimage", "Preimage.Data", "Preimage.Training", "Preimage.Figures"],
    };

    [Fact]
    public void Rooms_UseOnlyTheRoomsBelowThem() => Rule.Holds(Arrows.Breaches(SourceTree.Under(Arrows.Library)));

    [Fact]
    public void Rooms_BindToTheirSymbols()
    {
        var compilation = Arrows.Compile(SourceTree.Under(Arrows.Library));
        var map = compilation.GetTypeByMetadataName("Preimage.Maps.IMap");
        Assert.NotNull(map);
        Assert.Equal(Microsoft.CodeAnalysis.SpecialType.System_Double, Element(map));

        static Microsoft.CodeAnalysis.SpecialType Element(Microsoft.CodeAnalysis.INamedTypeSymbol map)
        {
            var evaluate = (Microsoft.CodeAnalysis.IMethodSymbol)map.GetMembers("Evaluate").Single();
            var span = (Microsoft.CodeAnalysis.INamedTypeSymbol)evaluate.Parameters[0].Type;
            return span.TypeArguments[0].SpecialType;
        }
    }

    [Theory]
    [InlineData("using Preimage.Networks; namespace Preimage.Tracing; class A { }")]
    [InlineData("namespace Preimage.Tracing; class A { object B => typeof(Networks.DenseNetwork); }")]
    [InlineData("namespace Preimage.Tracing; class A { object B => typeof(global::Preimage.Networks.DenseNetwork); }")]
    [InlineData("using D = Preimage.Networks.DenseNetwork; namespace Preimage.Tracing; class A { D? B; }")]
    public void ARoomThatLooksUp_IsFound(string text)
    {
        var bad = Rule.Source(Arrows.Library + "Tracing/Bad.cs", text);
        Assert.Contains(
            Arrows.Breaches([.. SourceTree.Under(Arrows.Library), bad]),
            breach => breach.StartsWith(bad.Path, StringComparison.Ordinal)
        );
    }

    [Fact]
    public void ANamespaceInsideARoom_BelongsToTheRoom()
    {
        var inner = Rule.Source(
            Arrows.Library + "Networks/Compiled/Inner.cs",
            "namespace Preimage.Networks.Compiled; class Inner { }"
        );
        var outer = Rule.Source(
            Arrows.Library + "Networks/Outer.cs",
            "using Preimage.Networks.Compiled; namespace Preimage.Networks; class Outer { Inner? a; }"
        );
        var above = Rule.Source(
            Arrows.Library + "Maps/Above.cs",
            "namespace Preimage.Maps; class Above { Preimage.Networks.Compiled.Inner? a; }"
        );
        Assert.Empty(Arrows.Breaches([inner, outer]));
        Assert.NotEmpty(Arrows.Breaches([inner, above]));
    }

    [Fact]
    public void AnUnknownRoom_IsFound() =>
        Assert.NotEmpty(Arrows.Breaches([Rule.Source(Arrows.Library + "Attic/A.cs", "namespace Preimage.Attic;")]));

    [Fact]
    public void Projects_ReferenceOnlyTheProjectsBelowThem() =>
        Rule.Holds(
            SourceTree
                .Texts.Where(f =>
                    f.Path.StartsWith("src/", StringComparison.Ordinal)
                    && f.Path.EndsWith(".csproj", StringComparison.Ordinal)
                )
                .SelectMany(ProjectBreaches)
        );

    [Fact]
    public void AProjectThatLooksUp_IsFound() =>
        Assert.NotEmpty(
            ProjectBreaches(
                Rule.Source(
                    "src/Preimage/Preimage.csproj",
                    "<Project><ItemGroup><ProjectReference Include=\"../Preimage.Cli/Preimage.Cli.csproj\" /></ItemGroup></Project>"
                )
            )
        );

    private static IEnumerable<string> ProjectBreaches(SourceFile file)
    {
        string project = Path.GetFileNameWithoutExtension(file.Path);
        if (!Projects.TryGetValue(project, out string[]? allowed))
        {
            return [$"{file.Path}: the project is not in the table of arrows."];
        }

        return XDocument
            .Parse(file.Text)
            .Descendants("ProjectReference")
            .Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value.Replace('\\', '/')))
            .Where(used => !allowed.Contains(used))
            .Select(used => $"{file.Path}: {project} may not use {used}.");
    }
}
