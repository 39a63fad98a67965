using Preimage.Geometry;
using Preimage.Maps;
using Preimage.Results;

namespace Preimage.Walking;

/// <summary>What a morph looks for: the point of the band and the box that is nearest to the target.</summary>
/// <param name="Map">N: R^n -> R^m.</param>
/// <param name="Band">Bounds on the outputs.</param>
/// <param name="Box">Bounds on the inputs.</param>
/// <param name="Target">b: [n].</param>
internal sealed record MorphProblem(IMap Map, OutputBand Band, Box Box, double[] Target);

/// <summary>A point of a morph with the map's value and Jacobian there. A workspace.</summary>
internal sealed class MorphPoint(int inputs, int outputs)
{
    /// <summary>x: [n].</summary>
    public double[] X { get; } = new double[inputs];

    /// <summary>N(x): [m].</summary>
    public double[] Value { get; } = new double[outputs];

    /// <summary>Df(x), row-major: [m * n].</summary>
    public double[] Jacobian { get; } = new double[outputs * inputs];

    /// <summary>The part of the direction to the target that is free at x, in input units: [n].</summary>
    public double[] Free { get; } = new double[inputs];

    /// <summary>Evaluates the map at x with its Jacobian.</summary>
    /// <returns>Whether all of it is finite.</returns>
    public bool Linearize(IMap map)
    {
        map.Linearize(X, Value, Jacobian);
        return Vectors.AreFinite(Value) && Vectors.AreFinite(Jacobian);
    }

    /// <summary>
    /// The output's scale: the largest output or, where outputs cancel, the largest |J_k| (|x| + r): rounding of inputs of this size moves an output by an ulp
    /// of that.
    /// </summary>
    /// <param name="reach">r, how far points go from x.</param>
    public double Scale(double reach)
    {
        double scale = Vectors.LargestMagnitude(Value);
        double size = Vectors.Norm(X) + reach;
        for (int k = 0; k < Value.Length; k++)
        {
            scale = Math.Max(scale, Vectors.Norm(Jacobian.AsSpan(k * inputs, inputs)) * size);
        }

        return scale;
    }
}
