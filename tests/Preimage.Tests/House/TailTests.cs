namespace Preimage.Tests.House;

/// <summary>Good and bad code differ in their tails, so the tails are held (docs/decisions/001).</summary>
public class TailTests
{
    /// <summary>What may be longer, and why. An exception that is no longer needed fails too.</summary>
    private static readonly Dictionary<string, string> Exceptions = new()
    {
        ["IMap"] = "the root of the house: sizes, value, value with Jacobian",
        ["IEnclosedMap"] = "IMap over boxes: sizes, value, value with Jacobian",
        ["IObjective"] = "IMap of the parameters: sizes, value, value with gradient",
        ["IBatchMap"] = "the two methods of IMap, for many points",
        ["IProductMap"] = "the two products with one Jacobian, useless alone",
        ["ILinearMap"] = "the two products with one matrix, useless alone",
        ["IProductEngine"] = "the same, inside a compiled plan",
        ["Panels.Accumulate"] = "a kernel: two matrices and their sizes, in registers",
        ["Panels.FourRows"] = "a kernel: two matrices and their sizes, in registers",
        ["PanelEngine.Accumulate"] = "a kernel: two matrices and their sizes, in registers",
        ["NarrowPanelEngine.Neuron"] = "a kernel: two matrices and their sizes, in registers",
        ["NarrowPanelEngine.Sum"] = "a kernel: two matrices and their sizes, in registers",
        ["PointEngine.Multiply"] = "a kernel: two matrices and their sizes, in registers",
    };

    /// <summary>The most members that even a root interface may have.</summary>
    private const int RootMembers = 5;

    private static IEnumerable<Tail> Found => SourceTree.CSharp.SelectMany(Tails.Of);

    [Fact]
    public void Tails_AreShort() => Rule.Holds(Found.Where(t => !Exceptions.ContainsKey(t.Name)).Select(t => t.Breach));

    [Fact]
    public void Exceptions_AreNeeded() =>
        Rule.Holds(
            Exceptions.Keys.Except(Found.Select(t => t.Name)).Select(name => $"{name} is short; drop the exception.")
        );

    [Fact]
    public void RootInterfaces_HaveAtMostFiveMembers() =>
        Rule.Holds(
            SourceTree
                .CSharp.SelectMany(f => f.Root.DescendantNodes())
                .OfType<Microsoft.CodeAnalysis.CSharp.Syntax.InterfaceDeclarationSyntax>()
                .Where(i => Tails.InstanceMembers(i).Count() > RootMembers)
                .Select(i =>
                    $"{i.Identifier.Text} has {Tails.InstanceMembers(i).Count()} members, limit {RootMembers}."
                )
        );

    [Fact]
    public void ALongFile_IsFound()
    {
        Assert.Empty(Of(new string('\n', Tails.FileLines)));
        Assert.Single(Of(new string('\n', Tails.FileLines + 1)));
    }

    [Fact]
    public void ALongMethod_IsFound()
    {
        Assert.Empty(Of(Method(Tails.MethodLines)));
        Assert.Equal("A.B", Assert.Single(Of(Method(Tails.MethodLines + 1))).Name);

        static string Method(int lines) =>
            $"class A\n{{\n/// <summary>\n/// Not counted.</summary>\nvoid B()\n{{{new string('\n', lines - 2)}}}\n}}\n";
    }

    [Theory]
    [InlineData("class A { void B(int a, int b, int c, int d, int e) { } }", 0)]
    [InlineData("class A { void B(int a, int b, int c, int d, int e, int f) { } }", 1)]
    [InlineData("class A(int a, int b, int c, int d, int e, int f) { }", 1)]
    [InlineData("class A { A(int a, int b, int c, int d, int e, int f) { } }", 1)]
    [InlineData("delegate void A(int a, int b, int c, int d, int e, int f);", 1)]
    [InlineData("class A { void B() { void C(int a, int b, int c, int d, int e, int f) { } } }", 1)]
    [InlineData("record A(int a, int b, int c, int d, int e, int f);", 0)]
    public void ALongParameterList_IsFound(string text, int found) => Assert.Equal(found, Of(text).Count());

    [Fact]
    public void Tests_MayHaveLongParameterLists() =>
        Assert.Empty(
            Tails.Of(Rule.Source("tests/a.cs", "class A { void B(int a, int b, int c, int d, int e, int f) { } }"))
        );

    [Theory]
    [InlineData("interface IA { int B { get; } int C { get; } void D(); }", 0)]
    [InlineData("interface IA { void B(); void C(); }", 1)]
    [InlineData(
        "interface IA<T> { static abstract T B(); static abstract T C(); static abstract T operator +(T a, T b); }",
        0
    )]
    [InlineData("interface IA { int B { get; } int C { get; } int D { get; } int E { get; } }", 1)]
    public void AWideInterface_IsFound(string text, int found) => Assert.Equal(found, Of(text).Count());

    private static IEnumerable<Tail> Of(string text) => Tails.Of(Rule.Source("a.cs", text));
}
