using System.Security.Cryptography;
using System.Text.Json;

namespace Preimage.E2E;

/// <summary>Points from files of every kind. The files are made byte by byte.</summary>
public class DataTests
{
    private const string Model = "examples/01-compact-class/compact-class.onnx";

    /// <summary>A grey picture of 2 x 2 pixels: 0, 51 / 102, 255.</summary>
    private const string Picture =
        "iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAAAAABX3VL4AAAADklEQVR4nGNgMGZI+w8AAp0BmTIGOnUAAAAASUVORK5CYII=";

    private readonly string folder = PreimageProcess.NewFolder();

    private string Saved(string name, byte[] bytes)
    {
        string path = Path.Combine(folder, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    private static double[] At(Run run)
    {
        Assert.True(run.ExitCode == 0, run.Error);
        return [.. Settings(run).GetProperty("at").EnumerateArray().Select(x => x.GetDouble())];
    }

    private static JsonElement Settings(Run run) => run.Json.GetProperty("settings");

    /// <summary>Two rows of two float64: (0.3, 0.4), (0.1, 0.2).</summary>
    private static byte[] Npy(string shape, params double[] values)
    {
        byte[] header = [.. $"{{'descr': '<f8', 'fortran_order': False, 'shape': {shape}}}\n".Select(c => (byte)c)];
        return
        [
            0x93,
            .. "NUMPY"u8,
            1,
            0,
            (byte)header.Length,
            0,
            .. header,
            .. values.SelectMany(BitConverter.GetBytes),
        ];
    }

    [Fact]
    public void ATensorFile_MayHoldNaN_WhereItIsOnlyEvaluated()
    {
        string model = Path.Combine(folder, "sizes.onnx");
        string point = Path.Combine(folder, "x.pb");
        File.WriteAllBytes(model, OnnxBytes.Model(["1", "2"], [OnnxBytes.Node("Abs", "y", "x")]));
        File.WriteAllBytes(point, OnnxBytes.Matrix("x", 1, 2, double.NaN, double.NegativeInfinity));
        JsonElement output = PreimageProcess.Run($"eval {model} --at {point} --json").Json.GetProperty("output");
        Assert.Equal(["NaN", "Infinity"], output.EnumerateArray().Select(y => y.GetString()));
        PreimageProcess.Run($"eval {model} --at {point} --jacobian").IsWrongUse("not finite");
        PreimageProcess.Run($"metric {model} --at {point}").IsWrongUse("not finite");
    }

    [Fact]
    public void ARowOfAFile_IsThePoint_AndTheRecordSaysWhereItCameFrom()
    {
        byte[] npy = Npy("(2, 2)", 0.3, 0.4, 0.1, 0.2);
        string path = Saved("points.npy", npy);
        Run run = PreimageProcess.Run($"eval {Model} --at {path}:2 --json");
        Assert.Equal([0.1, 0.2], At(run));
        Assert.Equal($"{path}:2", Settings(run).GetProperty("atFile").GetString());
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(npy)), Settings(run).GetProperty("atHash").GetString());
        byte[] idx =
        [
            0,
            0,
            14,
            1,
            0,
            0,
            0,
            2,
            .. new[] { 0.1, 0.2 }.SelectMany(x => BitConverter.GetBytes(x).Reverse()),
        ];
        Assert.Equal([0.1, 0.2], At(PreimageProcess.Run($"eval {Model} --at {Saved("point.idx", idx)} --json")));
        byte[] tensor = [8, 1, 8, 2, 16, 11, 82, 16, .. new[] { 0.1, 0.2 }.SelectMany(BitConverter.GetBytes)];
        Assert.Equal([0.1, 0.2], At(PreimageProcess.Run($"eval {Model} --at {Saved("x.pb", tensor)} --json")));
    }

    [Theory]
    [InlineData(":3", 2, "has only 2 rows")]
    [InlineData(":0", 2, "rows count from 1")]
    [InlineData(":x", 2, "'x' is no row")]
    [InlineData("", 2, "without a row")]
    [InlineData(":1 --image unit", 2, "outside 0 to 255")]
    public void ARowThatIsNoPoint_IsRefused(string row, int exitCode, string names) =>
        Refused($"eval {Model} --at {Saved("p.npy", Npy("(2, 2)", 0.3, 400, 0.1, 0.2))}{row}", exitCode, names);

    [Fact]
    public void AFileThatIsDamaged_IsRefused()
    {
        byte[] npy = Npy("(2, 2)", 0.3, 0.4, 0.1, 0.2);
        Refused($"eval {Model} --at {Saved("cut.npy", npy[..^5])}:2", 1, "cut short");
        Refused($"eval {Model} --at {Saved("bad.npz", npy)}:x", 1, "no zip archive");
        Refused($"eval {Model} --at {Saved("bad.parquet", npy)}:1", 1, "no Parquet file");
        Refused($"eval {Model} --at {Saved("bad.png", npy)}", 1, "no PNG, JPEG or BMP");
        Refused($"eval {Model} --at {Saved("nan.npy", Npy("(2,)", double.NaN, 1))}", 2, "not finite");
        Refused($"eval {Model} --at {Saved("three.npy", Npy("(3,)", 1, 2, 3))}", 2, "3 numbers");
        Refused($"eval {Model} --at 0.1,0.2 --image unit", 2, "gives numbers");
    }

    [Fact]
    public void AnImage_IsPreparedAsItIsSaid_AndTheRecordSaysHow()
    {
        string model = Saved("pixels.onnx", OnnxBytes.Model(["1", "1", "2", "2"], [OnnxBytes.Node("Relu", "y", "x")]));
        string picture = Saved("picture.png", Convert.FromBase64String(Picture));
        Assert.Equal([0, 51, 102, 255], At(PreimageProcess.Run($"eval {model} --at {picture} --json")));
        Run run = PreimageProcess.Run($"eval {model} --at {picture} --image mnist --json");
        Assert.Equal([0, 51 / 255.0, 102 / 255.0, 1], At(run));
        Assert.Equal(
            "scale=1/255,mean=0,std=1,order=gray,layout=chw,crop=none",
            Settings(run).GetProperty("image").GetString()
        );
        string pixels = Saved("pixels.npy", Npy("(1, 2, 2)", 0, 51, 102, 255));
        Assert.Equal(At(run), At(PreimageProcess.Run($"eval {model} --at {pixels}:1 --image mnist --json")));
        Refused($"eval {model} --at {picture}:1", 2, "has no rows");
        Refused($"eval {model} --at {picture} --image vgg", 2, "'vgg'");
        Refused($"eval {model} --at {picture} --image order=bgr", 2, "order=bgr has 3 channels");
        Refused($"eval {model} --at {Saved("t.npy", Npy("(4, 1)", 1, 2, 3, 4))}:5", 2, "has only 4 rows");
        Refused($"eval {Model} --at {picture}", 2, "no image");
    }

    [Fact]
    public void AnArrayThatIsTransposed_IsRefused()
    {
        string model = Saved("wide.onnx", OnnxBytes.Model(["1", "1", "2", "3"], [OnnxBytes.Node("Relu", "y", "x")]));
        double[] six = [1, 2, 3, 4, 5, 6];
        Assert.Equal(six, At(PreimageProcess.Run($"eval {model} --at {Saved("a.npy", Npy("(2, 3)", six))} --json")));
        Assert.Equal(six, At(PreimageProcess.Run($"eval {model} --at {Saved("f.npy", Npy("(6,)", six))} --json")));
        Refused($"eval {model} --at {Saved("t.npy", Npy("(3, 2)", six))}", 2, "has the shape [3, 2]");
    }

    private static void Refused(string arguments, int exitCode, string names)
    {
        Run run = PreimageProcess.Run(arguments);
        Assert.Equal(exitCode, run.ExitCode);
        Assert.Empty(run.Output);
        Assert.Contains(names, run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.Trim().Split('\n'));
    }
}
