using System.Text.Json;

namespace Preimage.E2E;

/// <summary>preimage level: all of a level set, with its proof.</summary>
public class LevelTests
{
    private const string Bowl = "examples/01-compact-class/compact-class.onnx";
    private const string Seam = "examples/04-curve-in-space/curve-in-space.onnx";

    /// <summary>The formula's levels are circles of radius sqrt(2 + ln c), whole or cut by the square into four arcs.</summary>
    [Theory]
    [InlineData(0.2, 1, true)]
    [InlineData(0.5, 4, false)]
    public void Components_AreAllThereAreAndProved(double level, int count, bool closed)
    {
        Run run = PreimageProcess.Run($"level {Bowl} --value {level} --json");
        Assert.True(run.ExitCode == 0, run.Error);
        JsonElement[] components = [.. run.Json.GetProperty("components").EnumerateArray()];
        Assert.Equal(count, components.Length);
        Assert.All(components, c => Assert.Equal(closed, c.GetProperty("closed").GetBoolean()));
        Assert.All(components, c => Assert.Equal("Proved", c.GetProperty("verdict").GetString()));
        double radius = Math.Sqrt(2 + Math.Log(level));
        double angle = closed ? 2 * Math.PI : 4 * (Math.PI / 2 - 2 * Math.Acos(1 / radius));
        // The network is trained to about 1e-5 of the formula.
        Assert.Equal(radius * angle, components.Sum(c => c.GetProperty("length").GetDouble()), 1e-3);
    }

    [Fact]
    public void Json_HasEveryFieldAndNothingElse()
    {
        Run run = PreimageProcess.Run($"level {Bowl} --value 0.2 --json");
        Assert.Empty(run.Error);
        Assert.Equal(
            [
                "command",
                "components",
                "criticalPoints",
                "enclosures",
                "evaluations",
                "model",
                "range",
                "seconds",
                "settings",
                "undecided",
                "value",
                "verdict",
                "version",
            ],
            run.Json.EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal)
        );
        JsonElement component = run.Json.GetProperty("components")[0];
        Assert.All(
            (string[])["closed", "length", "verdict", "defect", "points"],
            name => Assert.True(component.TryGetProperty(name, out _), name)
        );
        JsonElement minimum = run
            .Json.GetProperty("criticalPoints")
            .EnumerateArray()
            .Single(p => p.GetProperty("place").GetString() == "Interior");
        Assert.Equal("Minimum", minimum.GetProperty("kind").GetString());
        Assert.Equal("Proved", minimum.GetProperty("verdict").GetString());
        // exp(-2) in the middle, up to the network's error.
        Assert.Equal(Math.Exp(-2), minimum.GetProperty("value").GetDouble(), 1e-4);
        Assert.Equal(0.0, minimum.GetProperty("at")[0].GetDouble(), 1e-2);
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(2)]
    public void LevelOutsideTheRange_IsProvedEmpty(double level)
    {
        Run run = PreimageProcess.Run($"level {Bowl} --value {level}");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("none: proved, the level lies outside the range", run.Output, StringComparison.Ordinal);
        JsonElement json = PreimageProcess.Run($"level {Bowl} --value {level} --json").Json;
        Assert.Equal("Proved", json.GetProperty("verdict").GetString());
        Assert.Equal(0, json.GetProperty("components").GetArrayLength());
    }

    [Fact]
    public void LevelOfAPoint_HoldsItsFiber()
    {
        JsonElement level = PreimageProcess.Run($"level {Bowl} --at 0.25,0.25 --json").Json;
        JsonElement fiber = PreimageProcess.Run($"trace {Bowl} --at 0.25,0.25 --json").Json;
        Assert.Equal(fiber.GetProperty("target")[0].GetDouble(), level.GetProperty("value").GetDouble());
        Assert.Equal(
            fiber.GetProperty("length").GetDouble(),
            level.GetProperty("components")[0].GetProperty("length").GetDouble(),
            1e-7
        );
    }

    [Fact]
    public void FreeInputs_ChooseAPlane()
    {
        // x^2 + y^2 + z^2 = 0.5 at z = 0.3: a circle of radius 0.640312, up to the network's error.
        JsonElement json = PreimageProcess
            .Run($"level {Seam} --outputs r2 --value 0.5 --at 0,0,0.3 --free x,y --json")
            .Json;
        Assert.Equal(
            2 * Math.PI * Math.Sqrt(0.41),
            json.GetProperty("components")[0].GetProperty("length").GetDouble(),
            1e-3
        );
    }

    /// <summary>Through the saddle itself: four branches meet, and the place where they do is listed with the saddle as its cause.</summary>
    [Fact]
    public void LevelThroughASaddle_TellsItsCrossing()
    {
        const string Slice = $"level {Seam} --outputs s --fix z=0 --json";
        JsonElement saddle = PreimageProcess
            .Run($"{Slice} --value 0.1")
            .Json.GetProperty("criticalPoints")
            .EnumerateArray()
            .Single(p =>
                p.GetProperty("kind").GetString() == "Saddle" && p.GetProperty("place").GetString() == "Interior"
            );
        Run run = PreimageProcess.Run($"{Slice} --value {saddle.GetProperty("value").GetRawText()}");
        Assert.Equal(3, run.ExitCode);
        Assert.Equal("Unknown", run.Json.GetProperty("verdict").GetString());
        JsonElement undecided = Assert.Single(run.Json.GetProperty("undecided").EnumerateArray());
        JsonElement cause = run.Json.GetProperty("criticalPoints")[undecided.GetProperty("criticalPoint").GetInt32()];
        Assert.Equal("Saddle", cause.GetProperty("kind").GetString());
        JsonElement component = Assert.Single(run.Json.GetProperty("components").EnumerateArray());
        // Two straight lines across the square, up to the network's error.
        Assert.Equal(4 * Math.Sqrt(2), component.GetProperty("length").GetDouble(), 1e-3);
        Assert.Equal(4, component.GetProperty("branches").GetArrayLength());
    }

    [Fact]
    public void Truth_WithoutPoints_IsNotCompared()
    {
        Run run = PreimageProcess.Run($"level {Bowl} --value 50 --truth \"z = x+y\"");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("not compared with z = x+y: there are no points", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void ConstantOutput_IsSaidToBeConstant()
    {
        string model = Path.Combine(PreimageProcess.NewFolder(), "constant.csv");
        File.WriteAllText(model, "1\n1\t2\t1\t2\tFC_LAYER_SG\n0\t0\n0\n");
        Run run = PreimageProcess.Run($"level {model} --value 0.5 --box -1,1");
        Assert.Equal(3, run.ExitCode);
        Assert.Contains("the output is 0.5 everywhere in the box", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void HeldInputs_AreShown()
    {
        string path = Path.Combine(PreimageProcess.NewFolder(), "level.svg");
        Run run = PreimageProcess.Run($"level {Seam} --value 0.3 --outputs r2 --fix z=0.25 --out {path}");
        Assert.Contains("z = 0.25", run.Output, StringComparison.Ordinal);
        Assert.Contains("held z = 0.25", File.ReadAllText(path), StringComparison.Ordinal);
    }

    [Fact]
    public void Out_WritesEveryFile()
    {
        string path = Path.Combine(PreimageProcess.NewFolder(), "level");
        Run run = PreimageProcess.Run($"level {Bowl} --value 0.5 --truth \"z = exp(x^2+y^2-2)\" --out {path}");
        Assert.Equal(0, run.ExitCode);
        Assert.All(
            (string[])[".csv", ".json", ".svg", ".png", ".html"],
            ending => Assert.True(File.Exists(path + ending))
        );
        Assert.Contains("network's error", run.Output, StringComparison.Ordinal);
        Assert.Contains(">truth", File.ReadAllText(path + ".svg"), StringComparison.Ordinal);
        Assert.StartsWith("component,branch,x,y,z,", File.ReadAllText(path + ".csv"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData($"level {Bowl}", "--value")]
    [InlineData($"level {Bowl} --value inf", "finite level")]
    [InlineData($"level {Bowl} --value nan", "'nan'")]
    [InlineData($"level {Bowl} --value 0.2 --at 0.1,0.1", "both say the level")]
    [InlineData($"level {Bowl} --at 3,3", "outside the box")]
    [InlineData($"level {Bowl} --value 0.2 --box -1,1,0,0", "no width in y")]
    [InlineData($"level {Bowl} --value 0.2 --box -inf,1", "infinite in x")]
    [InlineData($"level {Bowl} --value 0.2 --chord 0", "--chord")]
    [InlineData($"level {Bowl} --value 0.2 --fix y=0.1", "Only x is free")]
    [InlineData($"level {Seam} --value 0.2 --fix z=0.1 --fix z=0.2", "--fix names z twice")]
    [InlineData($"level {Seam} --at 0,0,0 --free x,x", "--free names x twice")]
    [InlineData($"level {Seam} --value 0.2", "--outputs r2")]
    [InlineData($"level {Seam} --value 0.2 --outputs r2", "--free x,y")]
    [InlineData($"level {Seam} --value 0.2 --outputs r2 --free x,y", "--free leaves z without a value")]
    [InlineData($"level {Bowl} --value 0.2 --out a.profile.svg", "only trace writes")]
    [InlineData($"level {Bowl} --value 0.2 --truth \"z = x +\"", "cannot be read")]
    public void WrongUse_IsRefusedInOneSentence(string arguments, string names) =>
        PreimageProcess.Run(arguments).IsWrongUse(names);
}
