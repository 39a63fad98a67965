using System.Text.Json;
using Preimage.Figures;
using Preimage.Figures.Data;
using Preimage.Maps;
using Preimage.Results;

namespace Preimage.Tests.Figures;

/// <summary>The new results as JSON and CSV.</summary>
public sealed class ResultTextTests : IDisposable
{
    private static readonly Signature Plane = Signature.Anonymous(2, 1);
    private readonly string folder = Directory.CreateTempSubdirectory("preimage-results-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Level_HasTheAgreedMembersInOrder()
    {
        using JsonDocument json = JsonDocument.Parse(LevelSetText.Json(PlaneSamples.Run("level"), Level()));
        JsonElement root = json.RootElement;
        Assert.Equal(
            [
                "command",
                "model",
                "value",
                "verdict",
                "range",
                "components",
                "undecided",
                "criticalPoints",
                "enclosures",
                "evaluations",
                "seconds",
                "settings",
                "version",
            ],
            Names(root)
        );
        Assert.Equal("level", root.GetProperty("command").GetString());
        Assert.Equal(0.25, root.GetProperty("value").GetDouble());
        Assert.Equal("Unknown", root.GetProperty("verdict").GetString());
        JsonElement closed = root.GetProperty("components")[0];
        Assert.Equal(["closed", "length", "verdict", "defect", "endings", "branches", "points"], Names(closed));
        Assert.True(closed.GetProperty("closed").GetBoolean());
        Assert.Equal("Proved", closed.GetProperty("verdict").GetString());
        Assert.Equal(Level().Components[0].Length, closed.GetProperty("length").GetDouble());
        Assert.Equal(60, closed.GetProperty("points").GetArrayLength());
        JsonElement crossed = root.GetProperty("components")[1];
        Assert.False(crossed.GetProperty("closed").GetBoolean());
        Assert.Equal([12, 9], crossed.GetProperty("branches").EnumerateArray().Select(b => b.GetInt32()));
        Assert.Equal(21, crossed.GetProperty("points").GetArrayLength());
        JsonElement undecided = root.GetProperty("undecided");
        Assert.Equal(["lower", "upper", "criticalPoint"], Names(undecided[0]));
        Assert.Equal(["lower", "upper"], Names(undecided[1]));
        JsonElement critical = root.GetProperty("criticalPoints")[0];
        Assert.Equal(["at", "value", "kind", "place", "verdict", "lower", "upper", "valueRange"], Names(critical));
        Assert.Equal("Saddle", critical.GetProperty("kind").GetString());
    }

    [Fact]
    public void Level_CsvNamesComponentAndBranch()
    {
        string[] lines = LevelSetText.Csv(Level(), Plane).TrimEnd('\n').Split('\n');
        Assert.Equal("component,branch,x1,x2,y,arc length,defect,curvature", lines[0]);
        Assert.Equal(1 + 60 + 12 + 9, lines.Length);
        Assert.StartsWith("1,1,0.5,0,", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("2,2,-0,1,", lines[73], StringComparison.Ordinal);
        Assert.All(lines, l => Assert.Equal(8, l.Split(',').Length));
    }

    [Fact]
    public void Band_HasTheAgreedMembers()
    {
        Region region = Band();
        using JsonDocument json = JsonDocument.Parse(BandText.Json(PlaneSamples.Run("band"), region, Paving()));
        JsonElement root = json.RootElement;
        Assert.Equal(
            [
                "command",
                "model",
                "from",
                "to",
                "verdict",
                "area",
                "areaInner",
                "areaOuter",
                "undecided",
                "gap",
                "ending",
                "regions",
                "criticalPoints",
                "enclosures",
                "evaluations",
                "seconds",
                "settings",
                "version",
            ],
            Names(root)
        );
        Assert.Equal("-Infinity", root.GetProperty("from").GetString());
        Assert.Equal(region.Area, root.GetProperty("area").GetDouble());
        Assert.Equal(1.25, root.GetProperty("undecided").GetDouble());
        JsonElement part = root.GetProperty("regions")[0];
        Assert.Equal(["area", "shell", "holes"], Names(part));
        Assert.Equal(80, part.GetProperty("shell").GetArrayLength());
        Assert.Equal(2, part.GetProperty("holes").GetArrayLength());
        Assert.Equal(2, part.GetProperty("holes")[1][79].GetArrayLength());
    }

    [Fact]
    public void Band_CsvNamesPartAndRing()
    {
        string[] lines = BandText.Csv(Band(), Plane).TrimEnd('\n').Split('\n');
        Assert.Equal("part,ring,x1,x2", lines[0]);
        Assert.Equal(1 + 80 * 5, lines.Length);
        Assert.Equal(["1,0", "1,1", "1,2", "2,0", "3,0"], lines.Skip(1).Select(l => l[..3]).Distinct());
    }

    [Fact]
    public void Paving_OfAnyDimension_ListsItsBoxes()
    {
        Paving paving = Paving();
        using JsonDocument json = JsonDocument.Parse(
            BandText.Json(PlaneSamples.Run("band"), (0, double.PositiveInfinity), paving)
        );
        JsonElement root = json.RootElement;
        Assert.Equal("Infinity", root.GetProperty("to").GetString());
        Assert.Equal(1.5, root.GetProperty("volumeInner").GetDouble());
        Assert.Equal(2.75, root.GetProperty("volumeOuter").GetDouble());
        Assert.Equal(0.3125, root.GetProperty("gap").GetDouble());
        Assert.Equal("BudgetSpent", root.GetProperty("ending").GetString());
        Assert.Equal(1, root.GetProperty("inner").GetArrayLength());
        Assert.Equal(
            [1, 0.5],
            root.GetProperty("boundary")[1].GetProperty("upper").EnumerateArray().Select(v => v.GetDouble())
        );
        Assert.Equal(
            "box,x1 lower,x1 upper,x2 lower,x2 upper\ninner,-1,0,-1,0.5\nboundary,0,1,-1,0\nboundary,0,1,0,0.5\n",
            BandText.Csv(paving, Plane)
        );
    }

    [Fact]
    public void Foliation_HasLeavesAndLift()
    {
        Foliation foliation = Leaves();
        using JsonDocument json = JsonDocument.Parse(FoliationText.Json(PlaneSamples.Run("foliate"), foliation));
        JsonElement root = json.RootElement;
        Assert.Equal(3, root.GetProperty("asked").GetInt32());
        JsonElement leaf = root.GetProperty("leaves")[1];
        Assert.Equal(["level", "start", "closed", "endings", "length", "defect", "points"], Names(leaf));
        Assert.Equal(0.5, leaf.GetProperty("level")[0].GetDouble());
        Assert.Equal("too far", root.GetProperty("missed")[0].GetProperty("reason").GetString());
        Assert.Equal("BudgetSpent", root.GetProperty("lift").GetProperty("endings")[1].GetString());
        string[] lines = FoliationText.Csv(foliation, Plane).TrimEnd('\n').Split('\n');
        Assert.Equal("leaf,x1,x2,y,arc length,defect,curvature", lines[0]);
        Assert.Equal(["1", "2", "0"], lines.Skip(1).Select(l => l.Split(',')[0]).Distinct());
    }

    [Fact]
    public void Crossing_FoundOrNot_SaysSo()
    {
        Crossing found = Found();
        using JsonDocument json = JsonDocument.Parse(CrossingText.Json(PlaneSamples.Run("cross"), found));
        JsonElement root = json.RootElement;
        Assert.True(root.GetProperty("found").GetBoolean());
        Assert.Equal(2, root.GetProperty("bracket").GetArrayLength());
        Assert.Equal(0.5, root.GetProperty("distance").GetDouble());
        Assert.Equal(
            "part,x1,x2\nfrom,1,0\npath,1,0\npath,0.5,0\nat,0.5,0\nbracket,0.5,0\nbracket,0.51,0\n",
            CrossingText.Csv(found with { Path = Samples.Curve(t => [1 - 0.5 * t, 0], 2) }, Plane)
        );

        Crossing none = found with
        {
            At = null,
            Distance = double.PositiveInfinity,
            DistanceLower = double.PositiveInfinity,
            Bracket = [],
            Path = null,
        };
        using JsonDocument empty = JsonDocument.Parse(CrossingText.Json(PlaneSamples.Run("cross"), none));
        Assert.False(empty.RootElement.GetProperty("found").GetBoolean());
        Assert.Equal(0, empty.RootElement.GetProperty("at").GetArrayLength());
        Assert.Equal("Infinity", empty.RootElement.GetProperty("distanceLower").GetString());
        Assert.False(empty.RootElement.TryGetProperty("path", out _));
        Assert.Equal("part,x1,x2\nfrom,1,0\n", CrossingText.Csv(none, Plane));
    }

    [Fact]
    public void Write_Default_GivesTheSameFiveFilesAsATrace()
    {
        string path = Path.Combine(folder, "level");
        ResultTexts texts = new(
            () => LevelSetText.Json(PlaneSamples.Run("level"), Level()),
            () => LevelSetText.Csv(Level(), Plane)
        );
        IReadOnlyList<string> written = FigureFiles.Write(path, PlaneSamples.Level(), texts, FigureFormats.Default);
        Assert.Equal(new[] { ".csv", ".json", ".svg", ".png", ".html" }.Select(e => path + e), written);
        Assert.Equal(written.Order(StringComparer.Ordinal), Directory.GetFiles(folder).Order(StringComparer.Ordinal));
        Assert.Equal(SvgFigure.Text(PlaneSamples.Level()), File.ReadAllText(path + ".svg"));
        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(path + ".json"));
        Assert.Equal(0.25, json.RootElement.GetProperty("value").GetDouble());
    }

    [Fact]
    public void Write_WhatIsNotAskedFor_IsNotMade()
    {
        ResultTexts texts = new(() => throw new InvalidOperationException(), () => "a\n");
        string path = Path.Combine(folder, "level");
        Assert.Equal([path + ".csv"], FigureFiles.Write(path, PlaneSamples.Level(), texts, FigureFormats.Csv));
        Assert.Equal("a\n", File.ReadAllText(path + ".csv"));
    }

    [Fact]
    public void Write_AProfileOfAPlane_IsRefused() =>
        Assert.Contains(
            "The command 'level' writes .csv, .json, .svg, .png and .html",
            Assert
                .Throws<ArgumentException>(() =>
                    FigureFiles.Write(
                        Path.Combine(folder, "level"),
                        PlaneSamples.Level(),
                        new ResultTexts(() => "", () => ""),
                        FigureFormats.ProfileSvg
                    )
                )
                .Message,
            StringComparison.Ordinal
        );

    private static LevelSet Level()
    {
        Curve Branch(double x, int count) =>
            Samples.Curve(t => [x * t, 1 - t], count) with
            {
                Start = Ending.Singular,
                End = Ending.LeftBox,
            };
        return new LevelSet
        {
            Level = 0.25,
            Components =
            [
                new LevelComponent { Branches = [PlaneSamples.Circle(0, 0, 0.5)], Verdict = Verdict.Proved },
                new LevelComponent { Branches = [Branch(1, 12), Branch(-1, 9)], Verdict = Verdict.Unknown },
            ],
            Undecided =
            [
                new UndecidedCell(new Cell([0, 0], [1e-9, 1e-9]), 0),
                new UndecidedCell(new Cell([1, 0], [1, 1e-9]), null),
            ],
            CriticalPoints = [PlaneSamples.Critical(0, 0, CriticalKind.Saddle)],
            Verdict = Verdict.Unknown,
            Range = (0, 2),
            Enclosures = 100,
            Evaluations = 50,
        };
    }

    private static Region Band() =>
        new()
        {
            From = double.NegativeInfinity,
            To = 520,
            Parts = PlaneSamples.Band().Region,
            Upper = Level(),
            Verdict = Verdict.Unknown,
        };

    private static Paving Paving() =>
        new()
        {
            Dimension = 2,
            Box = new Cell([-1, -1], [1, 1]),
            Inner = [new Cell([-1, -1], [0, 0.5])],
            Boundary = [new Cell([0, -1], [1, 0]), new Cell([0, 0], [1, 0.5])],
            ShareInner = 0.375,
            ShareOuter = 0.6875,
            VolumeInner = 1.5,
            VolumeOuter = 2.75,
            Enclosures = 7,
            Ending = PavingEnding.BudgetSpent,
        };

    private static Foliation Leaves()
    {
        Fiber fiber = Samples.Circle().Fiber;
        return new Foliation
        {
            Leaves = [new Leaf([0.25], [0.2, 0.2], fiber), new Leaf([0.5], [0.3, 0.3], fiber)],
            Lift = Samples.Curve(t => [0.2 + 0.1 * t, 0.2 + 0.1 * t], 5) with
            {
                Start = Ending.Unknown,
                End = Ending.BudgetSpent,
            },
            Asked = 3,
            Missed = [new MissedLevel([0.75], "too far")],
            Evaluations = 99,
        };
    }

    private static Crossing Found() =>
        new()
        {
            From = [1, 0],
            At = [0.5, 0],
            Distance = 0.5,
            DistanceLower = 0.4999,
            Verdict = Verdict.Proved,
            KktResidual = 1e-16,
            Bracket = [0.5, 0, 0.51, 0],
            Path = Samples.Curve(t => [1 - 0.5 * t, 0], 3),
            Enclosures = 11,
            Evaluations = 12,
        };

    private static string[] Names(JsonElement element) => [.. element.EnumerateObject().Select(p => p.Name)];
}
