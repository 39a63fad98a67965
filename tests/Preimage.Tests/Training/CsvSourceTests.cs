using Preimage.Maps;
using Preimage.Training.Data;

namespace Preimage.Tests.Training;

public class CsvSourceTests
{
    private static Dataset Read(string text, params string[] targets) => Read(new CsvSource([.. targets]), text);

    private static Dataset Read(CsvSource source, string text) => source.Read(new StringReader(text));

    private static string Refusal(string text, params string[] targets) =>
        Assert.Throws<ArgumentException>(() => Read(text, targets)).Message;

    [Theory]
    [InlineData(",")]
    [InlineData(";")]
    [InlineData("\t")]
    [InlineData("|")]
    public void Read_FindsTheSeparator(string separator)
    {
        string text = "P [Pa],V [m^3],T [K]\n1e5,0.05,601.4\n2e5,0.025,601.5\n".Replace(
            ",",
            separator,
            StringComparison.Ordinal
        );
        Dataset data = Read(text, "T");
        Assert.Equal([1e5, 0.05, 2e5, 0.025], data.Inputs);
        Assert.Equal([601.4, 601.5], data.Targets);
        Assert.Equal([new Variable("P", "Pa", 1e5, 2e5), new Variable("V", "m^3", 0.025, 0.05)], data.Signature.Inputs);
        Assert.Equal([new Variable("T", "K", 601.4, 601.5)], data.Signature.Outputs);
    }

    [Fact]
    public void Read_WithAGivenSeparator_TakesIt() =>
        Assert.Equal([1.0, 3], Read(new CsvSource(["b"]) { Separator = ':' }, "a:b\n1:2\n3:4\n").Inputs);

    [Fact]
    public void Read_WithChosenInputs_KeepsTheirOrderAndLeavesOutTheRest()
    {
        Dataset data = Read(new CsvSource(["b"]) { Inputs = ["c", "a"] }, "a,b,c,d\n1,2,3,text\n4,5,6,text\n");
        Assert.Equal([3.0, 1, 6, 4], data.Inputs);
        Assert.Equal([2.0, 5], data.Targets);
    }

    [Fact]
    public void Read_KeepsEveryBit_AndSkipsEmptyLines()
    {
        Dataset data = Read("a,b\n0.1,1\n\n0.30000000000000004,2\n\n", "b");
        Assert.Equal([0.1, 0.30000000000000004], data.Inputs);
    }

    [Fact]
    public void Read_OfQuotedCells_TakesWhatIsInside()
    {
        Dataset data = Read("\"a\",\"b, c [m]\"\n\"1\",2\n3,\"4\"\n", "b, c");
        Assert.Equal([1.0, 3], data.Inputs);
        Assert.Equal("m", data.Signature.Outputs[0].Unit);
    }

    [Fact]
    public void Read_OfNumberedClasses_MakesOneColumnAClassInNumericalOrder()
    {
        Dataset data = Read(new CsvSource(["k"]) { Classes = true }, "a,k\n1,10\n2,9\n3,10\n");
        Assert.Equal<string[]>(["k=9", "k=10"], [.. data.Signature.Outputs.Select(v => v.Name)]);
        Assert.Equal([0.0, 1, 1, 0, 0, 1], data.Targets);
    }

    [Fact]
    public void Read_OfNamedClasses_OrdersThemByLetters()
    {
        Dataset data = Read(new CsvSource(["k"]) { Classes = true }, "a,k\n1,iris\n2,aster\n");
        Assert.Equal<string[]>(["k=aster", "k=iris"], [.. data.Signature.Outputs.Select(v => v.Name)]);
        Assert.Equal([0.0, 1, 1, 0], data.Targets);
    }

    [Theory]
    [InlineData("a,b\n1,2\n3,oops\n", "The cell 'oops' in row 2 below the header, column 'b'")]
    [InlineData("a,b\n1,2\n,4\n", "The cell '' in row 2 below the header, column 'a'")]
    [InlineData("a,b\n1,2\n3,NaN\n", "The cell 'NaN' in row 2 below the header, column 'b'")]
    [InlineData("a,b\n1,2\n1e999,3\n", "The cell '1e999' in row 2 below the header, column 'a'")]
    [InlineData("a;b\n1,5;2\n2,5;3\n", "The cell '1,5' in row 1 below the header, column 'a'")]
    [InlineData("a,b\n1,2\n3\n", "Row 2 of the table has 1 cells, but its first line has 2")]
    [InlineData("a,b\n1,2\n3,4,5\n", "Row 2 of the table has 3 cells, but its first line has 2")]
    [InlineData("a,c\n1,2\n", "The table has no column 'b'; it has a, c.")]
    [InlineData("a,a,b\n1,2,3\n", "The column name 'a' is given twice")]
    [InlineData("a,,b\n1,2,3\n", "The column 2 has no name")]
    [InlineData("1,2\n3,4\n", "its column 1 is the number 1")]
    [InlineData("b\n1\n2\n", "leave at least one input column")]
    [InlineData("", "The table is empty")]
    [InlineData("a,b\n", "The data have 0 rows")]
    [InlineData("a,b\n1,2\n", "The data have 1 rows")]
    [InlineData("a,b\n1,2\n1,3\n", "The column 'a' is 1 in every row")]
    [InlineData("a,b\n1,2\n2,2\n", "The column 'b' is 2 in every row")]
    [InlineData("a,b\n\"1,2\n3,4\n", "not well formed")]
    public void Read_OfABadTable_SaysWhatAndWhere(string text, string fragment) =>
        Assert.Contains(fragment, Refusal(text, "b"), StringComparison.Ordinal);

    [Fact]
    public void Read_WithNoTargetOrAColumnTwice_IsRefused()
    {
        Assert.Contains("at least one target", Refusal("a,b\n1,2\n3,4\n"), StringComparison.Ordinal);
        Assert.Contains("'b' is chosen twice", Refusal("a,b\n1,2\n3,4\n", "b", "b"), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OfOneClassOrOfAnEmptyLabel_IsRefused()
    {
        var source = new CsvSource(["k"]) { Classes = true };
        Assert.Contains(
            "1 different class labels",
            Assert.Throws<ArgumentException>(() => Read(source, "a,k\n1,u\n2,u\n")).Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "no class label",
            Assert.Throws<ArgumentException>(() => Read(source, "a,k\n1,u\n2,\n")).Message,
            StringComparison.Ordinal
        );
    }
}
