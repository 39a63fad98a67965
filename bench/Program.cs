using System.Globalization;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Perfolizer.Horology;
using Preimage.Bench;

if (args is ["tracing", var tracing])
{
    File.WriteAllText(tracing, TracingReport.Markdown());
    return 0;
}

if (args is ["enclosing", var enclosing])
{
    File.WriteAllText(enclosing, EnclosingReport.Markdown());
    return 0;
}

if (args is ["levels", var levels])
{
    File.WriteAllText(levels, LevelsReport.Markdown());
    return 0;
}

if (args is ["wide", var wide])
{
    File.WriteAllText(wide, WideReport.Markdown());
    return 0;
}

if (args is ["crossing", var crossing, var digits, .. var crossed])
{
    CrossingReport.Write(crossing, int.Parse(digits, CultureInfo.InvariantCulture), crossed);
    return 0;
}

if (args is ["walking", var walking])
{
    WalkingReport.Write(walking);
    return 0;
}

if (args is ["cold", var cold, .. var programs] && programs.Length == 2)
{
    File.WriteAllText(cold, ColdStart.Markdown(programs));
    return 0;
}

// Short iterations and their minimum: on a shared machine the fastest of many is the one that nothing disturbed.
Job job = Job
    .Default.WithToolchain(InProcessEmitToolchain.Instance)
    .WithWarmupCount(5)
    .WithIterationCount(100)
    .WithIterationTime(TimeInterval.FromMilliseconds(5));
IConfig config = DefaultConfig
    .Instance.AddJob(job)
    .AddDiagnoser(MemoryDiagnoser.Default)
    .AddColumn(StatisticColumn.Min);
Summary[] summaries = [.. BenchmarkSwitcher.FromAssembly(typeof(DensePoint).Assembly).Run(args, config)];
Console.WriteLine(DenseReport.Markdown(summaries));
return 0;
