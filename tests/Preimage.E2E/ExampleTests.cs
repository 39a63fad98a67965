using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Preimage.E2E;

/// <summary>The examples' pages say what their commands do, and their tables hold what comes out.</summary>
public partial class ExampleTests
{
    public static TheoryData<string> Examples =>
        [
            .. Directory
                .GetDirectories(Path.Combine(Repository.Root, "examples"))
                .Select(f => Path.GetFileName(f))
                .Where(name => char.IsAsciiDigit(name[0])) // the paper's experiments have tests of their own
                .Order(),
        ];

    [Theory]
    [MemberData(nameof(Examples))]
    public void Trace_GivesWhatTheTableSays(string example)
    {
        string page = Page(example);
        JsonElement fiber = Trace(Command(page, "trace"));
        Dictionary<string, string> table = Table(page);
        Assert.Equal(table["closed"] == "yes", fiber.GetProperty("closed").GetBoolean());
        AssertNumber(table["length"], fiber.GetProperty("length").GetDouble());
        Assert.True(fiber.GetProperty("defect").GetDouble() < Numbers(table["largest defect"])[0]);
        if (table.TryGetValue("output", out string? output))
        {
            AssertNumber(output, fiber.GetProperty("target")[0].GetDouble());
        }

        if (table.TryGetValue("ends", out string? ends))
        {
            double[] found = [.. Points(fiber).Take(1).Concat(Points(fiber).TakeLast(1)).SelectMany(p => p)];
            string[] stated = [.. NumberPattern().Matches(ends).Select(match => match.Value)];
            Assert.Equal(stated.Length, found.Length);
            Assert.All(stated.Zip(found), pair => AssertNumber(pair.First, pair.Second));
        }
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void Train_GivesANetworkWithThatFiber(string example)
    {
        string page = Page(example);
        string folder = PreimageProcess.NewFolder();
        string train = Command(page, "train");
        string trace = Command(page, "trace");
        string shipped = Regex.Match(train, @"(?<=--out )\S+").Value;
        Assert.Contains(shipped, trace, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(Repository.Root, shipped)));

        string trained = Path.Combine(folder, "model.onnx");
        Assert.Equal(0, PreimageProcess.Run(train.Replace(shipped, trained, StringComparison.Ordinal)).ExitCode);
        JsonElement fiber = Trace(trace.Replace(shipped, trained, StringComparison.Ordinal));

        // Another processor may round the training otherwise; the network is as good, so its fiber differs by its own error.
        double length = double.Parse(Table(page)["length"], CultureInfo.InvariantCulture);
        Assert.Equal(length, fiber.GetProperty("length").GetDouble(), length * 1e-3);
        Assert.Equal(Table(page)["closed"] == "yes", fiber.GetProperty("closed").GetBoolean());
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void Page_HasThePictureThatItsCommandMakes(string example)
    {
        string page = Page(example);
        string picture = Regex.Match(page, @"(?<=!\[[^\]]+\]\()[^)]+").Value;
        Assert.EndsWith($"--out examples/{example}/{picture}", Command(page, "trace"), StringComparison.Ordinal);
        string drawn = Path.Combine(PreimageProcess.NewFolder(), picture);
        PreimageProcess.Run(
            Command(page, "trace").Replace($"examples/{example}/{picture}", drawn, StringComparison.Ordinal)
        );
        string shipped = File.ReadAllText(Path.Combine(Repository.Root, "examples", example, picture));
        // Last digits of coordinates may differ between processors; what is written in the picture may not.
        Assert.Equal(Labels(File.ReadAllText(drawn)), Labels(shipped));
    }

    [Fact]
    public void Overview_LinksToEveryExample()
    {
        string overview = File.ReadAllText(Path.Combine(Repository.Root, "examples", "README.md"));
        Assert.All(Examples, row => Assert.Contains($"]({row.Data}/)", overview, StringComparison.Ordinal));
    }

    private static string Page(string example) =>
        File.ReadAllText(Path.Combine(Repository.Root, "examples", example, "README.md"));

    /// <summary>The page's one line that begins with "preimage COMMAND", without the program's name.</summary>
    private static string Command(string page, string command) =>
        Assert.Single(page.Split('\n'), line => line.StartsWith($"preimage {command} ", StringComparison.Ordinal))[
            "preimage ".Length..
        ];

    private static JsonElement Trace(string command)
    {
        Run run = PreimageProcess.Run($"{Regex.Replace(command, @" --out \S+", "")} --json");
        Assert.Equal(0, run.ExitCode);
        return run.Json;
    }

    private static Dictionary<string, string> Table(string page) =>
        page.Split('\n')
            .Select(line =>
                Regex.Match(line, @"^\| (?<name>[^|]+) \| (?<value>[^|]+) \|$", RegexOptions.ExplicitCapture)
            )
            .Where(match => match.Success)
            .ToDictionary(match => match.Groups["name"].Value, match => match.Groups["value"].Value);

    private static IEnumerable<double[]> Points(JsonElement fiber) =>
        fiber
            .GetProperty("points")
            .EnumerateArray()
            .Select(point => point.EnumerateArray().Select(x => x.GetDouble()).ToArray());

    /// <summary>Equal to the digits that are stated, the last one within one unit.</summary>
    private static void AssertNumber(string stated, double found)
    {
        int point = stated.IndexOf('.', StringComparison.Ordinal);
        double unit = Math.Pow(10, point < 0 ? 0 : point + 1 - stated.Length);
        Assert.Equal(double.Parse(stated, CultureInfo.InvariantCulture), found, unit);
    }

    private static double[] Numbers(string text) =>
        [.. NumberPattern().Matches(text).Select(m => double.Parse(m.Value, CultureInfo.InvariantCulture))];

    /// <summary>The picture's words: titles, axis labels, the legend without its measured figures.</summary>
    private static IEnumerable<string> Labels(string svg) =>
        Regex.Matches(svg, "(?<=<text[^>]*>)[^<]+").Select(m => Regex.Replace(m.Value, @"\d[\d.×⁻⁰¹²³⁴-⁹]*", "#"));

    [GeneratedRegex(@"-?\d+(\.\d+)?(e-?\d+)?", RegexOptions.ExplicitCapture)]
    private static partial Regex NumberPattern();
}
