using System.Text.Json;

namespace Preimage.E2E;

/// <summary>preimage morph: inside a fiber, a band or a label, as near to a target as it goes.</summary>
public class MorphTests
{
    private const string Bowl = "examples/01-compact-class/compact-class.onnx";

    /// <summary>The fibers of the bowl are nearly circles: the way ends nearly below the target.</summary>
    [Fact]
    public void Morph_EndsBelowTheTarget()
    {
        Run run = PreimageProcess.Run($"morph {Bowl} --at 0.25,0.25 --towards=-0.9,0.4 --json");
        Assert.True(run.ExitCode == 0, run.Error);
        JsonElement json = run.Json;
        Assert.Equal("morph", json.GetProperty("command").GetString());
        Assert.Equal("Stationary", json.GetProperty("ending").GetString());
        Assert.Equal(Math.Sqrt(1.15 * 1.15 + 0.15 * 0.15), json.GetProperty("distanceStart").GetDouble(), 1e-12);
        double below = Math.Sqrt(0.9 * 0.9 + 0.4 * 0.4) - Math.Sqrt(0.125);
        // The network is trained to about 1e-5 of the formula, and its fibers are as round.
        Assert.Equal(below, json.GetProperty("distanceEnd").GetDouble(), 1e-3);
        Assert.True(json.GetProperty("defect").GetDouble() < 1e-14);
        Assert.Equal(0, json.GetProperty("seed").GetInt32());
        Assert.True(json.GetProperty("seconds").GetDouble() > 0);
        Assert.Equal(25, json.GetProperty("distances").GetArrayLength());
    }

    [Fact]
    public void Band_EndsOnItsEdge_OrAtTheTarget()
    {
        JsonElement edge = PreimageProcess
            .Run($"morph {Bowl} --at 0.25,0.25 --towards 0.9,0.9 --band 0.01 --json")
            .Json;
        Assert.Equal("Stationary", edge.GetProperty("ending").GetString());
        double start = edge.GetProperty("valueStart")[0].GetDouble();
        Assert.Equal(start + 0.01, edge.GetProperty("valueEnd")[0].GetDouble(), 1e-13);
        Run there = PreimageProcess.Run($"morph {Bowl} --at 0.25,0.25 --towards 0.2,0.3 --band 0.05");
        Assert.Equal(0, there.ExitCode);
        Assert.Contains("0 at the end", there.Output, StringComparison.Ordinal);
        Assert.Contains("was reached", there.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_HoldTheFrames()
    {
        string path = Path.Combine(PreimageProcess.NewFolder(), "path");
        Run run = PreimageProcess.Run($"morph {Bowl} --at 0.25,0.25 --towards=-0.9,0.4 --frames 7 --out {path}");
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(8, File.ReadAllLines(path + ".csv").Length);
        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(path + ".json"));
        Assert.Equal(7, json.RootElement.GetProperty("trail").GetProperty("count").GetInt32());
    }

    [Fact]
    public void Budget_IsAPartialResult()
    {
        Run run = PreimageProcess.Run($"morph {Bowl} --at 0.25,0.25 --towards=-0.9,0.4 --steps 2 --json");
        Assert.Equal(3, run.ExitCode);
        Assert.Equal("BudgetSpent", run.Json.GetProperty("ending").GetString());
        Run told = PreimageProcess.Run($"morph {Bowl} --at 0.25,0.25 --towards=-0.9,0.4 --steps 2");
        Assert.Contains("allow more with --steps", told.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("resume", told.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Out_IsNotTheTargetsFile()
    {
        string file = Path.Combine(PreimageProcess.NewFolder(), "target.csv");
        File.WriteAllText(file, "x,y\n0.1,0.2\n");
        Run run = PreimageProcess.Run($"morph {Bowl} --at 0.25,0.25 --towards {file}:1 --out {file}");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("would write over the input", run.Error, StringComparison.Ordinal);
        Assert.Equal("x,y\n0.1,0.2\n", File.ReadAllText(file));
    }

    [Theory]
    [InlineData("--towards 1", "--towards has 1 number")]
    [InlineData("--towards 1,2 --box -0.1,0.1", "lies outside the box")]
    [InlineData("--towards 1,2 --keep-label", "there is one output")]
    [InlineData("--towards nowhere.csv:1", "--towards names the file 'nowhere.csv'")]
    [InlineData("--towards 1,2 --band -1", "--band")]
    public void WrongUse_IsOneSentence(string words, string reason)
    {
        Run run = PreimageProcess.Run($"morph {Bowl} --at 0.25,0.25 {words}");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(reason, run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.Trim().Split('\n'));
    }
}
