using Preimage.Maps;
using Preimage.Results;
using Preimage.Surfaces;

namespace Preimage.Tests.Surfaces;

/// <summary>Surfaces whose area and topology are known.</summary>
public class MesherTests
{
    /// <summary>The order of an area is 4; between two meshes of a hundred triangles and more it is seen to this much.</summary>
    private const double OrderSeen = 3.5;

    [Fact]
    public void ASphere_IsClosed_AndItsAreaIsOfOrderFour()
    {
        double Error(double edge)
        {
            Surface sphere = Mesh(KnownSurfaces.Sphere, [0.6, 0.64, 0.48], 1.5, edge);
            Assert.Equal((Ending.Closed, 2, 0, 0), (sphere.Ending, sphere.Euler, sphere.Borders, sphere.Genus));
            Assert.InRange(sphere.Defect, 0, 1e-15);
            return Math.Abs(sphere.Area - 4 * Math.PI);
        }

        Assert.InRange(Math.Log2(Error(0.2) / Error(0.1)), OrderSeen, 5);
    }

    [Fact]
    public void ATorus_IsClosed_AndItsAreaIsOfOrderFour()
    {
        double Error(double edge)
        {
            Surface torus = Mesh(KnownSurfaces.Torus, [1.4, 0, 0], 2, edge);
            Assert.Equal((Ending.Closed, 0, 0, 1), (torus.Ending, torus.Euler, torus.Borders, torus.Genus));
            return Math.Abs(torus.Area - 1.6 * Math.PI * Math.PI);
        }

        Assert.InRange(Math.Log2(Error(0.2) / Error(0.1)), OrderSeen, 5);
    }

    private static Surface Mesh(IMap map, double[] start, double half, double edge) =>
        (new Mesher { Spacing = new EvenSpacing(edge) }).Mesh(map, start, Box.Cube(map.Inputs, -half, half));
}
