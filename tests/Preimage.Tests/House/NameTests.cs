using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Preimage.Tests.House;

/// <summary>Names are the mathematics, spelled out: no word that says nothing, ASCII identifiers.</summary>
public partial class NameTests
{
    private static readonly HashSet<string> SayNothing =
    [
        "Helper",
        "Helpers",
        "Manager",
        "Managers",
        "Util",
        "Utils",
        "Utility",
        "Utilities",
        "Impl",
    ];

    [Fact]
    public void TypesAndFiles_SayWhatTheyAre() => Rule.Holds(SourceTree.CSharp.SelectMany(Breaches));

    [Theory]
    [InlineData("a/Curve.cs", "class MathHelper { }", 1)]
    [InlineData("a/Curve.cs", "interface IStepManager { }", 1)]
    [InlineData("a/Curve.cs", "struct CurveImpl { }", 1)]
    [InlineData("a/Curve.cs", "enum UtilsKind { }", 1)]
    [InlineData("a/Curve.cs", "delegate void HelperCall();", 1)]
    [InlineData("a/FileUtils.cs", "class Curve { }", 1)]
    [InlineData("a/Curve.cs", "class Défaut { }", 1)]
    [InlineData("a/Curve.cs", "class Implicit { } class Simplex { } class Utilization { }", 0)]
    public void ANameThatSaysNothing_IsFound(string path, string text, int found) =>
        Assert.Equal(found, Breaches(Rule.Source(path, text)).Count());

    private static IEnumerable<string> Breaches(SourceFile file)
    {
        var types = file
            .Root.DescendantNodes()
            .Select(n =>
                n switch
                {
                    BaseTypeDeclarationSyntax t => t.Identifier.Text,
                    DelegateDeclarationSyntax d => d.Identifier.Text,
                    _ => "",
                }
            )
            .Where(n => n.Length > 0);
        return types
            .Append(Path.GetFileNameWithoutExtension(file.Path))
            .Where(name => !name.All(char.IsAscii) || Word().Matches(name).Any(w => SayNothing.Contains(w.Value)))
            .Select(name => $"{file.Path}: {name} does not say what it is.");
    }

    [GeneratedRegex("[A-Z][a-z]+")]
    private static partial Regex Word();
}
