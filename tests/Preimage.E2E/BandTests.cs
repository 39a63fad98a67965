using System.Globalization;
using System.Text.Json;

namespace Preimage.E2E;

/// <summary>preimage band: regions with areas, certified volumes, membership, samples.</summary>
public class BandTests
{
    private const string Bowl = "examples/01-compact-class/compact-class.onnx";
    private const string Seam = "examples/04-curve-in-space/curve-in-space.onnx";

    /// <summary>The formula's band is the annulus between the radii sqrt(2 + ln a) and sqrt(2 + ln b), of area pi ln(b / a).</summary>
    [Fact]
    public void Annulus_HasItsAreaBetweenTheCertifiedOnes()
    {
        Run run = PreimageProcess.Run($"band {Bowl} --from 0.15 --to 0.2 --json");
        Assert.True(run.ExitCode == 0, run.Error);
        JsonElement json = run.Json;
        double area = json.GetProperty("area").GetDouble();
        Assert.Equal(Math.PI * Math.Log(0.2 / 0.15), area, 1e-3);
        Assert.InRange(area, json.GetProperty("areaInner").GetDouble(), json.GetProperty("areaOuter").GetDouble());
        double gap = (json.GetProperty("areaOuter").GetDouble() - json.GetProperty("areaInner").GetDouble()) / 4;
        Assert.InRange(gap, 0, 1e-3);
        JsonElement region = Assert.Single(json.GetProperty("regions").EnumerateArray());
        Assert.Equal(1, region.GetProperty("holes").GetArrayLength());
        Assert.Equal("Proved", json.GetProperty("verdict").GetString());
    }

    [Fact]
    public void Json_HasEveryField()
    {
        JsonElement json = PreimageProcess.Run($"band {Bowl} --from 0.15 --to 0.2 --gap 1e-2 --sample 3 --json").Json;
        Assert.All(
            (string[])
                [
                    "command",
                    "from",
                    "to",
                    "area",
                    "areaInner",
                    "areaOuter",
                    "regions",
                    "undecided",
                    "samples",
                    "model",
                    "settings",
                    "seconds",
                    "version",
                ],
            name => Assert.True(json.TryGetProperty(name, out _), name)
        );
        Assert.Equal(1, json.GetProperty("settings").GetProperty("seed").GetInt32());
    }

    [Theory]
    [InlineData("--to 0.2", "-Infinity", "0.2")]
    [InlineData("--from 0.2 --to inf", "0.2", "Infinity")]
    public void OpenEnds_AreAllowed(string ends, string from, string to)
    {
        JsonElement json = PreimageProcess.Run($"band {Bowl} {ends} --gap 1e-2 --json").Json;
        Assert.Equal(from, json.GetProperty("from").ToString());
        Assert.Equal(to, json.GetProperty("to").ToString());
        double disk = Math.PI * (2 + Math.Log(0.2));
        Assert.Equal(ends[2] == 't' ? disk : 4 - disk, json.GetProperty("area").GetDouble(), 1e-3);
    }

    [Fact]
    public void MoreInputs_ArePaved()
    {
        // The shell between two spheres; the network is trained to 1e-4 of them.
        Run run = PreimageProcess.Run($"band {Seam} --outputs r2 --from 0.25 --to 0.64 --gap 5e-2 --json");
        Assert.True(run.ExitCode == 0, run.Error);
        double shell = 4 * Math.PI / 3 * (Math.Pow(0.8, 3) - Math.Pow(0.5, 3));
        Assert.InRange(
            shell,
            run.Json.GetProperty("volumeInner").GetDouble() - 1e-3,
            run.Json.GetProperty("volumeOuter").GetDouble() + 1e-3
        );
        Assert.True(run.Json.GetProperty("boundary").GetArrayLength() > 0);
    }

    [Fact]
    public void OneInput_GivesIntervals()
    {
        Run run = PreimageProcess.Run($"band {Bowl} --fix y=0 --from 0.15 --to 0.2 --json");
        Assert.True(run.ExitCode == 0, run.Error);
        double length = 2 * (Math.Sqrt(2 + Math.Log(0.2)) - Math.Sqrt(2 + Math.Log(0.15)));
        Assert.Equal(length, run.Json.GetProperty("volumeInner").GetDouble(), 1e-4);
        double inner = run.Json.GetProperty("volumeInner").GetDouble();
        Assert.InRange(run.Json.GetProperty("volumeOuter").GetDouble() - inner, 0, 2e-9);
    }

    [Fact]
    public void Test_TellsWhichPointsLieInside()
    {
        string points = Path.Combine(PreimageProcess.NewFolder(), "points.csv");
        File.WriteAllText(points, "y,x\n0,0\n0,0.5\n0.3,0.3\n2,2\n");
        Run run = PreimageProcess.Run($"band {Bowl} --from 0.15 --to 0.2 --gap 1e-1 --test {points} --json");
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal(
            ["Disproved", "Proved", "Proved", "Disproved"],
            run.Json.GetProperty("tests").EnumerateArray().Select(t => t.GetProperty("inBand").GetString())
        );
    }

    [Fact]
    public void Sample_LiesInTheBandAndIsTheSeeds()
    {
        string path = Path.Combine(PreimageProcess.NewFolder(), "annulus");
        const string Band = $"band {Bowl} --from 0.15 --to 0.2 --gap 1e-2 --sample 50";
        Assert.Equal(0, PreimageProcess.Run($"{Band} --seed 7 --out {path}.samples.csv").ExitCode);
        string[] lines = File.ReadAllLines($"{path}.samples.csv");
        Assert.Equal("x,y", lines[0]);
        Assert.Equal(51, lines.Length);
        Assert.All(
            lines.Skip(1),
            line =>
            {
                double[] p = [.. line.Split(',').Select(x => double.Parse(x, CultureInfo.InvariantCulture))];
                Assert.InRange(Math.Exp(p[0] * p[0] + p[1] * p[1] - 2), 0.15 - 1e-4, 0.2 + 1e-4);
            }
        );
        Run again = PreimageProcess.Run($"{Band} --seed 7 --json");
        Assert.Equal(lines[1].Split(',')[0], again.Json.GetProperty("samples")[0][0].GetRawText());
        Run other = PreimageProcess.Run($"{Band} --seed 8 --json");
        Assert.NotEqual(lines[1].Split(',')[0], other.Json.GetProperty("samples")[0][0].GetRawText());
    }

    [Fact]
    public void Out_WritesEveryFile()
    {
        string path = Path.Combine(PreimageProcess.NewFolder(), "annulus");
        Run run = PreimageProcess.Run($"band {Bowl} --from 0.15 --to 0.2 --gap 1e-2 --sample 5 --out {path}");
        Assert.Equal(0, run.ExitCode);
        Assert.All(
            (string[])[".csv", ".json", ".svg", ".png", ".html", ".geojson", ".wkt", ".samples.csv"],
            ending => Assert.True(File.Exists(path + ending), ending)
        );
        JsonElement shapes = JsonDocument.Parse(File.ReadAllText(path + ".geojson")).RootElement;
        Assert.Equal("FeatureCollection", shapes.GetProperty("type").GetString());
        Assert.Contains("POLYGON", File.ReadAllText(path + ".wkt"), StringComparison.Ordinal);
    }

    [Fact]
    public void Interrupt_KeepsWhatIsProved()
    {
        string path = Path.Combine(PreimageProcess.NewFolder(), "shell.json");
        Run run = PreimageProcess.RunAndInterrupt(
            $"band {Seam} --outputs r2 --from 0.25 --to 0.64 --gap 1e-9 --boxes 1e9 --out {path}",
            TimeSpan.FromSeconds(2)
        );
        Assert.Equal(3, run.ExitCode);
        JsonElement json = JsonDocument.Parse(File.ReadAllText(path)).RootElement;
        Assert.Equal("Cancelled", json.GetProperty("ending").GetString());
        double shell = 4 * Math.PI / 3 * (Math.Pow(0.8, 3) - Math.Pow(0.5, 3));
        Assert.InRange(
            shell,
            json.GetProperty("volumeInner").GetDouble() - 1e-3,
            json.GetProperty("volumeOuter").GetDouble() + 1e-3
        );
    }

    [Fact]
    public void Comparison_TellsHowFarThePublishedWalksStray()
    {
        Run run = PreimageProcess.Run(
            $"band {Bowl} --from 0.15 --to 0.2 --gap 1e-2 --at 0.4,0.3 --compare simexp --across 20 --along 200 --every 2 --json"
        );
        Assert.Equal(0, run.ExitCode);
        Assert.InRange(run.Json.GetProperty("strayShare").GetDouble(), 1e-3, 0.5);
    }

    [Fact]
    public void EmptyBand_IsProvedEmpty()
    {
        Run run = PreimageProcess.Run($"band {Bowl} --from 5 --to 6");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("none: proved", run.Output, StringComparison.Ordinal);
        Assert.Contains("proved empty", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x,y\n0,inf\n", "Row 1")]
    [InlineData("x,y\n0,0\n0,zero\n", "Row 2, column 2")]
    [InlineData("x,z\n0,0\n", "does not name every input")]
    [InlineData("a,b\n0,0\n", "(x, y)")]
    [InlineData("x,y\n", "no rows")]
    [InlineData("", "--test")]
    public void Test_OfATableWithoutPoints_IsRefused(string table, string names)
    {
        string points = Path.Combine(PreimageProcess.NewFolder(), "points.csv");
        File.WriteAllText(points, table);
        Run run = PreimageProcess.Run($"band {Bowl} --from 0.15 --to 0.2 --test {points}");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(names, run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData($"band {Bowl}", "--from, --to")]
    [InlineData($"band {Bowl} --from 0.3 --to 0.2", "--from 0.3 lies above --to 0.2")]
    [InlineData($"band {Bowl} --from 0.1 --to 0.2 --gap 0", "such as 1e-3")]
    [InlineData($"band {Bowl} --from 0.1 --to 0.2 --gap 1", "below 1")]
    [InlineData($"band {Bowl} --from inf", "--from is inf, above every output")]
    [InlineData($"band {Bowl} --to -inf", "--to is -inf, below every output")]
    [InlineData($"band {Bowl} --from 0.1 --to 0.2 --box 1,-1", "reversed in x")]
    [InlineData($"band {Bowl} --from 0.1 --outputs foo", "there is only z")]
    [InlineData($"band {Bowl} --from 0.1 --out a.pdf", ".geojson, .wkt")]
    [InlineData($"band {Bowl} --from 0.1 --out {Bowl}", "over the input")]
    [InlineData($"band {Bowl} --from 0.1 --to 0.2 --box 1,1", "no width in x")]
    [InlineData($"band {Bowl} --from 0.1 --to 0.2 --box 0,inf", "infinite in x")]
    [InlineData($"band {Seam} --from 0.1 --to 0.2", "--outputs r2")]
    [InlineData($"band {Bowl} --from 0.1 --to 0.2 --test none.csv", "--test names the file 'none.csv'")]
    [InlineData($"band {Seam} --outputs r2 --from 0.1 --to 0.2 --out a.wkt", "polygons")]
    [InlineData($"band {Bowl} --from 5 --to 6 --sample 3", "proved empty")]
    [InlineData($"band {Bowl} --from 0.2 --to 0.2", "no inside")]
    [InlineData($"band {Bowl} --from 0.1 --to 0.2 --sample 1e9", "at most 10000000")]
    [InlineData($"band {Bowl} --from 0.1 --to 0.2 --seed 3", "--seed is of a sample")]
    [InlineData($"band {Bowl} --from 0.15 --to 0.2 --compare simexp", "--at")]
    [InlineData($"band {Bowl} --from 0.15 --to 0.2 --delta 0.1", "--delta is of the published recipe")]
    public void WrongUse_IsRefusedInOneSentence(string arguments, string names) =>
        PreimageProcess.Run(arguments).IsWrongUse(names);
}
