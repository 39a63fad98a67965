using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Preimage.Geometry;
using Preimage.Results;

namespace Preimage.Walking;

/// <summary>
/// Points of a morph at even lengths: between two points of its way, then corrected onto the band. Where that cannot be done, or would break the fall of the
/// distance, the nearest point of the way itself.
/// </summary>
internal sealed class MorphFrames(MorphProblem problem, MorphGround ground)
{
    private readonly MorphPoint _at = new(problem.Map.Inputs, problem.Map.Outputs);
    private readonly double[] _value = new double[problem.Map.Outputs];

    /// <summary>So many frames, with their lengths.</summary>
    public (Cloud Frames, ImmutableArray<double> Lengths) Along(MorphTrail trail, int count)
    {
        int n = problem.Map.Inputs;
        int m = problem.Map.Outputs;
        count = trail.Length > 0 ? count : 1;
        double[] points = new double[count * n];
        double[] values = new double[count * m];
        double[] defects = new double[count];
        double[] lengths = new double[count];
        double distance = double.PositiveInfinity;
        double end = DistanceAt(trail, trail.Length);
        for (int i = 0; i < count; i++)
        {
            double length =
                count == 1 ? 0
                : i == count - 1 ? trail.Length
                : trail.Length * i / (count - 1);
            lengths[i] = Frame(trail, length, distance, end);
            _at.X.CopyTo(points, i * n);
            problem.Map.Evaluate(_at.X, _value);
            _value.CopyTo(values, i * m);
            defects[i] = problem.Band.Defect(_value);
            distance = Vectors.Distance(_at.X, problem.Target);
        }

        Cloud cloud = new()
        {
            Dimension = n,
            Outputs = m,
            Points = ImmutableCollectionsMarshal.AsImmutableArray(points),
            Values = [.. values],
            Defects = [.. defects],
        };
        return (cloud, [.. lengths]);
    }

    private double DistanceAt(MorphTrail trail, double length)
    {
        trail.At(length, _at.X);
        return Vectors.Distance(_at.X, problem.Target);
    }

    /// <summary>The point at a length, left in the workspace.</summary>
    /// <returns>Its length along the way.</returns>
    private double Frame(MorphTrail trail, double length, double before, double end)
    {
        (double keptLength, double[] kept) = trail.At(length, _at.X);
        bool isKept = keptLength == length;
        if (!isKept && _at.Linearize(problem.Map) && double.IsFinite(ground.Correct(_at.X, _at.Jacobian)))
        {
            double distance = Vectors.Distance(_at.X, problem.Target);
            if (distance <= before && distance >= end)
            {
                return length;
            }
        }

        kept.CopyTo(_at.X, 0);
        return keptLength;
    }
}
