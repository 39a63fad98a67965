using Preimage.Results;
using Preimage.Tracing;

namespace Preimage.Bench;

/// <summary>The published recipe once around a closed fiber, in one direction: a step along the null vector, nothing corrected.</summary>
internal sealed class PublishedRun : ISink
{
    private readonly Tracer tracer;
    private readonly Problem problem;
    private readonly Progress start;

    /// <summary>Steps of length delta until the length is used up.</summary>
    public PublishedRun(FiberCase fiber, double delta, double length)
    {
        Steps = (long)Math.Round(length / delta);
        tracer = Tracer.Simec(delta, Steps);
        Fiber atStart = Tracer.Simec(delta, 0).Trace(fiber.Network.Map, fiber.Start, fiber.Box);
        problem = new Problem(fiber.Network.Map, fiber.Box, atStart.Target);
        start = atStart.Forward ?? throw new InvalidOperationException("The published recipe did not start.");
    }

    public long Steps { get; }

    /// <summary>Max norm of N(x) - N(x0) at the last point.</summary>
    public double Drift { get; private set; }

    public long Evaluations { get; private set; }

    public void Run()
    {
        Progress end = tracer.Run(problem, start, +1, this, CancellationToken.None);
        if (end.Accepted != Steps)
        {
            throw new InvalidOperationException($"The published recipe ended after {end.Accepted} of {Steps} steps.");
        }

        Evaluations = end.Evaluations;
    }

    public void Accept(in TracePoint point) => Drift = point.Defect;
}
