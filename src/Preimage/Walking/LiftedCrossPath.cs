using Preimage.Geometry;
using Preimage.Maps;
using Preimage.Results;

namespace Preimage.Walking;

/// <summary>
/// The horizontal lift of the straight line from the outputs at x0 to those at the crossing: x' = J^+ y', so that no output but as asked for changes, corrected
/// onto f(x) = y at each point. It ends on the fiber of the crossing, seldom at the crossing itself. In a box points are clamped before they are
/// corrected, and where that cannot be done the path ends.
/// </summary>
public sealed record LiftedCrossPath : ICrossPath
{
    private const int Corrections = 30;

    // A point counts as corrected within this share of the outputs' way; corrections go on while they halve the defect.
    private const double Corrected = 1e-10;

    /// <summary>How many points from the start to the border, both among them.</summary>
    public int Points { get; init; } = 25;

    /// <summary>How many more points beyond the border.</summary>
    public int Beyond { get; init; } = 3;

    /// <summary>How R^n is split at a point.</summary>
    public IRowSpaces RowSpaces { get; init; } = new FittingRowSpaces();

    /// <inheritdoc/>
    public Cloud Along(IMap map, Crossing crossing, Box box)
    {
        CrossHeight height = new(map, crossing);
        double[] first = map.Evaluate(height.Start.AsSpan());
        double[] last = map.Evaluate(height.End.AsSpan());
        double size = Vectors.Distance(first, last);
        RowSpace frame = RowSpaces.Make(map);
        double[] x = [.. height.Start];
        List<double> points = [];
        List<double> values = [];
        List<double> defects = [];
        int count = Math.Max(2, Points);
        for (int k = 0; k < count + Beyond; k++)
        {
            double share = k / (count - 1.0);
            double[] target = [.. first.Zip(last, (a, b) => a + share * (b - a))];
            double defect = Correct(map, frame, box, (x, target));
            if (!(defect <= Corrected * size))
            {
                break;
            }

            points.AddRange(x);
            values.AddRange(map.Evaluate(x));
            defects.Add(defect);
        }

        return new Cloud
        {
            Dimension = map.Inputs,
            Outputs = map.Outputs,
            Points = [.. points],
            Values = [.. values],
            Defects = [.. defects],
        };
    }

    private static double Correct(IMap map, RowSpace frame, Box box, (double[] X, double[] Target) at)
    {
        double[] residual = new double[at.Target.Length];
        double[] step = new double[at.X.Length];
        double[] best = [.. at.X];
        double least = double.PositiveInfinity;
        for (int k = 0; k <= Corrections; k++)
        {
            map.Evaluate(at.X, residual);
            for (int j = 0; j < residual.Length; j++)
            {
                residual[j] = at.Target[j] - residual[j];
            }

            double defect = Vectors.LargestMagnitude(residual);
            bool isHalved = defect <= 0.5 * least;
            if (defect < least)
            {
                least = defect;
                at.X.CopyTo(best, 0);
            }

            if (!isHalved || defect == 0)
            {
                break;
            }

            frame.At(map, at.X);
            frame.MinimumNormStep(residual, step);
            for (int i = 0; i < step.Length; i++)
            {
                at.X[i] = Math.Min(Math.Max(at.X[i] + step[i], box.Lower[i]), box.Upper[i]);
            }
        }

        best.CopyTo(at.X, 0);
        return least;
    }
}
