namespace Preimage.Bench;

/// <summary>Times of long pieces of work on a shared machine: processor time of this process, which does not count what others do meanwhile.</summary>
internal static class ProcessorTime
{
    private const double Block = 0.004; // seconds: some thousand ticks of the clock
    private const double WarmUp = 0.15; // seconds: long enough for every tier of the compiler
    private const int Rounds = 15;

    /// <summary>Seconds of each piece of work: in turn, the least of some blocks of each.</summary>
    public static double[] Least(params Action[] works)
    {
        int[] repeats = [.. works.Select(Repeats)];
        double[] least = new double[works.Length];
        Array.Fill(least, double.PositiveInfinity);
        for (int round = 0; round < Rounds; round++)
        {
            for (int k = 0; k < works.Length; k++)
            {
                least[k] = Math.Min(least[k], Seconds(works[k], repeats[k]));
            }
        }

        return least;
    }

    /// <summary>Seconds of one call that is too slow to be repeated, after a first where that takes less than a second.</summary>
    public static double Once(Action work)
    {
        double first = Seconds(work, 1);
        return first < 1 ? Math.Min(first, Seconds(work, 1)) : first;
    }

    private static int Repeats(Action work)
    {
        double spent = 0;
        int calls = 0;
        while (spent < WarmUp || calls < 3)
        {
            spent += Seconds(work, 1);
            calls++;
        }

        return Math.Max(1, (int)(Block / Seconds(work, 1 + (int)(Block * calls / spent))));
    }

    private static double Seconds(Action work, int repeats)
    {
        TimeSpan start = Environment.CpuUsage.TotalTime;
        for (int i = 0; i < repeats; i++)
        {
            work();
        }

        return (Environment.CpuUsage.TotalTime - start).TotalSeconds / repeats;
    }
}
