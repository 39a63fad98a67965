using Preimage.Geometry;
using Preimage.Maps;

namespace Preimage.Surfaces;

/// <summary>Points of a fiber on faces of a box: some coordinates are held on their bounds bit for bit, the others are corrected.</summary>
internal sealed class PinnedPoints
{
    private const int Turns = 6;
    private const double Coarse = 1e-6;
    private const int Halvings = 60;

    // What is so near, in half widths of the box, is there to rounding.
    private const double Nearby = 1e-10;

    private readonly ScaledMap _map;
    private readonly double[] _target;

    /// <summary>For the fiber of a target.  target: [map.Outputs].</summary>
    public PinnedPoints(ScaledMap map, double[] target)
    {
        _map = map;
        _target = target;
    }

    /// <summary>The coordinates of a point that are on a bound.  x: [n].</summary>
    public List<int> Faces(ReadOnlySpan<double> x)
    {
        List<int> faces = [];
        for (int i = 0; i < x.Length; i++)
        {
            if (x[i] == _map.Box.Lower[i] || x[i] == _map.Box.Upper[i])
            {
                faces.Add(i);
            }
        }

        return faces;
    }

    /// <summary>Brings a point onto the fiber with some coordinates held; with none this is the nearest point of the fiber, to first order.</summary>
    /// <param name="x">The guess; then the point: [n].</param>
    /// <param name="held">The coordinates that are held, ascending.</param>
    /// <param name="reach">The longest step that is taken.</param>
    /// <returns>Whether a point was found, no farther than the reach; if not the guess stays.</returns>
    public bool Correct(double[] x, int[] held, double reach)
    {
        if (held.Length == x.Length)
        {
            return IsOn(x);
        }

        IMap map = held.Length == 0 ? _map : _map.Freeze(x, held);
        int[] free = [.. Enumerable.Range(0, x.Length).Except(held)];
        double[] point = [.. free.Select(i => x[i])];
        double[] start = [.. point];
        PullbackFrame frame = new(map.Inputs, map.Outputs, null, Mesher.RankTolerance);
        FiberCorrection correction = new(map, _target);
        for (int turn = 0; turn < Turns; turn++)
        {
            frame.At(map, point);
            if (!Vectors.AreFinite(frame.Jacobian))
            {
                return false;
            }

            bool found = correction.Correct(frame, point, reach, turn == 0 ? Coarse * reach : 0);
            if (Vectors.Distance(point, start) > reach || !correction.IsFinite)
            {
                return false;
            }

            if (found && turn > 0)
            {
                for (int k = 0; k < free.Length; k++)
                {
                    x[free[k]] = point[k];
                }

                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a point that has no freedom left, a corner of the box, is on the fiber to rounding.</summary>
    private bool IsOn(double[] x)
    {
        PullbackFrame frame = new(x.Length, _target.Length, null, Mesher.RankTolerance);
        frame.At(_map, x);
        double[] step = new double[x.Length];
        double[] residual = [.. _target.Zip(frame.Value.ToArray(), (a, b) => a - b)];
        frame.MinimumNormStep(residual, step);
        return Vectors.Norm(step) <= Nearby;
    }

    /// <summary>
    /// The place where an edge goes through a face, by halving between its ends, each middle brought onto the fiber: for where the other way does
    /// not lead there, at kinks and where the face only grazes the surface.
    /// </summary>
    /// <param name="inside">The end inside the face, on the fiber: [n].</param>
    /// <param name="outside">The other end: [n].</param>
    /// <param name="face">The coordinate and its bound.</param>
    /// <param name="held">Other coordinates that are held, on which both ends agree.</param>
    /// <returns>The point, its coordinate on the bound; null where the way is broken.</returns>
    public double[]? Between(double[] inside, double[] outside, (int Coordinate, double Bound) face, int[] held)
    {
        double reach = Vectors.Distance(inside, outside);
        double[] a = inside;
        double[] b = outside;
        for (int i = 0; i < Halvings && a[face.Coordinate] != b[face.Coordinate]; i++)
        {
            double[] middle = [.. a.Zip(b, (x, y) => 0.5 * (x + y))];
            if (!Correct(middle, held, reach))
            {
                return null;
            }

            bool isInside =
                middle[face.Coordinate] == face.Bound
                || middle[face.Coordinate] < face.Bound == inside[face.Coordinate] < face.Bound;
            (a, b) = isInside ? (middle, b) : (a, middle);
        }

        double[] point = [.. a];
        point[face.Coordinate] = face.Bound;
        return Vectors.Distance(a, point) <= Nearby ? point : null;
    }
}
