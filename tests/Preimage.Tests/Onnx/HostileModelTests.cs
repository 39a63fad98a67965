using Google.Protobuf;
using Preimage.Networks;
using Preimage.Onnx.Wire;
using AttributeType = Preimage.Onnx.Wire.AttributeProto.Types.AttributeType;
using DataType = Preimage.Onnx.Wire.TensorProto.Types.DataType;

namespace Preimage.Tests.Onnx;

/// <summary>Models made to take much memory or time, or to read what is not theirs: refused in a sentence, before it is done.</summary>
public class HostileModelTests
{
    /// <summary>Each of 30 functions calls the one before it twice: 2^30 calls.</summary>
    [Fact]
    public void FunctionsThatCallEachOtherTwice_AreRefused()
    {
        ModelProto model = Models.Of([1, 2], Call("f30", "y", "x"));
        model.Functions.Add(Function("f0", Models.Node("Relu", "b", "a")));
        for (int i = 1; i <= 30; i++)
        {
            model.Functions.Add(Function($"f{i}", Call($"f{i - 1}", "h", "a"), Call($"f{i - 1}", "b", "h")));
        }

        Hostile.AssertRefused(model, "elements together");
    }

    /// <summary>What a call copies is as much as the function holds: a weight that its node ignores, or a branch that is not taken.</summary>
    [Fact]
    public void FunctionsThatHoldMuch_AreNotCopiedAtEachCall()
    {
        NodeProto relu = Models.Node("Relu", "b", "a");
        var ballast = new TensorProto
        {
            Name = "ballast",
            DataType = (int)DataType.Float,
            RawData = ByteString.CopyFrom(new byte[1 << 20]),
        };
        ballast.Dims.Add(1 << 18);
        relu.Attribute.Add(
            new AttributeProto
            {
                Name = "ballast",
                T = ballast,
                Type = AttributeType.Tensor,
            }
        );
        NodeProto graph = Models.Node("Relu", "b", "a");
        GraphProto many = new();
        many.Node.Add(Enumerable.Range(0, 20_000).Select(i => Models.Node("Relu", $"n{i}", "a")));
        graph.Attribute.Add(
            new AttributeProto
            {
                Name = "g",
                G = many,
                Type = AttributeType.Graph,
            }
        );
        foreach (NodeProto node in (NodeProto[])[relu, graph])
        {
            ModelProto model = Models.Of([1, 2], Call("f14", "y", "x"));
            model.Functions.Add(Function("f0", node));
            for (int i = 1; i <= 14; i++)
            {
                model.Functions.Add(Function($"f{i}", Call($"f{i - 1}", "h", "a"), Call($"f{i - 1}", "b", "h")));
            }

            Hostile.Measured(() => Hostile.Attempt(model));
        }
    }

    [Fact]
    public void FunctionsThatCallThemselves_AreRefused()
    {
        ModelProto model = Models.Of([1, 2], Call("f", "y", "x"));
        model.Functions.Add(Function("f", Call("g", "b", "a")));
        model.Functions.Add(Function("g", Call("f", "b", "a")));
        Hostile.AssertRefused(model, "calls a function that calls itself");
    }

    /// <summary>Through a body of a body, too.</summary>
    [Fact]
    public void FunctionsThatCallThemselvesFromABody_AreRefused()
    {
        var branch = new GraphProto();
        branch.Node.Add(Call("f", "z", "a"));
        branch.Output.Add(new ValueInfoProto { Name = "z" });
        NodeProto choice = Choice("b", branch);
        ModelProto model = Models.Of([1, 2], Call("f", "y", "x"));
        NodeProto yes = Models.Node("Constant", "one");
        yes.Output[0] = "one";
        yes.Attribute.Add(AttributeOf.Integer("value_int", 1));
        model.Functions.Add(
            Function("f", yes, Models.Node("Cast", "yes", "one").With("to", (long)DataType.Bool), choice)
        );
        Hostile.AssertRefused(model, "calls a function that calls itself");
    }

    /// <summary>40 bodies inside each other: as many as a file may hold, or refused.</summary>
    [Theory]
    [InlineData(20)]
    [InlineData(31)]
    [InlineData(40)]
    [InlineData(400)]
    public void DeepBodies_AreReadOrRefused(int depth)
    {
        var inner = new GraphProto();
        inner.Node.Add(Models.Node("Relu", "z", "x"));
        inner.Output.Add(new ValueInfoProto { Name = "z" });
        NodeProto node = inner.Node[0];
        for (int i = 0; i < depth; i++)
        {
            node = Models.Node("If", $"z{i}", "yes");
            node.Attribute.Add(
                new AttributeProto
                {
                    Name = "then_branch",
                    G = inner,
                    Type = AttributeType.Graph,
                }
            );
            node.Attribute.Add(
                new AttributeProto
                {
                    Name = "else_branch",
                    G = inner,
                    Type = AttributeType.Graph,
                }
            );
            inner = new GraphProto();
            inner.Node.Add(node);
            inner.Output.Add(new ValueInfoProto { Name = $"z{i}" });
            if (i > 12)
            {
                // Both branches of all: the file would double with each.
                node.Attribute.RemoveAt(1);
            }
        }

        node.Output[0] = "y";
        ModelProto model = Models.Of([1, 2], node);
        Hostile.Add(model, "yes", DataType.Bool, [1]);
        string? refusal = null;
        Hostile.Measured(() => refusal = Hostile.Attempt(model));
        Assert.Equal(depth > 32, refusal?.Contains("bodies inside each other", StringComparison.Ordinal) ?? false);
    }

    /// <summary>Eight loops of 2^20 iterations inside each other.</summary>
    [Fact]
    public void LoopsInLoops_AreRefused()
    {
        GraphProto body = Body("h0", "h1", Models.Node("Identity", "h1", "h0"));
        for (int i = 1; i < 8; i++)
        {
            NodeProto loop = Models.Node("Loop", $"o{i}", "trips", "", $"s{i}");
            loop.Attribute.Add(
                new AttributeProto
                {
                    Name = "body",
                    G = body,
                    Type = AttributeType.Graph,
                }
            );
            body = Body($"s{i}", $"o{i}", loop);
        }

        NodeProto outer = Models.Node("Loop", "y", "trips", "", "x");
        outer.Attribute.Add(
            new AttributeProto
            {
                Name = "body",
                G = body,
                Type = AttributeType.Graph,
            }
        );
        ModelProto model = Models.Of([1, 2], outer).WithIntegers("trips", 1 << 20);
        Hostile.AssertRefused(model, "elements together");
    }

    /// <summary>A weight inside a body is read once, not in every iteration.</summary>
    [Fact]
    public void WeightsInsideALoop_AreCounted()
    {
        var branch = new GraphProto();
        branch.Node.Add(Models.Node("Identity", "z", "h"));
        branch.Output.Add(new ValueInfoProto { Name = "z" });
        var weight = new TensorProto
        {
            Name = "w",
            DataType = (int)DataType.Float,
            RawData = ByteString.CopyFrom(new byte[4 << 20]),
        };
        weight.Dims.Add(1 << 20);
        branch.Initializer.Add(weight);
        NodeProto choice = Choice("next", branch);
        NodeProto loop = Models.Node("Loop", "y", "trips", "", "x");
        loop.Attribute.Add(
            new AttributeProto
            {
                Name = "body",
                G = Body("h", "next", choice),
                Type = AttributeType.Graph,
            }
        );
        ModelProto model = Models.Of([1, 2], loop).WithIntegers("trips", 100_000);
        Hostile.Add(model, "yes", DataType.Bool, [1]);
        Hostile.Measured(() => Hostile.Attempt(model));
    }

    [Fact]
    public void ALoopWithoutAnEnd_IsRefused()
    {
        NodeProto loop = Models.Node("Loop", "y", "", "", "x");
        loop.Attribute.Add(
            new AttributeProto
            {
                Name = "body",
                G = Body("h", "next", Models.Node("Relu", "next", "h")),
                Type = AttributeType.Graph,
            }
        );
        Hostile.AssertRefused(Models.Of([1, 2], loop), "elements together");
    }

    [Fact]
    public void ABodyWithoutOutputs_IsRefused()
    {
        foreach (string operation in (string[])["If", "Loop", "Scan"])
        {
            NodeProto node =
                operation == "If"
                    ? Models.Node(operation, "y", "yes")
                    : Models.Node(operation, "y", "trips", "yes", "x", "x").With("num_scan_inputs", 1);
            foreach (string name in (string[])["body", "then_branch", "else_branch"])
            {
                node.Attribute.Add(
                    new AttributeProto
                    {
                        Name = name,
                        G = new GraphProto(),
                        Type = AttributeType.Graph,
                    }
                );
            }

            ModelProto model = Models.Of([1, 2], node).WithIntegers("trips", 3);
            Hostile.Add(model, "yes", DataType.Bool, [1]);
            Hostile.AssertRefused(model, "model.onnx");
        }
    }

    [Fact]
    public void AGraphOfCyclesOnly_IsRefused()
    {
        NodeProto[] nodes =
        [
            .. Enumerable.Range(0, 1000).Select(i => Models.Node("Relu", $"t{i}", $"t{(i + 1) % 1000}")),
        ];
        Hostile.AssertRefused(
            Models.Of([1, 2], [.. nodes, Models.Node("Add", "y", "x", "t0")]),
            "or the graph has a cycle"
        );
        Hostile.AssertRefused(Models.Of([1, 2], Models.Node("Relu", "y", "y")), "or the graph has a cycle");
    }

    /// <summary>A chain of 200,000 nodes is long, but no nesting: nothing recurs over it.</summary>
    [Fact]
    public void ALongChain_IsRead()
    {
        const int Length = 200_000;
        NodeProto[] nodes =
        [
            .. Enumerable
                .Range(0, Length)
                .Select(i => Models.Node("Neg", i == Length - 1 ? "y" : $"t{i}", i == 0 ? "x" : $"t{i - 1}")),
        ];
        Network network = Models.Of([1, 1], nodes).Read();
        double[] y = new double[1];
        network.PlainMap.Evaluate([3], y);
        Assert.Equal(3, y[0]);
    }

    /// <summary>A body of a loop: iteration, condition and one carried value.</summary>
    private static GraphProto Body(string carried, string next, params NodeProto[] nodes)
    {
        var body = new GraphProto();
        body.Input.Add(new ValueInfoProto { Name = $"i_{carried}" });
        body.Input.Add(new ValueInfoProto { Name = $"go_{carried}" });
        body.Input.Add(new ValueInfoProto { Name = carried });
        body.Output.Add(new ValueInfoProto { Name = $"go_{carried}" });
        body.Output.Add(new ValueInfoProto { Name = next });
        body.Node.Add(nodes);
        return body;
    }

    private static NodeProto Call(string function, string output, string input)
    {
        NodeProto node = Models.Node(function, output, input);
        node.Domain = "own";
        return node;
    }

    /// <summary>A function of "a" that gives "b".</summary>
    private static FunctionProto Function(string name, params NodeProto[] nodes)
    {
        var function = new FunctionProto { Name = name, Domain = "own" };
        function.Input.Add("a");
        function.Output.Add("b");
        function.Node.Add(nodes);
        function.OpsetImport.Add(new OperatorSetIdProto { Version = 17 });
        return function;
    }

    /// <summary>An If by "yes" of which both branches are one graph.</summary>
    private static NodeProto Choice(string output, GraphProto branch)
    {
        NodeProto choice = Models.Node("If", output, "yes");
        foreach (string name in (string[])["then_branch", "else_branch"])
        {
            choice.Attribute.Add(
                new AttributeProto
                {
                    Name = name,
                    G = branch,
                    Type = AttributeType.Graph,
                }
            );
        }

        return choice;
    }
}
