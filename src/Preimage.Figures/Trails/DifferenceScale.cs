using Preimage.Figures.Drawing;

namespace Preimage.Figures.Trails;

/// <summary>One scale of colours for all differences of a trail: a few strong pixels of one frame do not leave the others white.</summary>
internal sealed class DifferenceScale
{
    // One pixel in so many, of the frame that differs the most, is drawn in the full colour or beyond.
    private const int FullColor = 100;

    private DifferenceScale(double largest) => Largest = largest;

    /// <summary>The difference that gets the full colour.</summary>
    public double Largest { get; }

    /// <summary>The scale of some frames' differences.</summary>
    public static DifferenceScale Of(IEnumerable<double[]> frames)
    {
        double largest = 0;
        double strongest = 0;
        foreach (double[] frame in frames)
        {
            double[] sizes = [.. frame.Select(Math.Abs).Order()];
            largest = Math.Max(largest, sizes[^(1 + sizes.Length / FullColor)]);
            strongest = Math.Max(strongest, sizes[^1]);
        }

        return new DifferenceScale(largest > 0 ? largest : strongest);
    }

    /// <summary>Entries of <see cref="DivergingColors"/>.</summary>
    public byte[] Levels(double[] differences) => Array.ConvertAll(differences, d => DivergingColors.Level(d, Largest));
}
