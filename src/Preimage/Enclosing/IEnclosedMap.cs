namespace Preimage.Enclosing;

/// <summary>
/// Encloses a map f: R^n -> R^m and its derivative over boxes: every value of f at a point of the box lies in the answer, whatever the rounding.
/// At kinks the derivative is Clarke's: the hull of the derivatives nearby. Answers may be infinite, never NaN. Safe to call from several threads.
/// </summary>
public interface IEnclosedMap
{
    /// <summary>n.</summary>
    int Inputs { get; }

    /// <summary>m.</summary>
    int Outputs { get; }

    /// <summary>Encloses f over the box.  x: [Inputs], y: [Outputs].</summary>
    void Enclose(ReadOnlySpan<Interval> x, Span<Interval> y);

    /// <summary>Encloses f and Df over the box, row-major.  x: [Inputs], y: [Outputs], jacobian: [Outputs * Inputs].</summary>
    void EncloseJacobian(ReadOnlySpan<Interval> x, Span<Interval> y, Span<Interval> jacobian);
}

/// <summary>
/// Encloses derivatives along a direction, tighter than J v from an enclosed J: what cancels along v cancels inside the map, at kinks above all.
/// </summary>
public interface ITangentEnclosedMap : IEnclosedMap
{
    /// <summary>Encloses f and Df v over the box.  x, v: [Inputs], y, derivative: [Outputs].</summary>
    void EncloseTangent(ReadOnlySpan<Interval> x, ReadOnlySpan<double> v, Span<Interval> y, Span<Interval> derivative);
}

/// <summary>Encloses second derivatives as well; infinite where a kink may lie in the box, Clarke's where only the derivative may have one.</summary>
public interface ICurvedEnclosedMap : ITangentEnclosedMap
{
    /// <summary>
    /// Encloses f, Df and D2f over the box, row-major and symmetric.  x: [Inputs], y: [Outputs], jacobian: [Outputs * Inputs],
    /// hessian: [Outputs * Inputs * Inputs].
    /// </summary>
    void EncloseHessian(ReadOnlySpan<Interval> x, Span<Interval> y, Span<Interval> jacobian, Span<Interval> hessian);
}

/// <summary>Bounds a map by affine functions over boxes, which do not wrap as intervals do.  [Zhang2018]</summary>
public interface IRelaxedMap : IEnclosedMap
{
    /// <summary>
    /// For every p in the box x and every output k: lower_k . (p - middle) + lower_k0 &lt;= f_k(p) &lt;= upper_k . (p - middle) + upper_k0, where
    /// middle is the box's <see cref="Interval.Middle"/> in each input. A row holds the Inputs slopes, then the offset; offsets may be infinite.
    /// x: [Inputs], y: [Outputs] (an enclosure of f, no wider than the affine bounds give), lower, upper: [Outputs * (Inputs + 1)].
    /// </summary>
    void Relax(ReadOnlySpan<Interval> x, Span<Interval> y, Span<double> lower, Span<double> upper);
}
