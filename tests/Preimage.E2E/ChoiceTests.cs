using System.Text.Json;

namespace Preimage.E2E;

/// <summary>The choice of the map: tensors, outputs and inputs, on models whose answers are known.</summary>
public class ChoiceTests
{
    /// <summary>A few roundings of numbers of size 1.</summary>
    private const double Rounding = 1e-14;

    /// <summary>y = sum i x_i over an image of 2 channels, 4 rows and 6 columns: the gradient numbers the inputs.</summary>
    private static readonly Lazy<string> Image = new(() => Numbering("image", "1", "2", "4", "6"));

    /// <summary>The same over 6 rows, 6 columns, and 3 colours that come last.</summary>
    private static readonly Lazy<string> Colours = new(() => Numbering("colours", "1", "6", "6", "3"));

    /// <summary>The same over 8 channels of 3 rows and columns, as a network makes of an image.</summary>
    private static readonly Lazy<string> Features = new(() => Numbering("features", "1", "8", "3", "3"));

    /// <summary>The same over 5 tokens of width 3.</summary>
    private static readonly Lazy<string> Sequence = new(() => Numbering("sequence", "1", "5", "3"));

    /// <summary>The same over a row.</summary>
    private static readonly Lazy<string> Row = new(() => Numbering("row", "1", "12"));

    /// <summary>scores = x W with W = (1 2 3 4; 0 1 0 -1), y = softmax(scores).</summary>
    private static readonly Lazy<string> Classifier = new(() =>
        Written(
            "classifier",
            OnnxBytes.Model(
                ["1", "2"],
                [OnnxBytes.Node("MatMul", "scores", "x", "w"), OnnxBytes.Node("Softmax", "y", "scores")],
                OnnxBytes.Matrix("w", 2, 4, 1, 2, 3, 4, 0, 1, 0, -1)
            )
        )
    );

    /// <summary>hidden = tanh(x), square = hidden hidden, sum = hidden + square, y = sum1 + 2 sum2 + 3 sum3.</summary>
    private static readonly Lazy<string> Branching = new(() =>
        Written(
            "branching",
            OnnxBytes.Model(
                ["1", "3"],
                [
                    OnnxBytes.Node("Tanh", "hidden", "x"),
                    OnnxBytes.Node("Mul", "square", "hidden", "hidden"),
                    OnnxBytes.Node("Add", "sum", "hidden", "square"),
                    OnnxBytes.Node("MatMul", "y", "sum", "w"),
                ],
                OnnxBytes.Column("w", 1, 2, 3)
            )
        )
    );

    [Fact]
    public void FixedInputs_MayStandInThePoint()
    {
        const string Model = "eval examples/04-curve-in-space/curve-in-space.onnx --json --fix y=0";
        string output = PreimageProcess.Run($"{Model} --at 0.7,0.588").Json.GetProperty("output").GetRawText();
        Assert.Equal(output, PreimageProcess.Run($"{Model} --at 0.7,5,0.588").Json.GetProperty("output").GetRawText());
        PreimageProcess.Run($"{Model} --at 0.7").IsWrongUse("--at has 1 number, but the model has 2 inputs (x, z)");
    }

    [Fact]
    public void Eval_NumbersTheOutputsAsTheyAreChosen()
    {
        JsonElement json = Json($"eval {Classifier.Value} --at 1,0 --outputs top:2 --json");
        Assert.Equal([3, 2], json.GetProperty("outputNumbers").EnumerateArray().Select(k => k.GetInt32()));
        Run table = PreimageProcess.Run($"eval {Classifier.Value} --at 1,0 --outputs top:2");
        Assert.Matches(@"y4\s+3\s+0\.6", table.Output);
    }

    [Theory]
    [InlineData("--free patch:1,2 --patch-size 2x2", "16,17,22,23,40,41,46,47")]
    [InlineData("--free patch:0,1,2x3", "3,4,5,9,10,11,27,28,29,33,34,35")]
    [InlineData("--free pixels:1..2,0", "6,12,30,36")]
    [InlineData("--free pixels:3,4..5", "22,23,46,47")]
    [InlineData("--free token:1", "6,7,8,9,10,11,30,31,32,33,34,35")]
    [InlineData("--free 10..12", "10,11,12")]
    [InlineData("--free x3,x5..x6,9", "2,4,5,9")]
    [InlineData("--free [1,0,5],x[0,0,3,5] --free 0", "0,23,29")]
    [InlineData("--free 0,1 --fix x3..x40=0.5 --fix [0,1,3,5]=2", "0,1")]
    public void FreeInputs_OfAnImage_AreThoseNamed(string options, string free) =>
        AreFree(Image.Value, 48, options, free);

    [Theory]
    [InlineData(
        "--free patch:1,0,3x3",
        "54,55,56,57,58,59,60,61,62,72,73,74,75,76,77,78,79,80,90,91,92,93,94,95,96,97,98"
    )]
    [InlineData("--free pixels:5,5", "105,106,107")]
    public void FreeInputs_OfAnImageWithColoursLast_AreThoseNamed(string options, string free) =>
        AreFree(Colours.Value, 108, options, free);

    [Theory]
    [InlineData("--free pixels:1,2", "5,14,23,32,41,50,59,68")]
    [InlineData("--free patch:2,0,1x1", "6,15,24,33,42,51,60,69")]
    public void FreeInputs_OfManyChannels_AreThoseNamed(string options, string free) =>
        AreFree(Features.Value, 72, options, free);

    [Theory]
    [InlineData("--free token:4", "12,13,14")]
    [InlineData("--free token:0,2..3", "0,1,2,6,7,8,9,10,11")]
    public void FreeInputs_OfASequence_AreThoseNamed(string options, string free) =>
        AreFree(Sequence.Value, 15, options, free);

    [Theory]
    [InlineData("--output 3", "4")]
    [InlineData("--output y2 --logits", "2.5")]
    [InlineData("--logits", "1,2.5,3,3.5")]
    [InlineData("--logits --outputs 0,y3", "1,3")]
    [InlineData("--logits --outputs 1..3", "2.5,3,3.5")]
    [InlineData("--logits --outputs top:2", "3.5,3")]
    [InlineData("--logits --margin 3,0", "2.5")]
    [InlineData("--to scores", "1,2.5,3,3.5")]
    [InlineData("--to scores --margin scores[0,1],0", "1.5")]
    public void Outputs_AreThoseChosen(string options, string values)
    {
        double[] expected = options.StartsWith("--output 3", StringComparison.Ordinal)
            ? [Math.Exp(3.5) / (Math.Exp(1) + Math.Exp(2.5) + Math.Exp(3) + Math.Exp(3.5))]
            : Numbers(values);
        double[] output = Doubles(Json($"eval {Classifier.Value} --at 1,0.5 {options} --json").GetProperty("output"));
        Assert.Equal(expected.Length, output.Length);
        for (int k = 0; k < output.Length; k++)
        {
            Assert.Equal(expected[k], output[k], Rounding);
        }
    }

    [Fact]
    public void FromAnInnerTensor_WhatPassesItByIsHeldAtThePoint()
    {
        // y = sum k (hidden_k + square_k), of which only the squares are free: their gradient is 1, 2, 3, and hidden stays tanh(x).
        JsonElement json = Json($"metric {Branching.Value} --from square --at 0.5,-0.25,1 --json");
        double[] hidden = [Math.Tanh(0.5), Math.Tanh(-0.25), Math.Tanh(1)];
        double expected = hidden.Select((h, k) => (k + 1) * (h + h * h)).Sum();
        Assert.Equal(expected, json.GetProperty("output")[0].GetDouble(), 1e-12);
        Assert.Equal([1, 2, 3], Doubles(json.GetProperty("jacobian")[0]));
        double[] start = Doubles(json.GetProperty("settings").GetProperty("at"));
        Assert.All(start.Zip(hidden), pair => Assert.Equal(pair.Second * pair.Second, pair.First, Rounding));
        Assert.Equal("square", json.GetProperty("settings").GetProperty("fromTensor").GetString());
        Assert.Equal("0.5,-0.25,1", json.GetProperty("settings").GetProperty("atOfTheModel").GetString());
    }

    [Fact]
    public void BetweenInnerTensors_WithInputsHeldAndFree_ATraceGoes()
    {
        JsonElement json = Json(
            $"trace {Branching.Value} --from hidden --at 0.5,-0.25,1 --fix 2=0.1 --box -1,1 --json"
        );
        // The fiber of u + u^2 + 2 (v + v^2) is an arc of an ellipse around (-1/2, -1/2).
        (double u, double v) = (Math.Tanh(0.5), Math.Tanh(-0.25));
        double level = u + u * u + 2 * (v + v * v);
        Assert.All(
            json.GetProperty("points").EnumerateArray().Select(Doubles),
            p => Assert.Equal(level, p[0] + p[0] * p[0] + 2 * (p[1] + p[1] * p[1]), 1e-12)
        );
    }

    [Fact]
    public void ABandOfAMargin_BetweenTensors_TakesNumbersAndNames()
    {
        // scores3 - scores0 = 3 x1 - x2 in the box is between -4 and 4; half of it lies at 0 or more.
        JsonElement json = Json(
            $"band {Classifier.Value} --to scores --margin 3,0 --from 0 --to inf --box -1,1 --json"
        );
        Assert.Equal(2, json.GetProperty("area").GetDouble(), 1e-9);
        JsonElement settings = json.GetProperty("settings");
        Assert.Equal("scores", settings.GetProperty("toTensor").GetString());
        Assert.Equal("3,0", settings.GetProperty("margin").GetString());
        Assert.Equal(0, settings.GetProperty("from").GetDouble());
    }

    /// <summary>Both ends and a tensor by the same options: the fibers of 3 x1 - x2 are parallel segments.</summary>
    [Fact]
    public void AFamilyOfAMargin_BetweenTensors_TakesNumbersAndNames()
    {
        JsonElement json = Json(
            $"foliate {Classifier.Value} --to scores --margin 3,0 --at 0.1,0.2 --from -0.5 --to 0.5 --count 3 --box -1,1 --json"
        );
        JsonElement settings = json.GetProperty("settings");
        Assert.Equal("scores", settings.GetProperty("toTensor").GetString());
        Assert.Equal(
            [-0.5, 0, 0.5],
            json.GetProperty("leaves").EnumerateArray().Select(leaf => leaf.GetProperty("level")[0].GetDouble())
        );
    }

    /// <summary>At 0 all that passes the squares by is 0: y = u1 + 2 u2 + 3 u3, with u3 held at 0.</summary>
    [Fact]
    public void ALevel_FromAnInnerTensor_HoldsWhatPassesItBy()
    {
        JsonElement json = Json(
            $"level {Branching.Value} --from square --at 0,0,0 --free 0,1 --value 0.5 --box -1,1 --json"
        );
        // A segment of u + 2 v = 1/2 in the square: from (1, -1/4) to (-1, 3/4).
        Assert.Equal(Math.Sqrt(5), json.GetProperty("components")[0].GetProperty("length").GetDouble(), 1e-9);
    }

    [Fact]
    public void ACrossingOfAMargin_GoesToEqualScores()
    {
        JsonElement json = Json($"cross {Classifier.Value} --logits --margin 3,0 --at 1,0.5 --box -2,2 --json");
        // The nearest point of 3 x1 - x2 = 0 to (1, 0.5).
        Assert.Equal(2.5 / Math.Sqrt(10), json.GetProperty("distance").GetDouble(), 1e-6);
    }

    [Theory]
    [InlineData(
        "eval {0} --at 1,0.5 --output 0 --outputs 1",
        "--output and --outputs both say which outputs to look at"
    )]
    [InlineData("eval {0} --at 1,0.5 --output 0 --margin 1,2", "--output and --margin both say")]
    [InlineData(
        "eval {0} --at 1,0.5 --output 4",
        "--output does not find '4'; name one of y1, y2, y3, y4, or give its number from 0 to 3."
    )]
    [InlineData("eval {0} --at 1,0.5 --output 0..2", "--output has '0..2', which names 3 outputs")]
    [InlineData("eval {0} --at 1,0.5 --outputs 3..1", "--outputs has '3..1', which is reversed")]
    [InlineData("eval {0} --at 1,0.5 --outputs top:5", "--outputs asks for the 5 largest, but there are 4 outputs")]
    [InlineData("eval {0} --at 1,0.5 --outputs top:x", "give a whole number, as in top:10")]
    [InlineData("band {0} --outputs top:1 --from 0.5 --box -1,1", "are the largest at a point; give it with --at")]
    [InlineData("eval {0} --at 1,0.5 --margin 2,2", "--margin has y3 twice")]
    [InlineData("eval {0} --at 1,0.5 --margin 2", "--margin has '2'; name two outputs")]
    [InlineData("eval {0} --at 1,0.5 --to scores --logits", "does not end in a softmax, log-softmax or sigmoid")]
    [InlineData("eval {0} --at 1,0.5 --to score", "'score'")]
    [InlineData("eval {0} --at 1,0.5 --from scored", "'scored'")]
    [InlineData("eval {0} --at 1,0.5 --from scores --from x", "--from names the tensors scores and x; give one.")]
    [InlineData("eval {0} --at 1,0.5 --free 0 --free x1", "--free names x1 twice")]
    [InlineData("eval {0} --at 1,0.5 --free patch:0,0,2x2", "has no rows and columns")]
    [InlineData("eval {0} --at 1,0.5 --free pixels:0,0", "has no rows and columns")]
    [InlineData("eval {0} --at 1,0.5 --free 0 --patch-size 2x2", "--patch-size is of a patch")]
    [InlineData("eval {0} --at 1 --fix 0..1=1", "All inputs are held")]
    [InlineData("trace {0} --outputs 0 --free 0,1", "--at is missing: give a point of 2 numbers")]
    [InlineData("band {0} --from 0.5 --from 0.6", "--from names the outputs 0.5 and 0.6; give one.")]
    public void WrongChoices_AreRefusedInOneSentence(string arguments, string names) =>
        PreimageProcess.Run(arguments.Replace("{0}", Classifier.Value, StringComparison.Ordinal)).IsWrongUse(names);

    [Theory]
    [InlineData(
        "--free patch:0,0",
        "without the size of a patch; give it with --patch-size 4x4, or as in patch:0,0,4x4."
    )]
    [InlineData("--free patch:2,0,2x2", "there is no patch row '2'; they are 0 to 1.")]
    [InlineData("--free patch:0,3 --patch-size 2x2", "there is no patch column '3'; they are 0 to 2.")]
    [InlineData("--free patch:0,0,5x2", "A patch of 5x2 is larger than the image of 4x6")]
    [InlineData("--free patch:0 --patch-size 2x2", "write a patch's row and column from 0, as in patch:2,3.")]
    [InlineData("--free patch:0,0,2", "The size of a patch is '2'")]
    [InlineData("--free pixels:0..4,0", "there is no row '4'; they are 0 to 3.")]
    [InlineData("--free pixels:2..1,0", "give the first row first")]
    [InlineData("--free pixels:0", "write rows and columns from 0")]
    [InlineData("--free token:4", "there is no token '4'; they are 0 to 3.")]
    [InlineData("--free [2,0,0]", "'2' is not from 0 to 1; the tensor is 1x2x4x6.")]
    [InlineData("--free [0,0]", "a place with 2 numbers, but the tensor is 1x2x4x6; give one for each axis.")]
    [InlineData("--free 48", "or give its number from 0 to 47, or its place in 1x2x4x6, as in [0,1,3,5].")]
    [InlineData("--free 3..1", "reversed")]
    public void WrongInputsOfAnImage_AreRefusedInOneSentence(string options, string names) =>
        PreimageProcess.Run($"eval {Image.Value} --at {Zeros(48)} {options}").IsWrongUse(names);

    [Fact]
    public void TokensOfARow_AreRefused() =>
        PreimageProcess
            .Run($"eval {Row.Value} --at {Zeros(12)} --free token:3 --to y")
            .IsWrongUse("there is no token '3'");

    [Fact]
    public void Commands_OfTheGuide_Work()
    {
        string page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "guide", "choosing.md"));
        string[] commands = [.. page.Split('\n').Where(line => line.StartsWith("preimage ", StringComparison.Ordinal))];
        Assert.NotEmpty(commands);
        Assert.All(
            commands,
            command =>
            {
                Run run = PreimageProcess.Run(command["preimage ".Length..]);
                Assert.True(run.ExitCode == 0, $"{command}: {run.Error}");
            }
        );
    }

    /// <summary>The free inputs are those whose numbers the gradient holds.</summary>
    private static void AreFree(string model, int inputs, string options, string free)
    {
        string at = options.Contains("--fix", StringComparison.Ordinal) ? Zeros(inputs - 39) : Zeros(inputs);
        JsonElement json = Json($"eval {model} --at {at} {options} --jacobian --json");
        Assert.Equal(Numbers(free), Doubles(json.GetProperty("jacobian")[0]));
    }

    private static JsonElement Json(string arguments)
    {
        Run run = PreimageProcess.Run(arguments);
        Assert.True(run.ExitCode == 0, run.Error);
        return run.Json;
    }

    private static double[] Doubles(JsonElement list) => [.. list.EnumerateArray().Select(x => x.GetDouble())];

    private static double[] Numbers(string list) => [.. list.Split(',').Select(double.Parse)];

    private static string Zeros(int count) => string.Join(',', Enumerable.Repeat("0", count));

    private static string Numbering(string name, params string[] shape)
    {
        int size = shape.Aggregate(1, (product, extent) => product * int.Parse(extent));
        double[] numbers = [.. Enumerable.Range(0, size).Select(i => (double)i)];
        return Written(
            name,
            OnnxBytes.Model(
                shape,
                [OnnxBytes.Node("Flatten", "flat", "x"), OnnxBytes.Node("MatMul", "y", "flat", "w")],
                OnnxBytes.Column("w", numbers)
            )
        );
    }

    private static string Written(string name, byte[] model)
    {
        string path = Path.Combine(PreimageProcess.NewFolder(), $"{name}.onnx");
        File.WriteAllBytes(path, model);
        return path;
    }
}
