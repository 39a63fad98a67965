using System.Globalization;
using System.Text.RegularExpressions;

namespace Preimage.E2E;

/// <summary>The pages of the paper's experiments: every command is run, and prints what the page says it prints.</summary>
public partial class PaperTests
{
    private const string Folder = "examples/paper";

    // Digits that another processor's rounding may change; all below the least are rounding itself.
    private const double Relative = 1e-5;
    private const double LeastTold = 1e-9;

    public static TheoryData<string> Experiments =>
        [
            .. Directory
                .GetDirectories(Path.Combine(Repository.Root, Folder))
                .Select(f => Path.GetFileName(f))
                .Order(StringComparer.Ordinal),
        ];

    [Theory]
    [MemberData(nameof(Experiments))]
    public void Commands_PrintWhatThePageSays(string experiment)
    {
        (string Command, string Printed)[] blocks = [.. Blocks(Page(experiment)).Where(b => b.Printed.Length > 0)];
        Assert.NotEmpty(blocks);
        foreach ((string command, string printed) in blocks)
        {
            Run run = PreimageProcess.Run(Elsewhere(command, out _));
            Assert.True(run.ExitCode == 0, run.Error);
            Assert.Equal(Lines(printed).Length, Lines(run.Output).Length);
            Assert.All(Lines(printed).Zip(Lines(run.Output)), pair => AssertSame(pair.First, pair.Second));
        }
    }

    /// <summary>The pictures have the words of the ones that ship; coordinates may differ in their last digits between processors.</summary>
    [Theory]
    [MemberData(nameof(Experiments))]
    public void Pictures_AreThoseOfTheirCommands(string experiment)
    {
        string page = Page(experiment);
        string[] pictures = [.. PicturePattern().Matches(page).Select(m => m.Groups["file"].Value)];
        Assert.NotEmpty(pictures);
        foreach (string picture in pictures)
        {
            string shipped = $"{Folder}/{experiment}/{picture}";
            (string command, _) = Blocks(page)
                .Single(b => b.Command.EndsWith($"--out {shipped}", StringComparison.Ordinal));
            // 3: a path that the page stops early; it is drawn as far as it went.
            Assert.True(PreimageProcess.Run(Elsewhere(command, out string drawn)).ExitCode is 0 or 3, command);
            Assert.Equal(
                Words(File.ReadAllText(drawn)),
                Words(File.ReadAllText(Path.Combine(Repository.Root, shipped)))
            );
        }
    }

    /// <summary>A network that is trained again answers as the one that ships: with its components, and an error of the same size.</summary>
    [Theory]
    [InlineData("3-thermodynamics")]
    [InlineData("6-binary-classifier")]
    public void Training_GivesANetworkAsGood(string experiment)
    {
        (string train, _) = Blocks(Page(experiment))
            .Single(b => b.Command.StartsWith("train ", StringComparison.Ordinal));
        Assert.Equal(0, PreimageProcess.Run(Elsewhere(train, out string trained)).ExitCode);
        string shipped = OutPattern().Match(train).Groups["path"].Value;
        (string trace, string printed) = Blocks(Page(experiment)).First(b => b.Printed.Length > 0);
        Run run = PreimageProcess.Run(Elsewhere(trace, out _).Replace(shipped, trained, StringComparison.Ordinal));
        Assert.Equal(0, run.ExitCode);
        Assert.InRange(NetworkError(run.Output), 0, 3 * NetworkError(printed));
    }

    /// <summary>The test points come from a seed, by arithmetic that every processor does alike.</summary>
    [Fact]
    public void Sample_IsTheOneThatShips()
    {
        (string command, _) = Blocks(Page("6-binary-classifier"))
            .Single(b => b.Command.Contains("--sample", StringComparison.Ordinal));
        Assert.Equal(0, PreimageProcess.Run(Elsewhere(command, out string drawn)).ExitCode);
        string shipped = OutPattern().Match(command).Groups["path"].Value;
        Assert.Equal(File.ReadAllText(Path.Combine(Repository.Root, shipped)), File.ReadAllText(drawn));
    }

    [Fact]
    public void Overview_AndGuide_ShowEveryExperiment()
    {
        string overview = File.ReadAllText(Path.Combine(Repository.Root, Folder, "README.md"));
        string guide = File.ReadAllText(Path.Combine(Repository.Root, "docs/guide/paper.md"));
        foreach (string experiment in Experiments.Select(row => row.Data))
        {
            Assert.Contains($"]({experiment}/)", overview, StringComparison.Ordinal);
            Assert.All(
                PicturePattern().Matches(Page(experiment)),
                m =>
                    Assert.Contains(
                        $"](../../{Folder}/{experiment}/{m.Groups["file"].Value})",
                        guide,
                        StringComparison.Ordinal
                    )
            );
        }
    }

    private static string Page(string experiment) =>
        File.ReadAllText(Path.Combine(Repository.Root, Folder, experiment, "README.md"));

    /// <summary>The commands without the program's name, each with what the page says it prints, empty where it says nothing.</summary>
    private static IEnumerable<(string Command, string Printed)> Blocks(string page) =>
        BlockPattern().Matches(page).Select(m => (m.Groups["command"].Value, m.Groups["printed"].Value));

    /// <summary>The command with its file in a new folder.</summary>
    private static string Elsewhere(string command, out string path)
    {
        string file = "";
        string moved = OutPattern()
            .Replace(
                command,
                match =>
                {
                    file = Path.Combine(PreimageProcess.NewFolder(), match.Groups["path"].Value.Split('/')[^1]);
                    return $"--out {file}";
                }
            );
        path = file;
        return moved;
    }

    /// <summary>What is printed but costs and files.</summary>
    private static string[] Lines(string output) =>
        [.. output.TrimEnd().Split('\n').Where(line => !CostPattern().IsMatch(line)).Select(line => line.TrimEnd())];

    private static void AssertSame(string stated, string found)
    {
        string[] numbersStated = [.. NumberPattern().Matches(stated).Select(m => m.Value)];
        string[] numbersFound = [.. NumberPattern().Matches(found).Select(m => m.Value)];
        Assert.Equal(WithoutNumbers(stated), WithoutNumbers(found));
        Assert.All(
            numbersStated.Zip(numbersFound),
            pair =>
            {
                double a = double.Parse(pair.First, CultureInfo.InvariantCulture);
                double b = double.Parse(pair.Second, CultureInfo.InvariantCulture);
                bool isRounding = Math.Max(Math.Abs(a), Math.Abs(b)) < LeastTold;
                // Three digits are told of errors, and counts may differ by a point or two.
                double tolerance = Math.Abs(a) * (pair.First.Length < 9 ? 2e-2 : Relative) + LeastTold;
                Assert.True(isRounding || Math.Abs(a - b) <= tolerance, $"{stated}\n{found}");
            }
        );
    }

    private static string WithoutNumbers(string line) =>
        Regex.Replace(NumberPattern().Replace(line, "#"), @"[\s─]+", " ");

    private static double NetworkError(string output) =>
        double.Parse(
            Regex.Match(output, @"network's error\s+(?<error>\S+)", RegexOptions.ExplicitCapture).Groups["error"].Value,
            CultureInfo.InvariantCulture
        );

    /// <summary>The picture's words, their figures left out.</summary>
    private static IEnumerable<string> Words(string svg) =>
        Regex.Matches(svg, "(?<=<text[^>]*>)[^<]+").Select(m => Regex.Replace(m.Value, @"\d[\d.×⁻⁰¹²³⁴-⁹E-]*", "#"));

    [GeneratedRegex(
        "```sh\npreimage (?<command>[^\n]*)\n```\n(\n```text\n(?<printed>.*?)```\n)?",
        RegexOptions.Singleline | RegexOptions.ExplicitCapture
    )]
    private static partial Regex BlockPattern();

    [GeneratedRegex(@"--out (?<path>\S+)", RegexOptions.ExplicitCapture)]
    private static partial Regex OutPattern();

    [GeneratedRegex(@"!\[[^\]]+\]\((?<file>[^)]+)\)", RegexOptions.ExplicitCapture)]
    private static partial Regex PicturePattern();

    [GeneratedRegex(@"^(seconds|written|evaluations|enclosures|boxes enclosed)\b", RegexOptions.ExplicitCapture)]
    private static partial Regex CostPattern();

    [GeneratedRegex(@"-?\d+(\.\d+)?(E[-+]\d+)?", RegexOptions.ExplicitCapture)]
    private static partial Regex NumberPattern();
}
