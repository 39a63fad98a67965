using System.Text;
using Preimage.Maps;
using Preimage.Networks;
using Preimage.Networks.Compiled;
using Preimage.Onnx;

namespace Preimage.Bench;

/// <summary>Any network side by side with ONNX Runtime's float forward and with the plain interpreters, in one run.</summary>
internal sealed class WideReport
{
    /// <summary>A dense Jacobian of more numbers than these is left to products.</summary>
    private const long LargestJacobian = 1L << 21;

    private readonly StringBuilder text = new();

    public static string Markdown()
    {
        WideReport report = new();
        report.Head();
        report.Products();
        report.Digits();
        report.Growth();
        report.Models();
        return report.text.ToString();
    }

    private void Head()
    {
        Line("# Wide networks");
        Line("");
        Line("This file is written by one command, from the root of the repository:");
        Line("");
        Line("    dotnet run -c Release --project bench -- wide bench/reports/wide.md");
        Line("");
        Line(
            "Times are processor time of one thread, warm, the least of 15 blocks taken in turn with what they are compared to; ratios come first, differences under 20 % are noise. All in double, but for ONNX Runtime (one thread), which computes in float and has no derivatives."
        );
        Line("");
        Line(Timing.Machine());
    }

    private void Products()
    {
        Line("");
        Line("## Products of matrices");
        Line("");
        Line(
            "n x n x n, both packed on the way; the first line is a tile that stays in the caches: what the machine can do."
        );
        Line("");
        Line("| n | GFLOP/s, 8 doubles a register | 4 doubles |");
        Line("|---:|---:|---:|");
        using ProductWork tile = new(0);
        double[] peak = ProcessorTime.Least(tile.Tile<Lanes512>, tile.Tile<Lanes256>);
        Line(
            $"| tile | {ProductWork.TileFlops(8) / peak[0] / 1e9:G3} | {ProductWork.TileFlops(4) / peak[1] / 1e9:G3} |"
        );
        foreach (int n in (int[])[16, 32, 64, 128, 256, 512, 1024])
        {
            using ProductWork work = new(n);
            double[] seconds = ProcessorTime.Least(work.Multiply<Lanes512>, work.Multiply<Lanes256>);
            double flops = 2.0 * n * n * n;
            Line($"| {n} | {flops / seconds[0] / 1e9:G3} | {flops / seconds[1] / 1e9:G3} |");
        }
    }

    private void Digits()
    {
        byte[] model = WideNetworks.Digits();
        Network network = OnnxFile.Read(model, "digits.onnx");
        double[] x = Numbers(network.Inputs);
        using ModelPeer peer = new(model, x);
        Work plan = new(new GraphPlan(network.Graph, 8, threads: 1), x);
        Work narrow = new(new GraphPlan(network.Graph, 4, threads: 1), x);
        Work plain = new((IProductMap)network.PlainMap, x);
        Action[] works = [peer.Run, plan.Evaluate, plan.Linearize, narrow.Linearize, plain.Evaluate, plain.Linearize];
        string[] names =
        [
            "ONNX Runtime, value in float",
            "plan, value",
            "plan, value and Jacobian 10 x 784",
            "plan on registers of 4 doubles, value and Jacobian",
            "plain interpreters, value",
            "plain interpreters, value and Jacobian",
        ];
        double[] seconds = ProcessorTime.Least(works);
        Line("");
        Line("## Digits: conv 1-10-5, pool, relu, conv 10-20-5, pool, relu, 320-50-50-10, log-softmax");
        Line("");
        Line("| what | ratio | time | allocated a call |");
        Line("|---|---:|---:|---:|");
        for (int i = 0; i < works.Length; i++)
        {
            Line(
                $"| {names[i]} | {seconds[i] / seconds[0]:G3} | {Timing.Time(seconds[i])} | {Allocated(works[i], i)} |"
            );
        }
    }

    /// <summary>ONNX Runtime's memory is not the collector's.</summary>
    private static string Allocated(Action work, int place) => place == 0 ? "" : $"{Timing.Allocated(work)} B";

    private void Growth()
    {
        Line("");
        Line("## Growth");
        Line("");
        Line(
            "Convolutions of 3 x 3 with 8 channels on a square image, tanh between, and a dense layer. A Jacobian is m adjoints side by side: its ratio to the value divided by m is what one of them costs."
        );
        Line("");
        Line(
            "| side | layers | n | m | value | value and Jacobian | Jacobian / (m value) | buffers of a value | of the Jacobian |"
        );
        Line("|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
        (int Side, int Layers, int Outputs)[] sizes =
        [
            (8, 2, 10),
            (16, 2, 10),
            (32, 2, 10),
            (64, 2, 10),
            (16, 1, 10),
            (16, 4, 10),
            (16, 8, 10),
            (16, 16, 10),
            (16, 2, 1),
            (16, 2, 32),
            (16, 2, 100),
        ];
        foreach ((int side, int layers, int outputs) in sizes)
        {
            Graph graph = WideNetworks.Chain(side, layers, outputs);
            GraphPlan plan = new(graph, 8, threads: 1);
            Work work = new(plan, Numbers(graph.Inputs));
            double[] s = ProcessorTime.Least(work.Evaluate, work.Linearize);
            Line(
                $"| {side} | {layers} | {graph.Inputs} | {outputs} | {Timing.Time(s[0])} | {Timing.Time(s[1])} | {s[1] / s[0] / outputs:G3} | {Bytes(plan.ValueBytes)} | {Bytes(plan.JacobianBytes)} |"
            );
        }
    }

    private void Models()
    {
        string folder = SharedModels();
        if (!Directory.Exists(folder))
        {
            return;
        }

        Line("");
        Line("## Networks that others trained");
        Line("");
        Line(
            "Those that are no dense chain. Ratios are to ONNX Runtime's float forward in the same run. Products are J v (one direction) and J^T w (one covector), each with the value; a Jacobian of more than two million numbers is left to them. Plain is the value by the plain interpreters, once. Memory: the buffers of a value and of one J^T w."
        );
        Line("");
        Line("| network | n | m | ONNX Runtime | value | J v | J^T w | Jacobian | plain | buffers |");
        Line("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
        foreach (
            string file in Directory
                .GetFiles(folder, "*.onnx", SearchOption.AllDirectories)
                .Order(StringComparer.Ordinal)
        )
        {
            Model(Path.GetRelativePath(folder, file), file);
        }
    }

    private void Model(string name, string file)
    {
        Network network;
        try
        {
            network = OnnxFile.Read(file);
        }
        catch (Exception refusal) when (refusal is ModelException or ArgumentException)
        {
            return; // refused, or it asks for more than a file: the tests say so
        }

        if (network.Dense is not null || network.Inputs == 0)
        {
            return;
        }

        double[] x = network.Start.Length == network.Inputs ? [.. network.Start] : Numbers(network.Inputs);
        GraphPlan plan = new(network.Graph, 8, threads: 1);
        Work work = new(plan, x);
        using ModelPeer? peer = TryPeer(file, x);
        double[] s = ProcessorTime.Least(
            peer is null ? () => { } : peer.Run,
            work.Evaluate,
            work.Tangent,
            work.Adjoint
        );
        double jacobian =
            (long)network.Inputs * network.Outputs <= LargestJacobian
                ? ProcessorTime.Least(work.Linearize)[0]
                : double.NaN;
        double plain = ProcessorTime.Once(new Work((IProductMap)network.PlainMap, x).Evaluate);
        string Cell(double seconds) =>
            double.IsNaN(seconds) ? ""
            : peer is null ? Timing.Time(seconds)
            : $"{seconds / s[0]:G3} ({Timing.Time(seconds)})";
        Line(
            $"| {name} | {network.Inputs} | {network.Outputs} | {(peer is null ? "several inputs" : Timing.Time(s[0]))} | {Cell(s[1])} | {Cell(s[2])} | {Cell(s[3])} | {Cell(jacobian)} | {Cell(plain)} | {Bytes(plan.ValueBytes)}, {Bytes(plan.ProductBytes(Pass.Adjoint, 1))} |"
        );
    }

    /// <summary>Models of several inputs are not compared.</summary>
    private static ModelPeer? TryPeer(string file, double[] x)
    {
        try
        {
            return new ModelPeer(File.ReadAllBytes(file), x);
        }
        catch (Exception other)
            when (other is InvalidOperationException or Microsoft.ML.OnnxRuntime.OnnxRuntimeException)
        {
            return null;
        }
    }

    /// <summary>The models beside the repository, found from its root.</summary>
    private static string SharedModels()
    {
        DirectoryInfo? at = new(Environment.CurrentDirectory);
        while (at is not null && !File.Exists(Path.Combine(at.FullName, "Preimage.slnx")))
        {
            at = at.Parent;
        }

        return Path.Combine(at?.Parent?.FullName ?? "", "shared", "models");
    }

    private static double[] Numbers(int count)
    {
        Random random = new(3);
        return [.. Enumerable.Range(0, count).Select(_ => random.NextDouble())];
    }

    private static string Bytes(long bytes) =>
        bytes < 1 << 20 ? $"{bytes / 1024.0:G3} KiB" : $"{bytes / 1024.0 / 1024:G3} MiB";

    private void Line(string line) => text.AppendLine(line);

    /// <summary>A map at a point, with room for what it gives.</summary>
    private sealed class Work(IProductMap map, double[] x)
    {
        private readonly double[] y = new double[map.Outputs];
        private readonly double[] v = Numbers(map.Inputs);
        private readonly double[] w = Numbers(map.Outputs);
        private readonly double[] gradient = new double[map.Inputs];
        private double[] jacobian = [];

        public void Evaluate() => map.Evaluate(x, y);

        public void Tangent() => map.Tangent(x, v, y);

        public void Adjoint() => map.Adjoint(x, w, gradient);

        public void Linearize()
        {
            if (jacobian.Length == 0)
            {
                jacobian = new double[map.Inputs * map.Outputs];
            }

            map.Linearize(x, y, jacobian);
        }
    }
}
