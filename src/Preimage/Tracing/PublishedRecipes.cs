using Preimage.Geometry;

namespace Preimage.Tracing;

public sealed partial record Tracer
{
    /// <summary>
    /// The published SiMEC-1D: x += delta v, v the unit eigenvector of the smallest eigenvalue of g = J^T G J, nothing corrected, so that the
    /// output drifts in proportion to delta; the box stops it. The curve's defect is that drift. Delta is in input units.  [BenfenatiMarta2023b]
    /// </summary>
    /// <param name="delta">The step.</param>
    /// <param name="steps">How many steps in each direction.</param>
    /// <exception cref="ArgumentException">Delta is not positive.</exception>
    public static Tracer Simec(double delta, long steps) => Published(Eigenvalue.Smallest, delta, steps);

    /// <summary>
    /// The published SiMExp-1D: x += delta v, v the unit eigenvector of the largest eigenvalue of g: across the fibers, so that the output
    /// changes as fast as it can. The curve's defect is the change of the output from the start. Delta is in input units.  [BenfenatiMarta2023b]
    /// </summary>
    /// <param name="delta">The step.</param>
    /// <param name="steps">How many steps in each direction.</param>
    /// <exception cref="ArgumentException">Delta is not positive.</exception>
    public static Tracer Simexp(double delta, long steps) => Published(Eigenvalue.Largest, delta, steps);

    private static Tracer Published(Eigenvalue eigenvalue, double delta, long steps) =>
        Continuation with
        {
            Direction = new EigenDirection(eigenvalue, new IdentityMetric()),
            Predictor = new EulerPredictor(),
            Corrector = new Uncorrected(),
            Steps = new FixedStep(delta),
            Boundary = new StopInside(),
            Events = [],
            Stop = new Budget(steps),
            Scale = new InputUnits(),
        };
}
