using Preimage.Geometry;
using Preimage.Maps;
using Preimage.Results;

namespace Preimage.Walking;

/// <summary>
/// Looks for a point of a box whose output is given: from a start by Newton steps of minimum norm that stay in the box; where these do not get there,
/// along the straight way between the outputs in parts, and from random points of a finite box. What is found depends on the start, and that nothing
/// is found proves nothing.  Cost: a linearization and a QR of the m x n Jacobian a step.  [AllgowerGeorg2003]
/// </summary>
public sealed record ValueSearch
{
    /// <summary>The most Newton steps of one attempt.</summary>
    public int Steps { get; init; } = 100;

    /// <summary>Into how many parts the way between the outputs is cut.</summary>
    public int Parts { get; init; } = 16;

    /// <summary>How many random points of a finite box are tried.</summary>
    public int Attempts { get; init; } = 24;

    /// <summary>The seed of the random points.</summary>
    public int Seed { get; init; }

    /// <summary>Looks from a start.  start: [n], value: [m].</summary>
    /// <exception cref="ArgumentException">A length does not fit, a number is not finite, or the start lies outside the box.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public Arrival From(
        IMap map,
        ReadOnlySpan<double> start,
        ReadOnlySpan<double> value,
        Box box,
        CancellationToken cancellation = default
    )
    {
        Door.CheckPoint(map, start, "The start");
        Demand(map, start, value, box);
        BoxedNewton newton = new(map, box, Steps, cancellation);
        if (newton.Run(start, value) || InParts(newton, start, value))
        {
            return newton.Arrival(isReached: true);
        }

        Generator random = new(Seed);
        double[] from = new double[map.Inputs];
        for (int i = 0; i < Attempts && box.Lower.Zip(box.Upper).All(s => double.IsFinite(s.Second - s.First)); i++)
        {
            for (int j = 0; j < from.Length; j++)
            {
                from[j] = box.Lower[j] + random.Uniform() * (box.Upper[j] - box.Lower[j]);
            }

            if (newton.Run(from, value))
            {
                return newton.Arrival(isReached: true);
            }
        }

        return newton.Arrival(isReached: false);
    }

    private bool InParts(BoxedNewton newton, ReadOnlySpan<double> start, ReadOnlySpan<double> value)
    {
        double[] at = start.ToArray();
        double[] from = newton.ValueAt(start);
        double[] part = new double[value.Length];
        for (int i = 1; i <= Parts; i++)
        {
            for (int j = 0; j < part.Length; j++)
            {
                part[j] = i == Parts ? value[j] : from[j] + (value[j] - from[j]) * i / Parts;
            }

            if (!newton.Run(at, part, isAim: i == Parts))
            {
                return false;
            }

            at = newton.Last;
        }

        return true;
    }

    private static void Demand(IMap map, ReadOnlySpan<double> start, ReadOnlySpan<double> value, Box box)
    {
        if (value.Length != map.Outputs)
        {
            throw new ArgumentException(
                $"The value has {value.Length} numbers, but the map has {map.Outputs} outputs; give one for each."
            );
        }

        if (!Vectors.AreFinite(value))
        {
            throw new ArgumentException("The value is not finite; give finite numbers.");
        }

        Door.CheckInside(start, box);
    }
}
