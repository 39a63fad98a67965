using Preimage.Enclosing;
using Preimage.Networks;
using Preimage.Tests.Networks;

namespace Preimage.Tests.Enclosing;

/// <summary>What comparisons, remainders and choices enclose, decided and undecided.</summary>
public class ChoiceEnclosureTests
{
    private static readonly Interval Unit = new(0, 1);
    private static readonly Interval Everything = Interval.Everything;

    [Fact]
    public void Comparisons_AreDecidedWhereTheyCanBe()
    {
        Assert.Equal(1, BinaryEnclosures.Value(BinaryFunction.Less, new(0, 1), new(2, 3)));
        Assert.Equal(0, BinaryEnclosures.Value(BinaryFunction.Less, new(2, 3), new(1, 2)));
        Assert.Equal(Unit, BinaryEnclosures.Value(BinaryFunction.Less, new(1, 2), new(2, 3)));
        Assert.Equal(1, BinaryEnclosures.Value(BinaryFunction.LessOrEqual, new(1, 2), new(2, 3)));
        Assert.Equal(Unit, BinaryEnclosures.Value(BinaryFunction.LessOrEqual, new(2, 3), new(1, 2)));
        Assert.Equal(1, BinaryEnclosures.Value(BinaryFunction.Equal, 2, 2));
        Assert.Equal(0, BinaryEnclosures.Value(BinaryFunction.Equal, new(1, 2), 3));
        Assert.Equal(Unit, BinaryEnclosures.Value(BinaryFunction.Equal, new(1, 2), 2));
        foreach (
            BinaryFunction f in (BinaryFunction[])
                [BinaryFunction.Equal, BinaryFunction.Less, BinaryFunction.LessOrEqual]
        )
        {
            Assert.Equal(0, BinaryEnclosures.FirstDerivative(f, new(0, 1), new(2, 3)));
            Assert.Equal(Everything, BinaryEnclosures.FirstDerivative(f, new(0, 2), new(2, 3)));
            Assert.Equal(Everything, BinaryEnclosures.SecondDerivative(f, new(0, 2), new(2, 3)));
            Assert.Equal(SecondPartials.Everything, BinaryEnclosures.Second(f, new(0, 2), new(2, 3)));
        }
    }

    [Fact]
    public void Remainders_AreLinesBetweenJumps()
    {
        Assert.Equal(new(1, 2), BinaryEnclosures.Value(BinaryFunction.Modulo, new(7, 8), 3));
        Assert.Equal(new(0, 3), BinaryEnclosures.Value(BinaryFunction.Modulo, new(7, 10), 3));
        Assert.Equal(new(1, 2), BinaryEnclosures.Value(BinaryFunction.Modulo, new(-2, -1), 3));
        Assert.Equal(new(-2, -1), BinaryEnclosures.Value(BinaryFunction.Remainder, new(-2, -1), 3));
        Assert.Equal(new(-2, 3), BinaryEnclosures.Value(BinaryFunction.Remainder, new(-2, 10), 3));
        Assert.Equal(0, BinaryEnclosures.Value(BinaryFunction.Modulo, 0, 0.1));
        Assert.Equal(0.3 % 0.1, BinaryEnclosures.Value(BinaryFunction.Modulo, 0.3, 0.1));
        Assert.Equal(Everything, BinaryEnclosures.Value(BinaryFunction.Modulo, 1, 0));
        Assert.Equal(1, BinaryEnclosures.FirstDerivative(BinaryFunction.Modulo, new(7, 8), 3));
        Assert.Equal(-2, BinaryEnclosures.SecondDerivative(BinaryFunction.Modulo, new(7, 8), 3));
        Assert.Equal(1, BinaryEnclosures.SecondDerivative(BinaryFunction.Modulo, new(-2, -1), 3));
        Assert.Equal(0, BinaryEnclosures.SecondDerivative(BinaryFunction.Remainder, new(-2, -1), 3));
        Assert.Equal(0, BinaryEnclosures.SecondDerivative(BinaryFunction.Remainder, new(-2, 2), 3));
        Assert.Equal(Everything, BinaryEnclosures.FirstDerivative(BinaryFunction.Modulo, new(-2, 2), 3));
        Assert.Equal(Everything, BinaryEnclosures.FirstDerivative(BinaryFunction.Remainder, new(2, 3), 3));
        Assert.Equal(Everything, BinaryEnclosures.FirstDerivative(BinaryFunction.Remainder, 2, new(-1, 1)));
    }

    /// <summary>x0 &lt; 0 chooses x1 or x2: along x0 there may be a jump, along the others the derivative is one of two.</summary>
    [Fact]
    public void AnUndecidedCondition_JumpsOnlyAlongWhatItDependsOn()
    {
        NetworkEnclosure f = new(
            Build(
                3,
                g =>
                    g.Choose(
                        g.Combine(BinaryFunction.Less, g.Select([0], 0), g.Constant([0])),
                        g.Select([1], 0),
                        g.Elementwise(new ConstantPower(2), g.Select([2], 0))
                    )
            )
        );
        Interval[] y = new Interval[1];
        Interval[] first = new Interval[3];
        Interval[] second = new Interval[9];
        f.EncloseHessian([new(-1, 1), new(4, 5), new(1, 2)], y, first, second);
        Assert.Equal(new(1, 5), y[0]);
        Assert.Equal([Everything, new(0, 1), new(0, 4)], first);
        Assert.Equal([Everything, Everything, Everything, Everything, 0, 0, Everything, 0, new(0, 2)], second);
        f.EncloseHessian([new(-2, -1), new(4, 5), new(1, 2)], y, first, second);
        Assert.Equal(new(4, 5), y[0]);
        Assert.Equal([0, 1, 0], first);
        Assert.All(second, d => Assert.Equal(0, d));
    }

    [Fact]
    public void Places_AreThoseThatMayBeNamed()
    {
        NetworkEnclosure f = new(Build(4, g => g.Lookup(g.Constant([5, 7, 6, 9]), g.Select([0, 1, 2, 3], 0))));
        Interval[] y = new Interval[4];
        f.Enclose([2, new(1, 2.5), new(2.25, 2.75), new(-3, 1)], y);
        Assert.Equal([6, new(6, 7), 6, new(5, 7)], y);
        f.Enclose([new(3, 100), new(4, 5), new(-2, -1), 0], y);
        Assert.Equal([9, Everything, Everything, 5], y);
    }

    [Fact]
    public void Order_IsDecidedWhereElementsLieApart()
    {
        NetworkEnclosure f = new(Build(3, g => g.SortPlaces(new SortPlaces(1, 3, 1, Descending: false), 0)));
        Interval[] y = new Interval[3];
        Interval[] first = new Interval[9];
        f.EncloseJacobian([new(4, 5), new(0, 1), new(2, 3)], y, first);
        Assert.Equal([1, 2, 0], y);
        Assert.All(first, d => Assert.Equal(0, d));
        f.EncloseJacobian([new(2, 5), new(0, 1), new(3, 4)], y, first);
        Assert.Equal([1, new(0, 2), new(0, 2)], y);
        Assert.Equal([0, 0, 0], first[..3]);
        Assert.All(first[3..], d => Assert.Equal(Everything, d));
        f.Enclose([1, 1, 0], y);
        Assert.Equal([2, 0, 1], y);
    }

    [Fact]
    public void WhatHasNoDerivative_EnclosesItsValueAndRefusesTheRest()
    {
        Graph graph = OperationExamples.All.First(e => !e.IsDifferentiable).Graph;
        NetworkEnclosure f = new(graph);
        Interval[] box = [new(0, 1), new(-1, 0), 0];
        Interval[] y = new Interval[3];
        f.Enclose(box, y);
        Assert.Equal(Math.Sin(1), y[0].High, 1e-15);
        Assert.Equal(0, y[1].High);
        ModelException refusal = Assert.Throws<ModelException>(() => f.EncloseJacobian(box, y, new Interval[9]));
        Assert.Equal("'q' rounds to 8 bits; take its input.", refusal.Message);
        NetworkRelaxation relaxation = new(graph);
        double[] low = new double[12];
        double[] high = new double[12];
        relaxation.Relax(box, y, low, high);
        Assert.Equal(Math.Sin(1), y[0].High, 1e-15);
        Assert.InRange(high[3] - low[3], 0, 0.1);
    }

    private static Graph Build(int inputs, Func<GraphBuilder, int> output)
    {
        GraphBuilder graph = new(inputs);
        return graph.Build(output(graph), []);
    }
}
