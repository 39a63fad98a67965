using Preimage.Geometry;

namespace Preimage.Walking;

/// <summary>
/// Descends along the border from a point beyond it to a nearest one. x0 is projected onto the linearised border in the box; a trial point that is
/// beyond is taken, one that is not adds its own linearisation, so that at a kink of the border (of networks with rectifiers most nearest points lie
/// on kinks) the pieces that meet there are all known. A linearisation that lies above g at the best point says nothing of g there and is dropped.
/// The distance only falls. [Kiwiel1985]
/// </summary>
public sealed record CrossDescent
{
    // How far a linearisation may lie above g at the best point, as a share of the distance: rounding.
    private const double Consistent = 1e-11;

    private const double SmallestShare = 1e-5;

    // On the widest maps, where a step costs most, as many steps and pieces are left as find the border's neighbourhood.
    private const int FewSteps = 100;
    private const int FewPieces = 30;

    /// <summary>The most steps, each with one gradient or two; on wide maps fewer, as there are fewer pieces.</summary>
    public int Steps { get; init; } = 800;

    /// <summary>The most linearisations that are kept: memory for as many gradients.</summary>
    public int Pieces { get; init; } = 300;

    /// <summary>The most numbers in the gradients that are kept; on wide maps it leaves room for fewer pieces, but for 30 at least.</summary>
    public int Room { get; init; } = 1 << 22;

    /// <summary>What is still to be gained, as a share of the distance, when the descent ends.</summary>
    public double Tolerance { get; init; } = 1e-12;

    /// <summary>Descends.</summary>
    /// <param name="ground">Where.</param>
    /// <param name="margin">g.</param>
    /// <param name="beyond">A point beyond the border: [n].</param>
    internal CrossFoot Descend(CrossGround ground, CrossMargin margin, double[] beyond)
    {
        State now = new(ground, margin, beyond);
        int pieces = Math.Clamp(Room / beyond.Length, Math.Min(FewPieces, Pieces), Pieces);
        int steps = Math.Max(Math.Min(FewSteps, Steps), (int)((long)Steps * pieces / Pieces));
        double share = 1;
        for (int k = 0; k < steps && ground.Goes && share > SmallestShare; k++)
        {
            if (now.IsNew && !now.Renew(Consistent))
            {
                break;
            }

            double gain = now.Aim();
            if (!(gain > Tolerance))
            {
                break;
            }

            share =
                now.Try(share) ? Math.Min(1, 2 * share)
                : now.Learn(Consistent, pieces) ? share
                : share / 2;
        }

        return new CrossFoot(now.Point, now.Active);
    }

    /// <summary>The best point, and the linearisations known.</summary>
    private sealed class State(CrossGround ground, CrossMargin margin, double[] beyond)
    {
        private readonly double[] _aim = new double[beyond.Length];
        private readonly double[] _trial = new double[beyond.Length];
        private readonly double[] _farther = new double[beyond.Length];
        private readonly double[] _moved = new double[beyond.Length]; // from x0
        private double[] _multipliers = [];
        private double _distance = ground.Distance(beyond);
        private CrossCut? _learned;
        private double _value;

        public double[] Point { get; } = [.. beyond];

        public List<CrossCut> Cuts { get; } = [];

        /// <summary>The linearisations that the last projection lies on.</summary>
        public CrossCut[] Active { get; private set; } = [];

        public bool IsNew { get; private set; } = true;

        /// <summary>Linearises at a new best point, and drops what it disproves; false where that is behind another border.</summary>
        public bool Renew(double consistent)
        {
            IsNew = false;
            if (ground.Cut(margin, Point, out _value) is not { } cut || _value > 0)
            {
                return false;
            }

            Measure(Point);
            Cuts.RemoveAll(other => !IsBelow(other, consistent));
            Cuts.Add(cut);
            return true;
        }

        /// <summary>Projects x0.</summary>
        /// <returns>How much nearer the projection is than the best point, as a share of the distance.</returns>
        public double Aim()
        {
            double[]? multipliers = ground.Projection.Shortest(Cuts, _aim);
            if (multipliers is null && Cuts.Count > 1)
            {
                Cuts.RemoveRange(0, Cuts.Count - 1);
                multipliers = ground.Projection.Shortest(Cuts, _aim);
            }

            _multipliers = multipliers ?? [];
            Active = [.. Cuts.Where((_, i) => i < _multipliers.Length && _multipliers[i] > 0)];
            double length = Vectors.Norm(_aim);
            ground.Place(_aim, _aim);
            return multipliers is null ? 0 : (_distance - length) / _distance;
        }

        /// <summary>Takes a share of the way to the projection, or a point behind it, if that is beyond and nearer.</summary>
        public bool Try(double share)
        {
            ground.Between(Point, _aim, share, _trial);
            _learned = null;
            CrossSide side = margin.At(_trial);
            if (side.IsBeyond)
            {
                return Take(_trial);
            }

            if (double.IsNaN(side.Value))
            {
                return false;
            }

            _learned = ground.Cut(margin, _trial, out double value);
            return _learned is not null && Farther(value) && Take(_farther);
        }

        /// <summary>Keeps what the trial point taught, if it is consistent with the best point.</summary>
        public bool Learn(double consistent, int most)
        {
            if (_learned is null || IsKnown(_learned))
            {
                return false;
            }

            Measure(Point);
            if (!IsBelow(_learned, consistent))
            {
                return false;
            }

            for (int i = Cuts.Count - 1; i >= 0 && Cuts.Count >= most; i--)
            {
                if (i < _multipliers.Length && _multipliers[i] == 0)
                {
                    Cuts.RemoveAt(i);
                }
            }

            if (Cuts.Count >= most)
            {
                Cuts.RemoveAt(0);
            }

            Cuts.Add(_learned);
            return true;
        }

        /// <summary>Whether it is one of those that are known, but for rounding: the projection says already what can be had of it.</summary>
        private bool IsKnown(CrossCut cut) =>
            Cuts.Exists(other =>
                Math.Abs(cut.Bound - other.Bound) <= Consistent * _distance
                && Vectors.Distance(cut.Normal, other.Normal) <= Consistent
            );

        /// <summary>Whether a linearisation does not exceed g at the best point, which was measured, as none of a convex function does.</summary>
        private bool IsBelow(CrossCut cut, double consistent) =>
            cut.Slope * (cut.Excess(_moved) - consistent * _distance) <= _value;

        /// <summary>Keeps how far a point is from x0.</summary>
        private void Measure(double[] point)
        {
            for (int i = 0; i < point.Length; i++)
            {
                _moved[i] = point[i] - ground.Origin[i];
            }
        }

        private bool Take(double[] point)
        {
            double distance = ground.Distance(point);
            if (!(distance < _distance))
            {
                return false;
            }

            point.CopyTo(Point, 0);
            _distance = distance;
            IsNew = true;
            return true;
        }

        /// <summary>A point as far behind the trial point, seen from x0, as its linearisation says, if that is beyond and nearer than the best.</summary>
        private bool Farther(double value)
        {
            double slope = 0;
            double length = ground.Distance(_trial);
            Measure(_trial);
            for (int i = 0; i < _trial.Length; i++)
            {
                slope += _learned!.Normal[i] * _moved[i] / length;
            }

            double excess = _learned!.Excess(_moved);
            double stretch = 1 + (excess / -slope * 1.001 + 4e-16 * length) / length;
            if (!(value > 0) || !(slope < 0) || !(stretch * length < _distance * (1 - 1e-14)))
            {
                return false;
            }

            ground.Between(ground.Origin, _trial, stretch, _farther);
            return margin.At(_farther).IsBeyond;
        }
    }
}

/// <summary>A point beyond the border that a descent ended at, and the linearisations that the last projection lies on.</summary>
internal sealed record CrossFoot(double[] Point, CrossCut[] Cuts);
