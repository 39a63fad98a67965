using System.Globalization;
using System.Text;
using Preimage.Data;
using Preimage.Maps;
using Preimage.Networks;
using Preimage.Onnx;
using Preimage.Results;
using Preimage.Walking;

namespace Preimage.Bench;

/// <summary>Nearest crossings of digits and of small photographs, beside DeepFool's steps, in one run.</summary>
internal sealed class CrossingReport(string path, int digits, string[] models)
{
    private const int Pictures = 60;

    private readonly StringBuilder text = new();

    /// <summary>Writes the report, a row as soon as it is known; only of models whose names contain one of the words, if there are any.</summary>
    public static void Write(string path, int digits, string[] models)
    {
        CrossingReport report = new(path, digits, models);
        report.Head();
        report.Digits();
        report.Photographs();
        report.Line("");
        report.Line(Timing.Machine());
    }

    private void Head()
    {
        Line("# Nearest crossings");
        Line("");
        Line(
            "This file is written by one command, from the root of the repository, with the shared collection beside it:"
        );
        Line("");
        Line($"    dotnet run -c Release --project bench -- crossing bench/reports/crossing.md {digits}");
        Line("");
        Line(
            "For each image the nearest point of any other class, in Euclidean distance in the model's input units, by `Crosser` with its defaults and by `PublishedCrossings.DeepFool` (the published steps, overshoot 0.02; in a box each point is clamped). *Certified*: two points at most 1e-12 apart with different labels by evaluation. *Shorter*: images for which ours is nearer, and those where it is farther by more than 1e-9. Evaluations count values and gradients; seconds are processor time, and the machine was shared."
        );
        Line("");
        Line(Timing.Machine());
    }

    private void Digits()
    {
        Line("");
        Line("## Digits");
        Line("");
        Line(
            $"{digits} of the 10,000 digits in `train10k-images`, evenly spaced: that file is sorted by class, so that these are as many of each. They are of MNIST's training set, as the collection has no test set; the networks' own labels are what is crossed."
        );
        Line("");
        Heading();
        const string Images = "mnist/train10k-images-idx3-ubyte.gz";
        foreach (
            (string model, double scale) in ((string, double)[])
                [
                    ("winml/mnist.onnx", 1),
                    ("vnncomp/mnist_fc/mnist-net_256x2.onnx", 1.0 / 255),
                    ("vnncomp/verivital/Convnet_avgpool.onnx", 1.0 / 255),
                    ("vnncomp/eran/ffnnSIGMOID__Point_6x200.onnx", 1.0 / 255),
                ]
        )
        {
            Rows(model, Chosen(Images, digits, (_, value) => value * scale), 255 * scale);
        }
    }

    private void Photographs()
    {
        Line("");
        Line("## Small photographs");
        Line("");
        Line(
            $"{Pictures} of the 242 in `cifar10-242-images`, evenly spaced, each model with its own preprocessing; without a box."
        );
        Line("");
        Heading();
        const string Images = "cifar10/cifar10-242-images-idx4-ubyte.gz";
        double[] residual = [0.4914, 0.4822, 0.4465, 0.2471, 0.2435, 0.2616];
        double[] oval = [0.485, 0.456, 0.406, 0.225, 0.225, 0.225];
        foreach (
            (string model, double[] norm) in ((string, double[])[])
                [
                    ("vnncomp/oval21/cifar_base_kw.onnx", oval),
                    ("vnncomp/cifar10_resnet/resnet_2b.onnx", residual),
                    ("vnncomp/vit/pgd_2_3_16.onnx", oval),
                ]
        )
        {
            Row(model, Chosen(Images, Pictures, (i, v) => (v / 255 - norm[i / 1024]) / norm[3 + i / 1024]), null);
        }
    }

    private void Rows(string model, double[][] points, double white)
    {
        Row(model, points, null);
        Row(model, points, white);
    }

    private void Heading()
    {
        Line(
            "| model | inputs | box | found, certified | median distance: ours / DeepFool | ratio of medians | shorter, farther | DeepFool found | KKT residual: median, 90 % | kinks | evaluations: ours, DeepFool | seconds: ours, DeepFool |"
        );
        Line("|---|---:|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
    }

    private void Row(string model, double[][] points, double? white)
    {
        if (models.Length > 0 && !Array.Exists(models, model.Contains))
        {
            return;
        }

        Network network = ModelFile.Read(Path.Combine(Shared(), "models", model));
        IProductMap map = network.HasLogits ? network.Logits().Map : network.Map;
        Box box = white is { } most ? Box.Cube(network.Inputs, 0, most) : Box.Everything(network.Inputs);
        Crosser crosser = new();
        crosser.ToAnyClass(map, points[0], box); // compiles
        (Crossing[] ours, double seconds) = Timed(points, x => crosser.ToAnyClass(map, x, box));
        (Crossing[] theirs, double others) = Timed(points, x => PublishedCrossings.DeepFool.Step(map, x, box));
        int certified = ours.Count(c => c.Found && c.BracketWidth <= 1e-12 && IsCrossed(map, c));
        int shorter = ours.Zip(theirs).Count(pair => pair.First.Distance < pair.Second.Distance);
        int farther = ours.Zip(theirs).Count(pair => pair.First.Distance > pair.Second.Distance * (1 + 1e-9));
        double mine = Quantile(ours, c => c.Distance, 0.5);
        double published = Quantile(theirs, c => c.Distance, 0.5);
        Line(
            $"| {Path.GetFileNameWithoutExtension(model)} | {network.Inputs} | {(white is null ? "none" : $"[0, {white:G3}]")} | {ours.Count(c => c.Found)}, {certified} of {points.Length} | {Show(mine)} / {Show(published)} | {Show(mine / published)} | {shorter}, {farther} | {theirs.Count(c => c.Found)} | {Quantile(ours, c => c.KktResidual, 0.5):E1}, {Quantile(ours, c => c.KktResidual, 0.9):E1} | {ours.Count(c => c.Pieces > 1)} | {ours.Average(c => c.Evaluations):F0}, {theirs.Average(c => c.Evaluations):F0} | {Show(seconds)}, {Show(others)} |"
        );
    }

    private static bool IsCrossed(IMap map, Crossing crossing)
    {
        double[] bracket = [.. crossing.Bracket];
        int n = bracket.Length / 2;
        return Label(map, bracket[..n]) == crossing.FromLabel && Label(map, bracket[n..]) == crossing.ToLabel;
    }

    private static int Label(IMap map, double[] x)
    {
        double[] scores = map.Evaluate(x);
        return Array.IndexOf(scores, scores.Max());
    }

    private static (Crossing[] Found, double Seconds) Timed(double[][] points, Func<double[], Crossing> cross)
    {
        TimeSpan start = Environment.CpuUsage.TotalTime;
        Crossing[] found = [.. points.Select(cross)];
        return (found, (Environment.CpuUsage.TotalTime - start).TotalSeconds / points.Length);
    }

    private static double Quantile(Crossing[] found, Func<Crossing, double> of, double share) =>
        found.Select(of).Order().ElementAt((int)(share * (found.Length - 1)));

    /// <summary>Evenly spaced rows of a file of images.</summary>
    private static double[][] Chosen(string file, int count, Func<int, double, double> scaled)
    {
        DataArray all = DataFile.Read(Path.Combine(Shared(), "data", file));
        int every = Math.Max(1, all.Rows / count);
        return
        [
            .. Enumerable
                .Range(0, count)
                .Select(k => all.Row(1 + k * every).Values.Select((value, i) => scaled(i, value)).ToArray()),
        ];
    }

    /// <summary>The collection beside the repository, found from its root.</summary>
    private static string Shared()
    {
        DirectoryInfo? at = new(Environment.CurrentDirectory);
        while (at is not null && !File.Exists(Path.Combine(at.FullName, "Preimage.slnx")))
        {
            at = at.Parent;
        }

        return Path.Combine(at?.Parent?.FullName ?? "", "shared");
    }

    private static string Show(double number) => number.ToString("G4", CultureInfo.InvariantCulture);

    private void Line(string line)
    {
        text.AppendLine(line);
        File.WriteAllText(path, text.ToString());
    }
}
