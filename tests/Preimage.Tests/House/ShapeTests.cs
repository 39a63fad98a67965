using System.Reflection;

namespace Preimage.Tests.House;

/// <summary>Parts and results are immutable, so sharing, resuming and replaying come free; the zero of an ending or verdict says nothing.</summary>
public class ShapeTests
{
    private static readonly Assembly[] Libraries =
    [
        typeof(PreimageException).Assembly,
        Assembly.Load("Preimage.Data"),
        Assembly.Load("Preimage.Training"),
        Assembly.Load("Preimage.Figures"),
    ];

    private static readonly string[] RoomsOfParts =
    [
        "Preimage.Tracing",
        "Preimage.Geometry",
        "Preimage.Walking",
        "Preimage.Surfaces",
    ];

    /// <summary>What receives points keeps them: a sink is no part of a recipe.</summary>
    private const string Collector = "ISink";

    private static Type[] Library => Libraries[0].GetTypes();

    [Fact]
    public void Parts_AreImmutable() => Rule.Holds(Library.Where(IsPart).SelectMany(MutableFields));

    [Fact]
    public void Results_AreImmutable() =>
        Rule.Holds(Library.Where(t => IsIn(t, "Preimage.Results")).SelectMany(MutableFields));

    [Fact]
    public void EndingsAndVerdicts_BeginWithUnknown() =>
        Rule.Holds(Libraries.SelectMany(a => a.GetTypes()).SelectMany(SaysSomethingAtZero));

    [Fact]
    public void EndingsAndVerdicts_AreThere() => Assert.Contains(Library, t => t.IsEnum && t.Name == "Ending");

    [Fact]
    public void AMutableField_IsFound()
    {
        Assert.Empty(MutableFields(typeof(Fixed)));
        Assert.Empty(MutableFields(typeof(FixedRecord)));
        Assert.Single(MutableFields(typeof(Moving)));
        Assert.Single(MutableFields(typeof(Settable)));
        Assert.Single(MutableFields(typeof(Inherited)));
    }

    [Fact]
    public void AnEndingThatSaysSomethingAtZero_IsFound()
    {
        Assert.Single(SaysSomethingAtZero(typeof(RashVerdict)));
        Assert.Single(SaysSomethingAtZero(typeof(ShiftedEnding)));
        Assert.Empty(SaysSomethingAtZero(typeof(Results.Ending)));
    }

    private static bool IsPart(Type type) =>
        !type.IsInterface
        && type.GetInterfaces().Any(i => RoomsOfParts.Any(room => IsIn(i, room)) && i.Name != Collector);

    private static bool IsIn(Type type, string room) =>
        type.Namespace == room || type.Namespace?.StartsWith(room + ".", StringComparison.Ordinal) == true;

    /// <summary>The instance fields, own and inherited, that can change after construction.</summary>
    private static IEnumerable<string> MutableFields(Type type)
    {
        const BindingFlags own =
            BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        if (type.IsEnum)
        {
            yield break;
        }

        for (Type? at = type; at is not null && at != typeof(object); at = at.BaseType)
        {
            foreach (FieldInfo field in at.GetFields(own).Where(f => !f.IsInitOnly && !IsPrimaryParameter(f)))
            {
                yield return $"{type.Name}: {field.Name} can change.";
            }
        }
    }

    /// <summary>A captured parameter of a primary constructor; analyzer MA0143 forbids to assign it.</summary>
    private static bool IsPrimaryParameter(FieldInfo field) =>
        field.Name.StartsWith('<') && field.Name.EndsWith(">P", StringComparison.Ordinal);

    private static IEnumerable<string> SaysSomethingAtZero(Type type)
    {
        bool speaks =
            type.IsEnum
            && (
                type.Name.EndsWith("Ending", StringComparison.Ordinal)
                || type.Name.EndsWith("Verdict", StringComparison.Ordinal)
            );
        if (speaks && Enum.GetName(type, Enum.ToObject(type, 0)) != "Unknown")
        {
            yield return $"{type.Name}: zero is not Unknown.";
        }
    }

    private sealed class Fixed(int a)
    {
        public int A { get; } = a;

        public int B { get; init; } = a;
    }

    private sealed record FixedRecord(int A, string B);

    private class Moving
    {
        private int count;

        public int Next() => ++count;
    }

    private sealed record Settable
    {
        public int A { get; set; }
    }

    private sealed class Inherited : Moving;

    private enum RashVerdict
    {
        Proved,
        Unknown,
    }

    private enum ShiftedEnding
    {
        Unknown = 1,
        Closed = 2,
    }
}
