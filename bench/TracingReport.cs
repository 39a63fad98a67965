using System.Text;
using Preimage.Maps;
using Preimage.Results;
using Preimage.Tracing;

namespace Preimage.Bench;

/// <summary>Tracing side by side, in one run: what a fiber costs, the published recipe beside it, and how lengths converge.</summary>
internal sealed class TracingReport
{
    private readonly StringBuilder text = new();

    public static string Markdown()
    {
        TracingReport report = new();
        report.Head();
        report.Costs();
        report.Published();
        report.Convergence();
        report.Interpreter();
        return report.text.ToString();
    }

    private void Head()
    {
        text.AppendLine("# Tracing fibers");
        text.AppendLine();
        text.AppendLine("This file is written by one command, from the root of the repository:");
        text.AppendLine();
        text.AppendLine("    dotnet run -c Release --project bench -- tracing bench/reports/tracing.md");
        text.AppendLine();
        text.AppendLine(
            "Counts, defects, errors, orders and allocations are the same on every machine with fused multiply-add. Times are warm, on one core, the fastest of 200 blocks of 3 ms taken in turn; differences under 20 % are noise."
        );
        text.AppendLine(
            "The same comparisons by BenchmarkDotNet: `dotnet run -c Release --project bench -- --filter '*Tracing*'`."
        );
        text.AppendLine();
        text.AppendLine(Timing.Machine());
        if (!Fibers.Published().Any())
        {
            text.AppendLine();
            text.AppendLine(
                "The published networks' weights are not beside the repository: only the shipped examples are measured."
            );
        }
    }

    private void Costs()
    {
        text.AppendLine();
        text.AppendLine("## What a fiber costs");
        text.AppendLine();
        text.AppendLine(
            "Chords are in half widths of the box. Defects are in ulp of the output y0, and in ulp of the output's scale max(|y0|, |J| |x|), what rounding the inputs alone can make of the output; each is the largest over all points. The length error is against long-double arithmetic in independent code where that is known, else against a chord of 1e-8 (marked ~)."
        );
        text.AppendLine();
        text.AppendLine(
            "| fiber | chord | points | evaluations | a point | refused | defect, ulp of y0 | ulp of scale | length error | time | of it evaluations | allocated | ends |"
        );
        text.AppendLine("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---|");
        foreach (FiberCase fiber in Fibers.Published().Concat(Fibers.Examples()))
        {
            double length = fiber.Length ?? Trace(fiber, 1e-8).Curve.Length;
            double sparse = ChordFor(fiber, 35);
            double[] chords = [sparse, 1e-4, 1e-6];
            double[] times = Timing.Fastest([
                .. chords.Select(chord => (Action)(() => Trace(fiber, chord))),
                Evaluation(fiber.Network.Map, fiber.Start),
            ]);
            for (int k = 0; k < chords.Length; k++)
            {
                Row(fiber, (chords[k], length), times[k], times[^1]);
            }
        }
    }

    private void Row(FiberCase fiber, (double Chord, double Length) setting, double time, double evaluation)
    {
        Fiber traced = Trace(fiber, setting.Chord);
        Curve curve = traced.Curve;
        double error = Math.Abs(curve.Length - setting.Length) / setting.Length;
        double ulp = traced.Target.Max(y => Math.BitIncrement(Math.Abs(y)) - Math.Abs(y));
        string mark = fiber.Length is null ? "~" : "";
        double perPoint = traced.Evaluations / (double)curve.Count;
        double share = traced.Evaluations * evaluation / time;
        long bytes = Timing.Allocated(() => Trace(fiber, setting.Chord));
        text.AppendLine(
            $"| {fiber.Name} | {setting.Chord:0.0e+0} | {curve.Count} | {traced.Evaluations} | {perPoint:F2} | {traced.Rejections} | {curve.Defect / ulp:F1} | {ScaledDefect(fiber, traced):F1} | {mark}{error:0.0e+0} | {Timing.Time(time)} | {share:P0} | {bytes / 1024.0:F1} KiB | {curve.Start}, {curve.End} |"
        );
    }

    private void Published()
    {
        FiberCase fiber = Fibers.Closed();
        text.AppendLine();
        text.AppendLine("## The published recipe on the same fiber");
        text.AppendLine();
        text.AppendLine(
            $"`Tracer.Simec(delta, steps)`: once around the closed fiber of {fiber.Name}, in one direction. Drift is |N(x) - N(x0)| at the last point [BenfenatiMarta2023b]."
        );
        new PublishedComparison(fiber, text).Write();
    }

    private void Convergence()
    {
        text.AppendLine();
        text.AppendLine("## Convergence of the length");
        text.AppendLine();
        text.AppendLine(
            "Relative error of the length (cubic Hermite) while the chord tolerance falls. The order is the slope of its logarithm over that of the mean step, where the error is above 1e-12 (the references carry 14 digits); a tolerance on chords makes steps of its square root, so order 4 in the step is order 2 in the chord. Where even the longest steps are below 1e-12, as on a curve that is nearly straight in its units, there is no order to see (-)."
        );
        text.AppendLine();
        double[] chords = [1e-4, 3e-5, 1e-5, 3e-6, 1e-6, 3e-7];
        text.AppendLine($"| fiber | {string.Join(" | ", chords.Select(chord => $"{chord:0e+0}"))} | order |");
        text.AppendLine("|---|" + string.Concat(Enumerable.Repeat("---:|", chords.Length + 1)));
        foreach (FiberCase fiber in Fibers.Published().Concat(Fibers.Examples()))
        {
            double length = fiber.Length ?? Trace(fiber, 1e-8).Curve.Length;
            Curve[] curves = [.. chords.Select(chord => Trace(fiber, chord).Curve)];
            (double Step, double Error)[] points =
            [
                .. curves.Select(curve => (length / curve.Count, Math.Abs(curve.Length - length) / length)),
            ];
            double order = Slope.Fit([.. points.Where(p => p.Error > 1e-12)]);
            text.AppendLine(
                $"| {fiber.Name} | {string.Join(" | ", points.Select(p => $"{p.Error:0.0e+0}"))} | {(double.IsNaN(order) ? "-" : order.ToString("F2"))} |"
            );
        }
    }

    private void Interpreter()
    {
        text.AppendLine();
        text.AppendLine("## The compiled map beside the plain interpreter");
        text.AppendLine();
        text.AppendLine(
            "Value and Jacobian at one point: `network.Map` against `network.PlainMap`, with the largest difference between them, relative to the largest entry."
        );
        text.AppendLine();
        text.AppendLine("| network | compiled | plain | plain / compiled | value differs by | Jacobian differs by |");
        text.AppendLine("|---|---:|---:|---:|---:|---:|");
        foreach (FiberCase fiber in Fibers.Published().Concat(Fibers.Examples()))
        {
            (IMap compiled, IMap plain) = (fiber.Network.Map, fiber.Network.PlainMap);
            double[] times = Timing.Fastest(Evaluation(compiled, fiber.Start), Evaluation(plain, fiber.Start));
            (double[] y, double[] j) = Linearize(compiled, fiber.Start);
            (double[] plainY, double[] plainJ) = Linearize(plain, fiber.Start);
            text.AppendLine(
                $"| {fiber.Name} | {Timing.Time(times[0])} | {Timing.Time(times[1])} | {times[1] / times[0]:F1} | {Difference(y, plainY):0.0e+0} | {Difference(j, plainJ):0.0e+0} |"
            );
        }
    }

    private static double Difference(double[] ours, double[] theirs) =>
        ours.Zip(theirs, (a, b) => Math.Abs(a - b)).Max() / theirs.Max(Math.Abs);

    /// <summary>The largest defect in ulp of the output's scale at its point.</summary>
    private static double ScaledDefect(FiberCase fiber, Fiber traced)
    {
        const double Epsilon = 2.220446049250313e-16;
        double largest = 0;
        for (int i = 0; i < traced.Curve.Count; i++)
        {
            double[] x = traced.Curve.Point(i).ToArray();
            double[] jacobian = Linearize(fiber.Network.Map, x).Jacobian;
            double scale = jacobian
                .Chunk(x.Length)
                .Max(row => row.Zip(x, (slope, coordinate) => Math.Abs(slope * coordinate)).Sum());
            scale = Math.Max(scale, traced.Target.Max(Math.Abs));
            largest = Math.Max(largest, traced.Curve.Defects[i] / (Epsilon * scale));
        }

        return largest;
    }

    internal static Fiber Trace(FiberCase fiber, double chord) =>
        (Tracer.Continuation with { Steps = new ChordControl(chord) }).Trace(fiber.Network.Map, fiber.Start, fiber.Box);

    /// <summary>One evaluation with its Jacobian, nothing allocated.</summary>
    private static Action Evaluation(IMap map, double[] x)
    {
        double[] y = new double[map.Outputs];
        double[] jacobian = new double[map.Outputs * map.Inputs];
        return () => map.Linearize(x, y, jacobian);
    }

    private static (double[] Value, double[] Jacobian) Linearize(IMap map, double[] x)
    {
        double[] y = new double[map.Outputs];
        double[] jacobian = new double[map.Outputs * map.Inputs];
        map.Linearize(x, y, jacobian);
        return (y, jacobian);
    }

    /// <summary>The chord, of twenty in a decade, that gives the number of points nearest to the one asked for.</summary>
    private static double ChordFor(FiberCase fiber, int points) =>
        Enumerable
            .Range(0, 61)
            .Select(k => Math.Pow(10, -1.5 - k / 20.0))
            .MinBy(chord => Math.Abs(Trace(fiber, chord).Curve.Count - points));
}
