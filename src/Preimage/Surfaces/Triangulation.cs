namespace Preimage.Surfaces;

/// <summary>
/// The mesh dual to the cells of an atlas. A triangle on which the cells of all its corners agree is there; where four corners lie
/// nearly on one circle their tangent planes may disagree, and the gap that stays is filled by triangles of its own corners.
/// A triangle is only added where it overlaps no other around any of its corners and each directed edge is used once: no folds.
/// </summary>
internal sealed class Triangulation
{
    private const int LargestGap = 24;
    private const int LargestRent = 100;

    // Angles of one ray are equal to the bit; this only forgives the rounding of their differences.
    private const double Aligned = 1e-9;

    private readonly List<Chart> _charts;
    private readonly Dictionary<(int From, int To), int> _edges = [];
    private readonly List<(int Next, int Last)>?[] _sectors;
    private readonly Mesh _mesh;

    private Triangulation(Atlas atlas)
    {
        _charts = atlas.Charts;
        _sectors = new List<(int, int)>?[_charts.Count];
        _mesh = new Mesh { Points = [.. _charts.Select(chart => chart.Point)] };
    }

    /// <summary>The mesh of the charts that are covered.</summary>
    public static Mesh Of(Atlas atlas)
    {
        Triangulation triangulation = new(atlas);
        foreach (((int A, int B, int C) triangle, int votes) in Votes(atlas))
        {
            triangulation.Add(triangle, votes == 3);
        }

        triangulation.FillGaps(strictly: true);
        if (atlas.Charts.Exists(chart => chart.IsKinked))
        {
            // Across a kink the planes of a gap's corners may show them in different orders: any triangles that close it do.
            triangulation.FillGaps(strictly: false);
        }

        return triangulation._mesh;
    }

    /// <summary>The triangles that cells name, those that more of their corners name first.</summary>
    private static IEnumerable<((int A, int B, int C) Triangle, int Votes)> Votes(Atlas atlas)
    {
        Dictionary<(int A, int B, int C), int> votes = [];
        for (int p = 0; p < atlas.Charts.Count; p++)
        {
            if (!atlas.Charts[p].IsCovered)
            {
                continue;
            }

            IReadOnlyList<(double U, double V, int Next)> corners = atlas.CellOf(p).Corners;
            for (int k = 0; k < corners.Count; k++)
            {
                int q = corners[(k + corners.Count - 1) % corners.Count].Next;
                int s = corners[k].Next;
                if (q >= 0 && s >= 0 && atlas.Charts[q].IsCovered && atlas.Charts[s].IsCovered)
                {
                    (int, int, int) key = Turned(p, q, s);
                    votes[key] = votes.GetValueOrDefault(key) + 1;
                }
            }
        }

        return votes
            .Select(pair => (pair.Key, pair.Value))
            .OrderByDescending(pair => pair.Value)
            .ThenBy(pair => pair.Key);
    }

    /// <summary>The same triangle in the same sense, the smallest number first.</summary>
    private static (int A, int B, int C) Turned(int a, int b, int c) =>
        a < b && a < c ? (a, b, c)
        : b < c ? (b, c, a)
        : (c, a, b);

    private bool Add((int A, int B, int C) triangle, bool agreed)
    {
        (int a, int b, int c) = triangle;
        bool free = !_edges.ContainsKey((a, b)) && !_edges.ContainsKey((b, c)) && !_edges.ContainsKey((c, a));
        if (!free || !agreed && !(Fits(a, b, c) && Fits(b, c, a) && Fits(c, a, b)))
        {
            return false;
        }

        _edges.Add((a, b), c);
        _edges.Add((b, c), a);
        _edges.Add((c, a), b);
        (_sectors[a] ??= []).Add((b, c));
        (_sectors[b] ??= []).Add((c, a));
        (_sectors[c] ??= []).Add((a, b));
        _mesh.Triangles.Add(triangle);
        return true;
    }

    private double Angle(int at, int other)
    {
        (double u, double v, _) = _charts[at].Project(_charts[other].Point);
        return Math.Atan2(v, u);
    }

    /// <summary>The angle from one direction counter-clockwise to another: [0, 2 pi).</summary>
    private static double Turn(double from, double to)
    {
        double turn = to - from;
        return turn < 0 ? turn + 2 * Math.PI : turn;
    }

    /// <summary>Whether the sector from b to c around a is a convex one that overlaps no triangle there.</summary>
    private bool Fits(int a, int b, int c)
    {
        double begin = Angle(a, b);
        double width = Turn(begin, Angle(a, c));
        if (!(width > 0 && width < Math.PI))
        {
            return false;
        }

        foreach ((int next, int last) in _sectors[a] ?? [])
        {
            double other = Angle(a, next);
            double ahead = Turn(begin, other);
            double wide = Turn(other, Angle(a, last));
            bool apart = next == b ? false : ahead >= width - Aligned && ahead + wide <= 2 * Math.PI + Aligned;
            if (!apart)
            {
                return false;
            }
        }

        return true;
    }

    private void FillGaps(bool strictly)
    {
        Dictionary<int, List<int>> open = [];
        foreach ((int from, int to) in _edges.Keys)
        {
            if (!_edges.ContainsKey((to, from)))
            {
                if (!open.TryGetValue(to, out List<int>? there))
                {
                    open.Add(to, there = []);
                }

                there.Add(from);
            }
        }

        foreach (int start in open.Keys.Order().ToList())
        {
            while (open[start].Count > 0)
            {
                List<int> loop = Loop(open, start);
                if (loop.Count <= (strictly ? LargestGap : LargestRent))
                {
                    Fill(loop, strictly);
                }
            }
        }
    }

    /// <summary>The border of a gap, the gap on its left; its edges are taken out.</summary>
    private List<int> Loop(Dictionary<int, List<int>> open, int start)
    {
        List<int> loop = [start];
        int at = start;
        int before = -1;
        while (true)
        {
            List<int> next = open[at];
            int came = before;
            int here = at;
            int chosen =
                next.Count == 1 || came < 0 ? next.Min() : next.MinBy(c => Turn(Angle(here, c), Angle(here, came)));
            next.Remove(chosen);
            (before, at) = (at, chosen);
            if (at == start)
            {
                return loop;
            }

            loop.Add(at);
        }
    }

    /// <summary>Cuts ears off a gap, the one with the shortest new edge first.</summary>
    private void Fill(List<int> loop, bool strictly)
    {
        while (loop.Count >= 3)
        {
            int best = -1;
            double shortest = double.PositiveInfinity;
            for (int k = 0; k < loop.Count; k++)
            {
                (int a, int b, int c) = Ear(loop, k);
                double length = _mesh.Distance(a, c);
                bool fits = strictly ? Fits(b, c, a) && IsEmpty(loop, (a, b, c)) : IsUpright((a, b, c));
                if (length < shortest && fits && Closes(loop, (a, b, c)))
                {
                    (best, shortest) = (k, length);
                }
            }

            if (best < 0 || !Add(Ear(loop, best), agreed: true))
            {
                return;
            }

            if (loop.Count == 3)
            {
                return;
            }

            loop.RemoveAt(best);
        }
    }

    /// <summary>Whether a triangle is seen in its sense in the tangent planes of most of its corners: if not it is a fold.</summary>
    private bool IsUpright((int A, int B, int C) t) =>
        (IsLeft(t.A, t.B, t.C) ? 1 : 0) + (IsLeft(t.B, t.C, t.A) ? 1 : 0) + (IsLeft(t.C, t.A, t.B) ? 1 : 0) >= 2;

    /// <summary>Whether c is to the left of the way from a to b, in the plane of a.</summary>
    private bool IsLeft(int a, int b, int c)
    {
        (double bu, double bv, _) = _charts[a].Project(_charts[b].Point);
        (double cu, double cv, _) = _charts[a].Project(_charts[c].Point);
        return bu * cv - bv * cu > 0;
    }

    private static (int A, int B, int C) Ear(List<int> loop, int k) =>
        (loop[(k + loop.Count - 1) % loop.Count], loop[k], loop[(k + 1) % loop.Count]);

    /// <summary>The last triangle closes on an edge of its own; before, the new edge must be free on both sides.</summary>
    private bool Closes(List<int> loop, (int A, int B, int C) ear) =>
        loop.Count == 3
            ? !_edges.ContainsKey((ear.C, ear.A))
            : !_edges.ContainsKey((ear.C, ear.A)) && !_edges.ContainsKey((ear.A, ear.C));

    /// <summary>Whether no other corner of the gap lies in the ear.</summary>
    private bool IsEmpty(List<int> loop, (int A, int B, int C) ear)
    {
        Chart chart = _charts[ear.B];
        (double au, double av, _) = chart.Project(_charts[ear.A].Point);
        (double cu, double cv, _) = chart.Project(_charts[ear.C].Point);
        double whole = cu * av - cv * au;
        foreach (int other in loop)
        {
            if (other == ear.A || other == ear.B || other == ear.C)
            {
                continue;
            }

            (double u, double v, _) = chart.Project(_charts[other].Point);
            double a = (cu * v - cv * u) / whole;
            double c = (u * av - v * au) / whole;
            if (a > 0 && c > 0 && a + c < 1)
            {
                return false;
            }
        }

        return true;
    }
}
