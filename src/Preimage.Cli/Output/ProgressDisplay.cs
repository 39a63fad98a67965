using System.Diagnostics;
using Preimage.Results;
using Preimage.Tracing;
using Preimage.Training;
using Preimage.Training.Fitting;
using Spectre.Console;

namespace Preimage.Cli.Output;

/// <summary>Progress bars on standard error; none when it is redirected, or when only JSON is wanted.</summary>
internal static class ProgressDisplay
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(100);

    /// <summary>Runs a training with a bar for its epochs and the losses beside it.</summary>
    public static T Train<T>(bool quiet, bool hasClasses, Func<IProgress<TrainingProgress>?, T> fit)
        where T : TrainingOutcome =>
        quiet || Console.IsErrorRedirected
            ? fit(null)
            : Show(
                "training",
                task =>
                    fit(
                        new Reporter<TrainingProgress>(p =>
                        {
                            task.MaxValue = Math.Max(1, p.Epochs);
                            task.Value = p.Epoch;
                            string validation = double.IsNaN(p.ValidationLoss)
                                ? ""
                                : $", validation {p.ValidationLoss:E2}";
                            string right =
                                hasClasses && !double.IsNaN(p.ValidationLoss)
                                    ? $", right {p.ValidationAgreement:P1}"
                                    : "";
                            task.Description = $"loss {p.TrainingLoss:E2}{validation}{right}";
                        })
                    )
            );

    /// <summary>Runs a trace with a count of its points, if it takes long enough to be worth looking at.</summary>
    public static Fiber Trace(bool quiet, Func<ISink?, Fiber> trace) =>
        quiet || Console.IsErrorRedirected ? trace(null) : trace(new PointCounter());

    /// <summary>Runs a search with its seconds on standard error, if it takes long enough to be worth looking at.</summary>
    public static T Wait<T>(bool quiet, string title, Func<T> search)
    {
        if (quiet || Console.IsErrorRedirected)
        {
            return search();
        }

        Stopwatch watch = Stopwatch.StartNew();
        using Timer clock = new(
            _ => Console.Error.Write($"\r{title}, {watch.Elapsed.TotalSeconds:F0} s, Ctrl-C stops it "),
            null,
            Patience,
            Patience
        );
        try
        {
            return search();
        }
        finally
        {
            if (watch.Elapsed > Patience)
            {
                Console.Error.Write("\r" + new string(' ', title.Length + 30) + "\r");
            }
        }
    }

    /// <summary>Runs something long under a bar; it says how much of the total is done.</summary>
    public static T Count<T>(bool quiet, string title, long total, Func<Action<long>, T> run) =>
        quiet || Console.IsErrorRedirected
            ? run(_ => { })
            : Show(
                title,
                task =>
                {
                    task.MaxValue = Math.Max(1, total);
                    return run(done => task.Value = done);
                }
            );

    /// <summary>Runs something long under a bar that it moves itself.</summary>
    public static T Show<T>(string title, Func<ProgressTask, T> run)
    {
        IAnsiConsole console = AnsiConsole.Create(
            new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) }
        );
        return console
            .Progress()
            .AutoClear(true)
            .Columns(
                new TaskDescriptionColumn(),
                new ProgressBarColumn(),
                new PercentageColumn(),
                new RemainingTimeColumn()
            )
            .Start(context => run(context.AddTask(title)));
    }

    /// <summary>Rewrites one line on standard error; the length of a fiber is not known before it ends, so there is no bar.</summary>
    private sealed class PointCounter : ISink
    {
        private long _next = Environment.TickCount64 + (long)Patience.TotalMilliseconds;
        private long _points;

        public void Accept(in TracePoint point)
        {
            _points++;
            if (Environment.TickCount64 >= _next)
            {
                _next = Environment.TickCount64 + (long)BetweenLooks.TotalMilliseconds;
                Console.Error.Write($"\r{_points} points, length {point.Length:G6}, Ctrl-C keeps them ");
            }
        }
    }

    /// <summary>Looks up at most ten times a second: reporting must not cost more than the work.</summary>
    private sealed class Reporter<T>(Action<T> show) : IProgress<T>
    {
        private long _next;

        public void Report(T value)
        {
            if (Environment.TickCount64 >= _next)
            {
                _next = Environment.TickCount64 + (long)BetweenLooks.TotalMilliseconds;
                show(value);
            }
        }
    }
}
