using System.Globalization;
using System.Text.Json;

namespace Preimage.E2E;

/// <summary>What the pages about digits say of walks and morphs, whose points differ between processors: facts that hold on each.</summary>
public class DigitsPaperTests
{
    private const string Cnn =
        "examples/digits/digits-cnn.onnx --at examples/digits/digits-images.idx:5 --image unit --box 0,1";
    private const string Vit =
        "examples/digits/digits-vit.onnx --at examples/digits/digits14-images.idx:5 --image unit";
    private const string Patches =
        "--box 0,1 --patch-size 2x2 --free patch:2,2 --free patch:2,3 --free patch:3,2 --free patch:3,3";

    /// <summary>Of the largest output's size: what the issue of the project calls exact.</summary>
    private const double Exact = 1e-12;

    [Theory]
    [InlineData($"{Cnn} --steps 50")]
    [InlineData($"{Cnn} --steps 50 --bounds face")]
    [InlineData($"{Vit} {Patches} --steps 10 --warm-up 10")]
    [InlineData($"{Vit} --from embedding --free token:24 --steps 10 --warm-up 10")]
    public void Walks_KeepEveryOutputAndItsRank(string walk)
    {
        JsonElement json = PreimageProcess.Run($"walk {walk} --chains 1 --json").Json;
        Assert.InRange(json.GetProperty("defectRelative").GetDouble(), 0, Exact);
        Assert.Equal(0, json.GetProperty("rankingChanges").GetInt32());
        Assert.True(json.GetProperty("accepted").GetInt32() > 0);
        Assert.True(json.GetProperty("distance").GetDouble() > 0);
    }

    [Fact]
    public void PublishedWalk_Drifts()
    {
        JsonElement json = PreimageProcess
            .Run($"walk {Cnn} --recipe simec --delta 1e-1 --steps 200 --chains 1 --json")
            .Json;
        Assert.True(json.GetProperty("defect").GetDouble() > 0.1);
    }

    [Fact]
    public void PublishedWalkAcrossFibers_ChangesNoAnswerNearerThanTheCrossing()
    {
        JsonElement json = PreimageProcess.Run($"cross {Cnn} --json").Json;
        Assert.True(json.GetProperty("found").GetBoolean());
        Assert.InRange(json.GetProperty("bracketWidth").GetDouble(), 0, Exact);
        string file = Path.Combine(PreimageProcess.NewFolder(), "simexp.csv");
        Run run = PreimageProcess.Run(
            $"walk {Cnn} --recipe simexp --delta 1e-1 --steps 200 --chains 1 --every 1 --out {file}"
        );
        Assert.Equal(0, run.ExitCode);
        string[][] rows = [.. File.ReadLines(file).Where(l => l[0] != '#').Select(l => l.Split(','))];
        int label = Array.IndexOf(rows[0], "label");
        double nearest = json.GetProperty("distance").GetDouble();
        string[][] within = [.. rows[1..].Where(row => Number(row[label + 1]) < nearest)];
        Assert.NotEmpty(within);
        Assert.All(within, row => Assert.Equal("digit=3", row[label]));
    }

    [Fact]
    public void Morph_ComesNearerAndKeepsEveryOutput()
    {
        JsonElement json = PreimageProcess
            .Run($"morph {Cnn} --towards examples/digits/digits-images.idx:2 --steps 10 --json")
            .Json;
        double size = json.GetProperty("valueStart").EnumerateArray().Max(v => Math.Abs(v.GetDouble()));
        Assert.InRange(json.GetProperty("defect").GetDouble(), 0, Exact * size);
        Assert.Equal(0, json.GetProperty("rankingChanges").GetInt32());
        Assert.True(json.GetProperty("distanceEnd").GetDouble() < json.GetProperty("distanceStart").GetDouble());
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
