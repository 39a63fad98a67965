using BenchmarkDotNet.Attributes;
using Preimage.Maps;

namespace Preimage.Bench;

/// <summary>A closed fiber of a 2-5-5-1 network: continuation against the published recipe at a delta that gives an equally good drawing.</summary>
public class TracingFiber
{
    private FiberCase fiber = null!;
    private PublishedRun published = null!;

    [Params(1e-3, 1e-4)]
    public double Distance { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        fiber = Fibers.Closed();
        var curve = TracingReport.Trace(fiber, 1e-6).Curve;
        PublishedRun probe = new(fiber, 1e-4, curve.Length);
        probe.Run();
        published = new PublishedRun(fiber, Distance * curve.Spectrum(0)[0] * 1e-4 / probe.Drift, curve.Length);
    }

    [Benchmark(Baseline = true)]
    public double Published()
    {
        published.Run();
        return published.Drift;
    }

    [Benchmark]
    public double Continuation() => TracingReport.Trace(fiber, Distance).Curve.Defects[^1];
}

/// <summary>Value and Jacobian at one point: the compiled map against the plain interpreter.</summary>
public class TracingMap
{
    private IMap compiled = null!;
    private IMap plain = null!;
    private double[] x = [];
    private double[] y = [];
    private double[] jacobian = [];

    public static string[] Networks => [.. Fibers.Examples().Select(fiber => fiber.Name)];

    [ParamsSource(nameof(Networks))]
    public string Network { get; set; } = "";

    [GlobalSetup]
    public void Prepare()
    {
        FiberCase fiber = Fibers.Examples().First(f => f.Name == Network);
        (compiled, plain, x) = (fiber.Network.Map, fiber.Network.PlainMap, fiber.Start);
        y = new double[compiled.Outputs];
        jacobian = new double[compiled.Outputs * compiled.Inputs];
    }

    [Benchmark(Baseline = true)]
    public double Plain()
    {
        plain.Linearize(x, y, jacobian);
        return y[0];
    }

    [Benchmark]
    public double Compiled()
    {
        compiled.Linearize(x, y, jacobian);
        return y[0];
    }
}
