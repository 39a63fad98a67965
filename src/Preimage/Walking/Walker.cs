using System.Runtime.ExceptionServices;
using Preimage.Maps;
using Preimage.Results;

namespace Preimage.Walking;

/// <summary>
/// A recipe of random walks on the fiber { x : N(x) = N(x0) } in a box, of any dimension. The default samples it uniformly in its own area, measured in its units.
/// A walker is immutable and may be shared between threads.  [Zappa2018]
/// </summary>
public sealed partial record Walker
{
    /// <summary>Where to step.</summary>
    public IWalkProposal Proposal { get; init; } = new TangentGaussian();

    /// <summary>Back onto the fiber.</summary>
    public IFiberReturn Return { get; init; } = new ChordReturn();

    /// <summary>Whether to go there.</summary>
    public IWalkAcceptance Acceptance { get; init; } = new ReversibleMetropolis();

    /// <summary>How the walk keeps inside its box.</summary>
    public IWalkBounds Bounds { get; init; } = new MirrorBounds();

    /// <summary>In which units steps and area are measured.</summary>
    public IWalkUnits Units { get; init; } = new WalkInputUnits();

    /// <summary>How long the steps are, in these units.</summary>
    public IStepLength StepLength { get; init; } = new AdaptedLength();

    /// <summary>Splits R^n at a point.</summary>
    public IRowSpaces RowSpaces { get; init; } = new FittingRowSpaces();

    /// <summary>Measures the way.</summary>
    public IWayLength WayLength { get; init; } = new SummedLength();

    /// <summary>Uniform in the fiber's own area: tangent Gaussian steps, corrected to rounding, reversible.</summary>
    public static Walker Uniform { get; } = new();

    /// <summary>Straight ahead on the fiber, as far as it goes: explores fast, and is no fair sample.</summary>
    public static Walker Ahead { get; } =
        new()
        {
            Proposal = new StraightAhead(),
            Acceptance = new AlwaysAccept(),
            StepLength = new AdaptedLength { Acceptance = 0.9 },
        };

    /// <summary>Walks from a point.</summary>
    /// <param name="map">N: R^n -> R^m.</param>
    /// <param name="start">x0, in the box: [n].</param>
    /// <param name="box">Where to walk.</param>
    /// <param name="plan">How long.</param>
    /// <param name="cancellation">Ends the chains with what they walked so far.</param>
    /// <exception cref="ArgumentException">The start does not fit the map or the box, or the plan cannot be carried out.</exception>
    /// <exception cref="GeometryException">The output is constant around the start, or the fiber is the start alone.</exception>
    public Walk Run(
        IMap map,
        ReadOnlySpan<double> start,
        Box box,
        WalkPlan plan,
        CancellationToken cancellation = default
    ) => Resume(map, Begin(map, start, box, plan), box, plan, cancellation);

    /// <summary>A walk of no steps yet, to be resumed.</summary>
    /// <exception cref="ArgumentException">The start does not fit the map or the box, or the plan cannot be carried out.</exception>
    /// <exception cref="GeometryException">The output is constant around the start, or the fiber is the start alone.</exception>
    public Walk Begin(IMap map, ReadOnlySpan<double> start, Box box, WalkPlan plan)
    {
        plan.Demand();
        WalkGround ground = WalkGround.From(map, start, box, Bounds, Units);
        double[] free = ground.Thin(start);
        WalkEntrance.Check(RowSpaces.Make(ground.Map), ground, free);
        double length = StepLength.First ?? FirstLength(ground.Box);
        if (!(length > 0) || !double.IsFinite(length))
        {
            throw new ArgumentException($"The first step has length {length:R}; give a positive one.");
        }

        double[] from = start.ToArray();
        if (ground.Confinement.LeavesBounds)
        {
            ground.Complete(Release.Off(this, ground, free, new Generator(plan.Seed, OffBounds)), from);
        }

        Cloud nothing = new()
        {
            Dimension = map.Inputs,
            Outputs = map.Outputs,
            Points = [],
            Values = [],
            Defects = [],
        };
        return new Walk
        {
            Start = [.. start],
            Target = [.. ground.Target],
            Rounding = ground.Rounding,
            Chains =
            [
                .. Enumerable
                    .Range(0, plan.Chains)
                    .Select(stream => new Chain
                    {
                        Kept = nothing,
                        Distances = [],
                        State = new WalkProgress
                        {
                            Point = [.. from],
                            Random = new Generator(plan.Seed, stream).State,
                            StepLength = length,
                        },
                    }),
            ],
        };
    }

    // The stream of random numbers that moves a start off its bounds; chains have those from 0.
    private const int OffBounds = -1;

    /// <summary>Goes on with a walk, by the same recipe in the same box: the same bits as without the stop.</summary>
    /// <param name="map">The map of the walk.</param>
    /// <param name="walk">What was walked so far.</param>
    /// <param name="box">The box of the walk.</param>
    /// <param name="plan">The plan of the walk; it may ask for more steps than before.</param>
    /// <param name="cancellation">Ends the chains again.</param>
    /// <exception cref="ArgumentException">The walk is of another map, or the plan cannot be carried out.</exception>
    public Walk Resume(IMap map, Walk walk, Box box, WalkPlan plan, CancellationToken cancellation = default)
    {
        plan.Demand();
        WalkGround ground = WalkGround.Of(map, walk, box, Bounds, Units);
        Chain[] chains = [.. walk.Chains];
        void Run(int i)
        {
            if (!IsDone(chains[i].State, plan))
            {
                chains[i] = new WalkRun(this, ground, walk, chains[i]).Run(plan, cancellation);
            }
        }

        ParallelOptions options = new()
        {
            MaxDegreeOfParallelism = plan.Threads == 0 ? Environment.ProcessorCount : plan.Threads,
        };
        try
        {
            Parallel.For(0, chains.Length, options, Run);
        }
        catch (AggregateException all)
        {
            ExceptionDispatchInfo.Capture(all.InnerExceptions[0]).Throw();
        }

        return walk with
        {
            Chains = [.. chains],
        };
    }

    /// <summary>Whether nothing is left of a walk's plan: every chain has its steps or cannot go on.</summary>
    public static bool IsDone(Walk walk, WalkPlan plan) => walk.Chains.All(chain => IsDone(chain.State, plan));

    private static bool IsDone(WalkProgress state, WalkPlan plan) =>
        state.Ending is not (Ending.Unknown or Ending.BudgetSpent or Ending.Cancelled)
        || state.Ending == Ending.BudgetSpent && state.Steps >= plan.Steps;

    // A Gaussian step of length h in each of d inputs has the length h sqrt(d) in all: of many inputs it is to be no longer than that of so many.
    private const double FewInputs = 16;

    /// <summary>A tenth of the smallest half width, of 1 where the box has none; less where the inputs are many.</summary>
    private static double FirstLength(Box box)
    {
        double half = double.PositiveInfinity;
        for (int i = 0; i < box.Dimension; i++)
        {
            double width = box.Upper[i] - box.Lower[i];
            half = width > 0 ? Math.Min(half, width / 2) : half;
        }

        return 0.1 * (double.IsFinite(half) ? half : 1) * Math.Sqrt(Math.Min(1, FewInputs / box.Dimension));
    }
}
