using System.Globalization;
using System.Text.Json;
using System.Xml.Linq;

namespace Preimage.E2E;

/// <summary>preimage metric: the whole spectrum, its largest part, and the mean over a table of points.</summary>
public class MetricTests
{
    private const string Gas = "examples/03-ideal-gas/ideal-gas.onnx";

    /// <summary>What products and a dense factorization may differ by, as a share of the value.</summary>
    private const double Agreement = 1e-9;

    /// <summary>y = tanh(x U) W over 6 inputs, of which U sees 2 directions.</summary>
    private static readonly Lazy<string> Two = new(() =>
    {
        string path = Path.Combine(PreimageProcess.NewFolder(), "two.onnx");
        File.WriteAllBytes(
            path,
            OnnxBytes.Model(
                ["1", "6"],
                [
                    OnnxBytes.Node("MatMul", "seen", "x", "u"),
                    OnnxBytes.Node("Tanh", "hidden", "seen"),
                    OnnxBytes.Node("MatMul", "y", "hidden", "w"),
                ],
                OnnxBytes.Matrix("u", 6, 2, 1, 0, 0.5, 0, 0, 1, 0, -0.5, 0.25, 0.25, 0, 0),
                OnnxBytes.Matrix("w", 2, 3, 1, 0.5, -1, 0.25, 1, 1)
            )
        );
        return path;
    });

    [Fact]
    public void Leading_IsTheHeadOfTheWholeSpectrum()
    {
        double[] whole = Numbers($"metric {Two.Value} --at 0.1,0.2,0.3,0.4,0.5,0.6 --json", "spectrum");
        JsonElement found = Json($"metric {Two.Value} --at 0.1,0.2,0.3,0.4,0.5,0.6 --leading 1 --json");
        Assert.True(found.GetProperty("settled").GetBoolean());
        Assert.Equal(whole[0], found.GetProperty("spectrum")[0].GetDouble(), Agreement * whole[0]);
    }

    [Fact]
    public void Data_TellsTheDimensionThatTheModelUses()
    {
        JsonElement json = Json($"metric {Two.Value} --data {Points(40)} --layers --json");
        Assert.Equal(40, json.GetProperty("points").GetInt32());
        Assert.Equal(2, json.GetProperty("dimension").GetProperty("knee").GetInt32());
        Assert.Equal(0, json.GetProperty("lost").GetDouble());
        JsonElement rank = json.GetProperty("ranks")[0];
        Assert.Equal((2, 40), (rank.GetProperty("rank").GetInt32(), rank.GetProperty("points").GetInt32()));
        string?[] layers =
        [
            .. json.GetProperty("layers").EnumerateArray().Select(l => l.GetProperty("tensor").GetString()),
        ];
        Assert.Contains("hidden", layers);
    }

    [Fact]
    public void Data_WithoutAKnee_SaysSo()
    {
        // y = tanh(x): all six inputs are seen alike.
        string model = Path.Combine(PreimageProcess.NewFolder(), "even.onnx");
        File.WriteAllBytes(model, OnnxBytes.Model(["1", "6"], [OnnxBytes.Node("Tanh", "y", "x")]));
        string points = Points(40);
        JsonElement dimension = Json($"metric {model} --data {points} --leading 4 --json").GetProperty("dimension");
        Assert.False(dimension.GetProperty("clear").GetBoolean());
        Assert.Equal(JsonValueKind.Null, dimension.GetProperty("share99").ValueKind);
        Assert.Contains(
            "no knee among 4 eigenvalues",
            PreimageProcess.Run($"metric {model} --data {points} --leading 4").Output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Samples_AreTheSameForOneSeed()
    {
        string points = Points(40);
        double[] Spectrum(int seed) =>
            Numbers($"metric {Two.Value} --data {points} --samples 5 --seed {seed} --json", "spectrum");
        Assert.Equal(Spectrum(3), Spectrum(3));
        Assert.NotEqual(Spectrum(3), Spectrum(4));
    }

    [Fact]
    public void Out_WritesAllFilesAndTheDirections()
    {
        string path = Path.Combine(PreimageProcess.NewFolder(), "two");
        Assert.Equal(0, PreimageProcess.Run($"metric {Two.Value} --data {Points(20)} --layers --out {path}").ExitCode);
        Assert.StartsWith("tensor,number,eigenvalue\n", File.ReadAllText(path + ".csv"), StringComparison.Ordinal);
        string svg = File.ReadAllText(path + ".svg");
        Assert.Contains("knee at 2", svg, StringComparison.Ordinal);
        Assert.Equal("svg", XDocument.Parse(svg).Root!.Name.LocalName);
        Assert.Contains("knee at 2", File.ReadAllText(path + ".html"), StringComparison.Ordinal);
        Assert.True(new FileInfo(path + ".png").Length > 1000);
        Assert.Equal(
            "metric",
            JsonDocument.Parse(File.ReadAllText(path + ".json")).RootElement.GetProperty("command").GetString()
        );

        Assert.Equal(0, PreimageProcess.Run($"metric {Two.Value} --at 0,0,0,0,0,0 --out {path}.npy").ExitCode);
        byte[] array = File.ReadAllBytes(path + ".npy");
        Assert.Contains("(2, 6)", System.Text.Encoding.ASCII.GetString(array, 0, 80), StringComparison.Ordinal);
    }

    [Fact]
    public void Data_OfAnExample_ByItsNames()
    {
        string folder = PreimageProcess.NewFolder();
        string table = Path.Combine(folder, "gas.csv");
        File.WriteAllText(table, "V,P\n0.03,1.2e5\n0.05,1.5e5\n0.07,1.9e5\n");
        JsonElement json = Json($"metric {Gas} --data {table} --json");
        double[] pressures = [.. json.GetProperty("rowDirections")[0].EnumerateArray().Select(d => d.GetDouble())];
        // Volumes are some 10^-2, pressures some 10^5: a direction of unit length is nearly all volume.
        Assert.True(Math.Abs(pressures[1]) > 0.999);
    }

    /// <summary>A part of an image is drawn in the whole of it; few pixels are named one by one.</summary>
    [Theory]
    [InlineData("patch:1,1,8x8", 2)]
    [InlineData("patch:2,2,4x4 --free patch:0,0,3x5", 0)]
    [InlineData("patch:2,2,4x4 --free patch:0,0,4x4", 2)]
    public void PartOfAnImage_IsDrawnInIt(string free, int images)
    {
        string folder = PreimageProcess.NewFolder();
        string model = Path.Combine(folder, "image.onnx");
        File.WriteAllBytes(model, OnnxBytes.Model(["1", "1", "16", "16"], [OnnxBytes.Node("Relu", "y", "x")]));
        string at = string.Join(',', Enumerable.Repeat("0.5", 256));
        string options = $"--free {free} --outputs 136,137";
        Run run = PreimageProcess.Run($"metric {model} --at {at} {options} --out {Path.Combine(folder, "part.svg")}");
        Assert.Equal(0, run.ExitCode);
        XDocument svg = XDocument.Load(Path.Combine(folder, "part.svg"));
        Assert.Equal(images, svg.Descendants().Count(e => e.Name.LocalName == "image"));
    }

    [Theory]
    [InlineData("--at 0,0,0,0,0,0 --leading 0", "--leading is 0; give a whole number, 1 or more.")]
    [InlineData("--at 0,0,0,0,0,0 --leading 1e99", "--leading is 1e99; give a whole number, 1 or more.")]
    [InlineData("--at 0,0,0,0,0,0 --data DATA", "--at asks about one point, and --data about many")]
    [InlineData("--at 0,0,0,0,0,0 --samples 3", "--samples says how many rows of --data are taken")]
    [InlineData("--data nowhere.csv", "nowhere.csv")]
    [InlineData("", "--at")]
    [InlineData("--data DATA --image unit", "which is no image of 1, 3 or 4 channels")]
    [InlineData("--data DATA --fix 0=1", "leave --fix, --free and --from out")]
    [InlineData("--at 0,0,0,0,0,0 --out metric.pdf", "metric.pdf")]
    [InlineData("--data DATA --out DATA", "would write over the input")]
    [InlineData("--at 0,0,0,0,0,0 --output-metric 1,2", "has 2 weights, but the model has 3 outputs")]
    public void WrongQuestions_AreRefused(string words, string names) =>
        PreimageProcess
            .Run($"metric {Two.Value} {words.Replace("DATA", Points(3), StringComparison.Ordinal)}")
            .IsWrongUse(names);

    private static JsonElement Json(string arguments)
    {
        Run run = PreimageProcess.Run(arguments);
        Assert.True(run.ExitCode == 0, run.Error);
        return run.Json;
    }

    private static double[] Numbers(string arguments, string name) =>
        [.. Json(arguments).GetProperty(name).EnumerateArray().Select(x => x.GetDouble())];

    private static string Points(int count)
    {
        string path = Path.Combine(PreimageProcess.NewFolder(), "points.csv");
        Random random = new(1);
        File.WriteAllLines(
            path,
            Enumerable
                .Range(0, count)
                .Select(_ =>
                    string.Join(
                        ',',
                        Enumerable
                            .Range(0, 6)
                            .Select(_ => random.NextDouble().ToString("R", CultureInfo.InvariantCulture))
                    )
                )
        );
        return path;
    }
}
