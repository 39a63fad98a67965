using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Preimage.E2E;

/// <summary>What the front page and the guide tell a person to type exists, and does what is said.</summary>
public partial class ReadmeTests
{
    private static readonly string FrontPage = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));

    public static TheoryData<string> Pages =>
        [
            .. Directory
                .EnumerateFiles(Repository.Root, "*.md", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(Repository.Root, file).Replace('\\', '/'))
                .Where(file => !file.Split('/').Any(part => part is "bin" or "obj" or "node" || part[0] == '.'))
                .Order(StringComparer.Ordinal),
        ];

    [Fact]
    public void LibraryExample_IsTheFileInExamples()
    {
        string file = File.ReadAllText(Path.Combine(Repository.Root, "examples", "library.cs"));
        string block = Assert.Single(CodeBlocks(FrontPage, "csharp"));
        Assert.Equal(file.Trim(), block.Trim());
        Assert.InRange(block.Trim().Split('\n').Length, 1, 12);
    }

    [Fact]
    public void LibraryExample_Runs()
    {
        Run run = PreimageProcess.RunDotnet("run", "-c", "Release", "examples/library.cs");
        Assert.True(run.ExitCode == 0, run.Error + run.Output);

        // The network's circle; the formula's is 2.22144 long.
        Match length = Regex.Match(run.Output, "closed: True, length (?<number>[0-9.]+)", RegexOptions.ExplicitCapture);
        Assert.Equal(2.2214179, double.Parse(length.Groups["number"].Value, CultureInfo.InvariantCulture), 1e-6);
    }

    /// <summary>
    /// The program that makes the networks of one unit makes those that ship, but for the version that wrote them. It stands in this class so that no
    /// two programs are built at once.
    /// </summary>
    [Fact]
    public void RectifiersExample_MakesTheNetworksThatShip()
    {
        const string Experiment = "examples/paper/7-rectifiers";
        string folder = PreimageProcess.NewFolder();
        Run run = PreimageProcess.RunDotnet("run", "-c", "Release", $"{Experiment}/make.cs", folder);
        Assert.True(run.ExitCode == 0, run.Error + run.Output);
        Assert.All(
            ["rectifier-2.onnx", "leaky-2.onnx", "rectifier-3.onnx", "leaky-3.onnx"],
            name =>
                Assert.Equal(
                    Unversioned(Path.Combine(Repository.Root, Experiment, name)),
                    Unversioned(Path.Combine(folder, name))
                )
        );
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Links_LeadToFiles(string page)
    {
        string file = Path.Combine(Repository.Root, page);
        string[] links =
        [
            .. LinkPattern()
                .Matches(WithoutCode(File.ReadAllText(file)))
                .Select(match => match.Groups["target"].Value)
                .Where(target => !target.Contains("://", StringComparison.Ordinal) && target[0] != '#'),
        ];
        Assert.All(
            links,
            link =>
            {
                string target = Path.Combine(Path.GetDirectoryName(file)!, link.Split('#')[0]);
                Assert.True(
                    File.Exists(target) || Directory.Exists(target),
                    $"{page} links to {link}, which is not there"
                );
            }
        );
    }

    /// <summary>Options that a page names with a command are options of that command.</summary>
    [Fact]
    public void Commands_HaveTheOptionsThatPagesName()
    {
        Dictionary<string, string> help = [];
        IEnumerable<(string Page, string Text)> pages = Pages
            .Select(row => (row.Data, File.ReadAllText(Path.Combine(Repository.Root, row.Data))))
            .Append(("preimage --help", PreimageProcess.Run("--help").Output));
        foreach ((string page, string text) in pages)
        {
            foreach (Match command in CommandPattern().Matches(text))
            {
                string name = command.Groups["command"].Value;
                if (!help.TryGetValue(name, out string? options))
                {
                    Run run = PreimageProcess.Run($"{name} --help");
                    Assert.True(run.ExitCode == 0, $"{page} names the command {name}");
                    help[name] = options = run.Output;
                }

                Assert.All(
                    OptionPattern().Matches(command.Value).Select(match => match.Value),
                    option => Assert.True(Regex.IsMatch(options, $@"{option}\b"), $"{page} names {option} of {name}")
                );
            }
        }

        Assert.Equal(
            ["band", "cross", "eval", "foliate", "info", "level", "metric", "trace", "train"],
            help.Keys.Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void FirstCommand_TracesAndWritesWhatThePageSays()
    {
        string command = Assert.Single(CodeBlocks(FrontPage, "sh")[0].Split('\n'), line => line.Contains(" trace "));
        string folder = PreimageProcess.NewFolder();
        string arguments = command[(command.IndexOf(" -- ", StringComparison.Ordinal) + 4)..];
        Assert.Equal(0, PreimageProcess.Run(arguments.Replace("--out class", $"--out {folder}/class")).ExitCode);
        Assert.All(
            (string[])[".html", ".svg", ".png", ".csv", ".json"],
            ending => Assert.True(File.Exists($"{folder}/class{ending}"))
        );
    }

    private static string[] CodeBlocks(string page, string language) =>
        [
            .. Regex
                .Matches(
                    page,
                    $"```{language}\n(?<code>.*?)```",
                    RegexOptions.Singleline | RegexOptions.ExplicitCapture
                )
                .Select(match => match.Groups["code"].Value),
        ];

    private static string WithoutCode(string page) =>
        Regex.Replace(page, "```.*?```|`[^`]*`", "", RegexOptions.Singleline);

    /// <summary>A file's bytes as text, without the numbers of versions.</summary>
    private static string Unversioned(string file) =>
        Regex.Replace(Encoding.Latin1.GetString(File.ReadAllBytes(file)), @"\d+\.\d+\.\d+", "#");

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)", RegexOptions.ExplicitCapture)]
    private static partial Regex LinkPattern();

    [GeneratedRegex(
        @"\bpreimage (?<command>trace|train|eval|metric|info|level|band|foliate|cross)\b[^`\n]*",
        RegexOptions.ExplicitCapture
    )]
    private static partial Regex CommandPattern();

    [GeneratedRegex("(?<= )--[a-z-]+")]
    private static partial Regex OptionPattern();
}
