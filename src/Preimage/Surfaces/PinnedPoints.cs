using Preimage.Geometry;
using Preimage.Maps;

namespace Preimage.Surfaces;

/// <summary>Points of a fiber on faces of a box: some coordinates are held on their bounds bit for bit, the others are corrected.</summary>
internal sealed class PinnedPoints
{
    private const int Turns = 6;
    private const double Coarse = 1e-6;

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
}
