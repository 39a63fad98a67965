using System.Globalization;
using System.Text.RegularExpressions;
using Preimage.Data;
using Preimage.Onnx;
using Preimage.Training.Data;
using Preimage.Training.Digits;
using Preimage.Training.Fitting;
using Preimage.Training.Losses;

namespace Preimage.Tests.Training;

/// <summary>The networks of examples/digits are as good as their page says.</summary>
public partial class DigitExampleTests
{
    private static string Folder => Path.Combine(Shared.RepositoryRoot, "examples", "digits");

    [Theory]
    [InlineData("digits-cnn.onnx", 28)]
    [InlineData("digits-vit.onnx", 14)]
    public void Networks_KnowFreshDigits_AsThePageSays(string name, int size)
    {
        Dataset fresh = new DigitImages { Size = size }.Draw(10_000, 2000);
        FamilyObjective objective = new(
            OnnxFile.Open(Path.Combine(Folder, name)).Family(),
            new SoftmaxCrossEntropy(),
            fresh
        );
        double[] start = [.. OnnxFile.Open(Path.Combine(Folder, name)).Family().Start];
        string page = File.ReadAllText(Path.Combine(Folder, "README.md"));
        Match stated = Row().Matches(page).First(m => m.Groups[1].Value == name);
        double percent = double.Parse(stated.Groups[2].Value, CultureInfo.InvariantCulture);
        Assert.Equal(percent, 100 * objective.Measure(start).Agreement, 0.006);
    }

    [Theory]
    [InlineData("digits", 28)]
    [InlineData("digits14", 14)]
    public void Images_AreTheFirstFreshDigits(string name, int size)
    {
        Dataset fresh = new DigitImages { Size = size }.Draw(10_000, 100);
        DataArray images = DataFile.Read(Path.Combine(Folder, $"{name}-images.idx"));
        DataArray labels = DataFile.Read(Path.Combine(Folder, $"{name}-labels.idx"));
        Assert.Equal([100, size, size], images.Shape);
        Assert.Equal(fresh.Inputs, images.Values.Select(v => v / 255));
        Assert.All(labels.Values.Index(), l => Assert.Equal(1, fresh.Targets[l.Index * 10 + (int)l.Item]));
    }

    /// <summary>| [`digits-cnn.onnx`](digits-cnn.onnx) | ... | 99.40 % |</summary>
    [GeneratedRegex(@"\| \[`([a-z-]+\.onnx)`\].*\| ([0-9.]+) % \|")]
    private static partial Regex Row();
}
