using CsCheck;
using Preimage.Enclosing;
using Preimage.Maps;
using Preimage.Networks;

namespace Preimage.Tests.Networks;

/// <summary>Networks made of a network: from an inner tensor, of some outputs, of a difference of two, of the scores before a softmax.</summary>
public class NetworkChoiceTests
{
    /// <summary>A few roundings of numbers of size 1, added in another order.</summary>
    private const double Rounding = 1e-14;

    private static Gen<double[]> Points => Gen.Double[-2, 2].Array[3];

    [Fact]
    public void FromEveryTensor_WithTheOtherWaysHeld_TheImageOfThePointGivesItsOutput() =>
        Points.Sample(
            x =>
            {
                Network network = Residual();
                foreach (InnerTensor tensor in network.Tensors)
                {
                    double[] image = network.Between(null, tensor.Name).PlainMap.Evaluate(x);
                    Network rest = network.Between(tensor.Name, null, x);
                    Assert.Equal(tensor.Size, rest.Inputs);
                    Assert.Equal((tensor.Name, tensor.Size), (rest.InputTensor.Name, rest.InputTensor.Size));
                    Assert.Equal(tensor.Shape, rest.InputTensor.Shape);
                    Assert.Equal(image, rest.Start);
                    Assert.Equal(network.PlainMap.Evaluate(x), rest.PlainMap.Evaluate(image));
                }
            },
            iter: 20
        );

    [Fact]
    public void FromATensorBesideWhichAWayIsHeld_TheOutputMovesByThatTensorAlone() =>
        Gen.Select(Points, Gen.Double[-2, 2].Array[4])
            .Sample(
                (x, branch) =>
                {
                    // Residual is sum((hidden + branch)^2 weights) with branch = cos(hidden): hidden stays what it was at x.
                    double[] hidden = Residual().Between(null, "hidden").PlainMap.Evaluate(x);
                    double[] scores = Residual().Between("branch", "scores", x).PlainMap.Evaluate(branch);
                    for (int j = 0; j < scores.Length; j++)
                    {
                        double expected = 0;
                        for (int i = 0; i < 4; i++)
                        {
                            expected += (hidden[i] + branch[i]) * Weight(i, j);
                        }

                        Assert.Equal(expected, scores[j], Rounding * 10);
                    }
                },
                iter: 20
            );

    [Fact]
    public void ATensorThatCuts_NeedsNoPoint_AndAPointChangesNothing()
    {
        Network free = Residual().Between("sum", "output");
        Network held = Residual().Between("sum", "output", [0.1, 0.2, 0.3]);
        double[] sum = [0.5, -1, 0.25, 2];
        Assert.Equal(free.PlainMap.Evaluate(sum), held.PlainMap.Evaluate(sum));
        Assert.Equal(["sum[0,0]", "sum[0,1]", "sum[1,0]", "sum[1,1]"], free.Signature.Inputs.Select(v => v.Name));
        Assert.Equal("output[4]", free.Signature.Outputs[4].Name);
    }

    [Fact]
    public void BetweenTwoInnerTensors_NamesTheOnesThatStay()
    {
        Network part = Residual().Between("hidden", "scores");
        Assert.Equal(["hidden", "branch", "sum", "scores"], part.Tensors.Select(t => t.Name));
        Assert.Equal([5], part.OutputTensor.Shape);
        Assert.Equal([2, 2], part.InputTensor.Shape);
    }

    [Fact]
    public void APointOfAnotherLength_IsRefused() =>
        Assert.Equal(
            "The point where the other ways are held has 2 coordinates, but the network takes 3; give 3.",
            Refusal(() => Residual().Between("branch", null, [1, 2]))
        );

    [Fact]
    public void AnUnknownTensorOfMany_IsRefusedWithTheNearestNames()
    {
        GraphBuilder graph = new(1);
        int node = GraphBuilder.Input;
        List<NamedNode> names = [];
        for (int k = 0; k < 20; k++)
        {
            node = graph.Elementwise(new Sine(), node);
            names.Add(new NamedNode($"/layer{k}/Sin_output", node, [1]));
        }

        Network network = new(graph.Build(node, names), Signature.Anonymous(1, 1));
        Assert.StartsWith(
            "The network has no inner tensor '/Layer7/sin_outpt' that depends on the input; it has 20, of which the nearest are '/layer7/Sin_output', '/layer0/",
            Refusal(() => network.Between("/Layer7/sin_outpt", null)),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Choices_AreTheSameByMapGraphAndEnclosure() =>
        Points.Sample(
            x =>
            {
                Network network = Residual();
                double[] y = network.PlainMap.Evaluate(x);
                (Network Choice, double[] Value)[] choices =
                [
                    (network.Select(4, 0, 4), [y[4], y[0], y[4]]),
                    (network.Margin(3, 1), [y[3] - y[1]]),
                    (network.Select(4, 0).Margin(1, 0), [y[0] - y[4]]),
                    (network.Logits(), network.Between(null, "scores").PlainMap.Evaluate(x)),
                    (network.Select(2, 1).Logits(), network.Between(null, "scores").Select(2, 1).PlainMap.Evaluate(x)),
                ];
                foreach ((Network choice, double[] value) in choices)
                {
                    Interval[] enclosed = new Interval[value.Length];
                    new NetworkEnclosure(choice).Enclose([.. x.Select(c => (Interval)c)], enclosed);
                    double[] fast = choice.Map.Evaluate(x);
                    double[] plain = choice.PlainMap.Evaluate(x);
                    for (int k = 0; k < value.Length; k++)
                    {
                        Assert.Equal(value[k], fast[k], Rounding);
                        Assert.Equal(value[k], plain[k], Rounding);
                        Assert.InRange(value[k], enclosed[k].Low - Rounding, enclosed[k].High + Rounding);
                        Assert.InRange(enclosed[k].Width, 0, 1e-12);
                    }
                }
            },
            iter: 20
        );

    [Fact]
    public void Choices_NameTheirOutputs()
    {
        Signature names = Signature.Anonymous(3, 5);
        Network network = Residual(names with { Outputs = names.Outputs.SetItem(1, new Variable("P", "MW", 0, 1)) });
        Assert.Equal(["y3", "P"], network.Select(2, 1).Signature.Outputs.Select(v => v.Name));
        Assert.Equal("MW", network.Select(2, 1).Signature.Outputs[1].Unit);
        Assert.Equal(new Variable("y1 - P"), network.Margin(0, 1).Signature.Outputs.Single());
        Assert.Equal(new Variable("P"), network.Logits().Signature.Outputs[1]);
        Assert.Equal([2], network.Select(2, 1).OutputTensor.Shape);
        Assert.Equal([5], network.Logits().OutputTensor.Shape);
    }

    [Fact]
    public void Logits_OfASigmoidAndOfALogSoftmax_AreWhatItTakes()
    {
        GraphBuilder sigmoid = new(2);
        int output = sigmoid.Elementwise(new Sigmoid(), sigmoid.Elementwise(new Sine(), GraphBuilder.Input));
        Network logistic = new(sigmoid.Build(sigmoid.Select([1, 0], output), []), Signature.Anonymous(2, 2));
        Assert.Equal([Math.Sin(0.5), Math.Sin(0.25)], logistic.Logits().PlainMap.Evaluate([0.25, 0.5]));

        GraphBuilder logarithm = new(2);
        Network scores = new(
            logarithm.Build(logarithm.LogSoftmax(1, 2, 1, logarithm.Elementwise(new Sine(), GraphBuilder.Input)), []),
            Signature.Anonymous(2, 2)
        );
        Assert.Equal([Math.Sin(0.25), Math.Sin(0.5)], scores.Logits().PlainMap.Evaluate([0.25, 0.5]));
    }

    [Fact]
    public void Logits_OfADenseNetwork_AreCompiled()
    {
        Network network = Network.From(DenseNetworks.Make(3, [4, 6, 3], DenseHead.Softmax));
        Network scores = network.Logits();
        Assert.Equal(DenseHead.None, scores.Dense!.Head);
        double[] x = [0.1, -0.2, 0.3, 0.4];
        double[] exponentials = [.. scores.Map.Evaluate(x).Select(Math.Exp)];
        Assert.All(
            network.Map.Evaluate(x).Zip(exponentials),
            pair => Assert.Equal(pair.First, pair.Second / exponentials.Sum(), Rounding)
        );
    }

    [Fact]
    public void WrongChoices_AreRefused()
    {
        Network scores = Residual().Logits();
        Assert.Equal(
            "The network does not end in a softmax, log-softmax or sigmoid, so its outputs are scores already; take them as they are.",
            Refusal(() => scores.Logits())
        );
        Assert.Equal(
            "Both outputs of the margin are 2, and so it is 0 everywhere; choose two different ones of the map's 5.",
            Refusal(() => scores.Margin(2, 2))
        );
        Assert.Equal(
            "Output 5 is selected, but the map's outputs are 0 to 4; select among these.",
            Refusal(() => scores.Select(5))
        );
    }

    [Fact]
    public void CoordinatesOfATensor_AreRowMajor()
    {
        Assert.Equal(
            ["x[0,0,0]", "x[0,0,1]", "x[0,1,0]", "x[0,1,1]", "x[0,2,0]", "x[0,2,1]"],
            Signature.OfTensor("x", [1, 3, 2]).Select(v => v.Name)
        );
        Assert.Equal(["x"], Signature.OfTensor("x", [1, 1]).Select(v => v.Name));
    }

    private static string Refusal(Func<object> use) => Assert.Throws<ArgumentException>(use).Message;

    private static double Weight(int i, int j) => Math.Sin(1 + 5 * i + j);

    /// <summary>hidden = sin of x and of their sum, branch = cos(hidden), sum = hidden + branch, scores = sum W, output = softmax(scores).</summary>
    private static Network Residual(Signature? signature = null)
    {
        GraphBuilder graph = new(3);
        int mixed = graph.MatrixMultiply(
            new MatrixMultiply(1, 1, 3, 4),
            GraphBuilder.Input,
            graph.Constant([1, 0, 0, 1, 0, 1, 0, 1, 0, 0, 1, 1])
        );
        int hidden = graph.Elementwise(new Sine(), mixed);
        int branch = graph.Elementwise(new Cosine(), hidden);
        int sum = graph.Combine(BinaryFunction.Add, hidden, branch);
        double[] weights = [.. Enumerable.Range(0, 20).Select(k => Weight(k / 5, k % 5))];
        int scores = graph.MatrixMultiply(new MatrixMultiply(1, 1, 4, 5), sum, graph.Constant(weights));
        int output = graph.Softmax(1, 5, 1, scores);
        NamedNode[] tensors =
        [
            new("hidden", hidden, [2, 2]),
            new("branch", branch, [2, 2]),
            new("sum", sum, [2, 2]),
            new("scores", scores, [5]),
            new("output", output, [5]),
        ];
        return new Network(graph.Build(output, tensors), signature ?? Signature.Anonymous(3, 5));
    }
}
