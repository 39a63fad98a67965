using System.Text.Json;

namespace Preimage.E2E;

public class TraceTests
{
    private const string Model = "examples/01-compact-class/compact-class.onnx";
    private static readonly string[] Endings = [".csv", ".json", ".svg", ".png", ".html"];

    [Fact]
    public void Json_HasEveryFieldAndNothingElse()
    {
        Run run = PreimageProcess.Run($"trace {Model} --at 0.25,0.25 --json");
        Assert.Equal(0, run.ExitCode);
        Assert.Empty(run.Error);
        JsonElement json = run.Json;
        Assert.Equal(
            [
                "closed",
                "command",
                "defect",
                "endings",
                "evaluations",
                "length",
                "model",
                "noise",
                "points",
                "pseudoLength",
                "seconds",
                "settings",
                "target",
                "version",
            ],
            json.EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal)
        );
        Assert.Equal("trace", json.GetProperty("command").GetString());
        Assert.True(json.GetProperty("closed").GetBoolean());
        Assert.Equal(["Closed", "Closed"], json.GetProperty("endings").EnumerateArray().Select(e => e.GetString()));
        Assert.Equal(64, json.GetProperty("model").GetProperty("sha256").GetString()!.Length);
        Assert.All(json.GetProperty("points").EnumerateArray(), p => Assert.Equal(2, p.GetArrayLength()));
    }

    [Fact]
    public void Points_EvaluatedAgain_GiveTheTarget()
    {
        JsonElement trace = PreimageProcess.Run($"trace {Model} --at 0.25,0.25 --chord 1e-2 --json").Json;
        double target = trace.GetProperty("target")[0].GetDouble();
        double defect = trace.GetProperty("defect").GetDouble();
        foreach (JsonElement point in trace.GetProperty("points").EnumerateArray().Where((_, i) => i % 7 == 0))
        {
            string at = $"{point[0].GetRawText()},{point[1].GetRawText()}";
            JsonElement value = PreimageProcess.Run($"eval {Model} --at {at} --json").Json;
            Assert.True(Math.Abs(value.GetProperty("output")[0].GetDouble() - target) <= defect);
        }
    }

    [Fact]
    public void NegativeNumbers_AreNumbers()
    {
        Run run = PreimageProcess.Run($"trace {Model} --at -0.25,-0.25 --box -1,1,-1,1 --json");
        Assert.Equal(0, run.ExitCode);
        Assert.True(run.Json.GetProperty("closed").GetBoolean());
    }

    [Fact]
    public void SameArguments_SamePoints()
    {
        string first = PreimageProcess
            .Run($"trace {Model} --at 0.3,0.1 --json")
            .Json.GetProperty("points")
            .GetRawText();
        string second = PreimageProcess
            .Run($"trace {Model} --at 0.3,0.1 --json")
            .Json.GetProperty("points")
            .GetRawText();
        Assert.Equal(first, second);
    }

    [Fact]
    public void Row_OfACsvFile_IsAPoint()
    {
        string file = Path.Combine(PreimageProcess.NewFolder(), "points.csv");
        File.WriteAllText(file, "y,x\n0,0\n0.2,-0.1\n");
        JsonElement settings = PreimageProcess.Run($"trace {Model} --at {file}:2 --json").Json.GetProperty("settings");
        Assert.Equal([-0.1, 0.2], settings.GetProperty("at").EnumerateArray().Select(x => x.GetDouble()));
    }

    [Fact]
    public void Out_WritesEveryFile()
    {
        string path = Path.Combine(PreimageProcess.NewFolder(), "new", "class");
        Run run = PreimageProcess.Run($"trace {Model} --at 0.25,0.25 --out {path}");
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(
            Endings.Select(ending => path + ending).Order(StringComparer.Ordinal),
            Directory.GetFiles(Path.GetDirectoryName(path)!).Order(StringComparer.Ordinal)
        );
        Assert.All(
            Endings,
            ending =>
                Assert.Contains(
                    path + ending,
                    run.Output.Replace("\n", "", StringComparison.Ordinal),
                    StringComparison.Ordinal
                )
        );
    }

    [Fact]
    public void Out_WithAnEnding_WritesThatFileOnly()
    {
        string path = Path.Combine(PreimageProcess.NewFolder(), "class.svg");
        Assert.Equal(0, PreimageProcess.Run($"trace {Model} --at 0.25,0.25 --out {path}").ExitCode);
        Assert.Equal([path], Directory.GetFiles(Path.GetDirectoryName(path)!));
    }

    [Fact]
    public void Out_ThatCannotBeWritten_IsRefusedBeforeTheRun()
    {
        Run run = PreimageProcess.Run($"trace {Model} --at 0.25,0.25 --out README.md/class");
        Assert.Equal(1, run.ExitCode);
        Assert.Empty(run.Output);
        Assert.Contains("README.md", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Budget_Spent_IsAPartialResult()
    {
        Run run = PreimageProcess.Run($"trace {Model} --at 0.25,0.25 --steps 5 --json");
        Assert.Equal(3, run.ExitCode);
        Assert.Equal(11, run.Json.GetProperty("points").GetArrayLength());
        Assert.Equal("BudgetSpent", run.Json.GetProperty("endings")[0].GetString());
    }

    [Fact]
    public void Interrupt_LeavesAValidPartialResult()
    {
        // A network so wide that a point takes a good part of a millisecond: the whole curve is minutes, and the files stay small.
        string folder = PreimageProcess.NewFolder();
        string model = Path.Combine(folder, "wide.onnx");
        string path = Path.Combine(folder, "class.json");
        const string formula = "--formula \"z = x+y\" --range \"x in -1,1\" --range \"y in -1,1\" --points 20";
        PreimageProcess.Run($"train {formula} --layers 700,700 --method adam --epochs 1 --out {model}");
        Run run = PreimageProcess.RunAndInterrupt(
            $"trace {model} --at 0.25,0.25 --chord 1e-10 --out {path}",
            TimeSpan.FromSeconds(3)
        );
        Assert.Equal(3, run.ExitCode);
        JsonElement json = JsonDocument.Parse(File.ReadAllText(path)).RootElement;
        Assert.Contains("Cancelled", json.GetProperty("endings").EnumerateArray().Select(e => e.GetString()));
        Assert.True(json.GetProperty("points").GetArrayLength() > 1);
    }

    [Fact]
    public void PublishedRecipe_DriftsWhereTheFiberDoesNot()
    {
        JsonElement exact = PreimageProcess.Run($"trace {Model} --at 0.25,0.25 --json").Json;
        JsonElement drifting = PreimageProcess
            .Run($"trace {Model} --at 0.25,0.25 --recipe simec --delta 1e-2 --steps 200 --json")
            .Json;
        Assert.False(drifting.GetProperty("closed").GetBoolean());
        Assert.True(drifting.GetProperty("defect").GetDouble() > 1e9 * exact.GetProperty("defect").GetDouble());
    }

    [Fact]
    public void Outputs_AndFixedInputs_ChooseASlice()
    {
        // x^2 + y^2 + z^2 at z = 0.3 alone: a circle through (0.5, 0.4), up to the network's error.
        JsonElement json = PreimageProcess
            .Run("trace examples/04-curve-in-space/curve-in-space.onnx --at 0.5,0.4 --fix z=0.3 --outputs r2 --json")
            .Json;
        Assert.True(json.GetProperty("closed").GetBoolean());
        Assert.Equal(2 * Math.PI * Math.Sqrt(0.41), json.GetProperty("length").GetDouble(), 1e-3);
        Assert.Equal(
            ["x", "y"],
            json.GetProperty("model").GetProperty("inputs").EnumerateArray().Select(v => v.GetString())
        );
    }

    [Fact]
    public void FreeInputs_HoldTheOthersAtThePoint()
    {
        const string Network = "examples/04-curve-in-space/curve-in-space.onnx";
        JsonElement free = PreimageProcess.Run($"trace {Network} --at 0.5,0.4,0.3 --free x,y --outputs r2 --json").Json;
        JsonElement held = PreimageProcess.Run($"trace {Network} --at 0.5,0.4 --fix z=0.3 --outputs r2 --json").Json;
        Assert.Equal(held.GetProperty("points").GetRawText(), free.GetProperty("points").GetRawText());
        Assert.Equal("z=0.3", free.GetProperty("settings").GetProperty("held").GetString());
    }

    /// <summary>The network's error is its own, told apart from the tracing's: ten orders larger.</summary>
    [Fact]
    public void Truth_IsDrawnAndTheNetworkJudgedByIt()
    {
        string path = Path.Combine(PreimageProcess.NewFolder(), "class");
        Run run = PreimageProcess.Run(
            $"trace {Model} --at 0.25,0.25 --truth \"z = exp(x^2+y^2-2)\" --out {path} --json"
        );
        Assert.Equal(0, run.ExitCode);
        double error = run.Json.GetProperty("settings").GetProperty("networkError").GetDouble();
        Assert.InRange(error, 1e-8, 1e-5);
        Assert.True(error > 1e7 * run.Json.GetProperty("defect").GetDouble());
        Assert.Contains(">truth", File.ReadAllText(path + ".svg"), StringComparison.Ordinal);
    }

    [Fact]
    public void Resume_GoesOnToTheSameBits()
    {
        string path = Path.Combine(PreimageProcess.NewFolder(), "class");
        string whole = PreimageProcess
            .Run($"trace {Model} --at 0.25,0.25 --json")
            .Json.GetProperty("points")
            .GetRawText();
        Run stopped = PreimageProcess.Run($"trace {Model} --at 0.25,0.25 --steps 20 --out {path}");
        Assert.Equal(3, stopped.ExitCode);
        Run resumed = PreimageProcess.Run(
            $"trace {Model} --at 0.25,0.25 --resume {path}.state.json --out {path} --json"
        );
        Assert.Equal(0, resumed.ExitCode);
        Assert.Equal(whole, resumed.Json.GetProperty("points").GetRawText());
        Assert.False(File.Exists(path + ".state.json"));
    }

    [Fact]
    public void Resume_OfAnotherTrace_IsRefused()
    {
        string path = Path.Combine(PreimageProcess.NewFolder(), "class");
        PreimageProcess.Run($"trace {Model} --at 0.25,0.25 --steps 5 --out {path}");
        Run other = PreimageProcess.Run($"trace {Model} --at 0.25,0.3 --resume {path}.state.json");
        Assert.Equal(2, other.ExitCode);
        Assert.Contains("another trace", other.Error, StringComparison.Ordinal);
        Run notState = PreimageProcess.Run($"trace {Model} --at 0.25,0.25 --resume README.md");
        Assert.Equal(2, notState.ExitCode);
        Assert.Contains("not the state of a trace", notState.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--at 0.25,0.25 --box -0.9,0.9")]
    [InlineData("--at 0.25,0.25 --chord 1e-3")]
    [InlineData("--at 0.25 --fix y=0.25")]
    public void Resume_WithOtherSettings_IsRefused(string settings)
    {
        string path = Path.Combine(PreimageProcess.NewFolder(), "class");
        PreimageProcess.Run($"trace {Model} --at 0.25,0.25 --steps 5 --out {path}");
        Run other = PreimageProcess.Run($"trace {Model} {settings} --resume {path}.state.json");
        Assert.Equal(2, other.ExitCode);
        Assert.Contains("another trace", other.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Out_NeverWritesOverItsInputs()
    {
        string folder = PreimageProcess.NewFolder();
        string points = Path.Combine(folder, "points.csv");
        File.WriteAllText(points, "x,y\n0.25,0.25\n");
        Run run = PreimageProcess.Run($"trace {Model} --at {points}:1 --out {Path.Combine(folder, "points")}");
        Assert.Equal(2, run.ExitCode);
        Assert.Equal("x,y\n0.25,0.25\n", File.ReadAllText(points));
    }

    [Theory]
    [InlineData("y,q\n0.1,0.2\n")]
    [InlineData("a,b,c\n0.1,0.2,0.3\n")]
    public void Row_UnderAHeaderOfOtherNames_IsRefused(string table)
    {
        string file = Path.Combine(PreimageProcess.NewFolder(), "points.csv");
        File.WriteAllText(file, table);
        Run run = PreimageProcess.Run($"trace {Model} --at {file}:1");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("header", run.Error, StringComparison.Ordinal);
    }
}
