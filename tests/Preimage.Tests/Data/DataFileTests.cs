using System.Collections.Immutable;
using CsCheck;
using Google.Protobuf;
using Preimage.Data;
using Preimage.Onnx.Wire;
using Preimage.Tests.Onnx;

namespace Preimage.Tests.Data;

public sealed class DataFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private string Saved(string name, byte[] bytes)
    {
        string path = folder[name];
        File.WriteAllBytes(path, bytes);
        return path;
    }

    private string Saved(string name, string text) => Saved(name, System.Text.Encoding.UTF8.GetBytes(text));

    private static void IsArray(DataArray array, int[] shape, params double[] values)
    {
        Assert.Equal(shape, array.Shape);
        Assert.Equal(values, array.Values);
    }

    [Theory]
    [InlineData("<f8", new byte[] { 0, 0, 0, 0, 0, 0, 0xF8, 0xBF }, -1.5)]
    [InlineData(">f8", new byte[] { 0xBF, 0xF8, 0, 0, 0, 0, 0, 0 }, -1.5)]
    [InlineData("<f4", new byte[] { 0, 0, 0xC0, 0xBF }, -1.5)]
    [InlineData(">f4", new byte[] { 0xBF, 0xC0, 0, 0 }, -1.5)]
    [InlineData("<f2", new byte[] { 0, 0xBE }, -1.5)]
    [InlineData(">f2", new byte[] { 0xBE, 0 }, -1.5)]
    [InlineData("|i1", new byte[] { 0xFE }, -2)]
    [InlineData("<i2", new byte[] { 0xFE, 0xFF }, -2)]
    [InlineData(">i2", new byte[] { 0xFF, 0xFE }, -2)]
    [InlineData("<i4", new byte[] { 0xFE, 0xFF, 0xFF, 0xFF }, -2)]
    [InlineData(">i8", new byte[] { 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFE }, -2)]
    [InlineData("|u1", new byte[] { 0xFE }, 254)]
    [InlineData(">u2", new byte[] { 0x01, 0x02 }, 258)]
    [InlineData("<u4", new byte[] { 0xFF, 0xFF, 0xFF, 0xFF }, 4294967295)]
    [InlineData("<u8", new byte[] { 2, 0, 0, 0, 0, 0, 0x10, 0 }, 4503599627370498)]
    [InlineData("|b1", new byte[] { 1 }, 1)]
    public void Npy_OfEveryType_IsRead(string type, byte[] number, double value)
    {
        string header = Bytes.Header(type, "(1,)");
        for (int version = 1; version <= 3; version++)
        {
            IsArray(DataFile.Read(Saved("a.npy", Bytes.Npy(header, number, version))), [1], value);
        }
    }

    [Fact]
    public void Npy_InEitherOrder_IsTheSameArray()
    {
        // numbers 100 i + 10 j + k at (i, j, k), the first index running fastest in Fortran's order
        int[] shape = [2, 3, 4];
        IEnumerable<double> fortran =
            from k in Enumerable.Range(0, 4)
            from j in Enumerable.Range(0, 3)
            from i in Enumerable.Range(0, 2)
            select 100.0 * i + 10 * j + k;
        double[] plain =
        [
            .. from i in Enumerable.Range(0, 2)
            from j in Enumerable.Range(0, 3)
            from k in Enumerable.Range(0, 4)
            select 100.0 * i + 10 * j + k,
        ];
        string path = Saved("f.npy", Bytes.Npy(Bytes.Header(">f8", "(2, 3, 4)", true), Bytes.Of(fortran, true)));
        IsArray(DataFile.Read(path), shape, plain);
        IsArray(DataFile.Read($"{path}:2"), [3, 4], plain[12..]);
        path = Saved("c.npy", Bytes.Npy(Bytes.Header("<f8", "(2, 3, 4)"), Bytes.Of(plain)));
        IsArray(DataFile.Read(path), shape, plain);
        IsArray(DataFile.Read($"{path}:2"), [3, 4], plain[12..]);
    }

    [Fact]
    public void Npy_OfOneNumberOrOfNone_IsRead()
    {
        IsArray(DataFile.Read(Saved("s.npy", Bytes.Npy(Bytes.Header("<f8", "()"), Bytes.Of([7.0])))), [], 7);
        IsArray(DataFile.Read(Saved("e.npy", Bytes.Npy(Bytes.Header("<f8", "(3, 0)"), []))), [3, 0]);
        IsArray(DataFile.Read(Saved("v.npy", Bytes.Npy(Bytes.Header("<f8", "(2L,)"), Bytes.Of([7.0, 8])))), [2], 7, 8);
        IsArray(DataFile.Read(folder["v.npy:2"]), [], 8);
    }

    [Fact]
    public void Npy_OfMoreNumbersThanABlock_IsReadWhole()
    {
        double[] many = [.. Enumerable.Range(0, 200_001).Select(i => (double)i)];
        string path = Saved("m.npy.gz", Bytes.Gzip(Bytes.Npy(Bytes.Header("<f8", "(200001,)"), Bytes.Of(many))));
        Assert.Equal(many, DataFile.Read(path).Values);
        IsArray(DataFile.Read($"{path}:150000"), [], 149_999);
    }

    [Theory]
    [InlineData("<c8", "(1,)", "type 'c8'")]
    [InlineData("<U3", "(1,)", "type 'U3'")]
    [InlineData("|O", "(1,)", "type 'O'")]
    [InlineData("<f16", "(1,)", "type 'f16'")]
    [InlineData("<f8", "(99999999999,)", "at most 134217728")]
    [InlineData("<f8", "(65536, 65536)", "at most 134217728")]
    [InlineData("<f8", "(99999999999999999999,)", "'99999999999999999999'")]
    [InlineData("<f8", "(-1,)", "'-1'")]
    [InlineData("<f8", "(5,)", "ends after 1 of 5")]
    [InlineData("<f8", "(1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1)", "17 dimensions")]
    public void Npy_ThatIsNoArrayOfNumbers_IsRefused(string type, string shape, string names) =>
        Refuses(Saved("bad.npy", Bytes.Npy(Bytes.Header(type, shape), Bytes.Of([1.0]))), names);

    [Fact]
    public void Npy_OfRecordsOrWithAnotherHeader_IsRefused()
    {
        Refuses(
            Saved("r.npy", Bytes.Npy("{'descr': [('x', '<f8')], 'fortran_order': False, 'shape': (1,)}", [])),
            "records"
        );
        Refuses(Saved("d.npy", Bytes.Npy("{'shape': (1,)}", [])), "damaged");
        Refuses(Saved("x.npy", "hello"), "does not begin");
        Refuses(Saved("v.npy", Bytes.Npy("{}", [], 4)), "version 4");
        Refuses(Saved("h.npy", [0x93, .. "NUMPY"u8, 2, 0, 255, 255, 255, 127]), "2147483647 bytes");
    }

    [Fact]
    public void Npz_GivesItsMembersByName()
    {
        byte[] one = Bytes.Npy(Bytes.Header("<f8", "(2,)"), Bytes.Of([1.0, 2]));
        byte[] two = Bytes.Npy(Bytes.Header("<f8", "(2, 1)"), Bytes.Of([3.0, 4]));
        string path = Saved("a.npz", Bytes.Zip(("x.npy", one), ("dir/y:1.npy", two)));
        IsArray(DataFile.Read($"{path}:x"), [2], 1, 2);
        IsArray(DataFile.Read($"{path}:x.npy"), [2], 1, 2);
        IsArray(DataFile.Read($"{path}:x:2"), [], 2);
        IsArray(DataFile.Read($"{path}:dir/y:1:2"), [1], 4);
        Misuses(path, "holds 2 arrays (x, dir/y:1)");
        Misuses($"{path}:z", "has no array 'z'; it has x, dir/y:1");
        string single = Saved("b.npz", Bytes.Zip(("x.npy", one), ("readme.txt", [1])));
        IsArray(DataFile.Read(single), [2], 1, 2);
        IsArray(DataFile.Read($"{single}:2"), [], 2);
        Refuses(Saved("c.npz", "hello"), "no zip archive");
        Refuses(Saved("d.npz", Bytes.Zip(("readme.txt", [1]))), "no NumPy arrays");
    }

    [Fact]
    public void Idx_OfEveryType_IsRead()
    {
        IsArray(
            DataFile.Read(Saved("t10k-images.idx3-ubyte", Bytes.Idx(8, [2, 1, 2], [1, 2, 3, 255]))),
            [2, 1, 2],
            1,
            2,
            3,
            255
        );
        IsArray(DataFile.Read(Saved("a.idx", Bytes.Idx(9, [1], [0xFF]))), [1], -1);
        IsArray(DataFile.Read(Saved("a.idx1", Bytes.Idx(11, [1], [0xFF, 0xFE]))), [1], -2);
        IsArray(DataFile.Read(Saved("b.idx", Bytes.Idx(12, [1], [0, 0, 1, 0]))), [1], 256);
        IsArray(DataFile.Read(Saved("c.idx", Bytes.Idx(13, [1], [0xBF, 0xC0, 0, 0]))), [1], -1.5);
        IsArray(DataFile.Read(Saved("d.idx", Bytes.Idx(14, [1], Bytes.Of([-1.5], true)))), [1], -1.5);
    }

    [Fact]
    public void Idx_GivesARow_AlsoCompressed()
    {
        byte[] bytes = Bytes.Idx(8, [3, 2, 2], [.. Enumerable.Range(0, 12).Select(i => (byte)i)]);
        foreach (string path in (string[])[Saved("a-ubyte", bytes), Saved("a-ubyte.gz", Bytes.Gzip(bytes))])
        {
            IsArray(DataFile.Read($"{path}:3"), [2, 2], 8, 9, 10, 11);
            Misuses($"{path}:4", "has only 3 rows");
            Misuses($"{path}:0", "rows count from 1");
            Misuses($"{path}:x", "'x' is no row");
        }

        Refuses(Saved("s-ubyte", bytes[..^5]), "ends after 7 of 12");
        Refuses(Saved("s-ubyte.gz", Bytes.Gzip(bytes[..^5])) + ":3", "cut short");
        Refuses(Saved("h-ubyte", bytes[..7]), "inside its header");
        Refuses(Saved("t-ubyte", Bytes.Idx(1, [1], [1])), "0x01");
        Refuses(Saved("n-ubyte", "hello"), "no IDX file");
        Refuses(Saved("g-ubyte.gz", "hello"), "gzip");
        Refuses(Saved("big-ubyte", Bytes.Idx(8, [int.MaxValue, int.MaxValue], [1])), "at most 134217728");
    }

    [Fact]
    public void Tensor_IsRead()
    {
        TensorProto proto = new() { DataType = (int)TensorProto.Types.DataType.Float };
        proto.Dims.AddRange([2, 2]);
        proto.FloatData.AddRange([1, 2, 3, 4]);
        string path = Saved("input_0.pb", proto.ToByteArray());
        IsArray(DataFile.Read(path), [2, 2], 1, 2, 3, 4);
        IsArray(DataFile.Read($"{path}:2"), [2], 3, 4);
        Misuses($"{path}:3", "has only 2 rows");
        string bad = Saved("bad.pb", [0x4A, 0xFF]);
        Assert.Contains(
            "damaged",
            Assert.Throws<ModelException>(() => DataFile.Read(bad)).Message,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("a,b\n1,2\n3,4\n", "a,b")]
    [InlineData("a;b\n1;2\n3;4", "a,b")]
    [InlineData("a\tb\r\n1\t2\r\n\r\n3\t4\r\n", "a,b")]
    [InlineData("\uFEFFa,b\n1,2\n3,4\n", "a,b")]
    [InlineData("\"a\",\"b\"\n\" 1\",\"2\"\n3, 4\n", "a,b")]
    [InlineData("1,2\n3,4\n", "")]
    [InlineData("1;2\n3;4\n", "")]
    [InlineData("1\t2\n\n3\t4\n", "")]
    public void Table_InAnyCommonForm_IsRead(string text, string names)
    {
        string path = Saved("a.csv", text);
        DataArray all = DataFile.Read(path);
        IsArray(all, [2, 2], 1, 2, 3, 4);
        Assert.Equal(names, string.Join(",", all.Columns));
        IsArray(DataFile.Read($"{path}:2"), [2], 3, 4);
        Misuses($"{path}:3", "has only 2 rows");
    }

    [Fact]
    public void Table_WithChosenColumns_MayHoldWordsInTheOthers()
    {
        string path = Saved("iris.csv", "a,species,b\n1,setosa,2\n3,virginica,4\n");
        ImmutableArray<int> Choose(ImmutableArray<string> names, int count) => [count - 1, names.IndexOf("a")];
        DataArray chosen = DataFile.Read(path, Choose);
        IsArray(chosen, [2, 2], 2, 1, 4, 3);
        Assert.Equal(["b", "a"], chosen.Columns);
        Misuses(path, "Row 1, column 2 of");
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("\n\n", "is empty")]
    [InlineData("a,b\n", "has no rows")]
    [InlineData("1,2\n3\n", "Row 2 of")]
    [InlineData("1,2\n3,4,5\n", "has 3 cells")]
    [InlineData("1,2\n3,\n", "''")]
    [InlineData("1,2\n3,nan\n", "'nan'")]
    [InlineData("1,2\n3,4e\n", "'4e'")]
    [InlineData("1,2\n\"3,4\n", "not well formed")]
    public void Table_ThatIsNone_IsRefused(string text, string names) => Misuses(Saved("bad.csv", text), names);

    [Fact]
    public void ALongRow_IsRead()
    {
        double[] row = [.. Enumerable.Range(0, 150_528).Select(i => i / 255.0)];
        string path = Saved("long.csv", string.Join(',', row.Select(x => x.ToString("R"))));
        Assert.Equal(row, DataFile.Read($"{path}:1").Values);
    }

    [Fact]
    public void APlace_IsReadFromItsText()
    {
        Assert.Equal(new DataPlace("a.csv"), DataPlace.Parse("a.csv"));
        Assert.Equal(new DataPlace(@"C:\b c\a.CSV", null, 3), DataPlace.Parse(@"C:\b c\a.CSV:3"));
        Assert.Equal(new DataPlace("a.npz", "x", 4), DataPlace.Parse("a.npz:x:4"));
        Assert.Equal(new DataPlace("a.npz", null, 4), DataPlace.Parse("a.npz:4"));
        Assert.Equal(new DataPlace("a.npz", "x"), DataPlace.Parse("a.npz:x"));
        Assert.Null(DataPlace.Parse("0.1,0.2"));
        Assert.Null(DataPlace.Parse(".csv"));
        Assert.Null(DataPlace.Parse("model.onnx"));
        Assert.Equal("a.npz:x:4", new DataPlace("a.npz", "x", 4).ToString());
        Misuses("nothing.csv", "'nothing.csv' does not exist");
        Misuses("model.onnx", "does not end as a file of data does");
    }

    /// <summary>Every bit comes back, whatever the ending.</summary>
    [Fact]
    public void AnArray_ComesBackFromEveryKindOfFile() =>
        Gen.Select(Gen.Int[1, 6], Gen.Int[1, 5], Gen.Double.Array[30])
            .Sample(
                (rows, columns, all) =>
                {
                    double[] values = [.. all.Take(rows * columns).Select(x => double.IsFinite(x) ? x : 0.1)];
                    DataArray table = new(
                        [rows, columns],
                        [.. values],
                        [.. "abcde".Take(columns).Select(c => $"{c}, \"[m]\"")]
                    );
                    foreach (string ending in (string[])[".csv", ".parquet", ".npy", ".npz"])
                    {
                        string path = folder[$"table{ending}"];
                        DataFile.Write(path, table);
                        DataArray read = DataFile.Read(path);
                        Assert.Equal(table.Shape, read.Shape);
                        Assert.Equal(
                            values.Select(BitConverter.DoubleToInt64Bits),
                            read.Values.Select(BitConverter.DoubleToInt64Bits)
                        );
                        Assert.Equal(ending is ".csv" or ".parquet" ? table.Columns : [], read.Columns);
                        Assert.Equal(table.Row(rows).Values, DataFile.Read($"{path}:{rows}").Values);
                    }
                },
                iter: 50,
                threads: 1
            );

    [Fact]
    public void AnArrayOfAnyRank_IsWrittenWhereThatCanBe()
    {
        DataArray cube = new([2, 1, 2], [1, 2, 3, 4]);
        DataFile.Write(folder["c.npy"], cube);
        IsArray(DataFile.Read(folder["c.npy"]), [2, 1, 2], 1, 2, 3, 4);
        Assert.Contains(
            "is no table",
            Assert.Throws<ArgumentException>(() => DataFile.Write(folder["c.csv"], cube)).Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            ".npz and .parquet",
            Assert.Throws<ArgumentException>(() => DataFile.Write(folder["c.txt"], cube)).Message,
            StringComparison.Ordinal
        );
        DataFile.Write(folder["r.csv"], cube.Row(2).Row(1));
        IsArray(DataFile.Read(folder["r.csv"]), [1, 2], 3, 4);
    }

    [Fact]
    public void Parquet_ThatIsNoTableOfNumbers_IsRefused()
    {
        string path = folder["t.parquet"];
        DataFile.Write(path, new DataArray([2, 2], [1, 2, 3, 4], ["a", "b"]));
        IsArray(DataFile.Read(path, (names, _) => [names.IndexOf("b")]), [2, 1], 2, 4);
        Misuses($"{path}:3", "has only 2 rows");
        byte[] bytes = File.ReadAllBytes(path);
        Refuses(Saved("cut.parquet", bytes[..^7]), "no Parquet file, or is damaged");
        Refuses(Saved("no.parquet", "hello"), "no Parquet file");
    }

    /// <summary>Whatever is cut off or changed, the answer is an array or a sentence.</summary>
    [Fact]
    public void DamagedFiles_AreReadOrRefused()
    {
        byte[] npy = Bytes.Npy(Bytes.Header("<f4", "(3, 2)"), new byte[24]);
        (string Name, byte[] Bytes)[] files =
        [
            ("f.npy", npy),
            ("f.npz", Bytes.Zip(("x.npy", npy))),
            ("f.idx", Bytes.Idx(13, [3, 2], new byte[24])),
            ("f-ubyte.gz", Bytes.Gzip(Bytes.Idx(8, [3, 2], new byte[6]))),
            ("f.csv", "a,b\n1,2\n\"3\",4\n"u8.ToArray()),
            (
                "f.pb",
                new TensorProto
                {
                    DataType = 1,
                    Dims = { 3 },
                    FloatData = { 1, 2, 3 },
                }.ToByteArray()
            ),
        ];
        Gen.Select(Gen.Int[0, files.Length - 1], Gen.Int[0, 400], Gen.Int[0, 400], Gen.Byte)
            .Sample(
                (which, at, length, value) =>
                {
                    var file = files[which];
                    byte[] bytes = [.. file.Bytes.Take(Math.Max(length, 1))];
                    bytes[at % bytes.Length] = value;
                    string path = Saved(file.Name, bytes);
                    try
                    {
                        DataArray array = DataFile.Read(path);
                        Assert.Equal(array.Shape.Aggregate(1, (a, b) => a * b), array.Values.Length);
                    }
                    catch (Exception refusal) when (refusal is ArgumentException or PreimageException)
                    {
                        Assert.EndsWith(".", refusal.Message, StringComparison.Ordinal);
                    }
                },
                iter: 3000,
                threads: 1
            );
    }

    private byte[] Parquet()
    {
        DataFile.Write(folder["p.parquet"], new DataArray([2, 2], [1, 2, 3, 4], ["a", "b"]));
        return File.ReadAllBytes(folder["p.parquet"]);
    }

    private static void Refuses(string place, string names) =>
        Assert.Contains(
            names,
            Assert.Throws<DataException>(() => DataFile.Read(place)).Message,
            StringComparison.Ordinal
        );

    private static void Misuses(string place, string names) =>
        Assert.Contains(
            names,
            Assert.Throws<ArgumentException>(() => DataFile.Read(place)).Message,
            StringComparison.Ordinal
        );
}
