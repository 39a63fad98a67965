using Microsoft.Playwright;

namespace Preimage.E2E;

/// <summary>One Chromium for all tests of a class; none where the machine has none, and then those tests are skipped by name.</summary>
public sealed class Browser : IAsyncLifetime
{
    private static readonly string[] Paths =
    [
        "/usr/bin/chromium",
        "/usr/bin/chromium-browser",
        "/usr/bin/google-chrome",
    ];

    // No sandbox in containers; no graphics card; and nothing that a browser does on its own over the network.
    private static readonly string[] Arguments =
    [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        if (Paths.FirstOrDefault(File.Exists) is not { } path)
        {
            return;
        }

        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = path, Args = Arguments });
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }

    /// <summary>Opens a file in a window of its own.</summary>
    internal async Task<OpenPage> Open(string file, ColorScheme colors = ColorScheme.Light)
    {
        Assert.SkipUnless(_browser is not null, $"there is no Chromium at {string.Join(", ", Paths)}");
        IPage page = await _browser.NewPageAsync(
            new()
            {
                ColorScheme = colors,
                Offline = true,
                ViewportSize = new() { Width = 1500, Height = 1400 },
            }
        );
        OpenPage open = new(page);
        await page.GotoAsync(new Uri(file).AbsoluteUri);
        return open;
    }
}

/// <summary>A page, with what it complained of and what it asked the network for.</summary>
internal sealed class OpenPage : IAsyncDisposable
{
    public OpenPage(IPage page)
    {
        Page = page;
        page.Console += (_, message) => Complaints.Add(message.Text);
        page.PageError += (_, error) => Complaints.Add(error);
        page.Request += (_, request) => Requests.Add(request.Url);
    }

    public IPage Page { get; }

    public List<string> Complaints { get; } = [];

    public List<string> Requests { get; } = [];

    public ILocator Readout => Page.Locator("#readout");

    /// <summary>Puts the pointer on point i of the first curve, on the first panel of a figure.</summary>
    public async Task HoverPoint(string figure, int i)
    {
        float[] at = await Page.EvaluateAsync<float[]>(
            """
            ([figure, i]) => {
              const data = JSON.parse(document.getElementById("data").textContent), curve = data.curves[0], n = data.inputs.length;
              const panel = data.panels.find(p => p.figure === figure);
              const share = (v, [low, high]) => (v - low) / (high - low);
              const x = panel.x >= 0 ? curve.points[i * n + panel.x] : curve.lengths[i];
              const y = panel.y >= 0 ? share(curve.points[i * n + panel.y], panel.yRange) : 0.5;
              const [left, top, width, height] = panel.frame;
              const at = new DOMPoint(left + width * share(x, panel.xRange), top + height * (1 - y))
                .matrixTransform(document.querySelector(`svg#${figure}`).getScreenCTM());
              return [at.x, at.y];
            }
            """,
            new object[] { figure, i }
        );
        await Page.Mouse.MoveAsync(at[0], at[1]);
    }

    public ValueTask DisposeAsync() => new(Page.CloseAsync());
}
