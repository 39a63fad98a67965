using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Preimage.E2E;

/// <summary>The page of a trace, opened from the disk in a real browser without a network.</summary>
public class PageTests(Browser browser) : IClassFixture<Browser>
{
    private const string Bowl = "examples/01-compact-class/compact-class.onnx";
    private const string Circle = "trace examples/01-compact-class/compact-class.onnx --at 0.25,0.25";
    private const string Compared = $"{Circle} --compare simec --delta 5e-2 --steps 23";
    private const string Gas = "trace examples/03-ideal-gas/ideal-gas.onnx --at 1.1e5,0.0625";
    private const string Seam = "trace examples/04-curve-in-space/curve-in-space.onnx --at 0.7,0,0.588";

    [Theory]
    [InlineData(Compared, ColorScheme.Light)]
    [InlineData(Gas, ColorScheme.Dark)]
    [InlineData(Seam, ColorScheme.Light)]
    public async Task Page_OpensWithoutComplaintOrRequest(string trace, ColorScheme colors)
    {
        string file = Trace(trace);
        await using OpenPage open = await browser.Open(file, colors);
        Assert.Equal([new Uri(file).AbsoluteUri], open.Requests);
        Assert.Empty(open.Complaints);
        Assert.StartsWith("Fiber of (", await open.Page.TitleAsync(), StringComparison.Ordinal);
        string record = await open.Page.Locator("table").InnerTextAsync();
        Assert.Contains("SHA-256", record, StringComparison.Ordinal);
        Assert.Contains("largest defect", record, StringComparison.Ordinal);
        Assert.Contains("version", record, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData($"level {Bowl} --value 0.5", "4, and no others: proved")]
    [InlineData($"band {Bowl} --from 0.15 --to 0.2 --gap 1e-2 --sample 20", "1, with 1 hole, and no others: proved")]
    [InlineData($"foliate {Bowl} --at 0.25,0.25 --count 5", "fibers")]
    [InlineData($"cross {Bowl} --at 0.25,0.25 --level 0.3", "proved the smallest")]
    public async Task PlanePage_OpensWithItsSurfaceAndRecord(string command, string fact)
    {
        string file = Trace(command);
        await using OpenPage open = await browser.Open(file);
        Assert.Equal([new Uri(file).AbsoluteUri], open.Requests);
        Assert.Empty(open.Complaints);
        string record = await open.Page.Locator("table").First.InnerTextAsync();
        Assert.Contains("SHA-256", record, StringComparison.Ordinal);
        Assert.Contains(fact, record, StringComparison.Ordinal);
        LocatorBoundingBoxResult box = (await open.Page.Locator("canvas").BoundingBoxAsync())!;
        Assert.True(box.Width > 100 && box.Height > 100);
        Assert.Empty(open.Complaints);
    }

    [Fact]
    public async Task Curve_Hovered_TellsItsCoordinates()
    {
        await using OpenPage open = await browser.Open(Trace(Circle));
        Assert.False(await open.Readout.IsVisibleAsync());
        await open.HoverPoint("curve", 17);
        Assert.True(await open.Readout.IsVisibleAsync());
        Dictionary<string, double> told = Told(await open.Readout.InnerTextAsync());

        // The formula's circle has the radius squared 0.125; the network is trained to about 1e-5.
        Assert.Equal(0.125, told["x"] * told["x"] + told["y"] * told["y"], 1e-4);
        Assert.True(Math.Abs(told["defect"]) < 1e-13);
        Assert.True(told["arc length"] > 0);

        await open.Page.Mouse.MoveAsync(2, 2);
        Assert.False(await open.Readout.IsVisibleAsync());
        Assert.Empty(open.Complaints);
    }

    [Fact]
    public async Task Profile_Hovered_TellsUnits()
    {
        await using OpenPage open = await browser.Open(Trace(Gas));
        await open.HoverPoint("profile", 5);
        string told = await open.Readout.InnerTextAsync();
        Assert.Contains("P [Pa] = ", told, StringComparison.Ordinal);
        Assert.Contains("V [m³] = ", told, StringComparison.Ordinal);
        Assert.Contains("T [K] = 826.91", told, StringComparison.Ordinal);
        Assert.Empty(open.Complaints);
    }

    [Fact]
    public async Task CurveInSpace_Dragged_Turns()
    {
        await using OpenPage open = await browser.Open(Trace(Seam));
        ILocator canvas = open.Page.Locator("canvas");
        LocatorBoundingBoxResult box = (await canvas.BoundingBoxAsync())!;
        string Pixels() => canvas.EvaluateAsync<string>("canvas => canvas.toDataURL()").GetAwaiter().GetResult();
        string before = Pixels();
        float x = box.X + box.Width / 2;
        float y = box.Y + box.Height / 2;
        await open.Page.Mouse.MoveAsync(x, y);
        await open.Page.Mouse.DownAsync();
        await open.Page.Mouse.MoveAsync(x + 90, y + 30, new() { Steps = 4 });
        await open.Page.Mouse.UpAsync();
        await open.Page.Mouse.MoveAsync(2, 2);
        Assert.NotEqual(before, Pixels());
        await canvas.DblClickAsync(
            new()
            {
                Position = new() { X = 5, Y = 5 },
            }
        );
        await open.Page.Mouse.MoveAsync(2, 2);
        Assert.Equal(before, Pixels());
        Assert.Empty(open.Complaints);
    }

    [Fact]
    public async Task Page_FollowsTheReadersColors()
    {
        string file = Trace(Circle);
        await using OpenPage light = await browser.Open(file);
        await using OpenPage dark = await browser.Open(file, ColorScheme.Dark);
        const string Background = "getComputedStyle(document.body).backgroundColor";
        Assert.NotEqual(
            await light.Page.EvaluateAsync<string>(Background),
            await dark.Page.EvaluateAsync<string>(Background)
        );
    }

    private static string Trace(string trace)
    {
        string file = Path.Combine(PreimageProcess.NewFolder(), "fiber.html");
        Assert.Equal(0, PreimageProcess.Run($"{trace} --out {file}").ExitCode);
        return file;
    }

    private static Dictionary<string, double> Told(string readout) =>
        readout
            .Split('\n')
            .Select(line => Regex.Match(line, "^(?<name>.+) = (?<value>[-+.e0-9]+)$", RegexOptions.ExplicitCapture))
            .Where(match => match.Success)
            .ToDictionary(
                match => match.Groups["name"].Value,
                match => double.Parse(match.Groups["value"].Value, CultureInfo.InvariantCulture)
            );
}
