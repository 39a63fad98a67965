using System.Text.Json;

namespace Preimage.E2E;

/// <summary>Inner tensors as the free ones: of a model of integers, and of networks that others trained.</summary>
public class ChosenTensorTests
{
    private const string Sentiment = "converted/autolirpa_sst_transformer_emb.onnx";

    private const string Vision = "vnncomp/vit/pgd_2_3_16.onnx";

    /// <summary>Rows of a table (0 1; 2 3; 4 5; 6 7) at tokens, squared, y = 1 s1 + 2 s2 + ... + 6 s6.</summary>
    private static readonly Lazy<string> Tokens = new(() =>
    {
        string path = Path.Combine(PreimageProcess.NewFolder(), "tokens.onnx");
        File.WriteAllBytes(
            path,
            OnnxBytes.Model(
                [OnnxBytes.Value("tokens", ["1", "3"], OnnxBytes.Integer)],
                [OnnxBytes.Value("y", ["1", "1"])],
                [
                    OnnxBytes.Node("Gather", "embedding", "table", "tokens"),
                    OnnxBytes.Node("Mul", "squares", "embedding", "embedding"),
                    OnnxBytes.Node("Flatten", "flat", "squares"),
                    OnnxBytes.Node("MatMul", "y", "flat", "w"),
                ],
                OnnxBytes.Matrix("table", 4, 2, 0, 1, 2, 3, 4, 5, 6, 7),
                OnnxBytes.Column("w", 1, 2, 3, 4, 5, 6)
            )
        );
        return path;
    });

    [Fact]
    public void OfAModelOfIntegers_TheEmbeddingIsFree_AtTheTokensGiven()
    {
        JsonElement json = Json($"metric {Tokens.Value} --input tokens=2,0,1 --from embedding --free token:1 --json");
        Assert.Equal([0, 1], Doubles(json.GetProperty("settings").GetProperty("at")));
        Assert.Equal(144, json.GetProperty("output")[0].GetDouble());
        Assert.Equal([0, 8], Doubles(json.GetProperty("jacobian")[0]));
    }

    [Fact]
    public void OfAModelOfIntegers_WithoutATensor_NothingVaries() =>
        PreimageProcess
            .Run($"metric {Tokens.Value} --input tokens=2,0,1")
            .IsWrongUse("has no input of real numbers that is not given, and so nothing to vary");

    /// <summary>The 16 numbers of the token that the classes are read from, with all the others held.</summary>
    [Fact]
    public void OfTheSentimentTransformer_AnInnerToken_IsFree()
    {
        (string model, string at) = At(Sentiment, 256);
        double[] whole = Doubles(Json($"eval {model} --at {at} --json").GetProperty("output"));
        JsonElement json = Json($"metric {model} --at {at} --from /Add_5_output_0 --free token:0 --margin 1,0 --json");
        Assert.Equal(16, json.GetProperty("jacobian")[0].GetArrayLength());
        Assert.Equal(whole[1] - whole[0], json.GetProperty("output")[0].GetDouble(), 1e-10);
        Assert.Equal(1, json.GetProperty("rank").GetInt32());
    }

    /// <summary>A fiber in a plane of the embedding, through the embedding of a point.</summary>
    [Fact]
    public void OfTheSentimentTransformer_ATraceGoesThroughTwoNumbersOfAnInnerTensor()
    {
        (string model, string at) = At(Sentiment, 256);
        JsonElement json = Json(
            $"trace {model} --at {at} --from /Add_5_output_0 --free [0,0,1],[0,0,2] --margin 1,0 --box -5,5 --json"
        );
        Assert.Equal(2, json.GetProperty("points")[0].GetArrayLength());
        Assert.InRange(json.GetProperty("defect").GetDouble(), 0, 1e-10);
    }

    /// <summary>One patch of the picture: 4 x 4 pixels in 3 channels; and the attention of the first layer.</summary>
    [Theory]
    [InlineData("--free patch:2,3 --patch-size 4x4 --outputs top:3", 48, 3)]
    [InlineData("--free pixels:0,0..9 --output 3", 30, 1)]
    [InlineData("--from /1/1.0/1.0.0/fn/fn.1/Softmax_output_0 --free token:0 --margin 3,5", 0, 1)]
    public void OfTheVisionTransformer_PatchesAndAttention_AreFree(string options, int inputs, int outputs)
    {
        (string model, string at) = At(Vision, 3072);
        JsonElement json = Json($"metric {model} --at {at} {options} --json");
        Assert.Equal(outputs, json.GetProperty("jacobian").GetArrayLength());
        int columns = json.GetProperty("jacobian")[0].GetArrayLength();
        Assert.True(inputs == 0 ? columns > 0 : columns == inputs, $"{columns} free inputs");
        Assert.Equal(outputs, json.GetProperty("rank").GetInt32());
    }

    /// <summary>A shared model, and a table with one point of it; skips where there is none.</summary>
    private static (string Model, string At) At(string model, int inputs)
    {
        string path = Path.GetFullPath(Path.Combine(Repository.Root, "..", "shared", "models", model));
        Assert.SkipUnless(File.Exists(path), $"needs {model} of the shared collection");
        string table = Path.Combine(PreimageProcess.NewFolder(), "point.csv");
        File.WriteAllText(
            table,
            string.Join(',', Enumerable.Range(1, inputs).Select(i => (0.4 + 0.3 * Math.Sin(i)).ToString("R")))
        );
        return (path, $"{table}:1");
    }

    private static JsonElement Json(string arguments)
    {
        Run run = PreimageProcess.Run(arguments);
        Assert.True(run.ExitCode == 0, run.Error);
        return run.Json;
    }

    private static double[] Doubles(JsonElement list) => [.. list.EnumerateArray().Select(x => x.GetDouble())];
}
