using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Preimage.Bench;

/// <summary>The command line as a fresh process: the program published as native code beside the same program on the runtime, in turn.</summary>
internal static partial class ColdStart
{
    private const int Runs = 30;
    private const int Children = -1; // RUSAGE_CHILDREN

    private sealed record Work(string Name, string[] Arguments);

    private readonly record struct Cost(double Seconds, double Busy);

    /// <summary>Measures every program on every work, once more in each round.</summary>
    public static string Markdown(string[] programs)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("cold-start");
        Work[] works = [.. Works(folder.FullName)];
        var costs = works.ToDictionary(work => work, _ => programs.Select(_ => new List<Cost>()).ToArray());
        for (int round = 0; round < Runs; round++)
        {
            foreach (Work work in works)
            {
                for (int k = 0; k < programs.Length; k++)
                {
                    costs[work][k].Add(Run(programs[k], work.Arguments));
                }
            }
        }

        folder.Delete(recursive: true);
        return Head(programs) + Table(costs);
    }

    private static IEnumerable<Work> Works(string folder)
    {
        string model = Fibers.InRepository("examples/01-compact-class/compact-class.onnx");
        string target = Path.Combine(folder, "class");
        string[] trace = ["trace", model, "--at", "0.25,0.25"];
        yield return new Work("`--version`", ["--version"]);
        yield return new Work("`info`", ["info", model]);
        yield return new Work("`trace`, table only", trace);
        yield return new Work("`trace --json`", [.. trace, "--json"]);
        foreach (string ending in new[] { "csv", "json", "svg", "html", "png" })
        {
            yield return new Work($"`trace --out class.{ending}`", [.. trace, "--out", $"{target}.{ending}"]);
        }

        yield return new Work("`trace --out class`, all five files", [.. trace, "--out", target]);
    }

    private static Cost Run(string program, string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        double busy = Busy();
        long before = Stopwatch.GetTimestamp();
        using Process process =
            Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        string said = process.StandardOutput.ReadToEnd() + process.StandardError.ReadToEnd();
        process.WaitForExit();
        double seconds = Stopwatch.GetElapsedTime(before).TotalSeconds;
        return process.ExitCode == 0
            ? new Cost(seconds, Busy() - busy)
            : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: {said}");
    }

    private static string Head(string[] programs)
    {
        StringBuilder text = new();
        text.AppendLine("# Cold start of the command line");
        text.AppendLine();
        text.AppendLine("This file is written by three commands, from the root of the repository (Linux):");
        text.AppendLine();
        text.AppendLine("    dotnet publish src/Preimage.Cli -c Release -r linux-x64 -o artifacts/native");
        text.AppendLine("    dotnet build src/Preimage.Cli -c Release");
        text.AppendLine(
            "    dotnet run -c Release --project bench -- cold bench/reports/cold-start.md artifacts/native/preimage src/Preimage.Cli/bin/Release/net10.0/preimage"
        );
        text.AppendLine();
        text.AppendLine(
            $"Each figure in ms: the fastest and the median of {Runs} fresh processes, from start to exit, the programs in turn; then the processor time, user and system, of the run that took the least. The model is examples/01-compact-class (2-5-5-1), chord 1e-4; a trace's figure is 1479 x 1172 pixels."
        );
        text.AppendLine();
        text.AppendLine(Timing.Machine());
        text.AppendLine();
        text.AppendLine($"Native: one file of {new FileInfo(programs[0]).Length / 1e6:F1} MB.");
        return text.ToString();
    }

    private static string Table(Dictionary<Work, List<Cost>[]> costs)
    {
        StringBuilder text = new();
        text.AppendLine();
        text.AppendLine(
            "| | native: fastest | median | processor | on the runtime: fastest | median | processor | fastest, ratio |"
        );
        text.AppendLine("|---|---:|---:|---:|---:|---:|---:|---:|");
        foreach ((Work work, List<Cost>[] runs) in costs)
        {
            string figures = string.Join(" | ", runs.Select(Figures));
            double ratio = runs[^1].Min(cost => cost.Seconds) / runs[0].Min(cost => cost.Seconds);
            text.AppendLine($"| {work.Name} | {figures} | {ratio:F1} |");
        }

        return text.ToString();
    }

    private static string Figures(List<Cost> costs)
    {
        double[] seconds = [.. costs.Select(cost => cost.Seconds).Order()];
        double median = (seconds[(seconds.Length - 1) / 2] + seconds[seconds.Length / 2]) / 2;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{seconds[0] * 1e3:F1} | {median * 1e3:F1} | {costs.Min(cost => cost.Busy) * 1e3:F1}"
        );
    }

    /// <summary>Processor seconds of all children that have ended.</summary>
    private static double Busy()
    {
        Span<long> usage = stackalloc long[18]; // struct rusage of 64-bit Linux: user and system time as seconds and microseconds, then 14 counts
        return Usage(Children, usage) == 0
            ? usage[0] + usage[2] + (usage[1] + usage[3]) * 1e-6
            : throw new InvalidOperationException("getrusage failed.");
    }

    [LibraryImport("libc", EntryPoint = "getrusage")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Usage(int who, Span<long> usage);
}
