namespace Preimage.Enclosing;

/// <summary>Lower bounds of the shares of a box that are proved to lie inside and outside a band. 1 is the whole box.</summary>
internal readonly record struct PaverShare(double Inside, double Outside)
{
    /// <summary>Nothing less than the whole box is undecided about these.</summary>
    public double Undecided => Math.Max(0, 1 - Inside - Outside);

    /// <summary>
    /// What affine bounds of f prove of { from &lt;= f &lt;= to } in a box, for ends that are only enclosed. Inside lies what neither { lower &lt; from } nor { upper > to } covers:
    /// at least one less the two shares, and just that where they do not meet. Outside lie { upper &lt; from } and { lower > to }, which never meet.
    /// x: [n], lower, upper: [n + 1].
    /// </summary>
    public static PaverShare Of(ReadOnlySpan<Interval> x, Interval y, in PaverBounds bounds, in PaverBand band)
    {
        (Interval from, Interval to) = (band.From, band.To);
        if (y.Low >= from.High && y.High <= to.Low)
        {
            return new PaverShare(1, 0);
        }

        if (y.High < from.Low || y.Low > to.High)
        {
            return new PaverShare(0, 1);
        }

        Interval inside = Interval.Of(1) - Below(x, bounds.Lower, 1, from.High) - Below(x, bounds.Upper, -1, -to.Low);
        Interval outside = Below(x, bounds.Upper, 1, from.Low) + Below(x, bounds.Lower, -1, -to.High);
        return new PaverShare(Math.Clamp(inside.Low, 0, 1), Math.Clamp(outside.Low, 0, 1));
    }

    /// <summary>The share of the box where sign * row(p) &lt; c.  x: [n], row: [n + 1].</summary>
    private static Interval Below(ReadOnlySpan<Interval> x, ReadOnlySpan<double> row, int sign, double c)
    {
        double offset = sign * row[^1];
        if (double.IsInfinity(c) || double.IsInfinity(offset))
        {
            return offset < c ? Interval.Of(1) : Interval.Zero;
        }

        // With u in [0, 1]^n counted from the corner where the row is least: sum weights_i u_i < rest.
        Interval rest = Interval.Of(c) - offset;
        Span<Interval> weights = stackalloc Interval[x.Length];
        for (int i = 0; i < x.Length; i++)
        {
            double slope = sign * row[i];
            double corner = slope > 0 ? x[i].Low : x[i].High;
            rest -= (Interval.Of(corner) - x[i].Middle) * slope;
            weights[i] = (Interval.Of(x[i].High) - x[i].Low) * Math.Abs(slope);
        }

        return PaverHalfSpace.Share(weights, rest);
    }
}

/// <summary>The affine bounds of one output over a box.  Lower, Upper: [n + 1].</summary>
internal readonly ref struct PaverBounds(ReadOnlySpan<double> lower, ReadOnlySpan<double> upper)
{
    public ReadOnlySpan<double> Lower { get; } = lower;

    public ReadOnlySpan<double> Upper { get; } = upper;
}
