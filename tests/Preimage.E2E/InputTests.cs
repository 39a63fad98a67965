using System.Globalization;
using System.Text.Json;

namespace Preimage.E2E;

/// <summary>Models with several inputs and outputs, with inputs of integers, and with open dimensions.</summary>
public class InputTests
{
    private const int Boolean = 9;

    /// <summary>y = x + z, twice = y + y, above = (x > z).</summary>
    private static readonly Lazy<string> Two = new(() =>
        Written(
            "two",
            OnnxBytes.Model(
                [OnnxBytes.Value("x", ["1", "2"]), OnnxBytes.Value("z", ["1", "2"])],
                [
                    OnnxBytes.Value("y", ["1", "2"]),
                    OnnxBytes.Value("twice", ["1", "2"]),
                    OnnxBytes.Value("above", ["1", "2"], Boolean),
                ],
                [
                    OnnxBytes.Node("Add", "y", "x", "z"),
                    OnnxBytes.Node("Add", "twice", "y", "y"),
                    OnnxBytes.Node("Greater", "above", "x", "z"),
                ]
            )
        )
    );

    /// <summary>y = rows of W at the places i.</summary>
    private static readonly Lazy<string> Places = new(() =>
        Written(
            "places",
            OnnxBytes.Model(
                [OnnxBytes.Value("i", ["length"], OnnxBytes.Integer)],
                [OnnxBytes.Value("y", ["length", "2"]), OnnxBytes.Value("same", ["length"], OnnxBytes.Integer)],
                [OnnxBytes.Node("Gather", "y", "w", "i"), OnnxBytes.Node("Identity", "same", "i")],
                OnnxBytes.Matrix("w", 3, 2, 1, 2, 3, 4, 5, 6)
            )
        )
    );

    /// <summary>y = relu(x) over a row of open length.</summary>
    private static readonly Lazy<string> Open = new(() =>
        Written("open", OnnxBytes.Model(["batch", "width"], [OnnxBytes.Node("Relu", "y", "x")]))
    );

    [Fact]
    public void Eval_GivesEveryOutput()
    {
        Run run = PreimageProcess.Run($"eval {Two.Value} --at 1,2 --input z=10,0 --json");
        Assert.Equal(0, run.ExitCode);
        Assert.Empty(run.Error);
        Assert.Equal([11, 2], Numbers(run.Json.GetProperty("output")));
        JsonElement outputs = run.Json.GetProperty("outputs");
        Assert.Equal(["y", "twice", "above"], outputs.EnumerateObject().Select(o => o.Name));
        Assert.Equal([22, 4], Numbers(outputs.GetProperty("twice").GetProperty("values")));
        Assert.Equal([1, 2], Numbers(outputs.GetProperty("twice").GetProperty("shape")));
        Assert.Equal("boolean", outputs.GetProperty("above").GetProperty("kind").GetString());
        Assert.Equal([0, 1], Numbers(outputs.GetProperty("above").GetProperty("values")));
        Assert.Contains(
            "twice",
            PreimageProcess.Run($"eval {Two.Value} --at 1,2 --input z=10,0").Output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void InputWithoutAValue_IsZerosAndSaidSo()
    {
        Run run = PreimageProcess.Run($"eval {Two.Value} --at 1,2 --json");
        Assert.Equal([1, 2], Numbers(run.Json.GetProperty("output")));
        Assert.Contains("note: The input 'z' (double[1, 2]) is held at zeros", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void OtherInput_CanBeFree()
    {
        Run run = PreimageProcess.Run($"eval {Two.Value} --from z --at 1,2 --input x=3,4 --jacobian --json");
        Assert.Equal([4, 6], Numbers(run.Json.GetProperty("output")));
        Assert.Equal([1, 0], Numbers(run.Json.GetProperty("jacobian")[0]));
    }

    [Fact]
    public void InputFromAFile_TakesTheModelsShape()
    {
        string file = Path.Combine(PreimageProcess.NewFolder(), "z.csv");
        File.WriteAllText(file, "10,20\n");
        Run run = PreimageProcess.Run($"eval {Two.Value} --at 1,2 --input z={file} --json");
        Assert.Equal([11, 22], Numbers(run.Json.GetProperty("output")));
    }

    [Theory]
    [InlineData("--input q=1,2", "has no input 'q'; it has 'x', 'z'")]
    [InlineData("--input z=1,2,3", "The input 'z' is given as 3 numbers")]
    [InlineData("--input z=missing.npy", "'missing.npy' does not exist")]
    [InlineData("--input z", "write a name and its value")]
    [InlineData("--input z=1,2 --input z=1,2", "names 'z' twice")]
    [InlineData("--dimension W=3", "has no open dimension 'W'")]
    [InlineData("--dimension W=0", "give a whole number")]
    [InlineData("--to q", "'q'")]
    public void WrongWord_IsRefused(string words, string names) =>
        PreimageProcess.Run($"eval {Two.Value} --at 1,2 {words}").IsWrongUse(names);

    [Fact]
    public void ModelOfIntegers_TakesThePointForItsInput()
    {
        Run run = PreimageProcess.Run($"eval {Places.Value} --at 2,0 --json");
        Assert.Equal([5, 6, 1, 2], Numbers(run.Json.GetProperty("output")));
        Assert.Equal("[2,0]", run.Json.GetProperty("outputs").GetProperty("same").GetProperty("values").GetRawText());
        PreimageProcess.Run($"eval {Places.Value} --at 0.5").IsWrongUse("is given 0.5 at index 0");
        PreimageProcess.Run($"trace {Places.Value} --at 2,0 --box -1,1").IsWrongUse("nothing to vary");
    }

    [Fact]
    public void EmbeddingOfIntegers_CanBeFree()
    {
        Run run = PreimageProcess.Run($"eval {Places.Value} --from w --at 2,0 --jacobian --json");
        Assert.Equal([5, 6, 1, 2], Numbers(run.Json.GetProperty("output")));
        Assert.Equal([0, 0, 0, 0, 1, 0], Numbers(run.Json.GetProperty("jacobian")[0]));
    }

    [Fact]
    public void OutputOfBooleans_HasNoDerivative()
    {
        Run run = PreimageProcess.Run($"eval {Two.Value} --at 1,2 --to above --json");
        Assert.Equal("[1,1]", run.Json.GetProperty("output").GetRawText());
        Run refused = PreimageProcess.Run($"eval {Two.Value} --at 1,2 --to above --jacobian");
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("has no derivative", refused.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--dimension width=3")]
    [InlineData("")]
    public void OpenDimension_IsWhatIsSaidOrWhatThePointHas(string words)
    {
        Run run = PreimageProcess.Run($"eval {Open.Value} --at 1,-2,3 {words} --json");
        Assert.Equal([1, 0, 3], Numbers(run.Json.GetProperty("output")));
    }

    [Fact]
    public void OpenDimensionWithoutASize_IsRefusedWithTheOption()
    {
        Run run = PreimageProcess.Run($"level {Open.Value} --value 0");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains(
            "axis 1 'width' is open; say its size, as in --dimension width=48",
            run.Error,
            StringComparison.Ordinal
        );
        PreimageProcess.Run($"eval {Open.Value} --at 1,2 --dimension width=3").IsWrongUse("--at has 2 numbers");
    }

    [Fact]
    public void Info_WithoutASizeThatItNeeds_SaysWhatTheFileDeclares()
    {
        Run run = PreimageProcess.Run($"info {Open.Value} --json");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("note: only what the file declares is shown", run.Error, StringComparison.Ordinal);
        Assert.Contains("--dimension width=48", run.Json.GetProperty("unread").GetString(), StringComparison.Ordinal);
        Assert.Equal("width", run.Json.GetProperty("modelInputs")[0].GetProperty("shape")[1].GetString());
        Assert.Equal(1, run.Json.GetProperty("operators").GetProperty("Relu").GetInt32());
        Assert.False(run.Json.TryGetProperty("cost", out _));
        string table = PreimageProcess.Run($"info {Open.Value}").Output;
        Assert.Contains("Relu x 1", table, StringComparison.Ordinal);
    }

    /// <summary>Where nothing can vary, a tensor inside is free; its name has to be found somewhere.</summary>
    [Fact]
    public void Info_OfAModelOfIntegers_NamesItsTensors()
    {
        Run run = PreimageProcess.Run($"info {Places.Value} --input i=0,2 --json");
        Assert.Equal(["y", "same"], run.Json.GetProperty("made").EnumerateArray().Select(name => name.GetString()));
        Assert.Contains(
            "inner tensor",
            PreimageProcess.Run($"info {Places.Value} --input i=0,2").Output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void APointThatNobodyTakes_IsRefused() =>
        PreimageProcess.Run($"eval {Two.Value} --at 1,2 --input x=1,2 --input z=10,0").IsWrongUse("leave it out");

    [Fact]
    public void ASequenceInAFile_IsNamed()
    {
        string path = Written("sequence", [10, 1, (byte)'x', 16, 1, 26, 4, 8, 1, 16, 1]);
        Run run = PreimageProcess.Run($"eval {Two.Value} --at 1,2 --input z={Path.ChangeExtension(path, ".pb")}");
        Assert.Equal(2, run.ExitCode);
        File.Copy(path, Path.ChangeExtension(path, ".pb"));
        run = PreimageProcess.Run($"eval {Two.Value} --at 1,2 --input z={Path.ChangeExtension(path, ".pb")}");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("holds a sequence, not one tensor", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Info_SaysShapesRolesAndCost()
    {
        JsonElement json = PreimageProcess.Run($"info {Two.Value} --json").Json;
        Assert.Equal(
            ["x", "z"],
            json.GetProperty("modelInputs").EnumerateArray().Select(i => i.GetProperty("name").GetString())
        );
        Assert.Equal(
            ["free", "held"],
            json.GetProperty("modelInputs").EnumerateArray().Select(i => i.GetProperty("is").GetString())
        );
        Assert.Equal([1, 2], Numbers(json.GetProperty("free").GetProperty("shape")));
        Assert.Equal(
            ["looked at", "", ""],
            json.GetProperty("modelOutputs").EnumerateArray().Select(i => i.GetProperty("is").GetString())
        );
        JsonElement cost = json.GetProperty("cost");
        Assert.Equal(2, cost.GetProperty("flops").GetInt64());
        Assert.Equal(8 * 4, cost.GetProperty("jacobianBytes").GetInt64());
        Assert.True(cost.GetProperty("jacobianFits").GetBoolean());
        Assert.Equal(0, PreimageProcess.Run($"info {Places.Value} --dimension length=2 --json").ExitCode);
    }

    [Fact]
    public void JacobianThatWouldNotFit_IsRefusedBeforeItBegins()
    {
        string wide = Written("wide", OnnxBytes.Model(["1", "20000"], [OnnxBytes.Node("Sigmoid", "y", "x")]));
        string at = Path.Combine(PreimageProcess.NewFolder(), "at.csv");
        File.WriteAllText(
            at,
            string.Join(',', Enumerable.Range(0, 20000).Select(i => (i % 7 - 3).ToString(CultureInfo.InvariantCulture)))
        );
        PreimageProcess
            .Run($"eval {wide} --at {at} --jacobian")
            .IsWrongUse("The Jacobian of 20000 outputs by 20000 inputs would take 3.0 GiB");
        JsonElement json = PreimageProcess.Run($"eval {wide} --at {at} --outputs 0,1 --jacobian --json").Json;
        Assert.Equal(20000, json.GetProperty("jacobian")[1].GetArrayLength());
        Assert.False(
            PreimageProcess.Run($"info {wide} --json").Json.GetProperty("cost").GetProperty("jacobianFits").GetBoolean()
        );
    }

    private static double[] Numbers(JsonElement list) => [.. list.EnumerateArray().Select(v => v.GetDouble())];

    private static string Written(string name, byte[] model)
    {
        string path = Path.Combine(PreimageProcess.NewFolder(), $"{name}.onnx");
        File.WriteAllBytes(path, model);
        return path;
    }
}
