using Preimage.Data;
using Preimage.Data.Images;
using Preimage.Data.Samples;
using Preimage.Tests.Onnx;

namespace Preimage.Tests.Data;

public sealed class SampleTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    // Two samples of 2 x 3 with a fact of each kind; the words do not fit ASCII, nor do they fit a cell without quotes.
    private static readonly SampleTable Table = new()
    {
        Shape = [2, 3],
        Names = ["a", "b", "c", "d", "e", "f"],
        Points = [0.1, -0.2, 1e-300, 4, 5, 1.0 / 3, 7, 8, 9, 10, 11, Math.PI],
        Facts =
        [
            new SampleFact("label", [3L, -5L]),
            new SampleFact("label name", ["three", "fünf, \"5\""]),
            new SampleFact("defect", [0.0, 2.5e-16]),
        ],
    };

    [Theory]
    [InlineData("s.csv")]
    [InlineData("s.parquet")]
    public void ATable_ReadsBackToTheSameBits(string name)
    {
        string path = folder[name];
        Assert.Equal([path], SampleFile.Write(path, Table));
        DataArray read = DataFile.Read(path, (_, _) => [0, 1, 2, 3, 4, 5, 6, 8]);
        Assert.Equal(["a", "b", "c", "d", "e", "f", "label", "defect"], read.Columns);
        Assert.Equal([.. Table.Points[..6], 3, 0, .. Table.Points[6..], -5, 2.5e-16], read.Values);
    }

    [Fact]
    public void Csv_QuotesWhatNeedsIt()
    {
        SampleFile.Write(folder["s.csv"], Table);
        Assert.Equal(
            "7,8,9,10,11,3.141592653589793,-5,\"fünf, \"\"5\"\"\",2.5E-16",
            File.ReadAllLines(folder["s.csv"])[2]
        );
    }

    [Fact]
    public void AnArray_KeepsTheShape_AndAnArchiveTheFacts()
    {
        SampleFile.Write(folder["s.npz"], Table);
        DataArray read = DataFile.Read(folder["s.npz"] + ":x");
        Assert.Equal([2, 2, 3], read.Shape);
        Assert.Equal(Table.Points, read.Values);
        Assert.Equal([3, -5], DataFile.Read(folder["s.npz"] + ":label").Values);

        Assert.Equal([folder["s.npy"], folder["s.index.csv"]], SampleFile.Write(folder["s.npy"], Table));
        Assert.Equal([2, 2, 3], DataFile.Read(folder["s.npy"]).Shape);
        Assert.Equal(
            ["label,label name,defect", "3,three,0", "-5,\"fünf, \"\"5\"\"\",2.5E-16"],
            File.ReadAllLines(folder["s.index.csv"])
        );
    }

    /// <summary>'&lt;U9': nine characters of four bytes each, padded with zeros.</summary>
    [Fact]
    public void Words_AreUtf32()
    {
        SampleFile.Write(folder["s.npz"], Table);
        using var archive = System.IO.Compression.ZipFile.OpenRead(folder["s.npz"]);
        using MemoryStream bytes = new();
        using (Stream entry = archive.GetEntry("label name.npy")!.Open())
        {
            entry.CopyTo(bytes);
        }

        byte[] all = bytes.ToArray();
        Assert.Contains("'descr': '<U9'", System.Text.Encoding.ASCII.GetString(all[..64]), StringComparison.Ordinal);
        Assert.Equal("three\0\0\0\0fünf, \"5\"", System.Text.Encoding.UTF32.GetString(all[^72..]));
    }

    [Theory]
    [InlineData("s.csv")]
    [InlineData("s.parquet")]
    [InlineData("s.npz")]
    public void TheSameSamples_AreTheSameBytes(string name)
    {
        SampleFile.Write(folder["one-" + name], Table);
        SampleFile.Write(folder["two-" + name], Table);
        Assert.Equal(File.ReadAllBytes(folder["one-" + name]), File.ReadAllBytes(folder["two-" + name]));
    }

    [Fact]
    public void Images_StandInAFolder_AndStaleOnesGo()
    {
        string images = folder["images"];
        SampleTable three = Table with { Points = [.. Table.Points, .. Table.Points[..6]], Facts = [] };
        SampleFolder.Write(images, three, new Preprocessing());
        SampleFolder.Probe(images);
        SampleFolder.Write(images, Table, new Preprocessing());
        Assert.Equal(
            ["000001.png", "000002.png", "index.csv"],
            Directory.GetFiles(images).Select(Path.GetFileName).Order(StringComparer.Ordinal)
        );
        Assert.Equal([7, 8, 9, 10, 11, 3], ImageFile.Read(Path.Combine(images, "000002.png")).Values);
        Assert.Equal("000001.png,3,three,0", File.ReadAllLines(Path.Combine(images, "index.csv"))[1]);
    }

    [Fact]
    public void AFolderOfSomebodyElse_IsRefused()
    {
        Directory.CreateDirectory(folder["mine"]);
        File.WriteAllText(Path.Combine(folder["mine"], "notes.txt"), "");
        Assert.Contains(
            "notes.txt",
            Assert.Throws<ArgumentException>(() => SampleFolder.Probe(folder["mine"])).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void WhatDoesNotFit_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => SampleFile.Write(folder["s.txt"], Table));
        Assert.Throws<ArgumentException>(() => SampleFile.Write(folder["s.csv"], Table with { Shape = [7] }));
        Assert.Throws<ArgumentException>(() =>
            SampleFile.Write(folder["s.csv"], Table with { Facts = [new SampleFact("label", [1L])] })
        );
        Assert.Throws<ArgumentException>(() => SampleFile.DemandColumns("a.parquet", 150_528));
    }
}
