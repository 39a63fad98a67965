using Preimage.Geometry;
using Preimage.Maps;
using Preimage.Results;

namespace Preimage.Walking;

/// <summary>
/// A recipe for the nearest point to a start, in Euclidean distance and in a box, at which a classifier's label changes or an output reaches a level, in
/// any number of inputs. From the start an approach goes to every rival class, the cheapest first; what is found is pulled back to the border by bisection;
/// the nearest finds descend along the border, kinks included, and are polished to where x - x0 is along the gradient. What is returned is certified by
/// two points next to each other with different answers, and by its residual; that none is nearer is not proved.
/// Gradients are products of one covector where the map offers them (<see cref="IProductMap"/>), so that the cost is that of gradients and
/// never of a Jacobian. Label changes are those of the map by evaluation. Immutable, may be shared between threads.
/// </summary>
public sealed record Crosser
{
    /// <summary>From the start to a point beyond the border.</summary>
    public CrossApproach Approach { get; init; } = new();

    /// <summary>Along the border towards a nearest point, for a comparison of several.</summary>
    public CrossDescent Preview { get; init; } = new() { Steps = 100, Pieces = 30 };

    /// <summary>Along the border to a nearest point: the best of those goes on.</summary>
    public CrossDescent Descent { get; init; } = new();

    /// <summary>To where the gradient says exactly that it is one.</summary>
    public CrossPolish Polish { get; init; } = new();

    /// <summary>The most rival classes that are approached: those with the largest scores at the start.</summary>
    public int Rivals { get; init; } = 10;

    /// <summary>How many of the points found, the nearest first, descend.</summary>
    public int Descents { get; init; } = 3;

    /// <summary>
    /// How many other points are looked at: corners and centre of the box, then random ones; where nothing was found before there are some times as many,
    /// and they are approached from.
    /// </summary>
    public int Starts { get; init; } = 8;

    /// <summary>The seed of the random points.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The nearest point of another class: the class is the largest output, the first of several.</summary>
    /// <param name="map">Scores: R^n -> R^m, m > 1. Logits do better than probabilities, which are flat where they are nearly 0 or 1.</param>
    /// <param name="start">x0, in the box: [n].</param>
    /// <param name="box">Where to search; it may be unbounded.</param>
    /// <param name="cancellation">Ends the search with what was found so far.</param>
    /// <exception cref="ArgumentException">The map has one output; the start is not finite or lies outside the box.</exception>
    /// <exception cref="GeometryException">The map is NaN or infinite at the start.</exception>
    public Crossing ToAnyClass(IMap map, ReadOnlySpan<double> start, Box box, CancellationToken cancellation = default)
    {
        CrossGround ground = Ground(map, start, box, cancellation);
        DemandClasses(map, 0);
        return new CrossSearch(this, ground, new ClassGoal(map, ground.Origin, target: null)).Run();
    }

    /// <summary>The nearest point of a class.</summary>
    /// <param name="map">Scores: R^n -> R^m, m > 1.</param>
    /// <param name="label">The class, from 0; not that of the start.</param>
    /// <param name="start">x0, in the box: [n].</param>
    /// <param name="box">Where to search; it may be unbounded.</param>
    /// <param name="cancellation">Ends the search with what was found so far.</param>
    /// <exception cref="ArgumentException">There is no such class, or the start is of it; the start is not finite or lies outside the box.</exception>
    /// <exception cref="GeometryException">The map is NaN or infinite at the start.</exception>
    public Crossing ToClass(
        IMap map,
        int label,
        ReadOnlySpan<double> start,
        Box box,
        CancellationToken cancellation = default
    )
    {
        CrossGround ground = Ground(map, start, box, cancellation);
        DemandClasses(map, label);
        return new CrossSearch(this, ground, new ClassGoal(map, ground.Origin, label)).Run();
    }

    /// <summary>The nearest point at which the map's one output reaches a level.</summary>
    /// <param name="map">f: R^n -> R.</param>
    /// <param name="level">The level.</param>
    /// <param name="start">x0, in the box: [n].</param>
    /// <param name="box">Where to search; it may be unbounded.</param>
    /// <param name="cancellation">Ends the search with what was found so far.</param>
    /// <exception cref="ArgumentException">The map has several outputs; the level is not finite; the start is not finite or lies outside the box.</exception>
    /// <exception cref="GeometryException">The map is NaN or infinite at the start.</exception>
    public Crossing ToLevel(
        IMap map,
        double level,
        ReadOnlySpan<double> start,
        Box box,
        CancellationToken cancellation = default
    )
    {
        CrossGround ground = Ground(map, start, box, cancellation);
        if (map.Outputs != 1 || !double.IsFinite(level))
        {
            throw new ArgumentException(
                map.Outputs != 1
                    ? $"The map has {map.Outputs} outputs, but a level is of one; select one of the outputs."
                    : $"The level is {level:R}; give a finite number."
            );
        }

        return new CrossSearch(this, ground, new LevelGoal(map, ground.Origin, level)).Run();
    }

    internal static void DemandClasses(IMap map, int label)
    {
        if (map.Outputs < 2 || label < 0 || label >= map.Outputs)
        {
            throw new ArgumentException(
                map.Outputs < 2
                    ? "The map has one output, so it has no classes; take a level of it."
                    : $"There is no class {label}; the map's classes are 0 to {map.Outputs - 1}, one for each output."
            );
        }
    }

    private static CrossGround Ground(IMap map, ReadOnlySpan<double> start, Box box, CancellationToken cancellation)
    {
        Door.CheckPoint(map, start, "The start");
        if (box.Dimension != map.Inputs || !box.Contains(start))
        {
            throw new ArgumentException(
                box.Dimension != map.Inputs
                    ? $"The box has {box.Dimension} sides, but the map takes {map.Inputs} inputs; give a box of {map.Inputs}."
                    : "The start lies outside the box; give a point inside, or a larger box."
            );
        }

        Door.CheckFinite(map.Evaluate(start), []);
        return new CrossGround(start.ToArray(), box, cancellation);
    }
}
