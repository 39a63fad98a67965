using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Preimage.Tests.House;

/// <summary>One thing that is too long, and its name in the list of exceptions.</summary>
internal sealed record Tail(string Name, string Breach);

/// <summary>How long files, methods, parameter lists and interfaces may be. Comments count for files, not for methods.</summary>
internal static class Tails
{
    public const int FileLines = 400;
    public const int MethodLines = 60;
    public const int Parameters = 5;
    public const int PartMembers = 3;
    public const int PartMethods = 1;

    public static IEnumerable<Tail> Of(SourceFile file) =>
        [.. Files(file), .. Methods(file), .. ParameterLists(file), .. Interfaces(file)];

    private static IEnumerable<Tail> Files(SourceFile file)
    {
        if (file.Lines > FileLines)
        {
            yield return new(file.Path, $"{file.Path}: {file.Lines} lines, limit {FileLines}.");
        }
    }

    private static IEnumerable<Tail> Methods(SourceFile file)
    {
        foreach (SyntaxNode node in file.Root.DescendantNodes().Where(IsMethod))
        {
            FileLinePositionSpan span = node.GetLocation().GetLineSpan();
            int lines = span.EndLinePosition.Line - span.StartLinePosition.Line + 1;
            if (lines > MethodLines)
            {
                yield return new(Name(node), $"{file.At(node)}: {Name(node)} has {lines} lines, limit {MethodLines}.");
            }
        }
    }

    private static IEnumerable<Tail> ParameterLists(SourceFile file)
    {
        foreach (BaseParameterListSyntax list in file.Root.DescendantNodes().OfType<BaseParameterListSyntax>())
        {
            // A record's parameters are its fields; a theory's are the columns of its table, and an oracle's are plain loops' sizes.
            bool exempt = list.Parent is RecordDeclarationSyntax || IsTest(file);
            if (!exempt && list.Parameters.Count > Parameters)
            {
                string name = Name(list.Parent!);
                yield return new(
                    name,
                    $"{file.At(list)}: {name} has {list.Parameters.Count} parameters, limit {Parameters}; give a settings record."
                );
            }
        }
    }

    private static IEnumerable<Tail> Interfaces(SourceFile file)
    {
        foreach (InterfaceDeclarationSyntax type in file.Root.DescendantNodes().OfType<InterfaceDeclarationSyntax>())
        {
            // Static members are the arithmetic of a type parameter; a part is what its instances do.
            MemberDeclarationSyntax[] members = [.. InstanceMembers(type)];
            int methods = members.OfType<MethodDeclarationSyntax>().Count();
            if (methods > PartMethods || members.Length > PartMembers)
            {
                string name = type.Identifier.Text;
                yield return new(
                    name,
                    $"{file.At(type)}: {name} has {methods} methods and {members.Length} members; a part has {PartMethods} and at most {PartMembers}."
                );
            }
        }
    }

    public static IEnumerable<MemberDeclarationSyntax> InstanceMembers(InterfaceDeclarationSyntax type) =>
        type.Members.Where(m => !m.Modifiers.Any(SyntaxKind.StaticKeyword));

    private static bool IsMethod(SyntaxNode node) =>
        node is BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax or AccessorDeclarationSyntax
        || node is PropertyDeclarationSyntax { ExpressionBody: not null };

    private static bool IsTest(SourceFile file) => file.Path.StartsWith("tests/", StringComparison.Ordinal);

    /// <summary>"Type.Member", or "Type" for its constructor's list.</summary>
    private static string Name(SyntaxNode node)
    {
        string type = node.AncestorsAndSelf().OfType<TypeDeclarationSyntax>().FirstOrDefault()?.Identifier.Text ?? "";
        string member = node.AncestorsAndSelf()
            .Select(n =>
                n switch
                {
                    MethodDeclarationSyntax m => m.Identifier.Text,
                    LocalFunctionStatementSyntax f => f.Identifier.Text,
                    PropertyDeclarationSyntax p => p.Identifier.Text,
                    DelegateDeclarationSyntax d => d.Identifier.Text,
                    OperatorDeclarationSyntax o => "operator " + o.OperatorToken.Text,
                    _ => "",
                }
            )
            .FirstOrDefault(n => n.Length > 0, "");
        return string.Join('.', new[] { type, member }.Where(n => n.Length > 0));
    }
}
