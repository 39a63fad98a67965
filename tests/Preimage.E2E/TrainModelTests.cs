using System.Text.Json;

namespace Preimage.E2E;

/// <summary>Models of any architecture are trained, tuned and refused by the command line.</summary>
public class TrainModelTests
{
    private const string Layers = "\"conv 4x3 | avgpool 2 | relu | dense 16 | relu | softmax\"";

    private readonly string folder = PreimageProcess.NewFolder();

    [Fact]
    public void ADrawnModel_LearnsDrawnDigits_AndGoesOnFromThere()
    {
        string first = Path.Combine(folder, "first.onnx");
        string second = Path.Combine(folder, "second.onnx");
        JsonElement begun = Trained(
            $"--architecture {Layers} --data digits:400:14 --test digits:401-500:14 --epochs 3 --rate 5e-3 --out {first}"
        );
        Assert.Equal(3, begun.GetProperty("epochs").GetInt32());
        Assert.Equal(4, begun.GetProperty("history").GetArrayLength());
        JsonElement tuned = Trained(
            $"--network {first} --data digits:400:14 --method momentum --epochs 2 --hold conv1.weights --out {second}"
        );
        Assert.Equal(
            begun.GetProperty("validation").GetProperty("loss").GetDouble(),
            tuned.GetProperty("history")[0].GetProperty("validation").GetDouble()
        );
        Assert.True(Loss(tuned) < Loss(begun));
        Assert.InRange(begun.GetProperty("test").GetProperty("accuracy").GetDouble(), 0.3, 1);
        JsonElement about = PreimageProcess.Run($"info {second} --json").Json;
        Assert.Contains("digit=7", about.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void DigitsInFiles_AreTheDigitsThatTrainDraws()
    {
        string path = Path.Combine(folder, "digits");
        Assert.Equal(0, PreimageProcess.Run($"digits --count 60 --size 14 --out {path}").ExitCode);
        Assert.True(File.Exists($"{path}.png"));
        string settings = $"--architecture {Layers} --epochs 1 --out {Path.Combine(folder, "model.onnx")}";
        JsonElement drawn = Trained($"{settings} --data digits:60:14");
        JsonElement read = Trained($"{settings} --data {path}-images.idx --labels {path}-labels.idx --image unit");
        Assert.Equal(Loss(drawn), Loss(read));
    }

    [Fact]
    public void Interrupted_ItKeepsTheBest()
    {
        string model = Path.Combine(folder, "kept.onnx");
        Run run = PreimageProcess.RunAndInterrupt(
            $"train --architecture {Layers} --data digits:500:14 --epochs 100000 --json --out {model}",
            TimeSpan.FromSeconds(3)
        );
        Assert.Equal(3, run.ExitCode);
        Assert.Equal("Cancelled", run.Json.GetProperty("ending").GetString());
        Assert.Equal(0, PreimageProcess.Run($"info {model}").ExitCode);
    }

    [Theory]
    [InlineData("--architecture cnnn --data digits:50", "'cnnn', which is unknown")]
    [InlineData("--architecture cnn --data digits:50:14", "windows of 2 pixels")]
    [InlineData("--architecture cnn --data digits:", "names no digits")]
    [InlineData("--architecture cnn", "needs --data")]
    [InlineData("--architecture cnn --network a.onnx --data digits:50", "give one of them")]
    [InlineData("--architecture cnn --layers 5 --data digits:50", "--layers is for dense networks")]
    [InlineData("--architecture cnn --data digits:50 --method lm", "choose one of")]
    [InlineData("--architecture cnn --data digits:50 --rate 0", "--rate is 0")]
    [InlineData("--network none.onnx --data digits:50", "does not exist")]
    [InlineData("--labels a.idx --formula \"z = x\" --range \"x in 0,1\"", "--labels is for models")]
    public void WhatDoesNotGoTogether_IsRefused(string words, string sentence) =>
        PreimageProcess.Run($"train {words} --out {Path.Combine(folder, "no.onnx")}").IsWrongUse(sentence);

    private static double Loss(JsonElement report) => report.GetProperty("training").GetProperty("loss").GetDouble();

    private static JsonElement Trained(string words)
    {
        Run run = PreimageProcess.Run($"train {words} --json");
        Assert.True(run.ExitCode == 0, run.Error);
        return run.Json;
    }
}
