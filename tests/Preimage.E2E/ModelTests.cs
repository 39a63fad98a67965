using System.Text.Json;

namespace Preimage.E2E;

public class ModelTests
{
    private const string Gas = "examples/03-ideal-gas/ideal-gas.onnx";

    [Fact]
    public void Info_NamesUnitsAndRanges()
    {
        JsonElement input = PreimageProcess.Run($"info {Gas} --json").Json.GetProperty("inputs")[0];
        Assert.Equal("P", input.GetProperty("name").GetString());
        Assert.Equal("Pa", input.GetProperty("unit").GetString());
        Assert.Equal([1e5, 2e5], input.GetProperty("range").EnumerateArray().Select(x => x.GetDouble()));
    }

    [Fact]
    public void Eval_Jacobian_IsTheSlopeOfTheValues()
    {
        double At(double pressure) =>
            PreimageProcess.Run($"eval {Gas} --at {pressure:R},0.05 --json").Json.GetProperty("output")[0].GetDouble();
        JsonElement here = PreimageProcess.Run($"eval {Gas} --at 1.5e5,0.05 --jacobian --json").Json;
        double slope = here.GetProperty("jacobian")[0][0].GetDouble();
        double step = 10;
        double difference = (At(1.5e5 + step) - At(1.5e5 - step)) / (2 * step);
        // The central difference of a function this smooth is right to (step / range)^2.
        Assert.Equal(difference, slope, Math.Abs(slope) * 1e-6);
    }

    [Fact]
    public void Metric_DirectionsSplitTheInputs()
    {
        JsonElement json = PreimageProcess.Run($"metric {Gas} --at 1.5e5,0.05 --layers --json").Json;
        Assert.Equal(1, json.GetProperty("rank").GetInt32());
        double[] seen = [.. json.GetProperty("rowDirections")[0].EnumerateArray().Select(x => x.GetDouble())];
        double[] ignored = [.. json.GetProperty("nullDirections")[0].EnumerateArray().Select(x => x.GetDouble())];
        Assert.Equal(0, seen[0] * ignored[0] + seen[1] * ignored[1], 1e-15);
        Assert.True(json.GetProperty("layers").GetArrayLength() >= 3);
    }

    [Fact]
    public void Train_WritesANetworkThatTraces()
    {
        string model = Path.Combine(PreimageProcess.NewFolder(), "plane.onnx");
        Run train = PreimageProcess.Run(
            $"train --formula \"u [m] = x + 2*y\" --range \"x [m] in -1,1\" --range \"y [m] in -1,1\" --points 200 --layers 4 --epochs 50 --out {model} --json"
        );
        Assert.Equal(0, train.ExitCode);
        Assert.True(train.Json.GetProperty("validation").GetProperty("rootMeanSquare")[0].GetDouble() < 1e-2);
        JsonElement fiber = PreimageProcess.Run($"trace {model} --at 0,0 --json").Json;
        Assert.Equal(["LeftBox", "LeftBox"], fiber.GetProperty("endings").EnumerateArray().Select(e => e.GetString()));
        // The fiber of a plane through the middle of the square is close to the line from (-1, 1/2) to (1, -1/2).
        Assert.Equal(Math.Sqrt(5), fiber.GetProperty("length").GetDouble(), 0.05);
    }

    [Fact]
    public void Train_FromATable_LearnsItsColumn()
    {
        string folder = PreimageProcess.NewFolder();
        string data = Path.Combine(folder, "data.csv");
        File.WriteAllLines(
            data,
            Enumerable.Range(0, 100).Select(i => $"{i % 10},{i / 10},{(i % 10) * 0.5 + i / 10}").Prepend("a [m],b,c")
        );
        string model = Path.Combine(folder, "data.onnx");
        Run train = PreimageProcess.Run($"train --data {data} --target c --layers 3 --epochs 50 --out {model} --json");
        Assert.Equal(0, train.ExitCode);
        JsonElement inputs = PreimageProcess.Run($"info {model} --json").Json.GetProperty("inputs");
        Assert.Equal(["a", "b"], inputs.EnumerateArray().Select(v => v.GetProperty("name").GetString()));
        Assert.Equal("m", inputs[0].GetProperty("unit").GetString());
    }
}
