using Preimage.Maps;

namespace Preimage.Walking;

/// <summary>What is looked for: which borders there are to approach, and which one a point beyond lies behind.</summary>
internal abstract class CrossGoal
{
    private readonly List<CrossMargin> _made = [];

    /// <summary>The label at the start.</summary>
    public abstract int Here { get; }

    /// <summary>Whether the answer at the start is the one looked for already.</summary>
    public abstract bool IsReached { get; }

    /// <summary>Evaluations of all margins made.</summary>
    public long Evaluations => _made.Sum(margin => margin.Evaluations);

    /// <summary>The borders to approach from the start, the likeliest first.</summary>
    public abstract IReadOnlyList<CrossMargin> Borders(int most);

    /// <summary>The border behind which a point of this label lies.</summary>
    public abstract CrossMargin Behind(int label);

    /// <summary>Keeps the margin for its evaluations.</summary>
    protected CrossMargin Counted(CrossMargin margin)
    {
        _made.Add(margin);
        return margin;
    }
}

/// <summary>Another class, or a class.</summary>
internal sealed class ClassGoal : CrossGoal
{
    private readonly IMap _map;
    private readonly int? _target;
    private readonly double[] _scores;
    private readonly Dictionary<int, CrossMargin> _margins = [];

    public ClassGoal(IMap map, double[] origin, int? target)
    {
        _map = map;
        _target = target;
        _scores = map.Evaluate(origin);
        Here = Array.IndexOf(_scores, _scores.Max());
        if (target == Here)
        {
            throw new ArgumentException($"The start is of class {Here} already; ask for another class.");
        }
    }

    /// <inheritdoc/>
    public override int Here { get; }

    /// <inheritdoc/>
    public override bool IsReached => false;

    /// <inheritdoc/>
    public override IReadOnlyList<CrossMargin> Borders(int most) =>
        _target is { } target
            ? [Behind(target)]
            :
            [
                .. Enumerable
                    .Range(0, _scores.Length)
                    .Where(k => k != Here)
                    .OrderByDescending(k => _scores[k])
                    .Take(most)
                    .Select(Behind),
            ];

    /// <inheritdoc/>
    public override CrossMargin Behind(int label)
    {
        int key = _target ?? label;
        if (!_margins.TryGetValue(key, out CrossMargin? margin))
        {
            margin = Counted(_target is null ? new RivalMargin(_map, Here, key) : new TargetMargin(_map, key));
            _margins.Add(key, margin);
        }

        return margin;
    }
}

/// <summary>A level of one output; label 1 is where it is reached.</summary>
internal sealed class LevelGoal : CrossGoal
{
    private readonly CrossMargin _margin;

    public LevelGoal(IMap map, double[] origin, double level)
    {
        double value = map.Evaluate(origin)[0];
        IsReached = value == level;
        _margin = Counted(new ReachMargin(map, level, value > level ? 1 : -1));
    }

    /// <inheritdoc/>
    public override int Here => 0;

    /// <inheritdoc/>
    public override bool IsReached { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<CrossMargin> Borders(int most) => [_margin];

    /// <inheritdoc/>
    public override CrossMargin Behind(int label) => _margin;
}
