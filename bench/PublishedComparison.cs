using System.Text;
using Preimage.Results;

namespace Preimage.Bench;

/// <summary>The published recipe beside continuation on one closed fiber: drift, and the cost of equal accuracy.</summary>
internal sealed class PublishedComparison(FiberCase fiber, StringBuilder text)
{
    public void Write()
    {
        double length = fiber.Length ?? TracingReport.Trace(fiber, 1e-8).Curve.Length;
        double[] deltas = [1e-2, 1e-3, 1e-4, 1e-5];
        PublishedRun[] runs = [.. deltas.Select(delta => new PublishedRun(fiber, delta, length))];
        double[] times = Timing.Fastest([.. runs.Select(run => (Action)run.Run)]);
        text.AppendLine();
        text.AppendLine("| delta | steps | evaluations | drift | time |");
        text.AppendLine("|---:|---:|---:|---:|---:|");
        for (int k = 0; k < runs.Length; k++)
        {
            text.AppendLine(
                $"| {deltas[k]:0e+0} | {runs[k].Steps} | {runs[k].Evaluations} | {runs[k].Drift:0.00e+0} | {Timing.Time(times[k])} |"
            );
        }

        (double Delta, double Drift)[] drifts = [.. deltas.Zip(runs, (delta, run) => (delta, run.Drift))];
        double rate = drifts[^1].Drift / drifts[^1].Delta;
        text.AppendLine();
        text.AppendLine(
            $"Slope of the drift in delta, by fit: {Slope.Fit(drifts):F3}. At the smallest delta the drift is {rate:F3} delta."
        );
        EqualAccuracy(length, rate);
    }

    private void EqualAccuracy(double length, double rate)
    {
        Fiber exact = TracingReport.Trace(fiber, 1e-6);
        double slope = exact.Curve.Spectrum(0)[0]; // the gradient at the start, where the last point comes back to
        double[] distances = [1e-3, 1e-4, 1e-5];
        text.AppendLine();
        text.AppendLine(
            "Equal accuracy as a drawing: continuation whose polyline stays within a distance of the fiber (its points are on it), against the published recipe whose last point lies at that distance (its drift over the gradient at the start); both measured."
        );
        text.AppendLine();
        text.AppendLine(
            "| distance | published: delta | evaluations | drift | time | continuation: evaluations | defect | time | evaluations, ratio | time, ratio |"
        );
        text.AppendLine("|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
        foreach (double distance in distances)
        {
            PublishedRun run = new(fiber, distance * slope / rate, length);
            double[] times = Timing.Fastest(run.Run, () => TracingReport.Trace(fiber, distance));
            Fiber traced = TracingReport.Trace(fiber, distance);
            text.AppendLine(
                $"| {distance:0e+0} | {distance * slope / rate:0.0e+0} | {run.Evaluations} | {run.Drift:0.0e+0} | {Timing.Time(times[0])} | {traced.Evaluations} | {traced.Curve.Defect:0.0e+0} | {Timing.Time(times[1])} | {run.Evaluations / (double)traced.Evaluations:F0} | {times[0] / times[1]:F0} |"
            );
        }

        Fiber reference = TracingReport.Trace(fiber, 1e-4);
        double needed = length * rate / reference.Curve.Defect;
        text.AppendLine();
        text.AppendLine(
            $"Equal accuracy as numbers cannot be reached: for the defect of continuation at chord 1e-4 ({reference.Curve.Defect:0.0e+0} with {reference.Evaluations} evaluations) the published recipe would need {needed:0.0e+0} steps by its own slope, {needed / reference.Evaluations:0e+0} times as many (extrapolated, not run; rounding would stop it before)."
        );
    }
}
