using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Preimage.E2E;

public partial class WalkTests
{
    private const string Model = "examples/04-curve-in-space/curve-in-space.onnx";
    private const string Sphere = $"walk {Model} --at 0.7,0,0.588 --outputs r2 --box -1,1";

    [Fact]
    public void Json_HasEveryFieldAndNothingElse()
    {
        Run run = PreimageProcess.Run($"{Sphere} --steps 200 --chains 2 --json");
        Assert.Equal(0, run.ExitCode);
        Assert.Empty(run.Error);
        JsonElement json = run.Json;
        string[] names = [.. json.EnumerateObject().Select(p => p.Name)];
        Assert.All(
            [
                "command",
                "model",
                "settings",
                "seed",
                "seconds",
                "version",
                "steps",
                "accepted",
                "defect",
                "distance",
                "rankingChanges",
                "ess",
                "rhat",
                "contacts",
                "chains",
            ],
            name => Assert.Contains(name, names)
        );
        Assert.DoesNotContain("points", names);
        Assert.Equal("walk", json.GetProperty("command").GetString());
        Assert.Equal(400, json.GetProperty("steps").GetInt32());
        Assert.InRange(json.GetProperty("accepted").GetInt32(), 40, 399);
        Assert.True(json.GetProperty("defect").GetDouble() < 1e-12);
        Assert.True(json.GetProperty("distance").GetDouble() > 10);
        Assert.Equal(0, json.GetProperty("rankingChanges").GetInt32());
    }

    /// <summary>The points, evaluated again, give the output of the start.</summary>
    [Fact]
    public void Points_LieOnTheFiberAndInTheBox()
    {
        JsonElement json = PreimageProcess.Run($"{Sphere} --steps 100 --chains 2 --keep 6 --points --json").Json;
        double target = json.GetProperty("target")[0].GetDouble();
        JsonElement[] points = [.. json.GetProperty("points").EnumerateArray()];
        Assert.Equal(6, points.Length);
        foreach (JsonElement point in points[..3])
        {
            string at = string.Join(',', point.EnumerateArray().Select(x => x.GetRawText()));
            JsonElement output = PreimageProcess.Run($"eval {Model} --at {at} --outputs r2 --json").Json;
            Assert.Equal(target, output.GetProperty("output")[0].GetDouble(), 1e-12);
            Assert.All(point.EnumerateArray(), x => Assert.InRange(x.GetDouble(), -1, 1));
        }
    }

    [Fact]
    public void ThePublishedRecipeBesideIt_Drifts()
    {
        JsonElement json = PreimageProcess.Run($"{Sphere} --steps 300 --compare simec --compare simexp --json").Json;
        JsonElement[] beside = [.. json.GetProperty("beside").EnumerateArray()];
        Assert.Equal(["published SiMEC", "published SiMExp"], beside.Select(b => b.GetProperty("recipe").GetString()));
        Assert.All(
            beside,
            b => Assert.True(b.GetProperty("defect").GetDouble() > 1e8 * json.GetProperty("defect").GetDouble())
        );
    }

    [Fact]
    public void AValue_IsReachedAndWalked()
    {
        Run run = PreimageProcess.Run($"{Sphere} --value 0.5 --steps 100 --keep 8 --points --json");
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(0.5, run.Json.GetProperty("target")[0].GetDouble(), 1e-12);
        Assert.All(
            run.Json.GetProperty("points").EnumerateArray(),
            point => Assert.Equal(0.5, point.EnumerateArray().Sum(x => Math.Pow(x.GetDouble(), 2)), 1e-3)
        );
        Run beyond = PreimageProcess.Run($"{Sphere} --value 7");
        Assert.Equal(1, beyond.ExitCode);
        Assert.Contains("--value 7 was not reached", beyond.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("parquet")]
    public void Samples_AreWholeInputsWithWhatIsKnownOfThem(string ending)
    {
        string path = Path.Combine(PreimageProcess.NewFolder(), $"samples.{ending}");
        Run run = PreimageProcess.Run(
            $"walk {Model} --at 0.7,0 --fix z=0.588 --outputs r2 --box -1,1 --steps 200 --keep 20 --write {path} --json"
        );
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(20, run.Json.GetProperty("samples").GetProperty("count").GetInt32());
        double target = run.Json.GetProperty("target")[0].GetDouble();
        for (int row = 1; row <= 20; row += 19)
        {
            JsonElement sample = PreimageProcess.Run($"eval {Model} --at {path}:{row} --outputs r2 --json").Json;
            Assert.Equal(target, sample.GetProperty("output")[0].GetDouble(), 1e-12);
        }

        if (ending == "csv")
        {
            string[] lines = File.ReadAllLines(path);
            Assert.Equal("x,y,z,r2,label,label name,defect,chain,step", lines[0]);
            Assert.Equal(21, lines.Length);
            Assert.All(lines[1..], line => Assert.Equal("0.588", line.Split(',')[2]));
        }
    }

    /// <summary>Without --keep there are as many samples as the walk is worth, and no more.</summary>
    [Fact]
    public void Samples_AreThinned()
    {
        string path = Path.Combine(PreimageProcess.NewFolder(), "samples.npy");
        JsonElement json = PreimageProcess.Run($"{Sphere} --steps 1000 --write {path} --json").Json;
        JsonElement samples = json.GetProperty("samples");
        Assert.True(samples.GetProperty("thinned").GetBoolean());
        Assert.InRange(
            samples.GetProperty("count").GetInt32(),
            samples.GetProperty("worth").GetDouble() - 5,
            samples.GetProperty("worth").GetDouble()
        );
        Assert.Equal(
            samples.GetProperty("count").GetInt32() + 1,
            File.ReadAllLines(Path.ChangeExtension(path, ".index.csv")).Length
        );
    }

    [Fact]
    public void Data_TellHowTheSamplesLieAmongThem()
    {
        string data = Path.Combine(PreimageProcess.NewFolder(), "data.csv");
        Generator random = new(5);
        File.WriteAllLines(
            data,
            ["x,y,z", .. Enumerable.Range(0, 300).Select(_ => $"{Side(random)},{Side(random)},{Side(random)}")]
        );
        JsonElement spread = PreimageProcess.Run($"{Sphere} --steps 300 --data {data} --json").Json.GetProperty("data");
        Assert.Equal(300, spread.GetProperty("rows").GetInt32());
        Assert.InRange(spread.GetProperty("used").GetInt32(), 1, 300);
        Assert.InRange(spread.GetProperty("coverage").GetDouble(), 0.01, 1);
        Assert.True(spread.GetProperty("sampleToData").GetDouble() > 0);
    }

    /// <summary>Images are rounded to 8 bits; what they give is said beside what the samples give.</summary>
    [Fact]
    public void Images_StandInAFolderWithTheirIndex()
    {
        string folder = PreimageProcess.NewFolder();
        string model = Path.Combine(folder, "image.onnx");
        string images = Path.Combine(folder, "images");
        double[] weights = [.. Enumerable.Range(0, 32).Select(i => Math.Sin(i))];
        File.WriteAllBytes(
            model,
            OnnxBytes.Model(
                [OnnxBytes.Value("x", ["1", "1", "4", "4"])],
                [OnnxBytes.Value("y", ["1", "2"])],
                [OnnxBytes.Node("Flatten", "row", "x"), OnnxBytes.Node("MatMul", "y", "row", "w")],
                OnnxBytes.Matrix("w", 16, 2, weights)
            )
        );
        string at = string.Join(',', Enumerable.Repeat("0.5", 16));
        string command = $"walk {model} --at {at} --box 0,1 --steps 200 --keep 4 --write {images}/ --json";
        Run run = PreimageProcess.Run(command);
        Assert.Equal(0, run.ExitCode);
        string[] lines = File.ReadAllLines(Path.Combine(images, "index.csv"));
        Assert.Equal(
            "file,y1,y2,label,label name,defect,chain,step,image label,image label name,image defect",
            lines[0]
        );
        Assert.Equal(5, lines.Length);
        Assert.Equal(5, Directory.GetFiles(images).Length);
        string[] last = lines[^1].Split(',');
        JsonElement output = PreimageProcess
            .Run($"eval {model} --at {Path.Combine(images, last[0])} --image unit --json")
            .Json.GetProperty("output");
        double defect = Enumerable
            .Range(0, 2)
            .Max(j => Math.Abs(output[j].GetDouble() - run.Json.GetProperty("target")[j].GetDouble()));
        Assert.Equal(defect, double.Parse(last[^1], CultureInfo.InvariantCulture), 1e-12);
        Assert.InRange(defect, 1e-6, 0.1);
        Assert.True(double.Parse(last[5], CultureInfo.InvariantCulture) < 1e-12);
    }

    /// <summary>Killed as a machine that loses its power kills, a walk goes on to the same bits in every file.</summary>
    [Fact]
    public void KilledAtAnyMoment_AWalkGoesOnToTheSameBits()
    {
        string folder = PreimageProcess.NewFolder();
        const string Long = $"{Sphere} --steps 30000 --chains 3 --seed 7 --keep 300 --compare simec --write ";
        string whole = Path.Combine(folder, "whole");
        string killed = Path.Combine(folder, "killed");
        JsonElement unbroken = PreimageProcess.Run($"{Long}{whole}.samples.csv --out {whole} --points --json").Json;
        Generator random = new((int)(DateTime.UtcNow.Ticks & 0xFFFF));
        string command = $"{Long}{killed}.samples.csv --out {killed} --points --json";
        string resume = "";
        bool hasEnded = false;
        for (int kill = 0; kill < 3 && !hasEnded; kill++)
        {
            TimeSpan work = TimeSpan.FromSeconds(0.4 + 0.5 * random.Uniform());
            hasEnded = !PreimageProcess.RunAndKill(command + resume, work);
            resume = File.Exists($"{killed}.state.bin") ? $" --resume {killed}.state.bin" : "";
        }

        if (!hasEnded)
        {
            Run resumed = PreimageProcess.Run(command + resume);
            Assert.Equal(0, resumed.ExitCode);
            Assert.Equal(Timeless(unbroken.GetRawText()), Timeless(resumed.Json.GetRawText()));
        }

        foreach (string ending in (string[])[".csv", ".json", ".svg", ".png", ".npy", ".html", ".samples.csv"])
        {
            Assert.Equal(Content(whole + ending), Content(killed + ending));
        }

        Assert.False(File.Exists($"{killed}.state.bin"));
        Assert.False(File.Exists($"{killed}.state.points"));
    }

    [Fact]
    public void Interrupt_KeepsWhatWasWalked()
    {
        string path = Path.Combine(PreimageProcess.NewFolder(), "walk");
        string command = $"{Sphere} --steps 3e7 --every 100000 --out {path}.csv";
        Run run = PreimageProcess.RunAndInterrupt(command, TimeSpan.FromSeconds(1.5));
        Assert.Equal(3, run.ExitCode);
        Assert.Contains(
            $"{path}.state.bin",
            run.Output.Replace("\n", "", StringComparison.Ordinal),
            StringComparison.Ordinal
        );
        Assert.Contains("stopped before the end", run.Output, StringComparison.Ordinal);
        PreimageProcess.Run(command).IsWrongUse("--resume");
        PreimageProcess
            .Run(
                $"walk {Model} --at 0.7,0,0.5 --outputs r2 --box -1,1 --steps 3e7 --every 100000 --resume {path}.state.bin"
            )
            .IsWrongUse("another walk");
        File.WriteAllBytes($"{path}.state.bin", [15, 1, 2, 3]);
        PreimageProcess.Run($"{command} --resume {path}.state.bin").IsWrongUse("not the state of a walk");
    }

    [Theory]
    [InlineData("--steps 0", "--steps")]
    [InlineData("--chains 0", "--chains")]
    [InlineData("--recipe around", "around")]
    [InlineData("--bounds wall", "wall")]
    [InlineData("--scale width", "width")]
    [InlineData("--scale box --recipe simec", "--scale")]
    [InlineData("--step 0", "--step")]
    [InlineData("--eta 1", "--eta")]
    [InlineData("--points", "--json")]
    [InlineData("--warm-up 5 --recipe simec", "--warm-up")]
    [InlineData("--slips none --compare simec", "none")]
    [InlineData("--keep 3 --every 2", "--every")]
    [InlineData("--value 1,2", "--value")]
    [InlineData("--write samples.txt", "samples.txt")]
    [InlineData("--write samples/", "no image")]
    [InlineData("--data nowhere.csv", "nowhere.csv")]
    [InlineData("--resume nowhere.state.bin", "nowhere.state.bin")]
    [InlineData("--out walk.pdf", "walk.pdf")]
    [InlineData($"--out {Model}", Model)]
    [InlineData("--write same.csv --out same", "the same file")]
    [InlineData("--write same.npy --out same.index.csv", "the same file")]
    public void WrongUse_IsRefused(string words, string names) =>
        PreimageProcess.Run($"{Sphere} {words}").IsWrongUse(names);

    [Theory]
    [InlineData($"walk {Model} --at 0.7,0,2 --box -1,1", 2, "outside the box")]
    [InlineData($"walk {Model} --at 0.7,0,0.588 --box -1,1 --fix x=0.7 --fix y=0", 1, "start alone")]
    [InlineData($"walk {Model} --at 0.7,0,0.588 --to layer1.output", 1, "start alone")]
    public void WhatHasNoWalk_IsRefused_AndLeavesNoState(string command, int code, string names)
    {
        string folder = PreimageProcess.NewFolder();
        Run run = PreimageProcess.Run($"{command} --out {Path.Combine(folder, "walk")}");
        Assert.Equal(code, run.ExitCode);
        Assert.Empty(run.Output);
        Assert.Empty(Directory.GetFiles(folder));
        Assert.Contains(names, run.Error, StringComparison.Ordinal);
    }

    private static string Side(Generator random) =>
        (2 * random.Uniform() - 1).ToString("R", CultureInfo.InvariantCulture);

    private static byte[] Content(string path) =>
        Path.GetExtension(path) is ".json" or ".html"
            ? System.Text.Encoding.UTF8.GetBytes(Timeless(File.ReadAllText(path)))
            : File.ReadAllBytes(path);

    private static string Timeless(string json) => Seconds().Replace(json, "0");

    [GeneratedRegex(@"(?<=""seconds(?:AStep)?"":)[^,}]+|(?<=seconds</th><td>)[^<]+")]
    private static partial Regex Seconds();
}
