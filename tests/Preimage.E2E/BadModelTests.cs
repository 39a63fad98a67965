using System.Text;

namespace Preimage.E2E;

/// <summary>What cannot be traced is refused in one sentence, and leaves nothing behind.</summary>
public class BadModelTests
{
    private const string Sigmoids = "examples/01-compact-class/compact-class.onnx";

    public static TheoryData<string, string> UnreadableFiles =>
        new()
        {
            { "empty", "bad.onnx is empty" },
            { "text", "bad.onnx is not an ONNX model" },
            { "truncated", "bad.onnx is not an ONNX model, or is damaged or cut short" },
            { "unknown operator", "Sigmoyd" },
            { "NaN weight", "NaN" },
            { "infinite weight", "Infinity" },
            { "external data elsewhere", "'../weights.bin', which lies outside the model's folder" },
            { "external data missing", "'weights.bin'" },
        };

    [Theory]
    [MemberData(nameof(UnreadableFiles))]
    public void UnreadableFile_IsRefused(string kind, string names)
    {
        string folder = PreimageProcess.NewFolder();
        string model = Path.Combine(folder, "bad.onnx");
        File.WriteAllBytes(model, Unreadable(kind));
        string[] before = Directory.GetFileSystemEntries(folder);
        AssertRefused($"trace {model} --at 0.25,0.25 --box -1,1 --out {folder}/new/fiber", 1, names);
        AssertRefused($"info {model}", 1, names);
        Assert.Equal(before, Directory.GetFileSystemEntries(folder));
    }

    [Fact]
    public void Folder_IsNoModel() => AssertRefused("trace examples --at 0,0", 2, "'examples' is a folder");

    public static TheoryData<string, string, string> NoCurves =>
        new()
        {
            { "constant", "0.25,0.25", "constant" },
            { "minimum", "0,0", "The start is singular" },
            { "surface", "0.5,0.5,0.5", "dimension 2" },
            { "surface", "0.5,0.5,0.5", "hold 1 of the inputs (--fix, --free)" },
            { "point", "0.5", "the start alone" },
        };

    [Theory]
    [MemberData(nameof(NoCurves))]
    public void FiberThatIsNoCurve_IsRefused(string kind, string at, string names)
    {
        string folder = PreimageProcess.NewFolder();
        string model = Path.Combine(folder, "network.onnx");
        File.WriteAllBytes(model, NoCurve(kind));
        AssertRefused($"trace {model} --at {at} --box -1,1 --out {folder}/fiber", 1, names);
        Assert.Equal([model], Directory.GetFileSystemEntries(folder));
        Assert.Equal(0, PreimageProcess.Run($"eval {model} --at {at} --jacobian").ExitCode);
    }

    /// <summary>The same models are good ones where a curve goes through: the refusals above are not of the file.</summary>
    [Fact]
    public void BesideTheMinimum_TheFiberIsACircle()
    {
        string model = Path.Combine(PreimageProcess.NewFolder(), "network.onnx");
        File.WriteAllBytes(model, OnnxBytes.SumOfSquares(2));
        Run run = PreimageProcess.Run($"trace {model} --at 0.3,0.4 --box -1,1 --chord 1e-6 --json");
        Assert.True(run.Json.GetProperty("closed").GetBoolean());
        Assert.Equal(Math.PI, run.Json.GetProperty("length").GetDouble(), 1e-9);
    }

    private static byte[] Unreadable(string kind)
    {
        byte[] good = File.ReadAllBytes(Path.Combine(Repository.Root, Sigmoids));
        byte[][] product = [OnnxBytes.Node("MatMul", "y", "x", "w")];
        return kind switch
        {
            "empty" => [],
            "text" => "Dear reader, this is a letter and no network.\n"u8.ToArray(),
            "truncated" => good[..(good.Length * 2 / 3)],
            "unknown operator" => Replace(good, "Sigmoid"u8, "Sigmoyd"u8),
            "NaN weight" => OnnxBytes.Linear(1, double.NaN),
            "infinite weight" => OnnxBytes.Linear(double.NegativeInfinity, 1),
            "external data elsewhere" => OnnxBytes.Model(
                ["1", "2"],
                product,
                OnnxBytes.ExternalColumn("w", 2, "../weights.bin")
            ),
            "external data missing" => OnnxBytes.Model(
                ["1", "2"],
                product,
                OnnxBytes.ExternalColumn("w", 2, "weights.bin")
            ),
            _ => throw new ArgumentException(kind),
        };
    }

    private static byte[] NoCurve(string kind) =>
        kind switch
        {
            "constant" => OnnxBytes.Linear(0, 0),
            "minimum" => OnnxBytes.SumOfSquares(2),
            "surface" => OnnxBytes.Linear(1, 2, 3),
            "point" => OnnxBytes.Linear(1),
            _ => throw new ArgumentException(kind),
        };

    private static byte[] Replace(byte[] bytes, ReadOnlySpan<byte> word, ReadOnlySpan<byte> other)
    {
        byte[] result = [.. bytes];
        int at = result.AsSpan().IndexOf(word);
        Assert.True(at >= 0, $"no {Encoding.UTF8.GetString(word)} in the model");
        other.CopyTo(result.AsSpan(at));
        return result;
    }

    private static void AssertRefused(string arguments, int exitCode, string names)
    {
        Run run = PreimageProcess.Run(arguments);
        Assert.Empty(run.Output);
        Assert.Single(run.Error.TrimEnd().Split('\n'));
        Assert.Contains(names, run.Error, StringComparison.Ordinal);
        Assert.StartsWith("preimage: ", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
        Assert.Equal(exitCode, run.ExitCode);
    }
}
