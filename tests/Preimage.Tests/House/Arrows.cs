using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Preimage.Tests.House;

/// <summary>Which rooms of the library use which, by the symbols that their code binds to.</summary>
internal static class Arrows
{
    public const string Library = "src/Preimage/";

    /// <summary>The rooms that each room may use. A new room is added here when it is built.</summary>
    public static readonly ImmutableDictionary<string, string[]> Rooms = new Dictionary<string, string[]>
    {
        ["Maps"] = [],
        ["Results"] = [],
        ["Geometry"] = ["Maps"],
        ["Networks"] = ["Maps"],
        ["Onnx"] = ["Networks", "Maps"],
        ["Tracing"] = ["Maps", "Geometry", "Results"],
        ["Walking"] = ["Maps", "Geometry", "Results"],
        ["Surfaces"] = ["Maps", "Geometry", "Results"],
        ["Enclosing"] = ["Maps", "Networks", "Geometry", "Results"],
        ["Levels"] = ["Maps", "Geometry", "Tracing", "Enclosing", "Results"],
    }.ToImmutableDictionary();

    private const string ImplicitUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    private static readonly MetadataReference[] References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(path => !Path.GetFileName(path).StartsWith("Preimage", StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    /// <summary>Every use of a room that the table does not allow: where, which room, which symbol.</summary>
    public static IEnumerable<string> Breaches(IEnumerable<SourceFile> library)
    {
        SourceFile[] files = [.. library];
        CSharpCompilation compilation = Compile(files);
        foreach (SourceFile file in files)
        {
            string? room = RoomOf(file);
            if (room is not null && !Rooms.ContainsKey(room))
            {
                yield return $"{file.Path}: the room {room} is not in the table of arrows.";
                continue;
            }

            foreach (var (node, used, symbol) in Uses(compilation.GetSemanticModel(file.Tree), file.Root))
            {
                // Files outside every room (the exceptions) are the ground that all stand on: they use no room.
                if (used != room && (room is null || !Rooms[room].Contains(used)))
                {
                    yield return $"{file.At(node)}: {room ?? "the root"} may not use {used} ({symbol.Name}).";
                }
            }
        }
    }

    /// <summary>The code as one assembly. What is generated during the build is missing and stays unbound.</summary>
    public static CSharpCompilation Compile(IEnumerable<SourceFile> files) =>
        CSharpCompilation.Create(
            "Preimage",
            [.. files.Select(f => f.Tree), CSharpSyntaxTree.ParseText(ImplicitUsings, SourceTree.Language)],
            References,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true)
        );

    private static string? RoomOf(SourceFile file)
    {
        string inside = file.Path[Library.Length..];
        int slash = inside.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? null : inside[..slash];
    }

    private static IEnumerable<(SyntaxNode Node, string Room, ISymbol Symbol)> Uses(
        SemanticModel model,
        SyntaxNode root
    )
    {
        foreach (SimpleNameSyntax name in root.DescendantNodes().OfType<SimpleNameSyntax>())
        {
            SymbolInfo info = model.GetSymbolInfo(name);
            ISymbol? symbol = info.Symbol ?? info.CandidateSymbols.FirstOrDefault();
            if (symbol is not null && RoomOf(symbol) is { } room && !IsNameOfOwnNamespace(name))
            {
                yield return (name, room, symbol);
            }
        }
    }

    private static bool IsNameOfOwnNamespace(SyntaxNode name) =>
        name.Ancestors().OfType<BaseNamespaceDeclarationSyntax>().Any(n => n.Name.Span.Contains(name.Span));

    private static string? RoomOf(ISymbol symbol)
    {
        INamespaceSymbol? at = symbol as INamespaceSymbol ?? symbol.ContainingNamespace;
        string? room = null;
        for (; at is { IsGlobalNamespace: false }; at = at.ContainingNamespace)
        {
            if (at.ContainingNamespace.IsGlobalNamespace)
            {
                return at.Name == "Preimage" && symbol.ContainingAssembly?.Name is null or "Preimage" ? room : null;
            }

            room = at.Name;
        }

        return null;
    }
}
