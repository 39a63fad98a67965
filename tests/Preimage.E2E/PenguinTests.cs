using System.Text.Json;
using System.Text.RegularExpressions;

namespace Preimage.E2E;

/// <summary>The penguin's page, where a network and a photograph stand beside the repository; they are none of its own.</summary>
public class PenguinTests
{
    private const int Inputs = 150_528;

    /// <summary>
    /// The page's certificate, of one border only: two points a rounding error apart that the network answers differently, in the box, from a
    /// change that no eye sees.
    /// </summary>
    [Fact]
    public void Cross_TakesAPhotographToAnotherClass()
    {
        string model = Shared("models/imagenet/SqueezeNet_fp32.onnx");
        string photograph = Shared("data/images/penguin.png");
        string labels = Shared("data/images/imagenet-labels.txt");
        Run run = PreimageProcess.Run(
            $"cross {model} --at {photograph} --image caffe --labels {labels} --box -123,151 --rivals 1 --starts 0 --json"
        );
        Assert.True(run.ExitCode == 0, run.Error);
        JsonElement crossing = run.Json;
        Assert.True(crossing.GetProperty("found").GetBoolean());
        Assert.StartsWith("king penguin", crossing.GetProperty("from").GetString(), StringComparison.Ordinal);
        Assert.NotEqual(crossing.GetProperty("from").GetString(), crossing.GetProperty("to").GetString());
        Assert.InRange(crossing.GetProperty("bracketWidth").GetDouble(), 0, 1e-12);
        Assert.InRange(crossing.GetProperty("distance").GetDouble(), 30, 60);
        double[] at = [.. crossing.GetProperty("at").EnumerateArray().Select(x => x.GetDouble())];
        double[] start = [.. crossing.GetProperty("start").EnumerateArray().Select(x => x.GetDouble())];
        Assert.Equal(Inputs, at.Length);
        Assert.All(at, x => Assert.InRange(x, -123, 151));
        Assert.Equal(
            crossing.GetProperty("distance").GetDouble(),
            Math.Sqrt(at.Zip(start).Sum(pair => (pair.First - pair.Second) * (pair.First - pair.Second))),
            1e-9
        );
    }

    /// <summary>The page names no file that the repository would have to ship, and every option that it uses is one.</summary>
    [Fact]
    public void Page_UsesOptionsThatExist()
    {
        string page = File.ReadAllText(Path.Combine(Repository.Root, "examples", "penguin", "README.md"));
        Match[] commands =
        [
            .. Regex
                .Matches(
                    page,
                    "^preimage (?<name>[a-z]+) (?<rest>.+)$",
                    RegexOptions.Multiline | RegexOptions.ExplicitCapture
                )
                .Cast<Match>(),
        ];
        Assert.True(commands.Length >= 5);
        Dictionary<string, string> help = commands
            .Select(c => c.Groups["name"].Value)
            .Distinct()
            .ToDictionary(name => name, name => PreimageProcess.Run($"{name} --help").Output);
        Assert.All(
            commands,
            c =>
                Assert.All(
                    Regex.Matches(c.Groups["rest"].Value, "--[a-z-]+"),
                    option =>
                        Assert.Contains($"  {option.Value} ", help[c.Groups["name"].Value], StringComparison.Ordinal)
                )
        );
        Assert.Equal(
            ["README.md"],
            Directory.GetFiles(Path.Combine(Repository.Root, "examples", "penguin")).Select(Path.GetFileName)
        );
    }

    private static string Shared(string relative)
    {
        string path = Path.GetFullPath(Path.Combine(Repository.Root, "..", "shared", relative));
        Assert.SkipUnless(File.Exists(path), $"needs {relative} of the shared collection, ../shared");
        return path;
    }
}
