using System.Globalization;
using System.Text;
using System.Text.Json;
using CsCheck;
using Preimage.Data;
using Preimage.Figures;
using Preimage.Figures.Data;
using Preimage.Maps;
using Preimage.Results;

namespace Preimage.Tests.Figures;

public class DataFileTests
{
    private const string Nasty = "<b>&\", 'x'\n";

    [Fact]
    public void Csv_ReadBack_HasTheSameBits() =>
        Gen
            .Double.Array[6]
            .Sample(values =>
            {
                Curve curve = Samples.Line().Fiber.Curve with
                {
                    Points = [values[0], values[1], 2, 3],
                    Defects = [.. values[2..4]],
                    Curvatures = [.. values[4..6]],
                };
                string[] lines = CsvFile.Text(curve, Signature.Anonymous(2, 1)).Split('\n');
                double[][] rows =
                [
                    .. lines[1..3]
                        .Select(l => l.Split(',').Select(t => double.Parse(t, CultureInfo.InvariantCulture)).ToArray()),
                ];
                Assert.Equal("x1,x2,y,arc length,defect,curvature", lines[0]);
                Same(values[0], rows[0][0]);
                Same(values[1], rows[0][1]);
                Same(values[2], rows[0][4]);
                Same(values[3], rows[1][4]);
                Same(values[4], rows[0][5]);
                Same(values[5], rows[1][5]);
            });

    [Fact]
    public void Csv_NameWithCommaQuoteAndBreak_IsQuoted()
    {
        Signature signature = new([new(Nasty), new("y")], [new("z")]);
        string csv = CsvFile.Text(Samples.Line().Fiber.Curve, signature);
        Assert.StartsWith("\"<b>&\"\", 'x'\n\",y,z,", csv, StringComparison.Ordinal);
    }

    [Fact]
    public void Csv_ArcLength_IsTheCurvesOwn()
    {
        Curve curve = Samples.Circle().Fiber.Curve;
        string[] lines = CsvFile.Text(curve, Signature.Anonymous(2, 1)).TrimEnd('\n').Split('\n');
        Assert.Equal(curve.Count + 1, lines.Length);
        Assert.Equal(curve.ArcLengths()[7], double.Parse(lines[8].Split(',')[3], CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Npy_Bytes_FollowVersionOne()
    {
        double[] values = [1.5, -2, double.NaN, double.PositiveInfinity, 0.1, -0.0];
        byte[] bytes = NpyBytes.Of(values, [2, 3]);
        int header = bytes[8] | bytes[9] << 8;
        string text = Encoding.ASCII.GetString(bytes, 10, header);
        Assert.Equal([0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', 1, 0], bytes[..8]);
        Assert.Equal(0, (10 + header) % 64);
        Assert.Equal("{'descr': '<f8', 'fortran_order': False, 'shape': (2, 3), }", text.TrimEnd());
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        Assert.Equal(10 + header + 8 * 6, bytes.Length);
        for (int i = 0; i < 6; i++)
        {
            Same(values[i], BitConverter.ToDouble(bytes, 10 + header + 8 * i));
        }
    }

    [Fact]
    public void Npy_WrongCount_IsRefused() =>
        Assert.Contains(
            "does not have 3 values",
            Assert.Throws<ArgumentException>(() => NpyBytes.Of([1, 2, 3], [2, 2])).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void Json_HasTheAgreedMembersInOrder()
    {
        FiberReport report = Samples.Circle();
        using JsonDocument json = JsonDocument.Parse(JsonText.Of(report.Run, report.Fiber));
        JsonElement root = json.RootElement;
        string[] names = [.. root.EnumerateObject().Select(p => p.Name)];
        Assert.Equal(
            [
                "command",
                "model",
                "target",
                "closed",
                "endings",
                "length",
                "pseudoLength",
                "defect",
                "noise",
                "evaluations",
                "points",
                "seconds",
                "settings",
                "version",
            ],
            names
        );
        Assert.Equal(
            ["path", "sha256", "inputs", "outputs"],
            root.GetProperty("model").EnumerateObject().Select(p => p.Name)
        );
        Assert.Equal(
            ["x1", "x2"],
            root.GetProperty("model").GetProperty("inputs").EnumerateArray().Select(v => v.GetString())
        );
        Assert.True(root.GetProperty("closed").GetBoolean());
        Assert.Equal("Closed", root.GetProperty("endings")[1].GetString());
        Same(report.Fiber.Curve.Length, root.GetProperty("length").GetDouble());
        Same(report.Fiber.Curve.Defect, root.GetProperty("defect").GetDouble());
        Assert.Equal(35, root.GetProperty("points").GetArrayLength());
        Same(report.Fiber.Curve.Point(4)[1], root.GetProperty("points")[4][1].GetDouble());
        JsonElement settings = root.GetProperty("settings");
        Assert.Equal("continuation", settings.GetProperty("recipe").GetString());
        Assert.Equal(1e-4, settings.GetProperty("chord").GetDouble());
        Assert.Equal(4, settings.GetProperty("box").GetArrayLength());
        Assert.True(settings.GetProperty("both directions").GetBoolean());
    }

    [Fact]
    public void Json_WhatIsNoNumber_IsText()
    {
        FiberReport report = Samples.Circle();
        Fiber fiber = report.Fiber with { PseudoLength = double.NaN, Target = [double.NegativeInfinity] };
        RunRecord run = report.Run with
        {
            ModelPath = Nasty,
            Settings = [new("box", [double.NegativeInfinity, double.PositiveInfinity])],
        };
        string text = JsonText.Of(run, fiber);
        using JsonDocument json = JsonDocument.Parse(text);
        Assert.Equal("NaN", json.RootElement.GetProperty("pseudoLength").GetString());
        Assert.Equal("-Infinity", json.RootElement.GetProperty("target")[0].GetString());
        Assert.Equal("Infinity", json.RootElement.GetProperty("settings").GetProperty("box")[1].GetString());
        Assert.Equal(Nasty, json.RootElement.GetProperty("model").GetProperty("path").GetString());
        Assert.DoesNotContain('\n', text);
    }

    private static void Same(double expected, double actual) =>
        Assert.Equal(BitConverter.DoubleToInt64Bits(expected), BitConverter.DoubleToInt64Bits(actual));
}
