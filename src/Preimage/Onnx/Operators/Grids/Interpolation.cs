namespace Preimage.Onnx;

/// <summary>How one axis of a grid is read between its elements: which elements with which weights give each new one.</summary>
internal abstract record Interpolation
{
    /// <summary>Elements from floor(position) - Reach + 1 to floor(position) + Reach take part.</summary>
    public abstract int Reach { get; }

    /// <summary>The weight of an element at a distance from the position, before the weights are made to add up to 1.</summary>
    public abstract double Weight(double distance);
}

/// <summary>Straight lines; with Scale &lt; 1 tents as wide as the new elements stand apart.</summary>
internal sealed record LinearInterpolation(double Scale = 1) : Interpolation
{
    /// <inheritdoc/>
    public override int Reach => (int)Math.Ceiling(1 / Scale);

    /// <inheritdoc/>
    public override double Weight(double distance) => Math.Max(0, 1 - Math.Abs(distance * Scale));
}

/// <summary>Cubic convolution with parameter A [Keys1981]; with Scale &lt; 1 as wide as the new elements stand apart.</summary>
internal sealed record CubicInterpolation(double A, double Scale = 1) : Interpolation
{
    /// <inheritdoc/>
    public override int Reach => (int)Math.Ceiling(2 / Scale);

    /// <inheritdoc/>
    public override double Weight(double distance)
    {
        double d = Math.Abs(distance * Scale);
        return d switch
        {
            <= 1 => ((A + 2) * d - (A + 3)) * d * d + 1,
            < 2 => ((A * d - 5 * A) * d + 8 * A) * d - 4 * A,
            _ => 0,
        };
    }
}
