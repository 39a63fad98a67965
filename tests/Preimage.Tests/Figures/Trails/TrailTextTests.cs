using System.Text.Json;
using Preimage.Figures;
using Preimage.Figures.Data;
using Preimage.Results;

namespace Preimage.Tests.Figures;

public class TrailTextTests
{
    [Fact]
    public void Json_TellsTheRunTheTrailAndWhatStandsBeside()
    {
        TrailReport report = TrailSamples.Images();
        JsonElement json = Json(report);
        Assert.Equal("walk", json.GetProperty("command").GetString());
        Assert.Equal(7, json.GetProperty("steps").GetInt32());
        Assert.Equal("step", json.GetProperty("along").GetString());
        Assert.Equal("start", json.GetProperty("distancesFrom").GetString());
        JsonElement trail = json.GetProperty("trail");
        Assert.Equal(12, trail.GetProperty("count").GetInt32());
        Assert.Equal(0, trail.GetProperty("rankingChanges").GetInt32());
        Assert.Equal(report.Trail.Cloud.Point(5).ToArray(), Numbers(trail.GetProperty("points")[5]));
        Assert.Equal(report.Trail.Cloud.Value(5).ToArray(), Numbers(trail.GetProperty("values")[5]));
        JsonElement beside = Assert.Single(json.GetProperty("beside").EnumerateArray());
        Assert.Equal("published", beside.GetProperty("name").GetString());
        Assert.Equal(1, beside.GetProperty("rankingChanges").GetInt32());
        Assert.Equal(
            ["y1", "y2"],
            beside.GetProperty("labels").EnumerateArray().Select(l => l.GetString()!).Distinct()
        );
    }

    [Fact]
    public void Json_TellsTokensAndChains()
    {
        TrailReport report = TrailSamples.Report(6, 6, 2);
        report = report with
        {
            RowLength = 2,
            Trail = report.Trail with { Tokens = TrailSamples.Tokens(6), Chains = [0, 0, 0, 1, 1, 1] },
        };
        JsonElement trail = Json(report).GetProperty("trail");
        Assert.Equal([1, 1, 1, 2, 2, 2], Numbers(trail.GetProperty("chains")));
        Assert.Equal("<fine>", trail.GetProperty("tokens")[3][1].GetString());
    }

    [Fact]
    public void RunsOwnCounts_StandForThoseOfThePoints()
    {
        TrailReport report = TrailSamples.Report(6, 3, 2);
        report = report with { Trail = report.Trail with { RankingChanges = 54, LargestDefect = 0.25 } };
        JsonElement trail = Json(report).GetProperty("trail");
        Assert.Equal(54, trail.GetProperty("rankingChanges").GetInt32());
        Assert.Equal(0.25, trail.GetProperty("defect").GetDouble());
        Assert.Contains("defect 0.25, 54 ranking changes", SvgFigure.Text(report), StringComparison.Ordinal);
    }

    [Fact]
    public void Distances_AreMeasuredFromTheTargetWhereThereIsOne()
    {
        TrailReport report = TrailSamples.Report(8, 5, 1);
        double[] fromStart = Numbers(Json(report).GetProperty("trail").GetProperty("distances"));
        report = report with { Target = [.. report.Trail.Cloud.Point(7)] };
        JsonElement json = Json(report);
        double[] toTarget = Numbers(json.GetProperty("trail").GetProperty("distances"));
        Assert.Equal("target", json.GetProperty("distancesFrom").GetString());
        Assert.Equal(0, fromStart[0]);
        Assert.Equal(0, toTarget[^1]);
        Assert.Equal(fromStart[^1], toTarget[0]);
    }

    [Fact]
    public void Csv_HasARowForEachPointOfEachTrail()
    {
        TrailReport report = TrailSamples.Images() with { Outputs = OutputReading.Logits };
        string[] lines = TrailText.Csv(report).TrimEnd('\n').Split('\n');
        Assert.Equal(1 + 2 * 12, lines.Length);
        Assert.StartsWith("trail,chain,step,x1,", lines[0], StringComparison.Ordinal);
        Assert.EndsWith("y1,y2,y3,label,distance from the start,defect", lines[0], StringComparison.Ordinal);
        string[] cells = lines[4].Split(',');
        Assert.Equal(["walk", "1", "3"], cells[..3]);
        Assert.Equal(report.Trail.Cloud.Point(3).ToArray(), cells[3..19].Select(double.Parse));
        Assert.Equal("y1", cells[22]);
    }

    [Fact]
    public void PointsOfVeryManyNumbers_AreLeftToOtherFiles()
    {
        TrailReport report = TrailSamples.Report(3, 100_000, 1);
        Assert.False(Json(report).GetProperty("trail").TryGetProperty("points", out _));
        Assert.StartsWith("trail,chain,step,x1,", TrailText.Csv(report), StringComparison.Ordinal);
        Cloud huge = report.Trail.Cloud with { Points = [.. new double[6_000_000]], Dimension = 2_000_000 };
        TrailReport wide = TrailSamples.Report(TrailSamples.Trail("walk", huge));
        Assert.StartsWith("trail,chain,step,y,distance", TrailText.Csv(wide), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(OutputReading.Unknown, new[] { 0.25, 0.75 }, "0.25 0.75 y2")]
    [InlineData(OutputReading.Unknown, new[] { -0.6931471805599453, -0.6931471805599453 }, "0.5 0.5 y1")]
    [InlineData(OutputReading.Unknown, new[] { 2.0, 3.0 }, "2 3 ")]
    [InlineData(OutputReading.Logits, new[] { 1000.0, 1000.0 }, "0.5 0.5 y1")]
    [InlineData(OutputReading.Logits, new[] { 0.0 }, "0.5 y")]
    [InlineData(OutputReading.Logits, new[] { -1.0986122886681098 }, "0.25 not y")]
    [InlineData(OutputReading.Unknown, new[] { 0.25 }, "0.25 ")]
    [InlineData(OutputReading.Unknown, new[] { 0.5, 0.25, 0.125 }, "0.5 0.25 0.125 ")]
    public void Outputs_AreReadAsWhatTheyAre(OutputReading reading, double[] value, string expected)
    {
        Cloud cloud = new()
        {
            Dimension = 1,
            Outputs = value.Length,
            Points = [0],
            Values = [.. value],
            Defects = [0],
        };
        TrailReport report = TrailSamples.Report(TrailSamples.Trail("one", cloud)) with { Outputs = reading };
        Preimage.Figures.Trails.TrailOutputs outputs = new(report);
        string shown = string.Join(' ', outputs.Shown(value).Select(p => Math.Round(p, 12)));
        Assert.Equal(expected, $"{shown} {(outputs.AreClasses ? outputs.Label(value) : "")}");
    }

    /// <summary>A map of an image to three or more outputs is a classifier: scores, or some of its probabilities.</summary>
    [Theory]
    [InlineData(new[] { 1.0, 1.0, 1.0, 1.0 }, OutputReading.Logits)]
    [InlineData(new[] { 0.5, 0.25, 0.125 }, OutputReading.Probabilities)]
    [InlineData(new[] { 0.5, 0.25 }, OutputReading.AsIs)]
    public void OutputsOfImages_AreThoseOfClasses(double[] value, OutputReading reading)
    {
        TrailReport images = TrailSamples.Images();
        Cloud cloud = images.Trail.Cloud with
        {
            Outputs = value.Length,
            Values = [.. Enumerable.Repeat(value, images.Trail.Cloud.Count).SelectMany(v => v)],
        };
        TrailReport report = TrailSamples.Report(TrailSamples.Trail("walk", cloud)) with { Image = images.Image };
        Assert.Equal(reading, new Preimage.Figures.Trails.TrailOutputs(report).Reading);
    }

    private static JsonElement Json(TrailReport report) =>
        JsonDocument.Parse(TrailText.Json(report, json => json.WriteNumber("steps", 7))).RootElement;

    private static double[] Numbers(JsonElement list) => [.. list.EnumerateArray().Select(v => v.GetDouble())];
}
