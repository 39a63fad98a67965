using Preimage.Maps;
using Preimage.Results;
using Preimage.Tracing;
using Preimage.Training.Data;

namespace Preimage.Tests.Training;

public class TruthTests
{
    private static readonly string[] Names = ["x", "y"];
    private static readonly Box Square = Box.Cube(2, -1, 1);

    /// <summary>A network that learned x^2 + y^2 with an error of 0.01 everywhere.</summary>
    private static readonly IMap Network = Formula.Parse("x^2+y^2+0.01", Names).Map;

    private static readonly Curve Fiber = Tracer.Continuation.Trace(Network, [0.3, 0.4], Square).Curve;

    [Theory]
    [InlineData("z = x^2+y^2", false)]
    [InlineData("x^2+y^2", false)]
    [InlineData("z [m] = x^2+y^2", false)]
    [InlineData("x^2 = 0.25-y^2", true)]
    [InlineData("y = 0.5*sin(x)", true)]
    public void Parse_TellsFunctionsFromEquations(string text, bool isEquation) =>
        Assert.Equal(isEquation, Truth.Parse(text, Names).IsEquation);

    [Theory]
    [InlineData("z = x = y", "2 equals signs")]
    [InlineData("z = w", "'w'")]
    [InlineData("x^2 = q", "'q'")]
    public void Parse_OfNoTruth_IsRefused(string text, string names) =>
        Assert.Contains(
            names,
            Assert.Throws<ArgumentException>(() => Truth.Parse(text, Names)).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void Error_OfAFunction_IsTheNetworksOwn() =>
        Assert.Equal(0.01, Truth.Parse("z = x^2+y^2", Names).Error(Fiber), 1e-14);

    [Fact]
    public void Error_OfAnEquation_IsItsResidual() =>
        Assert.Equal(0.05, Truth.Parse("x^2+y^2 = 0.2", Names).Error(Fiber), 1e-14);

    [Fact]
    public void Error_OfAnotherDimension_IsRefused() =>
        Assert.Throws<ArgumentException>(() => Truth.Parse("z = x+y+q", ["x", "y", "q"]).Error(Fiber));

    [Fact]
    public void Through_IsTheTrueFiberOfThePoint()
    {
        Curve circle = Truth.Parse("z = x^2+y^2", Names).Through([0.3, 0.4], Square)!;
        Assert.True(circle.Closed);
        Assert.Equal(Math.PI, circle.Length, 1e-6);
    }

    [Fact]
    public void Beside_IsTheTrueLevelNearTheNetworks()
    {
        Curve circle = Truth.Parse("z = x^2+y^2", Names).Beside(Fiber, 0.26, Square)!;
        Assert.Equal(2 * Math.PI * Math.Sqrt(0.26), circle.Length, 1e-6);
        Curve border = Truth.Parse("y = 0.5*x", Names).Beside(Fiber, 0.26, Square)!;
        Assert.Equal(Math.Sqrt(5), border.Length, 1e-12);
    }

    [Fact]
    public void Beside_WhereTheTruthHasNoSuchCurve_IsNothing() =>
        Assert.Null(Truth.Parse("z = x^2+y^2", Names).Beside(Fiber, -1, Square));
}
