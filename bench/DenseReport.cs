using System.Text;
using BenchmarkDotNet.Reports;

namespace Preimage.Bench;

/// <summary>The figures as Markdown: ratios to the baseline of the same run first, then times (the fastest iteration) and allocations.</summary>
internal static class DenseReport
{
    public static string Markdown(IEnumerable<Summary> summaries)
    {
        StringBuilder text = new();
        foreach (Summary summary in summaries)
        {
            text.AppendLine();
            text.AppendLine(
                "| kind | network | what | speed, first of the same run = 1 | ns a point | allocated a call |"
            );
            text.AppendLine("|---|---|---|---:|---:|---:|");
            foreach (
                var network in summary.Reports.GroupBy(
                    report => report.BenchmarkCase.Descriptor.Type.Name + report.BenchmarkCase.Parameters.DisplayInfo,
                    StringComparer.Ordinal
                )
            )
            {
                double baseline = Nanoseconds(network.First(r => r.BenchmarkCase.Descriptor.Baseline));
                foreach (BenchmarkReport report in network)
                {
                    text.AppendLine(Row(report, baseline));
                }
            }
        }

        return text.ToString();
    }

    private static string Row(BenchmarkReport report, double baseline)
    {
        var one = report.BenchmarkCase;
        long? bytes = report.GcStats.GetBytesAllocatedPerOperation(one);
        double time = Nanoseconds(report);
        string network = one.Parameters.Items[0].Value?.ToString() ?? "";
        return $"| {one.Descriptor.Type.Name} | {network} | {one.Descriptor.WorkloadMethod.Name} | {baseline / time:G3} | {time:G4} | {bytes} B |";
    }

    private static double Nanoseconds(BenchmarkReport report) => report.ResultStatistics?.Min ?? double.NaN;
}
