using CsCheck;
using Preimage.Maps;
using Preimage.Results;
using Preimage.Surfaces;

namespace Preimage.Tests.Surfaces;

/// <summary>Surfaces whose area and topology are known.</summary>
public class MesherTests
{
    /// <summary>The order of an area is 4; between two meshes of a thousand triangles and more it is seen to this much.</summary>
    private const double OrderSeen = 3.4;

    /// <summary>Of the area, by a mesh to a chord of 3e-3: a sphere's error is 8e-5.</summary>
    private const double Coarse = 1e-4;

    /// <summary>Of a polygon's area, all of whose patches are flat.</summary>
    private const double Flat = 1e-12;

    [Fact]
    public void ASphere_IsClosed() => AssertOrder(KnownSurfaces.Sphere, [0.6, 0.64, 0.48], (2, 0), 4 * Math.PI);

    [Fact]
    public void ATorus_HasAHandle() => AssertOrder(KnownSurfaces.Torus, [1.4, 0, 0], (0, 0), 1.6 * Math.PI * Math.PI);

    [Fact]
    public void ACliffordTorus_InFourInputs_HasAHandle() =>
        AssertOrder(KnownSurfaces.Clifford, [1, 0, 0.5, 0], (0, 0), 2 * Math.PI * Math.PI);

    [Fact]
    public void ACap_EndsOnItsFace() =>
        AssertOrder(KnownSurfaces.Sphere, [0, 0, 1], (1, 1), 1.4 * Math.PI, new Box([-2, -2, 0.3], [2, 2, 2]));

    [Fact]
    public void AnOctant_EndsInThreeCornersOfItsBox()
    {
        Box box = Box.Cube(3, 0, 2);
        AssertOrder(KnownSurfaces.Sphere, [0.6, 0.64, 0.48], (1, 1), 0.5 * Math.PI, box);
        Surface octant = Mesh(KnownSurfaces.Sphere, [0.6, 0.64, 0.48], box, new EvenSpacing(0.2));
        Assert.Equal(3, Enumerable.Range(0, octant.Corners.Count).Count(i => CountZeros(octant.Corners.Point(i)) == 2));
    }

    [Fact]
    public void AnEllipsoid_HasTheAreaOfItsIntegral()
    {
        // Of revolution: a = b = 1, c = 0.6. The closed form of the oblate one.
        double e = Math.Sqrt(1 - 0.36);
        double area = 2 * Math.PI * (1 + 0.36 / e * Math.Atanh(e));
        AssertOrder(KnownSurfaces.Ellipsoid(1, 1, 0.6), [1, 0, 0], (2, 0), area);
    }

    [Fact]
    public void AThickenedEight_HasTwoHandles()
    {
        Surface eight = Mesh(
            KnownSurfaces.Eight,
            [Math.Sqrt(0.5), 0.5, 0.15],
            Box.Cube(3, -2, 2),
            new ChordSpacing(3e-3)
        );
        Assert.Equal((Ending.Closed, -2, 2), (eight.Ending, eight.Euler, eight.Genus));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(8)]
    [InlineData(20)]
    public void ATorus_TurnedInManyInputs_IsTheSame(int inputs)
    {
        (IMap map, Func<double[], double[]> place) = KnownSurfaces.Turned(KnownSurfaces.Torus, inputs, inputs);
        Surface torus = Mesh(map, place([1.4, 0, 0]), Box.Cube(inputs, -2, 2), new ChordSpacing(5e-3));
        Assert.Equal((Ending.Closed, 0, 4), (torus.Ending, torus.Euler, torus.AreaOrder));
        Assert.Equal(1.6 * Math.PI * Math.PI, torus.Area, 10 * Coarse);
    }

    [Fact]
    public void ABentSphere_InManyInputs_IsClosed()
    {
        (IMap map, Func<double[], double[]> place) = KnownSurfaces.Turned(KnownSurfaces.Sphere, 12, 5, bend: 0.3);
        Surface sphere = Mesh(map, place([0.6, 0.64, 0.48]), Box.Cube(12, -4, 4), new ChordSpacing(3e-3));
        Assert.Equal((Ending.Closed, 2), (sphere.Ending, sphere.Euler));
    }

    [Fact]
    public void APlane_InACube_IsItsPolygon()
    {
        Box cube = Box.Cube(3, -1, 1);
        Surface hexagon = Mesh(KnownSurfaces.Plane(1, 1, 1), [0, 0, 0], cube, new ChordSpacing());
        Assert.Equal((Ending.LeftBox, 1, 1), (hexagon.Ending, hexagon.Euler, hexagon.Borders));
        Assert.Equal(3 * Math.Sqrt(3), hexagon.Area, Flat);
        Assert.Equal(
            4 * Math.Sqrt(2),
            Mesh(KnownSurfaces.Plane(1, -1, 0), [0, 0, 0], cube, new ChordSpacing()).Area,
            Flat
        );
        Assert.Equal(4, Mesh(KnownSurfaces.Plane(0, 0, 1), [0, 0, 0], cube, new ChordSpacing()).Area, Flat);
    }

    [Fact]
    public void APlane_InAFaceOfItsBox_IsTheFace()
    {
        Surface face = Mesh(
            KnownSurfaces.Plane(0, 0, 1),
            [0, 0, 0],
            new Box([-1, -1, 0], [1, 1, 1]),
            new ChordSpacing()
        );
        Assert.Equal((Ending.LeftBox, 1), (face.Ending, face.Euler));
        Assert.Equal(4, face.Area, Flat);
    }

    [Fact]
    public void ASphere_CutByACube_HasSixHoles()
    {
        Surface cut = Mesh(KnownSurfaces.Sphere, [0.6, 0.64, 0.48], Box.Cube(3, -0.9, 0.9), new ChordSpacing(3e-3));
        Assert.Equal((Ending.LeftBox, -4, 6, 0), (cut.Ending, cut.Euler, cut.Borders, cut.Genus));
        Assert.Equal(4 * Math.PI - 1.2 * Math.PI, cut.Area, 10 * Coarse);
    }

    [Fact]
    public void OnlyTheComponentOfTheStart_IsMeshed()
    {
        // Eight corners of the cube are left of the sphere: one of them.
        Surface corner = Mesh(
            KnownSurfaces.Sphere,
            [0.6, 0.6, Math.Sqrt(0.28)],
            Box.Cube(3, -0.65, 0.65),
            new ChordSpacing()
        );
        Assert.Equal((Ending.LeftBox, 1, 1), (corner.Ending, corner.Euler, corner.Borders));
        Assert.All(corner.Corners.Points, x => Assert.True(x > 0));
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.01)]
    public void TwoSheets_FartherThanTheChord_AreNotMixed(double gap)
    {
        // (r^2 - 1)^2 = gap^2: spheres of radius sqrt(1 +- gap).
        IMap map = KnownSurfaces.Scalar(x =>
        {
            double q = x[0] * x[0] + x[1] * x[1] + x[2] * x[2] - 1;
            return (q * q, [4 * q * x[0], 4 * q * x[1], 4 * q * x[2]]);
        });
        Surface outer = Mesh(map, [Math.Sqrt(1 + gap), 0, 0], Box.Cube(3, -2, 2), new ChordSpacing(3e-3));
        Assert.Equal((Ending.Closed, 2), (outer.Ending, outer.Euler));
        Assert.Equal(4 * Math.PI * (1 + gap), outer.Area, 10 * Coarse);
    }

    [Fact]
    public void InputsOfVeryDifferentSize_CountAlike()
    {
        Surface plain = Mesh(KnownSurfaces.Sphere, [1, 0, 0], Box.Cube(3, -2, 2), new ChordSpacing(3e-3));
        Surface wide = Mesh(
            KnownSurfaces.Ellipsoid(1024, 1, 1.0 / 1024),
            [1024, 0, 0],
            new Box([-2048, -2, -1.0 / 512], [2048, 2, 1.0 / 512]),
            new ChordSpacing(3e-3)
        );
        Assert.Equal(plain.Triangles, wide.Triangles);
    }

    [Fact]
    public void TheSameQuestion_HasTheSameBits()
    {
        Surface first = Mesh(KnownSurfaces.Torus, [1.4, 0, 0], Box.Cube(3, -1.2, 2), new ChordSpacing(1e-2));
        Surface second = Mesh(KnownSurfaces.Torus, [1.4, 0, 0], Box.Cube(3, -1.2, 2), new ChordSpacing(1e-2));
        Assert.Equal(first.Corners.Points, second.Corners.Points);
        Assert.Equal(first.Triangles, second.Triangles);
        Assert.Equal((first.Area, first.Evaluations), (second.Area, second.Evaluations));
    }

    [Fact]
    public void VerySmallInputs_HaveTheirArea()
    {
        // A power of two, so that the mesh is that of the unit sphere bit for bit; its square is far above the least double.
        double size = Math.ScaleB(1, -330);
        IMap sphere = KnownSurfaces.Ellipsoid(1, 1, 1);
        FunctionMap small = new(
            3,
            1,
            (x, y, jacobian) =>
            {
                sphere.Linearize([x[0] / size, x[1] / size, x[2] / size], y, jacobian);
                for (int i = 0; i < 3; i++)
                {
                    jacobian[i] /= size;
                }
            }
        );
        ISpacing spacing = new ChordSpacing(1e-2);
        Surface unit = new Mesher { Spacing = spacing }.Meshed(sphere, [0.6, 0, 0.8], Box.Cube(3, -2, 2));
        Surface tiny = new Mesher { Spacing = spacing }.Meshed(
            small,
            [0.6 * size, 0, 0.8 * size],
            Box.Cube(3, -2 * size, 2 * size)
        );
        Assert.Equal(unit.Area * size * size, tiny.Area);
        Assert.Equal(unit.Triangles, tiny.Triangles);
    }

    [Fact]
    public void FlatBox_IsRefused() =>
        Assert.Contains(
            "no width in input 3",
            Assert
                .Throws<ArgumentException>(() =>
                    new Mesher().Meshed(
                        KnownSurfaces.Ellipsoid(1, 1, 1),
                        [0.6, 0.8, 0],
                        new Box([-2, -2, 0], [2, 2, 0])
                    )
                )
                .Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void EllipsoidsInBoxes_AreSurfaces() =>
        // Cut by a corner of the box that lies within: whatever is left keeps the rules, and is no more than the whole.
        Gen.Select(Gen.Double[0.6, 1.2].Array[3], Gen.Double[-0.3, 0.3].Array[3])
            .Sample(
                (axes, corner) =>
                {
                    double size = Math.Sqrt(axes.Sum(a => 0.36 / (a * a)));
                    double[] start = [0.6 / size, 0.6 / size, 0.6 / size];
                    IMap map = KnownSurfaces.Ellipsoid(axes[0], axes[1], axes[2]);
                    Surface whole = Mesh(map, start, Box.Cube(3, -2, 2), new ChordSpacing(1e-2));
                    Surface cut = Mesh(map, start, new Box(corner, [2, 2, 2]), new ChordSpacing(1e-2));
                    Assert.Equal((Ending.Closed, 2), (whole.Ending, whole.Euler));
                    Assert.Equal((Ending.LeftBox, 1, 1), (cut.Ending, cut.Euler, cut.Borders));
                    Assert.True(cut.Area < whole.Area);
                },
                iter: 12,
                threads: 1
            );

    /// <summary>The area of a surface with a given Euler number and border is right to the fourth order.</summary>
    private static void AssertOrder(
        IMap map,
        double[] start,
        (int Euler, int Borders) shape,
        double area,
        Box? box = null
    )
    {
        double Error(double edge)
        {
            Surface surface = Mesh(map, start, box ?? Box.Cube(map.Inputs, -2, 2), new EvenSpacing(edge));
            Assert.Equal(shape, (surface.Euler, surface.Borders));
            Assert.Equal(4, surface.AreaOrder);
            return Math.Abs(surface.Area - area);
        }

        Assert.InRange(Math.Log2(Error(0.1) / Error(0.05)), OrderSeen, 5);
    }

    private static int CountZeros(ReadOnlySpan<double> x) => x.Count(0.0);

    private static Surface Mesh(IMap map, double[] start, Box box, ISpacing spacing)
    {
        Surface surface = new Mesher { Spacing = spacing }.Meshed(map, start, box);
        MeshRules.Hold(surface, map, box);
        return surface;
    }
}
