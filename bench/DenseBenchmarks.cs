using BenchmarkDotNet.Attributes;
using Preimage.Networks;
using Preimage.Networks.Compiled;

namespace Preimage.Bench;

/// <summary>One point: the plan in double against ONNX Runtime's forward pass in float.</summary>
public class DensePoint
{
    private DensePlan plan = null!;
    private Peer peer = null!;
    private double[] x = [];
    private double[] y = [];
    private double[] jacobian = [];

    public static string[] Networks => DenseNetworks.Names;

    [ParamsSource(nameof(Networks))]
    public string Network { get; set; } = "";

    [GlobalSetup]
    public void Prepare()
    {
        DenseNetwork network = DenseNetworks.Named(Network);
        plan = new DensePlan(network);
        x = DenseNetworks.Numbers(network.Inputs);
        y = new double[network.Outputs];
        jacobian = new double[network.Inputs * network.Outputs];
        peer = new Peer(network, x);
        plan.Linearize(x, y, jacobian);
        Agreement.Demand(peer.Run(), y[0]);
    }

    [GlobalCleanup]
    public void Release() => peer.Dispose();

    [Benchmark(Baseline = true)]
    public float OnnxRuntimeForward() => peer.Run();

    [Benchmark]
    public double Value()
    {
        plan.Evaluate(x, y);
        return y[0];
    }

    [Benchmark]
    public double ValueAndJacobian()
    {
        plan.Linearize(x, y, jacobian);
        return y[0];
    }

    /// <summary>Each point depends on the value before it, as in Newton's method.</summary>
    [Benchmark]
    public double ValueAndJacobianChained()
    {
        plan.Linearize(x, y, jacobian);
        x[0] = 0.3 + y[0] * 1e-300;
        return y[0];
    }
}

/// <summary>Many points in one call: the plan in double against ONNX Runtime's forward pass in float on the same batch.</summary>
public class DenseBatch
{
    private DensePlan plan = null!;
    private Peer peer = null!;
    private double[] points = [];
    private double[] values = [];
    private double[] jacobians = [];

    public static string[] Networks => DenseNetworks.Names;

    [ParamsSource(nameof(Networks))]
    public string Network { get; set; } = "";

    /// <summary>Points in a batch.</summary>
    public const int Count = 1024;

    [GlobalSetup]
    public void Prepare()
    {
        DenseNetwork network = DenseNetworks.Named(Network);
        plan = new DensePlan(network);
        points = DenseNetworks.Numbers(Count * network.Inputs);
        values = new double[Count * network.Outputs];
        jacobians = new double[values.Length * network.Inputs];
        peer = new Peer(network, points);
        plan.EvaluateMany(points, values);
        Agreement.Demand(peer.Run(), values[0]);
    }

    [GlobalCleanup]
    public void Release() => peer.Dispose();

    [Benchmark(Baseline = true, OperationsPerInvoke = Count)]
    public float OnnxRuntimeForward() => peer.Run();

    [Benchmark(OperationsPerInvoke = Count)]
    public double Value()
    {
        plan.EvaluateMany(points, values);
        return values[0];
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public double ValueAndJacobian()
    {
        plan.LinearizeMany(points, values, jacobians);
        return values[0];
    }
}

/// <summary>Both sides must compute the same network before they are compared.</summary>
internal static class Agreement
{
    private const double FloatRounding = 1e-4;

    public static void Demand(double theirs, double ours)
    {
        if (!(Math.Abs(theirs - ours) <= FloatRounding * Math.Max(1, Math.Abs(ours))))
        {
            throw new InvalidOperationException($"The peer gives {theirs:R}, the plan {ours:R}.");
        }
    }
}
