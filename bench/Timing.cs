using System.Diagnostics;
using System.Globalization;
using System.Runtime.Intrinsics;

namespace Preimage.Bench;

/// <summary>Times of several pieces of work side by side: in turn, in short blocks, the fastest block of each. On a shared machine that is the one that nothing disturbed.</summary>
internal static class Timing
{
    private const int WarmUp = 40; // blocks: long enough for every tier of the compiler
    private const int Rounds = 200;
    private const double Block = 0.003; // seconds

    /// <summary>Seconds of each piece of work.</summary>
    public static double[] Fastest(params Action[] works)
    {
        int[] repeats = [.. works.Select(Repeats)];
        double[] fastest = new double[works.Length];
        Array.Fill(fastest, double.PositiveInfinity);
        for (int round = 0; round < WarmUp + Rounds; round++)
        {
            for (int k = 0; k < works.Length; k++)
            {
                double seconds = Seconds(works[k], repeats[k]);
                fastest[k] = round < WarmUp ? fastest[k] : Math.Min(fastest[k], seconds);
            }
        }

        return fastest;
    }

    /// <summary>Seconds of one call.</summary>
    public static double Single(Action work) => Seconds(work, 1);

    /// <summary>Bytes that one more call allocates, after a first.</summary>
    public static long Allocated(Action work)
    {
        work();
        long before = GC.GetAllocatedBytesForCurrentThread();
        work();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    /// <summary>The machine and its load, as a sentence of a report.</summary>
    public static string Machine()
    {
        const string CpuInfo = "/proc/cpuinfo";
        const string LoadAverage = "/proc/loadavg";
        string model = File.Exists(CpuInfo)
            ? File.ReadLines(CpuInfo).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))
                ?? ""
            : "";
        string load = File.Exists(LoadAverage) ? File.ReadAllText(LoadAverage).Split(' ')[0] : "unknown";
        int lanes =
            Vector512.IsHardwareAccelerated ? 8
            : Vector256.IsHardwareAccelerated ? 4
            : 2;
        return $"Machine: {model[(model.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim()}, {Environment.ProcessorCount} cores shared with other work (load {load} when this was written), registers of {lanes} doubles, .NET {Environment.Version}.";
    }

    /// <summary>A time with its unit.</summary>
    public static string Time(double seconds) =>
        seconds switch
        {
            < 1e-6 => (seconds * 1e9).ToString("G3", CultureInfo.InvariantCulture) + " ns",
            < 1e-3 => (seconds * 1e6).ToString("G4", CultureInfo.InvariantCulture) + " us",
            _ => (seconds * 1e3).ToString("G4", CultureInfo.InvariantCulture) + " ms",
        };

    private static int Repeats(Action work)
    {
        int repeats = 1;
        while (Seconds(work, repeats) * repeats < Block && repeats < 1 << 20)
        {
            repeats *= 2;
        }

        return repeats;
    }

    private static double Seconds(Action work, int repeats)
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < repeats; i++)
        {
            work();
        }

        return Stopwatch.GetElapsedTime(start).TotalSeconds / repeats;
    }
}
