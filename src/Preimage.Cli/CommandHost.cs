using System.CommandLine;
using System.Runtime.InteropServices;

namespace Preimage.Cli;

/// <summary>Runs a command: signals become cancellation, exceptions that a person can mend become a sentence and an exit code.</summary>
internal static class CommandHost
{
    /// <summary>Sets the command's action; the token is cancelled by Ctrl-C or a request to terminate.</summary>
    public static void SetRun(this Command command, Func<ParseResult, CancellationToken, ExitCode> run) =>
        command.SetAction(result => (int)Guard(result, run));

    private static ExitCode Guard(ParseResult result, Func<ParseResult, CancellationToken, ExitCode> run)
    {
        using CancellationTokenSource cancellation = new();
        void Cancel(PosixSignalContext context)
        {
            context.Cancel = true; // the run ends by itself and writes what it has
            cancellation.Cancel();
        }

        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Cancel);
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Cancel);
        try
        {
            return run(result, cancellation.Token);
        }
        catch (ArgumentException refusal)
        {
            return Refuse(refusal.Message, ExitCode.WrongUse);
        }
        catch (PreimageException refusal)
        {
            return Refuse(refusal.Message, ExitCode.Failed);
        }
        catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException)
        {
            return Refuse($"Reading or writing failed: {refusal.Message}", ExitCode.Failed);
        }
        catch (OperationCanceledException)
        {
            return Refuse("Stopped before there was a result; nothing was written.", ExitCode.Partial);
        }
    }

    /// <summary>One sentence on standard error, and the code that goes with it.</summary>
    public static ExitCode Refuse(string sentence, ExitCode code)
    {
        Say(sentence);
        return code;
    }

    /// <summary>One sentence on standard error about what was assumed; the run goes on.</summary>
    public static void Warn(string sentence) => Say($"note: {sentence}");

    private static void Say(string sentence)
    {
        try
        {
            Console.Error.WriteLine($"preimage: {sentence}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Nobody can hear it; the exit code still says it.
        }
    }
}
