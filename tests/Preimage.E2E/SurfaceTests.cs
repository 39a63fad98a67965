using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Preimage.E2E;

/// <summary>trace --dim 2, as a person types it.</summary>
public class SurfaceTests(Browser browser) : IClassFixture<Browser>
{
    private const string Model = "examples/surface/surface.onnx";
    private const string Closed = $"trace {Model} --at 0.5,0.2,0.2 --dim 2 --chord 3e-3";
    private const string Cut = $"trace {Model} --at 0.9,0.6,0.2 --dim 2 --chord 3e-3";

    /// <summary>Of an area, between the network and the formula that it learned, and by the triangles.</summary>
    private const double AreaError = 3e-3;

    [Fact]
    public void AClosedSurface_SaysItsAreaAndTopology()
    {
        JsonElement surface = Surface(Closed);
        Assert.Equal("trace", surface.GetProperty("command").GetString());
        Assert.Equal(2, surface.GetProperty("dimension").GetInt32());
        Assert.Equal(2, surface.GetProperty("euler").GetInt32());
        Assert.True(surface.GetProperty("closed").GetBoolean());
        Assert.Equal(4 * Math.PI * 0.33, surface.GetProperty("area").GetDouble(), AreaError);
        Assert.InRange(surface.GetProperty("defect").GetDouble(), 0, 1e-12);
    }

    [Fact]
    public void ACutSurface_EndsOnTheBox()
    {
        JsonElement surface = Surface(Cut);
        Assert.Equal(-4, surface.GetProperty("euler").GetInt32());
        Assert.Equal(6, surface.GetProperty("borders").GetInt32());
        Assert.False(surface.GetProperty("closed").GetBoolean());
        Assert.Equal("LeftBox", surface.GetProperty("ending").GetString());
        Assert.Equal(4 * Math.PI * 1.21 - 12 * Math.PI * 1.1 * 0.1, surface.GetProperty("area").GetDouble(), AreaError);
    }

    [Fact]
    public void TheExample_GivesWhatItsPageSays()
    {
        string page = File.ReadAllText(Path.Combine(Repository.Root, "examples", "surface", "README.md"));
        MatchCollection commands = Regex.Matches(page, "(?<=^preimage )trace .+$", RegexOptions.Multiline);
        MatchCollection rows = Regex.Matches(page, @"(?<=^\| area \| ).+(?= \|$)", RegexOptions.Multiline);
        string[] areas = rows[0].Value.Split(" | ");
        Assert.Equal(2, commands.Count);
        for (int i = 0; i < 2; i++)
        {
            JsonElement surface = Surface(Regex.Replace(commands[i].Value, @" --out \S+", ""));
            Assert.Equal(double.Parse(areas[i]), surface.GetProperty("area").GetDouble(), 1e-4);
        }
    }

    [Theory]
    [InlineData("", ".csv .json .svg .png .html .ply")]
    [InlineData(".ply", ".ply")]
    [InlineData(".obj", ".obj")]
    [InlineData(".vtp", ".vtp")]
    [InlineData(".gltf", ".gltf")]
    [InlineData(".glb", ".glb")]
    public void Out_WritesWhatItsEndingSays(string ending, string written)
    {
        string folder = PreimageProcess.NewFolder();
        Run run = PreimageProcess.Run($"{Closed} --out {Path.Combine(folder, "surface")}{ending}");
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(written.Split(' ').Order(), Directory.GetFiles(folder).Select(f => Path.GetExtension(f)).Order());
    }

    [Theory]
    [InlineData("--at 0.5,0.2,0.2", "mesh it as a surface (--dim 2)", 1)]
    [InlineData("--at 0.5,0.2,0.2 --dim 3", "'preimage walk'", 2)]
    [InlineData("--at 0.5,0.2,0.2 --edge 0.1", "add --dim 2", 2)]
    [InlineData("--at 0.5,0.2,0.2 --dim 2 --edge 0.1 --chord 1e-3", "give one of them", 2)]
    [InlineData("--at 0.5,0.2,0.2 --dim 2 --edge 0", "positive number", 2)]
    [InlineData("--at 0.5,0.2,0.2 --dim 2 --recipe simec", "--recipe is of curves", 2)]
    [InlineData("--at 0.5,0.2,0.2 --dim 2 --axes x,y", "three different inputs", 2)]
    [InlineData("--at 0.5,0.2,0.2 --dim 2 --color w", "the inputs are x, y, z", 2)]
    [InlineData("--at 0.5,0.2,0.2 --dim 2 --out a.stl", ".ply, .obj, .vtp", 2)]
    [InlineData("--at 0.5,0.2 --dim 2 --fix z=0.2", "has dimension 1, not 2", 1)]
    [InlineData("--at 0.5,0.2,3 --dim 2", "outside the box", 2)]
    public void WhatDoesNotWork_IsRefusedInOneSentence(string words, string sentence, int code)
    {
        Run run = PreimageProcess.Run($"trace {Model} {words}");
        Assert.Equal(code, run.ExitCode);
        Assert.Contains(sentence, run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.Trim().Split('\n'));
    }

    [Fact]
    public void ABudget_LeavesAPart()
    {
        Run run = PreimageProcess.Run($"{Closed} --steps 200 --json");
        Assert.Equal(3, run.ExitCode);
        Assert.Equal("BudgetSpent", run.Json.GetProperty("ending").GetString());
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Page_TurnsTheSurface(ColorScheme colors)
    {
        string file = Path.Combine(PreimageProcess.NewFolder(), "surface.html");
        Assert.Equal(0, PreimageProcess.Run($"{Cut} --out {file}").ExitCode);
        await using OpenPage open = await browser.Open(file, colors);
        Assert.Equal([new Uri(file).AbsoluteUri], open.Requests);
        ILocator canvas = open.Page.Locator("#mesh");
        LocatorBoundingBoxResult box = (await canvas.BoundingBoxAsync())!;
        string before = await Picture(open);
        await open.Page.Mouse.MoveAsync(box.X + box.Width / 2, box.Y + box.Height / 2);
        Assert.Contains("x = ", await open.Readout.InnerTextAsync(), StringComparison.Ordinal);
        await canvas.FocusAsync();
        await open.Page.Keyboard.PressAsync("ArrowLeft");
        Assert.NotEqual(before, await Picture(open));

        // A machine without a graphics card may say that it draws by program; nothing else.
        Assert.DoesNotContain(
            open.Complaints,
            c => !c.Contains("GPU", StringComparison.Ordinal) && !c.Contains("WebGL", StringComparison.Ordinal)
        );
    }

    private static Task<string> Picture(OpenPage open) =>
        open.Page.EvaluateAsync<string>("document.getElementById('mesh').toDataURL()");

    private static JsonElement Surface(string command)
    {
        Run run = PreimageProcess.Run($"{command} --json");
        Assert.Equal(0, run.ExitCode);
        return run.Json;
    }
}
