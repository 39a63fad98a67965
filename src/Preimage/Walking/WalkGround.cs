using System.Collections.Immutable;
using Preimage.Geometry;
using Preimage.Maps;

namespace Preimage.Walking;

/// <summary>What all chains of a walk share: the map of the inputs that are free, their box, the output to keep. May be used by several threads at once.</summary>
internal sealed class WalkGround
{
    // A defect of so many ulp of the largest output is rounding, however well the map rounds.
    private const double Ulps = 4;

    private readonly double[] _target;
    private double[]? _units; // of the free inputs; null for input units: [d]

    private WalkGround(IMap map, Box box, Confinement confinement, ImmutableArray<int> free, WalkGround? like)
    {
        Map = map;
        Box = box;
        Confinement = confinement;
        Free = free;
        _target = like?._target ?? new double[map.Outputs];
        Rounding = like?.Rounding ?? 0;
    }

    /// <summary>N of the free inputs, in the walk's units: R^d -> R^m.</summary>
    public IMap Map { get; }

    /// <summary>The box of the free inputs, in the walk's units.</summary>
    public Box Box { get; }

    /// <summary>How the walk is kept in the box.</summary>
    public Confinement Confinement { get; }

    /// <summary>Which inputs are free: [d].</summary>
    public ImmutableArray<int> Free { get; }

    /// <summary>How landings come back into the box.</summary>
    public IFold Fold => Confinement.Fold;

    /// <summary>y0: [m].</summary>
    public ReadOnlySpan<double> Target => _target;

    /// <summary>The defect that is rounding of the map.</summary>
    public double Rounding { get; private set; }

    /// <summary>The ground of a walk from a point, its target evaluated there.  start: [n]; units: null for input units.</summary>
    /// <exception cref="ArgumentException">The start does not fit the map or the box.</exception>
    /// <exception cref="GeometryException">No input is free, or the map is not finite at the start.</exception>
    public static WalkGround From(
        IMap map,
        ReadOnlySpan<double> start,
        Box box,
        IWalkBounds bounds,
        IWalkUnits? units = null
    )
    {
        WalkGround ground = Of(map, start, box, bounds, units);
        double[] x = ground.Thin(start);
        ground.Map.Evaluate(x, ground._target);
        Door.CheckFinite(ground._target, []);
        ground.Rounding = Math.Max(
            Ulps * Geometry.Rounding.Epsilon * Vectors.LargestMagnitude(ground._target),
            MapRounding.Around(ground.Map, x)
        );
        return ground;
    }

    /// <summary>The ground of a walk that has begun.</summary>
    public static WalkGround Of(IMap map, Results.Walk walk, Box box, IWalkBounds bounds, IWalkUnits? units)
    {
        if (walk.Target.Length != map.Outputs)
        {
            throw new ArgumentException(
                $"The walk is of a map with {walk.Target.Length} outputs, but this one has {map.Outputs}; resume it on its own map."
            );
        }

        WalkGround ground = Of(map, walk.Start.AsSpan(), box, bounds, units);
        walk.Target.CopyTo(ground._target);
        ground.Rounding = walk.Rounding;
        return ground;
    }

    /// <summary>The same ground with some more inputs held at a point's coordinates.  x: [d]; held: among the free ones, ascending.</summary>
    public WalkGround Holding(double[] x, IReadOnlyCollection<int> held)
    {
        if (held.Count == 0)
        {
            return new WalkGround(Map, Box, Confinement, [.. Enumerable.Range(0, x.Length)], this);
        }

        ImmutableArray<int> free = [.. Enumerable.Range(0, x.Length).Except(held)];
        return new WalkGround(Map.Freeze(x, [.. held]), Thin(Box, free), Confinement, free, this);
    }

    /// <summary>The free coordinates of a point, in the walk's units.  x: [n]; result: [d].</summary>
    public double[] Thin(ReadOnlySpan<double> x)
    {
        double[] free = new double[Free.Length];
        for (int k = 0; k < free.Length; k++)
        {
            free[k] = x[Free[k]] / Unit(k);
        }

        return free;
    }

    /// <summary>The whole point with these free coordinates.  x: [d], whole: [n], of which the held coordinates are there.</summary>
    public void Complete(ReadOnlySpan<double> x, Span<double> whole)
    {
        for (int k = 0; k < x.Length; k++)
        {
            whole[Free[k]] = x[k] * Unit(k);
        }
    }

    /// <summary>How far apart two points are, in input units.  x, y: [d], in the walk's units.</summary>
    public double Distance(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        if (_units is null)
        {
            return Vectors.Distance(x, y);
        }

        double square = 0;
        for (int k = 0; k < x.Length; k++)
        {
            double apart = (x[k] - y[k]) * _units[k];
            square += apart * apart;
        }

        return Math.Sqrt(square);
    }

    private double Unit(int k) => _units is null ? 1 : _units[k];

    private static WalkGround Of(IMap map, ReadOnlySpan<double> start, Box box, IWalkBounds bounds, IWalkUnits? units)
    {
        Door.CheckPoint(map, start, "The start");
        Door.CheckInside(start, box);
        Confinement confinement = bounds.Enter(box, start);
        if (confinement.Held.Length == start.Length)
        {
            throw new GeometryException(
                "Every input stays where it starts, so the fiber in the box is the start alone; give a larger box, or bounds that let the inputs go, as mirror."
            );
        }

        HashSet<int> held = [.. confinement.Held];
        ImmutableArray<int> free = [.. Enumerable.Range(0, start.Length).Where(i => !held.Contains(i))];
        IMap some = held.Count == 0 ? map : map.Freeze(start, confinement.Held.AsSpan());
        Box room = Thin(box, free);
        double[]? sizes = units?.Of(room);
        if (sizes is null || Array.TrueForAll(sizes, size => size == 1))
        {
            return new WalkGround(some, room, confinement, free, null);
        }

        Box scaled = new(
            [.. room.Lower.Select((bound, k) => bound / sizes[k])],
            [.. room.Upper.Select((bound, k) => bound / sizes[k])]
        );
        return new WalkGround(WalkScaledMap.Of(some, sizes), scaled, confinement, free, null) { _units = sizes };
    }

    private static Box Thin(Box box, ImmutableArray<int> free) =>
        new([.. free.Select(i => box.Lower[i])], [.. free.Select(i => box.Upper[i])]);
}
