using Preimage.Maps;
using Preimage.Results;
using Preimage.Surfaces;

namespace Preimage.Tests.Surfaces;

/// <summary>Surfaces with kinks, singular points and edges of the map's domain, and runs that are stopped.</summary>
public class UnsmoothSurfaceTests
{
    private static readonly Box Cube = Box.Cube(3, -2, 2);

    [Fact]
    public void ARectifiersPlane_EndsOnTheBox()
    {
        // relu(x1 - x2 + x3) through (1.85, 1.3, 1.5): a plane, and where the output is 0 all the inputs that give 0.
        Box box = Box.Cube(3, 0, 3);
        IMap map = Rectified(0);
        Surface plane = new Mesher().Meshed(map, [1.85, 1.3, 1.5], box);
        MeshRules.Hold(plane, map, box);
        Assert.Equal((Ending.LeftBox, 1, 0.0), (plane.Ending, plane.Euler, plane.Chord));
        GeometryException constant = Assert.Throws<GeometryException>(() =>
            new Mesher().Meshed(map, [0.5, 2, 0.5], box)
        );
        Assert.Contains("constant around the start", constant.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ALeakyRectifiersPlane_GoesOnWhereTheOtherIsFlat()
    {
        Box box = Box.Cube(3, 0, 3);
        Surface plane = new Mesher().Meshed(Rectified(0.1), [0.5, 2, 0.5], box);
        Assert.Equal((Ending.LeftBox, 1), (plane.Ending, plane.Euler));
    }

    [Fact]
    public void AnOctahedron_IsClosed_AndItsAreaOfFirstOrder()
    {
        double Error(double chord)
        {
            Surface octahedron = new Mesher { Spacing = new ChordSpacing(chord) }.Meshed(Folded, [0.3, 0.3, 0.4], Cube);
            MeshRules.Hold(octahedron, Folded, Cube);
            Assert.Equal((Ending.Closed, 2, 1), (octahedron.Ending, octahedron.Euler, octahedron.AreaOrder));
            return Math.Abs(octahedron.Area - 4 * Math.Sqrt(3));
        }

        Assert.InRange(Error(1e-3), 0, 0.1);
        Assert.InRange(Error(4e-3) / Error(1e-3), 1.2, 4);
    }

    [Fact]
    public void ACone_IsSingularAtItsTip()
    {
        IMap cone = KnownSurfaces.Scalar(x =>
            (x[0] * x[0] + x[1] * x[1] - x[2] * x[2], [2 * x[0], 2 * x[1], -2 * x[2]])
        );
        Assert.Equal(Ending.Singular, new Mesher().Meshed(cone, [0.5, 0, 0.5], Box.Cube(3, -1, 1)).Ending);
        GeometryException tip = Assert.Throws<GeometryException>(() => new Mesher().Meshed(cone, [0, 0, 0], Cube));
        Assert.StartsWith("The start is singular", tip.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Softmax_OfOneRankLessThanOutputs_HasSurfacesToo()
    {
        IMap map = KnownSurfaces.Clifford.Then(
            new FunctionMap(
                2,
                3,
                (z, y, j) =>
                {
                    double[] weights = [Math.Exp(z[0]), Math.Exp(z[1]), 1];
                    double sum = weights.Sum();
                    for (int o = 0; o < 3; o++)
                    {
                        y[o] = weights[o] / sum;
                        for (int i = 0; i < 2; i++)
                        {
                            j[o * 2 + i] = weights[o] / sum * ((o == i ? 1 : 0) - weights[i] / sum);
                        }
                    }
                }
            )
        );
        Surface torus = new Mesher { Spacing = new ChordSpacing(3e-3) }.Meshed(map, [1, 0, 0.5, 0], Box.Cube(4, -2, 2));
        Assert.Equal((Ending.Closed, 0), (torus.Ending, torus.Euler));
        Assert.Equal(2 * Math.PI * Math.PI, torus.Area, 1e-3);
    }

    [Fact]
    public void NoNumber_BesideTheSurface_EndsNothing()
    {
        // log x is no number on half of the box, and the surface goes near there.
        IMap map = KnownSurfaces.Scalar(x => (Math.Log(x[0]) + x[1] * x[1] + x[2], [1 / x[0], 2 * x[1], 1]));
        Surface surface = new Mesher().Meshed(map, [1, 0, 0], Cube);
        MeshRules.Hold(surface, map, Cube);
        Assert.Equal((Ending.LeftBox, 1), (surface.Ending, surface.Euler));
    }

    [Fact]
    public void NoNumber_OnTheSurface_EndsIt()
    {
        IMap map = KnownSurfaces.Scalar(x =>
            (x[0] > 0.5 ? double.NaN : x[0] * x[0] + x[1] * x[1] + x[2] * x[2], [2 * x[0], 2 * x[1], 2 * x[2]])
        );
        Surface surface = new Mesher { Spacing = new ChordSpacing(1e-2) }.Meshed(map, [0, 0, 1], Cube);
        Assert.Equal(Ending.NotFinite, surface.Ending);
        Assert.False(surface.Ending.IsComplete());
    }

    [Fact]
    public void ABudget_LeavesAPartThatIsASurface()
    {
        Surface part = new Mesher { MostTriangles = 1000 }.Meshed(KnownSurfaces.Sphere, [1, 0, 0], Cube);
        MeshRules.Hold(part, KnownSurfaces.Sphere, Cube);
        Assert.Equal(Ending.BudgetSpent, part.Ending);
        Assert.InRange(part.Triangles.Length / 3, 300, 1000);
    }

    [Fact]
    public void ACancelledMesh_SaysSo()
    {
        using CancellationTokenSource source = new();
        source.Cancel();
        Surface none = new Mesher().Mesh(KnownSurfaces.Sphere, [1, 0, 0], Cube, null, source.Token);
        Assert.Equal((Ending.Cancelled, 0), (none.Ending, none.Triangles.Length));
    }

    [Fact]
    public void AnotherDimension_IsRefusedWithWhatWouldWork()
    {
        string Refusal(IMap map, double[] start) =>
            Assert
                .Throws<GeometryException>(() => new Mesher().Meshed(map, start, Box.Cube(start.Length, -2, 2)))
                .Message;
        Assert.Contains(
            "has dimension 3, not 2",
            Refusal(KnownSurfaces.Plane(1, 1, 1, 1), [0, 0, 0, 0]),
            StringComparison.Ordinal
        );
        Assert.Contains("has dimension 1, not 2", Refusal(KnownSurfaces.Plane(1, 1), [0, 0]), StringComparison.Ordinal);
        Assert.Contains("constant", Refusal(KnownSurfaces.Plane(0, 0, 0), [0, 0, 0]), StringComparison.Ordinal);
    }

    [Fact]
    public void AWrongStart_IsRefused()
    {
        string Refusal(double[] start, Box box) =>
            Assert.Throws<ArgumentException>(() => new Mesher().Meshed(KnownSurfaces.Sphere, start, box)).Message;
        Assert.Contains("2 coordinates", Refusal([0, 0], Cube), StringComparison.Ordinal);
        Assert.Contains("outside the box", Refusal([3, 0, 0], Cube), StringComparison.Ordinal);
        Assert.Contains("finite", Refusal([double.NaN, 0, 0], Cube), StringComparison.Ordinal);
        Assert.Contains("2 dimensions", Refusal([1, 0, 0], Box.Cube(2, -1, 1)), StringComparison.Ordinal);
    }

    private static IMap Folded { get; } =
        KnownSurfaces.Scalar(x => (x.Sum(Math.Abs), [.. x.Select(v => v < 0 ? -1.0 : 1.0)]));

    private static IMap Rectified(double leak) =>
        KnownSurfaces.Scalar(x =>
        {
            double s = x[0] - x[1] + x[2];
            double slope = s > 0 ? 1 : leak;
            return (slope * s, [slope, -slope, slope]);
        });
}
