using System.Text.Json;

namespace Preimage.E2E;

/// <summary>preimage foliate: families of fibers.</summary>
public class FoliateTests
{
    private const string Bowl = "examples/01-compact-class/compact-class.onnx";

    [Fact]
    public void Levels_HaveTheirFibers()
    {
        Run run = PreimageProcess.Run($"foliate {Bowl} --at 0.25,0.25 --levels 0.2,0.15,0.3 --json");
        Assert.True(run.ExitCode == 0, run.Error);
        JsonElement[] leaves = [.. run.Json.GetProperty("leaves").EnumerateArray()];
        Assert.Equal([0.15, 0.2, 0.3], leaves.Select(l => l.GetProperty("level")[0].GetDouble()));
        Assert.All(
            leaves,
            leaf =>
            {
                double radius = Math.Sqrt(2 + Math.Log(leaf.GetProperty("level")[0].GetDouble()));
                Assert.True(leaf.GetProperty("closed").GetBoolean());
                Assert.Equal(2 * Math.PI * radius, leaf.GetProperty("length").GetDouble(), 1e-3);
                Assert.True(leaf.GetProperty("defect").GetDouble() < 1e-14);
            }
        );
    }

    [Fact]
    public void Count_SpacesThemEvenly()
    {
        JsonElement json = PreimageProcess
            .Run($"foliate {Bowl} --at 0.25,0.25 --count 5 --from 0.2 --to 0.3 --json")
            .Json;
        double[] levels =
        [
            .. json.GetProperty("leaves").EnumerateArray().Select(l => l.GetProperty("level")[0].GetDouble()),
        ];
        Assert.Equal(5, levels.Length);
        Assert.All(
            levels.Select((level, i) => (level, i)),
            pair => Assert.Equal(0.2 + 0.025 * pair.i, pair.level, 1e-15)
        );
    }

    [Fact]
    public void WithoutEnds_TheFamilyFillsTheWayAcross()
    {
        Run run = PreimageProcess.Run($"foliate {Bowl} --at 0.25,0.25 --count 4 --json");
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(4, run.Json.GetProperty("leaves").GetArrayLength());
    }

    [Fact]
    public void LevelThatIsNotReached_IsAPartialResult()
    {
        Run run = PreimageProcess.Run($"foliate {Bowl} --at 0.25,0.25 --levels 0.01,0.2");
        Assert.Equal(3, run.ExitCode);
        Assert.Contains("1 of 2", run.Output, StringComparison.Ordinal);
        Assert.Contains("critical point", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void PublishedRecipe_DriftsWhereTheLiftDoesNot()
    {
        Run run = PreimageProcess.Run(
            $"foliate {Bowl} --at 0.25,0.25 --recipe simexp --delta 1e-2 --across 5 --along 100 --json"
        );
        JsonElement[] leaves = [.. run.Json.GetProperty("leaves").EnumerateArray()];
        Assert.Equal(11, leaves.Length);
        Assert.Contains(leaves, leaf => leaf.GetProperty("defect").GetDouble() > 1e-4);
    }

    [Fact]
    public void Levels_NamedTwice_HaveOneFiber()
    {
        Run run = PreimageProcess.Run($"foliate {Bowl} --at 0.25,0.25 --levels 0.2,0.2,0.3 --json");
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(2, run.Json.GetProperty("leaves").GetArrayLength());
    }

    [Fact]
    public void Out_DrawsBothFamilies()
    {
        string path = Path.Combine(PreimageProcess.NewFolder(), "family");
        Run run = PreimageProcess.Run(
            $"foliate {Bowl} --at 0.25,0.25 --count 3 --compare simexp --across 3 --along 50 --truth \"z = exp(x^2+y^2-2)\" --out {path}"
        );
        Assert.Equal(0, run.ExitCode);
        string svg = File.ReadAllText(path + ".svg");
        Assert.All(
            (string[])["simexp", "fibers", "lift", "truth"],
            name => Assert.Contains(name, svg, StringComparison.Ordinal)
        );
        Assert.True(File.Exists(path + ".html"));
    }

    [Theory]
    [InlineData($"foliate {Bowl}", "--at")]
    [InlineData($"foliate {Bowl} --at 0.1,0.1 --levels 0.2 --count 3", "--count says nothing more")]
    [InlineData($"foliate {Bowl} --at 0.1,0.1 --levels inf", "finite outputs")]
    [InlineData(
        $"foliate {Bowl} --at 0.1,0.1 --from 0.3 --to 0.2",
        "--from 0.3 lies above --to 0.2; give the lower end first."
    )]
    [InlineData($"foliate {Bowl} --at 0.1,0.1 --delta 0.1", "--delta is of the published recipe")]
    [InlineData($"foliate {Bowl} --at 0.1,0.1 --recipe simexp --count 3", "--count is of the exact recipe")]
    [InlineData($"foliate {Bowl} --at 0.1,0.1 --recipe simec", "simec")]
    [InlineData($"foliate {Bowl} --at 0.1,0.1 --scale metre", "'metre'")]
    [InlineData($"foliate {Bowl} --at 0.1,0.1 --count 0", "--count is 0")]
    public void WrongUse_IsRefusedInOneSentence(string arguments, string names) =>
        PreimageProcess.Run(arguments).IsWrongUse(names);

    /// <summary>The kink of a unit of leaky rectifier is the line on which its argument is 0.</summary>
    [Fact]
    public void Kinks_AreDrawnBesideTheFibers()
    {
        const string Leaky = "examples/paper/7-rectifiers/leaky-2.onnx";
        string path = Path.Combine(PreimageProcess.NewFolder(), "family.svg");
        string question = $"foliate {Leaky} --at -1.85,1.3 --levels 0.5,1 --out {path}";
        Assert.Equal(0, PreimageProcess.Run(question).ExitCode);
        Assert.DoesNotContain(">kinks<", File.ReadAllText(path), StringComparison.Ordinal);
        Assert.Equal(0, PreimageProcess.Run($"{question} --kinks").ExitCode);
        Assert.Contains(">kinks<", File.ReadAllText(path), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--kinks", "--out")]
    [InlineData("--kinks --out kinks.svg", "has a kink")]
    public void Kinks_ThatCannotBeDrawn_AreRefused(string options, string word) =>
        PreimageProcess.Run($"foliate {Bowl} --at 0.25,0.25 {options}").IsWrongUse(word);
}
