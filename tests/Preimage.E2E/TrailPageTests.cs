using Microsoft.Playwright;
using Preimage.Figures;
using Preimage.Maps;
using Preimage.Results;

namespace Preimage.E2E;

/// <summary>The page of a trail in a real browser: frames under a slider, keys, choice of trail, place on the figure.</summary>
public class TrailPageTests(Browser browser) : IClassFixture<Browser>
{
    private const int Count = 21;
    private const string ImagePixels = "document.getElementById('image').toDataURL()";

    [Theory]
    [InlineData(true, ColorScheme.Light)]
    [InlineData(true, ColorScheme.Dark)]
    [InlineData(false, ColorScheme.Light)]
    public async Task Page_OpensWithoutComplaintOrRequest(bool images, ColorScheme colors)
    {
        string file = Page(Report(images));
        await using OpenPage open = await browser.Open(file, colors);
        await WhereIs(open, "step 0");
        Assert.Equal([new Uri(file).AbsoluteUri], Files(open));
        Assert.Empty(open.Complaints);
        Assert.Contains("SHA-256", await open.Page.Locator("#record").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Equal(images, await open.Page.Locator("#image").CountAsync() == 1);
        Assert.Equal(images ? 0 : 4, await open.Page.Locator("#coordinates .track").CountAsync());
    }

    [Fact]
    public async Task Frames_ShowThePixelsOfTheirPoints()
    {
        await using OpenPage open = await browser.Open(Page(Report(images: true)));
        await WhereIs(open, "step 0");
        for (int frame = 0; frame < Count; frame += 10)
        {
            await open.Page.EvaluateAsync("frame => go(frame)", frame);
            int[] shown = await open.Page.EvaluateAsync<int[]>(
                """
                () => {
                  const canvas = document.getElementById("image"), all = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
                  return [...all].filter((_, i) => i % 4 === 0);
                }
                """
            );
            Assert.Equal(Enumerable.Range(0, 16).Select(d => (int)Math.Round(255 * Shade(frame, d))), shown);
        }

        Assert.Empty(open.Complaints);
    }

    [Fact]
    public async Task Slider_MovesPictureBarsAndMarks()
    {
        await using OpenPage open = await browser.Open(Page(Report(images: true)));
        await WhereIs(open, "step 0");
        string before = await open.Page.EvaluateAsync<string>(ImagePixels);
        string difference = await open.Page.EvaluateAsync<string>(ImagePixels.Replace("image", "difference"));
        string? mark = await open.Page.Locator("circle.here").GetAttributeAsync("cx");
        await open.Page.Locator("#slider").FillAsync("15");
        await WhereIs(open, "step 30");
        Assert.NotEqual(before, await open.Page.EvaluateAsync<string>(ImagePixels));
        Assert.NotEqual(difference, await open.Page.EvaluateAsync<string>(ImagePixels.Replace("image", "difference")));
        Assert.NotEqual(mark, await open.Page.Locator("circle.here").GetAttributeAsync("cx"));
        Assert.Empty(open.Complaints);
    }

    [Fact]
    public async Task Keys_StepJumpAndPlay()
    {
        await using OpenPage open = await browser.Open(Page(Report(images: true)));
        await WhereIs(open, "step 0");
        await open.Page.Keyboard.PressAsync("ArrowRight");
        await WhereIs(open, "step 2");
        await open.Page.Locator("#slider").FocusAsync();
        await open.Page.Keyboard.PressAsync("ArrowRight");
        await WhereIs(open, "step 4");
        await open.Page.Keyboard.PressAsync("Shift+ArrowRight");
        await WhereIs(open, "step 24");
        await open.Page.Keyboard.PressAsync("End");
        await WhereIs(open, "step 40");
        await open.Page.Keyboard.PressAsync("ArrowRight");
        await WhereIs(open, "step 40");
        await open.Page.Keyboard.PressAsync("Home");
        await WhereIs(open, "step 0");

        // Once round, with the button as with the space bar; it stops at the end by itself.
        await open.Page.Locator("#play").FocusAsync();
        await open.Page.Keyboard.PressAsync(" ");
        await Assertions.Expect(open.Page.Locator("#play")).ToHaveTextAsync("Pause");
        await WhereIs(open, "step 40");
        await Assertions.Expect(open.Page.Locator("#play")).ToHaveTextAsync("Play");
        Assert.Empty(open.Complaints);
    }

    [Fact]
    public async Task Choice_ShowsWhatStandsBeside()
    {
        await using OpenPage open = await browser.Open(Page(Report(images: true)));
        await open.Page.Locator("#slider").FillAsync("20");
        await WhereIs(open, "label cat");
        await open.Page.Locator("#which").SelectOptionAsync("published");
        await WhereIs(open, "label dog");
        Assert.Empty(open.Complaints);
    }

    [Fact]
    public async Task Figure_ClickedGoesToThePointThere()
    {
        await using OpenPage open = await browser.Open(Page(Report(images: false)));
        await WhereIs(open, "step 0");
        float[] at = await open.Page.EvaluateAsync<float[]>(
            """
            () => {
              const at = new DOMPoint(trail.spots[24], trail.spots[25]).matrixTransform(svg.getScreenCTM());
              return [at.x, at.y];
            }
            """
        );
        await open.Page.Mouse.ClickAsync(at[0], at[1]);
        await WhereIs(open, "step 24");
        Assert.Empty(open.Complaints);
    }

    [Fact]
    public async Task Tokens_ThatChangedAreMarked()
    {
        TrailReport report = Report(images: false);
        report = report with
        {
            Trail = report.Trail with
            {
                Tokens =
                [
                    .. Enumerable
                        .Range(0, Count)
                        .Select(i => (string[])["a", i > 9 ? "<poor>" : "good", "film"])
                        .Select(t => (System.Collections.Immutable.ImmutableArray<string>)[.. t]),
                ],
            },
        };
        await using OpenPage open = await browser.Open(Page(report));
        await WhereIs(open, "step 0");
        ILocator changed = open.Page.Locator("#tokens mark");
        Assert.Equal(0, await changed.CountAsync());
        await open.Page.Locator("#slider").FillAsync("12");
        await Assertions.Expect(changed).ToHaveTextAsync(["<poor>"]);
        Assert.Empty(open.Complaints);
    }

    private static Task WhereIs(OpenPage open, string text) =>
        Assertions.Expect(open.Page.Locator("#where")).ToContainTextAsync(text, new() { Timeout = 20_000 });

    /// <summary>What was asked for, without what stands in the page itself.</summary>
    private static string[] Files(OpenPage open) =>
        [.. open.Requests.Where(url => !url.StartsWith("data:", StringComparison.Ordinal))];

    private static string Page(TrailReport report)
    {
        string path = Path.Combine(PreimageProcess.NewFolder(), "walk");
        TrailFiles.Write(path, report, _ => { }, FigureFormats.Html);
        return path + ".html";
    }

    /// <summary>What pixel d of image i is: 0 to 1.</summary>
    private static double Shade(int i, int d) =>
        d == 0 ? 0
        : d == 1 ? 1
        : (1 + Math.Cos(0.15 * i + d)) / 2;

    private static TrailReport Report(bool images)
    {
        int n = images ? 16 : 4;
        Cloud cloud = new()
        {
            Dimension = n,
            Outputs = 2,
            Points = [.. from i in Enumerable.Range(0, Count) from d in Enumerable.Range(0, n) select Shade(i, d)],
            Values = [.. Enumerable.Repeat(new[] { 2.0, 1.0 }, Count).SelectMany(v => v)],
            Defects = [.. new double[Count]],
        };
        Trail walk = new()
        {
            Name = "walk",
            Cloud = cloud,
            Along = [.. Enumerable.Range(0, Count).Select(i => 2.0 * i)],
        };
        Trail published = walk with
        {
            Name = "published",
            Cloud = cloud with { Values = [.. Enumerable.Range(0, 2 * Count).Select(i => i % 2 == 0 ? 2.0 : 0.1 * i)] },
        };
        return new TrailReport
        {
            Title = "Walk",
            Trail = walk,
            Beside = [published],
            Outputs = OutputReading.Logits,
            Start = [.. cloud.Point(0)],
            Image = images ? new TrailImage { Shape = [1, 1, 4, 4] } : null,
            Run = new RunRecord
            {
                Command = "walk",
                ModelPath = "model.onnx",
                ModelHash = new string('0', 64),
                Signature = Signature.Anonymous(n, 2) with { Outputs = [new("cat"), new("dog")] },
                Seconds = 0.5,
                Version = "0",
            },
        };
    }
}
