using Preimage.Maps;
using Preimage.Results;
using Preimage.Surfaces;

namespace Preimage.Tests.Surfaces;

/// <summary>What holds of every mesh of a fiber, found from its triangles alone.</summary>
internal static class MeshRules
{
    /// <summary>A corner is on the fiber to so many ulp of its output, or of 1: inputs in the box make that much of their own.</summary>
    private const double Ulps = 64;

    /// <summary>A mesh that ends with the test.</summary>
    public static Surface Meshed(this Mesher mesher, IMap map, double[] start, Box box) =>
        mesher.Mesh(map, start, box, null, TestContext.Current.CancellationToken);

    /// <summary>
    /// Each edge has one or two triangles, in opposite sense; around each corner there is one fan; the Euler number and the number of borders are those that
    /// are told; corners are in the box and on the fiber; each border edge lies on one face of the box, bit for bit.
    /// </summary>
    public static void Hold(Surface surface, IMap map, Box box)
    {
        Dictionary<(int From, int To), int> edges = Edges(surface);
        (int From, int To)[] border = [.. edges.Keys.Where(e => !edges.ContainsKey((e.To, e.From)))];
        Assert.Equal(
            surface.Euler,
            surface.Corners.Count - (edges.Count + border.Length) / 2 + surface.Triangles.Length / 3
        );
        Assert.Equal(surface.Borders, Loops(border));
        AssertFans(surface, border.Length);
        double scale = Math.Max(1, surface.Target.Max(Math.Abs));
        for (int i = 0; i < surface.Corners.Count; i++)
        {
            Assert.True(box.Contains(surface.Corners.Point(i)));
            Assert.InRange(surface.Corners.Defects[i], 0, Ulps * scale * (Math.BitIncrement(1.0) - 1));
            Assert.Equal(map.Evaluate(surface.Corners.Point(i)), surface.Corners.Value(i).ToArray());
        }

        if (surface.Ending.IsComplete())
        {
            Assert.Equal(border.Length == 0, surface.Closed);
            Assert.All(border, edge => Assert.True(IsOnBox(surface, box, edge)));
        }
    }

    private static Dictionary<(int From, int To), int> Edges(Surface surface)
    {
        Dictionary<(int From, int To), int> edges = [];
        for (int t = 0; t < surface.Triangles.Length; t++)
        {
            int next = t % 3 == 2 ? t - 2 : t + 1;
            edges.Add((surface.Triangles[t], surface.Triangles[next]), t / 3); // twice in one sense is refused
        }

        return edges;
    }

    private static int Loops((int From, int To)[] border)
    {
        Dictionary<int, int> next = border.ToDictionary(e => e.From, e => e.To); // two that begin at one corner are refused
        int loops = 0;
        while (next.Count > 0)
        {
            loops++;
            for (int at = next.Keys.First(); next.Remove(at, out int then); )
            {
                at = then;
            }
        }

        return loops;
    }

    /// <summary>The triangles around a corner make one fan: as many neighbours as triangles inside, one more on the border.</summary>
    private static void AssertFans(Surface surface, int borderEdges)
    {
        Dictionary<int, List<(int Next, int Last)>> around = [];
        for (int t = 0; t < surface.Triangles.Length; t += 3)
        {
            for (int k = 0; k < 3; k++)
            {
                int corner = surface.Triangles[t + k];
                around.TryAdd(corner, []);
                around[corner].Add((surface.Triangles[t + (k + 1) % 3], surface.Triangles[t + (k + 2) % 3]));
            }
        }

        Assert.Equal(surface.Corners.Count, around.Count);
        int open = 0;
        foreach (List<(int Next, int Last)> fan in around.Values)
        {
            HashSet<int> lasts = [.. fan.Select(f => f.Last)];
            int[] starts = [.. fan.Select(f => f.Next).Where(n => !lasts.Contains(n))];
            Assert.InRange(starts.Length, 0, 1);
            open += starts.Length;
            int at = starts.Length == 1 ? starts[0] : fan[0].Next;
            Dictionary<int, int> next = fan.ToDictionary(f => f.Next, f => f.Last);
            int steps = 0;
            while (next.Remove(at, out int then))
            {
                (at, steps) = (then, steps + 1);
            }

            Assert.Equal(fan.Count, steps);
        }

        Assert.Equal(borderEdges, open);
    }

    private static bool IsOnBox(Surface surface, Box box, (int From, int To) edge)
    {
        ReadOnlySpan<double> a = surface.Corners.Point(edge.From);
        ReadOnlySpan<double> b = surface.Corners.Point(edge.To);
        for (int i = 0; i < a.Length; i++)
        {
            if (a[i] == b[i] && (a[i] == box.Lower[i] || a[i] == box.Upper[i]))
            {
                return true;
            }
        }

        return false;
    }
}
