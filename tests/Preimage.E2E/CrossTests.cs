using System.Text.Json;

namespace Preimage.E2E;

/// <summary>preimage cross: nearest points of another answer, proved.</summary>
public class CrossTests
{
    private const string Bowl = "examples/01-compact-class/compact-class.onnx";
    private const string Classifier = "examples/paper/6-binary-classifier/classifier.onnx";

    /// <summary>From a point outside a circle the nearest point of it lies straight inward.</summary>
    [Fact]
    public void Nearest_IsStraightAcrossAndProved()
    {
        Run run = PreimageProcess.Run($"cross {Bowl} --at 0.6,0.6 --level 0.2 --json");
        Assert.True(run.ExitCode == 0, run.Error);
        JsonElement json = run.Json;
        double radius = Math.Sqrt(2 + Math.Log(0.2));
        double distance = json.GetProperty("distance").GetDouble();
        // The network is trained to about 1e-5 of the formula.
        Assert.Equal(0.6 * Math.Sqrt(2) - radius, distance, 1e-4);
        Assert.Equal("Proved", json.GetProperty("verdict").GetString());
        Assert.InRange(json.GetProperty("distanceLower").GetDouble(), distance * (1 - 1e-5), distance);
        Assert.True(json.GetProperty("kktResidual").GetDouble() < 1e-6);
        double[] changes =
        [
            .. json.GetProperty("changes").EnumerateArray().Select(c => c.GetProperty("change").GetDouble()),
        ];
        Assert.All(changes, change => Assert.Equal(-distance / Math.Sqrt(2), change, 1e-3));
        Assert.Equal(2, json.GetProperty("bracket").GetArrayLength());
    }

    [Fact]
    public void LevelThatIsNotInTheBox_IsProvedAbsent()
    {
        Run run = PreimageProcess.Run($"cross {Bowl} --at 0.2,0.2 --level 5");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("none: proved, the box has no such point", run.Output, StringComparison.Ordinal);
        JsonElement json = PreimageProcess.Run($"cross {Bowl} --at 0.2,0.2 --level 5 --json").Json;
        Assert.False(json.GetProperty("found").GetBoolean());
        Assert.Equal("Infinity", json.GetProperty("distanceLower").GetString());
    }

    [Fact]
    public void Changes_AreToldInUnits()
    {
        Run run = PreimageProcess.Run("cross examples/paper/3-thermodynamics/isotherms.onnx --at 30,175 --level 640");
        Assert.Matches(@"V \[L\]\s+30\s+30\.\d+\s+\+0\.\d+ L", run.Output);
        Assert.Matches(@"P \[kPa\]\s+175\s+175\.\d+\s+\+0\.\d+ kPa", run.Output);
    }

    [Fact]
    public void Table_IsSearchedRowByRow()
    {
        string folder = PreimageProcess.NewFolder();
        string points = Path.Combine(folder, "points.csv");
        File.WriteAllText(points, "x,y\n0,1\n0,0.3\n1,-1\n2,0.2\n");
        string path = Path.Combine(folder, "nearest");
        Run run = PreimageProcess.Run(
            $"cross {Classifier} --at {points} --level 0.5 --nearest 2 --truth \"y = 0.5*sin(x)\" --out {path} --json"
        );
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal(4, run.Json.GetProperty("searched").GetInt32());
        JsonElement[] crossings = [.. run.Json.GetProperty("crossings").EnumerateArray()];
        Assert.Equal([2, 4], crossings.Select(c => c.GetProperty("row").GetInt32()).Order());
        double[] distances = [.. crossings.Select(c => c.GetProperty("distance").GetDouble())];
        Assert.True(distances[0] <= distances[1]);
        Assert.All(
            (string[])[".csv", ".json", ".svg", ".png", ".html"],
            ending => Assert.True(File.Exists(path + ending), ending)
        );
        Assert.Equal(3, File.ReadAllLines(path + ".csv").Length);
    }

    [Fact]
    public void Tolerance_BelowRounding_IsMetToRounding()
    {
        JsonElement json = PreimageProcess
            .Run($"cross {Bowl} --at 0.25,0.25 --level 0.2 --tolerance 1e-17 --json")
            .Json;
        Assert.Equal("Proved", json.GetProperty("verdict").GetString());
        double distance = json.GetProperty("distance").GetDouble();
        Assert.InRange(json.GetProperty("distanceLower").GetDouble(), distance - 1e-12, distance);
    }

    [Fact]
    public void Class_OnAPlane_DrawsItsBorderAndTheNearestPoint()
    {
        const string Network = "examples/04-curve-in-space/curve-in-space.onnx";
        string path = Path.Combine(PreimageProcess.NewFolder(), "change.svg");
        Run run = PreimageProcess.Run($"cross {Network} --at 0.1,0.1 --fix z=0.5 --class r2 --out {path}");
        Assert.Equal(0, run.ExitCode);
        string svg = File.ReadAllText(path);
        Assert.All(
            (string[])[">border", ">nearest", "held z = 0.5"],
            text => Assert.Contains(text, svg, StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Class_ChangesWhereTheLabelDoes()
    {
        // Two outputs, a label each: which of r2 and s is larger.
        const string Network = "examples/04-curve-in-space/curve-in-space.onnx";
        JsonElement json = PreimageProcess
            .Run($"cross {Network} --at 0.1,0.1,0.5 --tolerance 1e-2 --class r2 --json")
            .Json;
        Assert.True(json.GetProperty("found").GetBoolean());
        string at = string.Join(',', json.GetProperty("at").EnumerateArray().Select(x => x.GetRawText()));
        JsonElement output = PreimageProcess.Run($"eval {Network} --at {at} --json").Json.GetProperty("output");
        Assert.Equal(output[0].GetDouble(), output[1].GetDouble(), 1e-9);
    }

    /// <summary>The recipe without a proof finds the point that the proof finds, and says that it proved nothing.</summary>
    [Fact]
    public void Nearest_AgreesWithProved()
    {
        JsonElement proved = PreimageProcess.Run($"cross {Bowl} --at 0.6,0.5 --level 0.2 --json").Json;
        Run run = PreimageProcess.Run($"cross {Bowl} --at 0.6,0.5 --level 0.2 --recipe nearest --json");
        Assert.True(run.ExitCode == 0, run.Error);
        JsonElement json = run.Json;
        double distance = proved.GetProperty("distance").GetDouble();
        Assert.Equal(distance, json.GetProperty("distance").GetDouble(), 1e-9 * distance);
        Assert.Equal("Unknown", json.GetProperty("verdict").GetString());
        Assert.Equal("z > 0.2", json.GetProperty("from").GetString());
        Assert.Equal("z = 0.2", json.GetProperty("to").GetString());
        Assert.InRange(json.GetProperty("bracketWidth").GetDouble(), 0, 1e-12);
        Assert.InRange(json.GetProperty("kktResidual").GetDouble(), 0, 1e-12);
    }

    /// <summary>Without bounds there is no proof, and the wide recipe answers.</summary>
    [Fact]
    public void InfiniteBox_IsSearchedWithoutAProof()
    {
        JsonElement json = PreimageProcess.Run($"cross {Bowl} --at 0.6,0.5 --level 0.2 --box -inf,inf --json").Json;
        Assert.True(json.GetProperty("found").GetBoolean());
        Assert.Equal("nearest", json.GetProperty("settings").GetProperty("recipe").GetString());
    }

    [Fact]
    public void Labels_NameTheClasses()
    {
        string labels = Path.Combine(PreimageProcess.NewFolder(), "labels.txt");
        File.WriteAllText(labels, "0,radius\n1,sum, total\n");
        const string Network = "examples/04-curve-in-space/curve-in-space.onnx";
        Run run = PreimageProcess.Run($"cross {Network} --at 0.1,0.1,0.5 --labels {labels} --recipe nearest --json");
        Assert.True(run.ExitCode == 0, run.Error);
        string[] answers = [.. ((string[])["from", "to"]).Select(key => run.Json.GetProperty(key).GetString()!)];
        Assert.Equal(["radius", "sum, total"], answers.Order());
        string other = answers[1].Split(',')[^1].Trim();
        JsonElement named = PreimageProcess
            .Run($"cross {Network} --at 0.1,0.1,0.5 --labels {labels} --class {other} --recipe nearest --json")
            .Json;
        Assert.Equal(run.Json.GetProperty("distance").GetDouble(), named.GetProperty("distance").GetDouble(), 1e-9);
    }

    /// <summary>Of other than two inputs the way to the crossing is drawn, with the answers along it.</summary>
    [Theory]
    [InlineData("straight")]
    [InlineData("lift")]
    public void Way_IsWrittenWithItsPictures(string way)
    {
        const string Network = "examples/04-curve-in-space/curve-in-space.onnx";
        string path = Path.Combine(PreimageProcess.NewFolder(), "way");
        Run run = PreimageProcess.Run(
            $"cross {Network} --at 0.1,0.1,0.5 --recipe nearest --path {way} --frames 9 --out {path}"
        );
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.All(
            (string[])[".csv", ".json", ".npy", ".svg", ".png", ".html"],
            ending => Assert.True(File.Exists(path + ending), ending)
        );
        JsonElement json = JsonDocument.Parse(File.ReadAllText(path + ".json")).RootElement;
        Assert.Equal("cross", json.GetProperty("command").GetString());
        Assert.True(json.GetProperty("found").GetBoolean());
        Assert.InRange(File.ReadAllLines(path + ".csv").Length, 9, 1 + 9 + 3);
    }

    [Fact]
    public void Rows_ChooseAmongTheTable()
    {
        string points = Path.Combine(PreimageProcess.NewFolder(), "points.csv");
        File.WriteAllText(points, "x,y\n0,1\n0,0.3\n1,-1\n2,0.2\n");
        JsonElement json = PreimageProcess
            .Run($"cross {Classifier} --at {points} --rows 2,4 --level 0.5 --recipe nearest --json")
            .Json;
        JsonElement[] crossings = [.. json.GetProperty("crossings").EnumerateArray()];
        Assert.Equal([2, 4], crossings.Select(c => c.GetProperty("row").GetInt32()));
        Assert.All(crossings, c => Assert.InRange(c.GetProperty("bracketWidth").GetDouble(), 0, 1e-12));
        PreimageProcess.Run($"cross {Classifier} --at {points} --rows 5 --level 0.5").IsWrongUse("the rows 1 to 4");
    }

    [Theory]
    [InlineData($"cross {Bowl} --level 0.2", "--at")]
    [InlineData($"cross {Bowl} --at 0.1,0.1", "--level")]
    [InlineData($"cross {Bowl} --at 0.1,0.1 --class 1", "no classes")]
    [InlineData($"cross {Bowl} --at 0.1,0.1 --level 0.2 --class 1", "give one of them")]
    [InlineData($"cross {Bowl} --at 0.1,0.1 --level inf", "finite level")]
    [InlineData($"cross {Bowl} --at 0.1,0.1 --level 0.2 --nearest 3", "--nearest chooses among the rows")]
    [InlineData($"cross {Bowl} --at none.csv --level 0.2", "'none.csv'")]
    [InlineData($"cross {Bowl} --at 0.1,0.1 --level 0.2 --recipe proved --box 0,1,-inf,1", "infinite in y")]
    [InlineData($"cross {Bowl} --at 0.1,0.1 --level 0.2 --recipe best", "proved, nearest")]
    [InlineData($"cross {Bowl} --at 0.1,0.1 --level 0.2 --rows 1..2", "--rows chooses among the rows")]
    [InlineData($"cross {Bowl} --at 0.1,0.1 --level 0.2 --labels none.txt", "'none.txt'")]
    [InlineData($"cross {Bowl} --at 2,0 --level 0.2 --recipe nearest", "outside the box")]
    [InlineData("cross examples/04-curve-in-space/curve-in-space.onnx --at 0,0,0 --class cat", "'cat'")]
    public void WrongUse_IsRefusedInOneSentence(string arguments, string names) =>
        PreimageProcess.Run(arguments).IsWrongUse(names);
}
