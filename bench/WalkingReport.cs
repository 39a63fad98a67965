using System.Collections.Immutable;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using Preimage.Data.Images;
using Preimage.Maps;
using Preimage.Networks;
using Preimage.Onnx;
using Preimage.Results;
using Preimage.Walking;

namespace Preimage.Bench;

/// <summary>Walks in the classes of digits and of a photograph, ours beside the published ones, in one run.</summary>
internal sealed class WalkingReport
{
    private const long Steps = 10_000;
    private const long PublishedSteps = 1_000;
    private const long WideSteps = 10;
    private const long WideWarmUp = 20;
    private const int Digit = 7;

    private readonly string file;
    private readonly StringBuilder text = new();

    private WalkingReport(string file) => this.file = file;

    /// <summary>Writes the report, each row as soon as it is measured.</summary>
    public static void Write(string file)
    {
        WalkingReport report = new(file);
        report.Head();
        report.Digits("winml/mnist.onnx", 255);
        report.Digits("vnncomp/mnist_fc/mnist-net_256x2.onnx", 1);
        report.Digits("vnncomp/verivital/Convnet_avgpool.onnx", 1);
        report.Photograph();
    }

    private void Head()
    {
        Line("# Walks");
        Line("");
        Line("This file is written by one command, from the root of the repository:");
        Line("");
        Line("    dotnet run -c Release --project bench -- walking bench/reports/walking.md");
        Line("");
        Line(Timing.Machine());
        Line(
            "Times are processor time of the whole process with one chain, everything included (garbage collection and compilation too), so that other work on the machine counts only by what it does to the caches."
        );
        Line("");
        Line(
            "Each recipe walks from the same digit in the box of pixel values. Ours adapt their steps in a warm-up of 1,000 steps first. Defect: the largest |N(x) - N(x0)| of any accepted point over the largest |N(x0)|. Ranking: steps at which the order of the outputs changed. Values, Jacobians: evaluations of the network a step. Beyond: processor time per accepted step less that of one Jacobian. Effective size: the least over the inputs that moved, of 1,000 points kept; R-hat: the largest."
        );
    }

    private void Digits(string model, double white)
    {
        string path = Path.Combine(SharedFolder(), "models", model);
        if (!File.Exists(path))
        {
            return;
        }

        Network network = OnnxFile.Read(path);
        double[] start = Image(white);
        double[] y = new double[network.Outputs];
        double[] jacobian = new double[network.Outputs * network.Inputs];
        double[] seconds = ProcessorTime.Least(
            () => network.Map.Evaluate(start, y),
            () => network.Map.Linearize(start, y, jacobian)
        );
        Line("");
        Line($"## {model}");
        Line("");
        Line(
            $"A value takes {Timing.Time(seconds[0])}, a Jacobian {Timing.Time(seconds[1])}; the largest output is {y.Max(Math.Abs):G4}, pixels go to {white:G3}. {Steps:N0} steps of ours, {PublishedSteps:N0} of the others."
        );
        Line("");
        Line(
            "| recipe | accepted | defect | ranking | values | Jacobians | a step | an accepted one beyond | step length | way | farthest | contacts | effective size | R-hat |"
        );
        Line("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
        double delta = 0.01 * white;
        Subject subject = new(network.Map, start, Box.Cube(network.Inputs, 0, white), seconds[1]);
        foreach (var (name, walker, steps) in Recipes(delta))
        {
            Row(name, walker, subject, steps);
        }
    }

    private static IEnumerable<(string Name, Walker Walker, long Steps)> Recipes(double delta)
    {
        Walker simec = PublishedWalks.Simec(delta);
        yield return ("uniform, mirrors", Walker.Uniform, Steps);
        yield return ($"published SiMEC, delta {delta:G3}", simec, PublishedSteps);
        yield return ("the same, mirrors instead", simec with { Bounds = new MirrorBounds() }, PublishedSteps);
        yield return ("as coded", PublishedWalks.AsCoded(simec), PublishedSteps);
        yield return ($"transformer SiMEC, eta {delta:G3}", PublishedWalks.TransformerSimec(delta), PublishedSteps);
        yield return ("uniform on the face", Walker.Uniform with { Bounds = new FaceBounds() }, Steps);
        yield return ("straight ahead on the face", Walker.Ahead with { Bounds = new FaceBounds() }, PublishedSteps);
    }

    private void Row(string name, Walker walker, Subject subject, long steps)
    {
        WalkPlan plan = new()
        {
            Steps = steps,
            WarmUp = walker.StepLength is AdaptedLength ? 1000 : 0,
            Every = 10,
            Threads = 1,
        };
        Walk begun = walker.Run(subject.Map, subject.Start, subject.Box, plan with { Steps = 0 });
        TimeSpan before = Environment.CpuUsage.TotalTime;
        Walk walk = walker.Resume(subject.Map, begun, subject.Box, plan);
        double seconds = (Environment.CpuUsage.TotalTime - before).TotalSeconds;
        WalkProgress warm = begun.Chains[0].State;
        WalkProgress state = walk.Chains[0].State;
        WalkStatistics statistics = WalkStatistics.Of(walk);
        string Share(double count) => (count / steps).ToString("F2", CultureInfo.InvariantCulture);
        string Number(double value) => value.ToString("G3", CultureInfo.InvariantCulture);
        string beyond = state.Accepted == 0 ? "" : Timing.Time(seconds / state.Accepted - subject.Jacobian);
        Line(
            $"| {name} | {Share(state.Accepted)} | {Number(walk.Defect / walk.Target.Max(Math.Abs))} | {state.RankingChanges} | {Share(state.Evaluations - warm.Evaluations)} | {Share(state.Linearizations - warm.Linearizations)} | {Timing.Time(seconds / steps)} | {beyond} | {Number(state.StepLength)} | {Number(state.Distance)} | {Number(statistics.Farthest)} | {state.Contacts} | {Number(statistics.LeastEffectiveSize)} | {Number(statistics.LargestScaleReduction)} |"
        );
    }

    private void Photograph()
    {
        string path = Path.Combine(SharedFolder(), "models", "imagenet", "SqueezeNet_fp32.onnx");
        if (!File.Exists(path))
        {
            return;
        }

        Network network = OnnxFile.Read(path);
        ImmutableArray<double> start = ImageFile.Read(
            Path.Combine(SharedFolder(), "data", "images", "penguin.png"),
            Preprocessing.Parse("caffe"),
            network.InputTensor.Shape
        );
        IMap map = network.Select(network.Map.Largest(start.AsSpan(), 10).AsSpan()).Map;
        Box box = Box.Cube(network.Inputs, Math.Min(-124, start.Min()), Math.Max(152, start.Max()));
        double[] y = new double[map.Outputs];
        double[] jacobian = DenseJacobian.RoomFor(map);
        double value = ProcessorTime.Once(() => map.Evaluate(start.AsSpan(), y));
        double derivative = ProcessorTime.Once(() => map.Linearize(start.AsSpan(), y, jacobian));
        Line("");
        Line("## SqueezeNet, a photograph");
        Line("");
        Line(
            $"{map.Inputs:N0} inputs, the {map.Outputs} largest outputs of 1,000 probabilities. A value takes {Timing.Time(value)}, a Jacobian {Timing.Time(derivative)}. {WideSteps} steps straight ahead, corrected, after a warm-up of {WideWarmUp}; memory: of the process, network and all."
        );
        Line("");
        Line("| accepted | defect | values | Jacobians | a step | way | memory |");
        Line("|---:|---:|---:|---:|---:|---:|---:|");
        WalkPlan plan = new()
        {
            Steps = WideSteps,
            WarmUp = WideWarmUp,
            Every = WideSteps,
            Threads = 1,
        };
        Walk begun = Walker.Ahead.Run(map, start.AsSpan(), box, plan with { Steps = 0 });
        TimeSpan before = Environment.CpuUsage.TotalTime;
        Walk walk = Walker.Ahead.Resume(map, begun, box, plan);
        double seconds = (Environment.CpuUsage.TotalTime - before).TotalSeconds;
        WalkProgress warm = begun.Chains[0].State;
        WalkProgress state = walk.Chains[0].State;
        string Each(double count) => (count / WideSteps).ToString("F2", CultureInfo.InvariantCulture);
        Line(
            $"| {Each(state.Accepted)} | {walk.Defect.ToString("G3", CultureInfo.InvariantCulture)} | {Each(state.Evaluations - warm.Evaluations)} | {Each(state.Linearizations - warm.Linearizations)} | {Timing.Time(seconds / WideSteps)} | {state.Distance.ToString("G3", CultureInfo.InvariantCulture)} | {Environment.WorkingSet / 1024.0 / 1024:F0} MiB |"
        );
    }

    /// <summary>A digit of the shared images, black 0 and white as given.</summary>
    private static double[] Image(double white)
    {
        using GZipStream stream = new(
            File.OpenRead(Path.Combine(SharedFolder(), "data", "mnist", "train10k-images-idx3-ubyte.gz")),
            CompressionMode.Decompress
        );
        byte[] bytes = new byte[16 + 784 * (Digit + 1)];
        stream.ReadExactly(bytes);
        return [.. bytes.Skip(16 + 784 * Digit).Select(pixel => pixel / 255.0 * white)];
    }

    /// <summary>The collection beside the repository, found from its root.</summary>
    private static string SharedFolder()
    {
        DirectoryInfo? at = new(Environment.CurrentDirectory);
        while (at is not null && !File.Exists(Path.Combine(at.FullName, "Preimage.slnx")))
        {
            at = at.Parent;
        }

        return Path.Combine(at?.Parent?.FullName ?? "", "shared");
    }

    private void Line(string line)
    {
        text.AppendLine(line);
        File.WriteAllText(file, text.ToString());
    }

    /// <summary>What is walked, and the seconds that its Jacobian takes.</summary>
    private sealed record Subject(IMap Map, double[] Start, Box Box, double Jacobian);
}
