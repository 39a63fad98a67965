using System.Diagnostics;
using System.Text.Json;

namespace Preimage.E2E;

/// <summary>What a run of the command line left behind.</summary>
internal sealed record Run(int ExitCode, string Output, string Error)
{
    /// <summary>Standard output as the one JSON object that --json promises.</summary>
    public JsonElement Json => JsonDocument.Parse(Output).RootElement;

    /// <summary>Holds the run to a refusal: exit code 2, nothing on standard output, one sentence that names what was wrong.</summary>
    public void IsWrongUse(string names)
    {
        Assert.Equal(2, ExitCode);
        Assert.Empty(Output);
        Assert.Contains(names, Error, StringComparison.Ordinal);
        Assert.Single(Error.Trim().Split('\n'));
    }
}

/// <summary>The command line as a process, in the repository's root.</summary>
internal static class PreimageProcess
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Runs to the end; arguments are split at blanks, save inside double quotes.</summary>
    public static Run Run(string arguments) => Finish(Start(arguments));

    /// <summary>
    /// Runs until the process has worked for a while, sends an interrupt as Ctrl-C does, and waits for the end. The while is
    /// processor time, so that a busy machine changes nothing; the run must be longer than it.
    /// </summary>
    public static Run RunAndInterrupt(string arguments, TimeSpan work)
    {
        using Process process = Start(arguments);
        while (!process.WaitForExit(TimeSpan.FromMilliseconds(50)) && process.TotalProcessorTime < work) { }
        Assert.False(process.HasExited, "the run ended before it was interrupted");
        Signal(process, "-INT");
        if (!process.WaitForExit(TimeSpan.FromSeconds(1)))
        {
            // A shell that runs the tests in the background has its children ignore interrupts; a request to terminate does the same, also after an interrupt.
            Signal(process, "-TERM");
        }

        return Finish(process);
    }

    /// <summary>Runs until the process has worked for a while (processor time, as above), and kills it as nothing can be done against.</summary>
    /// <returns>Whether it was killed: not if it ended before.</returns>
    public static bool RunAndKill(string arguments, TimeSpan work)
    {
        using Process process = Start(arguments);
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        bool hasEnded = false;
        while (!hasEnded && process.TotalProcessorTime < work)
        {
            hasEnded = process.WaitForExit(TimeSpan.FromMilliseconds(20));
        }

        process.Kill();
        process.WaitForExit();
        Task.WaitAll(output, error);
        return !hasEnded;
    }

    private static void Signal(Process process, string signal)
    {
        using Process kill = Process.Start("kill", [signal, $"{process.Id}"]);
        kill.WaitForExit();
    }

    /// <summary>Runs the SDK, leaving no build server behind.</summary>
    public static Run RunDotnet(params string[] words)
    {
        ProcessStartInfo start = Redirected(words);
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["UseSharedCompilation"] = "false";
        return Finish(Process.Start(start)!);
    }

    /// <summary>A new folder that the test may fill; it goes when the tests end.</summary>
    public static string NewFolder()
    {
        string folder = Directory.CreateTempSubdirectory("preimage-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        return folder;
    }

    private static Process Start(string arguments) =>
        Process.Start(Redirected([Path.Combine(AppContext.BaseDirectory, "preimage.dll"), .. Split(arguments)]))!;

    private static ProcessStartInfo Redirected(IEnumerable<string> words) =>
        new("dotnet", words)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = Repository.Root,
        };

    private static Run Finish(Process process)
    {
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Patience))
        {
            process.Kill();
            Assert.Fail("the process did not end");
        }

        return new Run(process.ExitCode, output.Result, error.Result);
    }

    private static IEnumerable<string> Split(string arguments)
    {
        string[] parts = arguments.Split('"');
        for (int i = 0; i < parts.Length; i++)
        {
            string[] words =
                i % 2 == 1 ? [parts[i]] : parts[i].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            foreach (string word in words)
            {
                yield return word;
            }
        }
    }
}
