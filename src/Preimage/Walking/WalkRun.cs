using Preimage.Geometry;
using Preimage.Results;

namespace Preimage.Walking;

/// <summary>One chain under way.</summary>
internal sealed class WalkRun
{
    // Steps so short against the point are lost in rounding.
    private const double Vanishing = 1e-14;

    private readonly Walker _walker;
    private readonly WalkGround _ground;
    private readonly Chain _from;
    private readonly WalkStep _step;
    private readonly double[] _start; // x0: [d]
    private readonly double[] _whole; // a point with the inputs that are held: [n]
    private readonly Ranking _ranking;
    private readonly List<double> _distances = [];
    private readonly List<double> _points = [];
    private readonly List<double> _values = [];
    private readonly List<double> _defects = [];
    private WalkProgress _state;
    private long _accepted;
    private long _steps;
    private long _warmUp;
    private long _unreturned;
    private long _contacts;
    private long _linearizations;
    private double _distance;
    private double _defect;
    private double _moved; // by the last accepted step
    private bool _hasMoved;

    public WalkRun(Walker walker, WalkGround ground, Walk walk, Chain from)
    {
        _walker = walker;
        _ground = ground;
        _from = from;
        _state = from.State;
        _start = ground.Thin(walk.Start.AsSpan());
        _whole = [.. walk.Start];
        _step = new WalkStep(walker, ground, new Generator(_state.Random)) { StepLength = _state.StepLength };
        (_accepted, _steps, _warmUp) = (_state.Accepted, _state.Steps, _state.WarmUp);
        (_unreturned, _contacts, _linearizations) = (_state.Unreturned, _state.Contacts, _state.Linearizations);
        (_distance, _defect, _hasMoved) = (_state.Distance, _state.Defect, _state.HasMoved);
        _step.HasDirection = !_state.Direction.IsEmpty;
        _state.Direction.CopyTo(_step.Direction);
        _ranking = new Ranking(ground.Target.Length, 2 * ground.Rounding) { Changes = _state.RankingChanges };
    }

    /// <summary>Walks until the plan is done or pauses, the run is cancelled, or the chain cannot go on.</summary>
    public Chain Run(WalkPlan plan, CancellationToken cancellation)
    {
        _step.Stand(_ground, _ground.Thin(_state.Point.AsSpan()));
        _ranking.Stand(_step.Here.Value);
        Ending ending = Ending.Unknown;
        for (long done = 0; ending == Ending.Unknown && !(plan.Pause > 0 && done >= plan.Pause); done++)
        {
            if (_warmUp >= plan.WarmUp && _steps >= plan.Steps)
            {
                ending = Ending.BudgetSpent;
            }
            else if (cancellation.IsCancellationRequested)
            {
                ending = Ending.Cancelled;
            }
            else if (_warmUp < plan.WarmUp)
            {
                ending = WarmUp();
            }
            else
            {
                ending = Step(plan.Every);
            }
        }

        return Save(ending);
    }

    private Ending WarmUp()
    {
        // The start is one point of its own, often on kinks, that the law gives no weight: from there any step onto the fiber is a way into it.
        Ending ending = Try(leaves: !_hasMoved, out bool accepted);
        _warmUp++;
        _step.StepLength = _walker.StepLength.Next(_step.StepLength, _warmUp, accepted);
        bool vanishes = _step.StepLength <= Vanishing * Vectors.Norm(_step.Point) || _step.StepLength == 0;
        return ending == Ending.Unknown && vanishes ? Ending.StepTooSmall : ending;
    }

    private Ending Step(long every)
    {
        Ending ending = Try(leaves: false, out bool accepted);
        if (accepted)
        {
            _accepted++;
            _distance = _walker.WayLength.After(_distance, _moved);
        }

        _steps++;
        _distances.Add(_ground.Distance(_step.Point, _start));
        if (_steps % every == 0)
        {
            Keep();
        }

        return ending;
    }

    /// <summary>Proposes a step and goes there if it is accepted, or if the chain is to leave its start and the step landed where the rank is no less.</summary>
    private Ending Try(bool leaves, out bool accepted)
    {
        accepted = false;
        WalkWay way = _step.Way;
        way.Begin(_step.Point, _step.Here, hasGoal: false);
        _walker.Proposal.Propose(_step);
        way.Set();
        if (_walker.Return.Land(way))
        {
            _step.There.At(_ground.Map, way.Point);
            _linearizations++;
            if (!_step.There.IsFinite)
            {
                return Ending.NotFinite;
            }

            accepted = _walker.Acceptance.Accepts(_step) || leaves && _step.There.Rank >= _step.Here.Rank;
        }
        else
        {
            _unreturned++;
        }

        if (accepted)
        {
            _moved = _ground.Distance(_step.Point, way.Point);
            _hasMoved = true;
            _contacts += way.Contacts;
            _step.Go();
            _defect = Math.Max(_defect, Vectors.LargestDifference(_ground.Target, _step.Here.Value));
            _ranking.Compare(_step.Here.Value);
        }
        else
        {
            _step.HasDirection = false;
        }

        return Ending.Unknown;
    }

    private void Keep()
    {
        _ground.Complete(_step.Point, _whole);
        _points.AddRange(_whole.AsSpan());
        _values.AddRange(_step.Here.Value);
        _defects.Add(Vectors.LargestDifference(_ground.Target, _step.Here.Value));
    }

    private Chain Save(Ending ending)
    {
        _ground.Complete(_step.Point, _whole);
        return new Chain
        {
            Kept = _from.Kept with
            {
                Points = [.. _from.Kept.Points, .. _points],
                Values = [.. _from.Kept.Values, .. _values],
                Defects = [.. _from.Kept.Defects, .. _defects],
            },
            Distances = [.. _from.Distances, .. _distances],
            State = _state with
            {
                Point = [.. _whole],
                Direction = _step.HasDirection ? [.. _step.Direction] : [],
                Random = _step.Random.State,
                StepLength = _step.StepLength,
                WarmUp = _warmUp,
                Steps = _steps,
                Accepted = _accepted,
                Unreturned = _unreturned,
                Distance = _distance,
                Defect = _defect,
                HasMoved = _hasMoved,
                Contacts = _contacts,
                RankingChanges = _ranking.Changes,
                Evaluations = _state.Evaluations + _step.Way.Evaluations + _step.Back.Evaluations,
                Linearizations = _linearizations,
                Ending = ending,
            },
        };
    }
}
