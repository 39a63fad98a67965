using System.Collections.Immutable;
using Preimage.Enclosing;
using Preimage.Levels;
using Preimage.Maps;
using Preimage.Networks;
using Preimage.Onnx;
using Preimage.Results;
using Preimage.Tests.Enclosing;
using Preimage.Tracing;

namespace Preimage.Tests.Levels;

/// <summary>Level sets of the authors' networks and of a rectifier network, against independent values and counts.</summary>
public class LevelSetReferenceTests
{
    private const int RandomLevels = 20;

    /// <summary>What the references promise: ten digits after the point, or eight figures where these are fewer.</summary>
    private const double Digits = 1e-9;
    private const double Relative = 1e-8;

    [Theory]
    [InlineData("surface_1_good_weights", 0.15, true, new[] { 1.9149197812 })]
    [InlineData("surface_1_good_weights", 0.4, false, new[] { 1.013036373, 1.010641345, 0.996657710, 0.994828955 })]
    [InlineData("surface_1_good_weights", 0.87, false, new[] { 0.026458601, 0.018094166, 0.007823077 })]
    [InlineData("weights_binary", 0.5, false, new[] { 6.692637562 })]
    public void Lengths_AreTheReferences(string file, double level, bool closed, double[] lengths)
    {
        Network network = Read(file);
        LevelSets recipe = new() { Tracer = Tracer.Continuation with { Steps = new ChordControl(1e-7) } };
        LevelSet set = recipe.Find(
            network.Map,
            new NetworkEnclosure(network),
            level,
            BoxOf(file),
            TestContext.Current.CancellationToken
        );
        Assert.Equal(Verdict.Proved, set.Verdict);
        Assert.Equal(lengths.Length, set.Components.Length);
        for (int i = 0; i < lengths.Length; i++)
        {
            Assert.Equal(closed, set.Components[i].Closed);
            Assert.Equal(lengths[i], set.Components[i].Length, Math.Max(Digits, Relative * lengths[i]));
        }
    }

    [Fact]
    public void TheOnlyCriticalPoint_OfTheCompactClass_IsItsMinimum()
    {
        Network network = Read("surface_1_good_weights");
        CriticalPoint minimum = Assert.Single(
            Critical(network, Box.Cube(2, -1, 1)),
            p => p.Place == CriticalPlace.Interior
        );
        Assert.Equal((CriticalKind.Minimum, Verdict.Proved), (minimum.Kind, minimum.Verdict));
        Assert.Equal(0.13813062, minimum.Value, 1e-8);
        Assert.Equal([-0.00118, 0.00986], minimum.At, (a, b) => Math.Abs(a - b) < 1e-5);
    }

    [Theory]
    [InlineData("surface_1_good_weights")]
    [InlineData("weights_surface_2")]
    [InlineData("weights_binary")]
    [InlineData("thermodynamics_weights_addestrata_bene")]
    [InlineData("weights_softplus_thermo")]
    public void RandomLevels_AreProved_AndCountedAsByADenseGrid(string file)
    {
        Network network = Read(file);
        Box box = BoxOf(file);
        NetworkEnclosure enclosure = new(network);
        Survey survey = new(box, Critical(network, box));
        SkeletonGrid grid = new(network.Map, box, 400);
        Random random = new(20);
        for (int i = 0; i < RandomLevels; i++)
        {
            double level = survey.Range.Lower + (survey.Range.Upper - survey.Range.Lower) * random.NextDouble();
            LevelSet set = new LevelSets().Find(
                network.Map,
                enclosure,
                level,
                survey,
                TestContext.Current.CancellationToken
            );
            Assert.Equal(Verdict.Proved, set.Verdict);
            int closed = set.Components.Count(c => c.Closed);
            Assert.Equal(grid.Count(level), (closed, set.Components.Length - closed));
        }
    }

    [Fact]
    public void AComponent_ThatAGridOfAThousandMisses_IsFound()
    {
        Network network = Read("surface_1_good_weights");
        Box box = Box.Cube(2, -1, 1);
        ImmutableArray<CriticalPoint> critical = Critical(network, box);
        SkeletonGrid grid = new(network.Map, box, 1000);
        double corner = critical.Where(p => p.Kind == CriticalKind.Maximum).Max(p => p.ValueLower);
        double minimum = critical.Single(p => p.Place == CriticalPlace.Interior).ValueUpper;

        // A circle around the minimum within one cell; and at the same height below a corner the grid sees all, for it has the corner as a vertex.
        LevelSet circle = Find(network, minimum + 1e-8);
        Assert.Equal(Verdict.Proved, circle.Verdict);
        Assert.True(Assert.Single(circle.Components).Closed);
        Assert.Equal((0, 0), grid.Count(minimum + 1e-8));

        LevelSet arc = Find(network, corner - 1e-8);
        Assert.Equal(Verdict.Proved, arc.Verdict);
        Assert.False(Assert.Single(arc.Components).Closed);
        Assert.Equal((0, 1), grid.Count(corner - 1e-8));
    }

    [Fact]
    public void ARectifierNetwork_IsDecided_AcrossItsKinks()
    {
        Network network = ModelFile.Read(
            Shared.Path("models/vnncomp/tllverifybench/tllBench_n=2_N=M=8_m=1_instance_0_0.onnx")
        );
        SkeletonGrid grid = new(network.Map, Box.Cube(2, -2, 2), 100);
        foreach (double level in (ReadOnlySpan<double>)[-3.9, -4.5])
        {
            Skeleton skeleton = new SkeletonSearch().Find(
                new NetworkEnclosure(network),
                level,
                SkeletonMaps.Square(2),
                TestContext.Current.CancellationToken
            );
            Assert.True(skeleton.IsComplete);
            int closed = skeleton.Chains.Count(c => c.Closed);
            Assert.Equal(grid.Count(level), (closed, skeleton.Chains.Length - closed));
        }
    }

    /// <summary>The levels among twenty random ones (seed 20, between the least and the largest value on a grid of 200) that take the fewest cells.</summary>
    [Theory]
    [InlineData(-5.917393229475582)]
    [InlineData(-6.00513633768537)]
    [InlineData(-5.5369608308116005)]
    [InlineData(-5.73170544347784)]
    [InlineData(-4.745325018598965)]
    [InlineData(-4.372740084046486)]
    [InlineData(-4.226907261015631)]
    [InlineData(-3.9396146174031283)]
    public void RandomLevels_OfARectifierNetwork_AreProvedAndTraced(double level)
    {
        Network network = ModelFile.Read(
            Shared.Path("models/vnncomp/tllverifybench/tllBench_n=2_N=M=8_m=1_instance_0_0.onnx")
        );
        LevelSet set = (new LevelSets() with { CriticalPoints = null }).Find(
            network.Map,
            new NetworkEnclosure(network),
            level,
            Box.Cube(2, -2, 2),
            TestContext.Current.CancellationToken
        );
        Assert.Equal(Verdict.Proved, set.Verdict);
        Assert.Empty(set.CriticalPoints);
        Assert.True(set.Range.Lower < level && set.Range.Upper > level);
        int closed = set.Components.Count(c => c.Closed);
        Assert.Equal(
            new SkeletonGrid(network.Map, Box.Cube(2, -2, 2), 100).Count(level),
            (closed, set.Components.Length - closed)
        );
    }

    private static LevelSet Find(Network network, double level) =>
        new LevelSets().Find(
            network.Map,
            new NetworkEnclosure(network),
            level,
            Box.Cube(2, -1, 1),
            TestContext.Current.CancellationToken
        );

    private static ImmutableArray<CriticalPoint> Critical(Network network, Box box) =>
        new CriticalPointSearch().Find(new NetworkEnclosure(network), box, TestContext.Current.CancellationToken);

    private static Network Read(string file) => ModelFile.Read(Shared.Path($"simec/{file}.csv"));

    private static Box BoxOf(string file) =>
        file.Contains("thermo", StringComparison.Ordinal) ? Box.Cube(2, 0, 1)
        : file.Contains("binary", StringComparison.Ordinal) ? new Box([-3.14, -1], [3.14, 1.5])
        : Box.Cube(2, -1, 1);
}
