using System.Collections.Immutable;
using Preimage.Figures;
using Preimage.Maps;
using Preimage.Walking;

namespace Preimage.Cli.Morphing;

/// <summary>What a morph holds: all outputs (without a word), outputs within --band, or the answer (--keep-label).</summary>
internal sealed record HoldArgument
{
    /// <summary>Of the margins by which the answer wins at the start, what is left of them at least: with none it would be a draw.</summary>
    private const double MarginShare = 1e-6;

    /// <summary>--band: how far outputs may move; null for not at all.</summary>
    public required double? Band { get; init; }

    /// <summary>--keep-label.</summary>
    public required bool KeepsLabel { get; init; }

    /// <summary>The map whose outputs are held, and how.</summary>
    /// <param name="map">The map that was chosen.</param>
    /// <param name="start">The start: [map.Inputs].</param>
    /// <exception cref="ArgumentException">There is no label to keep.</exception>
    public (IMap Map, IMorphHold Hold) Of(IProductMap map, double[] start) =>
        KeepsLabel ? Label(map, start)
        : Band is { } tolerance ? (map, new WithinTolerance(tolerance))
        : (map, new ExactFiber());

    /// <summary>The choice, for the record.</summary>
    public IEnumerable<Setting> Settings()
    {
        if (Band is { } band)
        {
            yield return new Setting("band", band);
        }

        if (KeepsLabel)
        {
            yield return new Setting("keepLabel", true);
        }
    }

    /// <summary>The label's score, and its margins before the others.</summary>
    private (IMap, IMorphHold) Label(IProductMap map, double[] start)
    {
        int m = map.Outputs;
        if (m < 2)
        {
            throw new ArgumentException(
                "--keep-label keeps the largest of several outputs the largest, but there is one output; leave it out, or choose more outputs."
            );
        }

        int label = map.Largest(start, 1)[0];
        double[] matrix = new double[m * m];
        for (int k = 0; k < m; k++)
        {
            matrix[k * m + k] = -1;
            matrix[k * m + label] = 1;
        }

        IProductMap margins = map.Then(new AffineMap(matrix, new double[m]));
        double[] values = margins.Evaluate(start);
        ImmutableArray<double> lower =
        [
            .. values.Select(
                (value, k) => k != label ? MarginShare * value : value - (Band ?? double.PositiveInfinity)
            ),
        ];
        ImmutableArray<double> upper =
        [
            .. values.Select(
                (value, k) => k != label ? double.PositiveInfinity : value + (Band ?? double.PositiveInfinity)
            ),
        ];
        return (margins, new WithinBounds(lower, upper));
    }
}
