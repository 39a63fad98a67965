using System.Numerics.Tensors;

namespace Preimage.Training.Optimisers;

/// <summary>The damped normal equations (H + mu I) d = -g of one Levenberg-Marquardt epoch, and room for the step d.</summary>
internal sealed class DampedSystem(int count)
{
    private readonly double[] _factor = new double[count * count];

    /// <summary>H, lower triangle: [P * P].</summary>
    public double[] Matrix { get; } = new double[count * count];

    /// <summary>g: [P].</summary>
    public double[] Vector { get; } = new double[count];

    /// <summary>d: [P].</summary>
    public double[] Displacement { get; } = new double[count];

    /// <summary>Room for the parameters tried: [P].</summary>
    public double[] Trial { get; } = new double[count];

    /// <summary>max H_ii.</summary>
    public double LargestDiagonal()
    {
        double largest = 0;
        for (int i = 0; i < count; i++)
        {
            largest = Math.Max(largest, Matrix[i * count + i]);
        }

        return largest;
    }

    /// <summary>Solves for d and gives the gain that the quadratic model predicts, mu d.d - g.d; NaN where the matrix is not positive definite to rounding.</summary>
    public double Solve(double damping)
    {
        Matrix.CopyTo(_factor, 0);
        for (int i = 0; i < count; i++)
        {
            _factor[i * count + i] += damping;
        }

        if (!Cholesky.Factor(_factor, count))
        {
            return double.NaN;
        }

        TensorPrimitives.Negate<double>(Vector, Displacement);
        Cholesky.Solve(_factor, Displacement);
        return damping * TensorPrimitives.SumOfSquares<double>(Displacement)
            - TensorPrimitives.Dot<double>(Vector, Displacement);
    }

    /// <summary>|d| &lt;= tolerance (|p| + tolerance).</summary>
    public bool StepIsShort(ReadOnlySpan<double> parameters, double tolerance) =>
        TensorPrimitives.Norm<double>(Displacement) <= tolerance * (TensorPrimitives.Norm(parameters) + tolerance);
}
