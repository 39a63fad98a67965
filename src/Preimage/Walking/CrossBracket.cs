using Preimage.Geometry;

namespace Preimage.Walking;

/// <summary>Two points near each other whose answers differ by evaluation.</summary>
/// <param name="Before">With the start's answer: [n].</param>
/// <param name="Beyond">With another: [n].</param>
/// <param name="Label">The label beyond.</param>
/// <param name="LabelBefore">The label before.</param>
internal sealed record CrossBracket(double[] Before, double[] Beyond, int LabelBefore, int Label)
{
    /// <summary>How near they have to be, if the ulp of the coordinates allows it.</summary>
    public const double Width = 1e-12;

    // The first and the last half-width around a point on the border, as shares of its distance, and how they grow.
    private const double First = 1e-16;
    private const double Last = 1e-2;
    private const double Growth = 4;

    /// <summary>On the segment from x0 through a point on the border; null where the answer does not change there.  x: [n].</summary>
    public static CrossBracket? Around(CrossGround ground, CrossMargin margin, double[] x)
    {
        double[] before = new double[x.Length];
        double[] beyond = new double[x.Length];
        for (double half = First; half <= Last; half *= Growth)
        {
            ground.Between(ground.Origin, x, 1 - half, before);
            ground.Between(ground.Origin, x, 1 + half, beyond);
            if (margin.At(beyond).IsBeyond)
            {
                if (margin.At(before) is { IsBeyond: false, Label: >= 0 })
                {
                    return Narrow(ground, margin, before, beyond);
                }
            }
        }

        return null;
    }

    /// <summary>
    /// Bisects the segment between two points with different answers. Neighbours on it may differ by an ulp in every coordinate, which of wide points can
    /// be more than the width: then they are joined coordinate by coordinate, in the order of the inputs, and that path is bisected. Null where the last
    /// point before has no answer, since the map is not finite there: the answer then does not change between two points, it ends at one.
    /// </summary>
    public static CrossBracket? Narrow(CrossGround ground, CrossMargin margin, double[] before, double[] beyond)
    {
        ground.Bisect(margin, before, beyond, 0);
        (int low, int high) = (0, before.Length);
        double[] from = [.. before];
        double[] to = [.. beyond];
        while (Vectors.Distance(before, beyond) > Width && high - low > 1)
        {
            int middle = (low + high) / 2;
            double[] mixed = [.. to.AsSpan(0, middle), .. from.AsSpan(middle)];
            bool isBeyond = margin.At(mixed).IsBeyond;
            (low, high) = isBeyond ? (low, middle) : (middle, high);
            mixed.CopyTo(isBeyond ? beyond : before, 0);
        }

        int label = margin.At(before).Label;
        return label < 0 ? null : new CrossBracket(before, beyond, label, margin.At(beyond).Label);
    }
}
