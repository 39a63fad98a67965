namespace Preimage.Surfaces;

/// <summary>
/// The Voronoi cell of a chart's centre among its neighbours, in its tangent plane: a convex polygon around 0, cut by one bisector after
/// the other. Its corners are the centres of the circles of the dual triangles.  [Henderson2002]
/// </summary>
internal sealed class Cell
{
    /// <summary>The generator of a side that no neighbour cut.</summary>
    public const int Nobody = -1;

    private const int Sides = 8;

    private List<(double U, double V, int Next)> _corners = [];
    private List<(double U, double V, int Next)> _spare = [];

    /// <summary>The corners, counter-clockwise, each with the neighbour whose bisector the side from it to the next one lies on.</summary>
    public IReadOnlyList<(double U, double V, int Next)> Corners => _corners;

    /// <summary>Begins with a regular polygon, turned by an angle so that no lattice of ties comes about.</summary>
    public void Begin(double radius, double turn)
    {
        _corners.Clear();
        for (int k = 0; k < Sides; k++)
        {
            double angle = turn + 2 * Math.PI * k / Sides;
            _corners.Add((radius * Math.Cos(angle), radius * Math.Sin(angle), Nobody));
        }
    }

    /// <summary>The largest squared distance of a corner from the centre.</summary>
    public double Reach()
    {
        double reach = 0;
        foreach ((double u, double v, _) in _corners)
        {
            reach = Math.Max(reach, u * u + v * v);
        }

        return reach;
    }

    /// <summary>Keeps what is nearer to the centre than to a neighbour at (u, v).</summary>
    public void Cut(double u, double v, int neighbour)
    {
        double half = 0.5 * (u * u + v * v);
        _spare.Clear();
        for (int k = 0; k < _corners.Count; k++)
        {
            (double U, double V, int Next) a = _corners[k];
            (double U, double V, int Next) b = _corners[(k + 1) % _corners.Count];
            double before = a.U * u + a.V * v - half;
            double behind = b.U * u + b.V * v - half;
            if (before <= 0)
            {
                _spare.Add(a);
                if (behind > 0)
                {
                    _spare.Add(Between(a, b, before, behind, neighbour));
                }
            }
            else if (behind <= 0)
            {
                _spare.Add(Between(a, b, before, behind, a.Next));
            }
        }

        (_corners, _spare) = (_spare, _corners);
    }

    private static (double U, double V, int Next) Between(
        (double U, double V, int Next) a,
        (double U, double V, int Next) b,
        double before,
        double behind,
        int next
    )
    {
        double share = before / (before - behind);
        return (a.U + share * (b.U - a.U), a.V + share * (b.V - a.V), next);
    }
}
