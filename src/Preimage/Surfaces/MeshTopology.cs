namespace Preimage.Surfaces;

/// <summary>What a mesh is as a surface: one component, its corners without pinches, its border.</summary>
internal static class MeshTopology
{
    /// <summary>
    /// The component of the first corner as a surface of its own: corners that only touch it are dropped, and a corner where several fans of
    /// triangles meet becomes one for each.
    /// </summary>
    /// <exception cref="GeometryException">The triangles around some corner are no fan.</exception>
    public static Mesh Component(Mesh mesh)
    {
        Mesh apart = Unpinched(mesh);
        Dictionary<int, List<int>> around = Around(apart.Triangles);
        if (!around.ContainsKey(0))
        {
            return new Mesh();
        }

        List<int> order = [];
        HashSet<int> seen = [0];
        Queue<int> queue = new([0]);
        HashSet<int> taken = [];
        while (queue.TryDequeue(out int v))
        {
            order.Add(v);
            foreach (int t in around[v])
            {
                taken.Add(t);
                (int a, int b, int c) = apart.Triangles[t];
                foreach (int w in (ReadOnlySpan<int>)[a, b, c])
                {
                    if (seen.Add(w))
                    {
                        queue.Enqueue(w);
                    }
                }
            }
        }

        order.Sort();
        Dictionary<int, int> number = [];
        for (int i = 0; i < order.Count; i++)
        {
            number.Add(order[i], i);
        }

        return new Mesh
        {
            Points = [.. order.Select(v => apart.Points[v])],
            Triangles =
            [
                .. taken.Order().Select(t => apart.Triangles[t]).Select(t => (number[t.A], number[t.B], number[t.C])),
            ],
        };
    }

    /// <summary>The directed edges without a triangle on their right.</summary>
    public static List<(int From, int To)> Border(Dictionary<(int From, int To), int> edges) =>
        [.. edges.Keys.Where(edge => !edges.ContainsKey((edge.To, edge.From))).Order()];

    /// <summary>How many loops border edges make, where each corner begins one and ends one.</summary>
    public static int Loops(List<(int From, int To)> border)
    {
        Dictionary<int, int> next = border.ToDictionary(edge => edge.From, edge => edge.To);
        int loops = 0;
        while (next.Count > 0)
        {
            loops++;
            int at = next.Keys.First();
            while (next.Remove(at, out int then))
            {
                at = then;
            }
        }

        return loops;
    }

    private static Dictionary<int, List<int>> Around(List<(int A, int B, int C)> triangles)
    {
        Dictionary<int, List<int>> around = [];
        for (int t = 0; t < triangles.Count; t++)
        {
            foreach (int v in (ReadOnlySpan<int>)[triangles[t].A, triangles[t].B, triangles[t].C])
            {
                if (!around.TryGetValue(v, out List<int>? there))
                {
                    around.Add(v, there = []);
                }

                there.Add(t);
            }
        }

        return around;
    }

    private static Mesh Unpinched(Mesh mesh)
    {
        Mesh apart = new() { Points = [.. mesh.Points], Triangles = [.. mesh.Triangles] };
        foreach ((int v, List<int> triangles) in Around(mesh.Triangles).OrderBy(pair => pair.Key))
        {
            List<List<int>> fans = Fans(mesh, v, triangles);
            for (int f = 1; f < fans.Count; f++)
            {
                int copy = apart.Points.Count;
                apart.Points.Add([.. mesh.Points[v]]);
                foreach (int t in fans[f])
                {
                    (int a, int b, int c) = apart.Triangles[t];
                    apart.Triangles[t] = (a == v ? copy : a, b == v ? copy : b, c == v ? copy : c);
                }
            }
        }

        return apart;
    }

    /// <summary>The triangles around a corner in the fans that share edges.</summary>
    private static List<List<int>> Fans(Mesh mesh, int v, List<int> triangles)
    {
        Dictionary<int, int> byNext = [];
        Dictionary<int, int> last = [];
        foreach (int t in triangles)
        {
            (int next, int end) = Opposite(mesh.Triangles[t], v);
            byNext.Add(next, t);
            last.Add(t, end);
        }

        List<List<int>> fans = [];
        HashSet<int> ends = [.. last.Values];

        // Open fans begin at an edge that no triangle ends on; what is left are closed ones.
        foreach (int first in byNext.Keys.Where(n => !ends.Contains(n)).Order().Concat(byNext.Keys.Order()).ToList())
        {
            List<int> fan = [];
            int at = first;
            while (byNext.Remove(at, out int t))
            {
                fan.Add(t);
                at = last[t];
            }

            if (fan.Count > 0)
            {
                fans.Add(fan);
            }
        }

        return fans;
    }

    private static (int Next, int End) Opposite((int A, int B, int C) t, int v) =>
        t.A == v ? (t.B, t.C)
        : t.B == v ? (t.C, t.A)
        : (t.A, t.B);
}
