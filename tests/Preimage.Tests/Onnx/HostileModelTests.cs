using System.Globalization;
using Google.Protobuf;
using Preimage.Networks;
using Preimage.Onnx;
using Preimage.Onnx.Wire;
using AttributeType = Preimage.Onnx.Wire.AttributeProto.Types.AttributeType;
using DataType = Preimage.Onnx.Wire.TensorProto.Types.DataType;

namespace Preimage.Tests.Onnx;

/// <summary>Models made to take much memory or time, or to read what is not theirs: refused in a sentence, before it is done.</summary>
public class HostileModelTests
{
    /// <summary>What reading may take beside the file: less than the limit on a model's tensors, 512 MiB of them, and their nodes.</summary>
    private const long MostBytes = 2L << 30;

    [Theory]
    [InlineData("kernel_shape", 9L, 9L)]
    [InlineData("kernel_shape", 0L, 2L)]
    [InlineData("kernel_shape", -1L, 2L)]
    [InlineData("kernel_shape", 1L << 40, 1L)]
    [InlineData("kernel_shape", 2L)]
    [InlineData("strides", 0L, 1L)]
    [InlineData("strides", -1L, 1L)]
    [InlineData("strides", 1L << 40, 1L)]
    [InlineData("dilations", 0L, 1L)]
    [InlineData("dilations", 1L << 40, 1L)]
    [InlineData("dilations", long.MaxValue, 1L)]
    [InlineData("pads", -1L, 0L, 0L, 0L)]
    [InlineData("pads", 0L, 0L, 1L << 40, 1L << 40)]
    [InlineData("pads", 1L << 27, 1L << 27, 1L << 27, 1L << 27)]
    [InlineData("pads", long.MaxValue, 0L, long.MaxValue, 0L)]
    [InlineData("pads", 1L)]
    public void AbsurdWindows_AreRefused(string attribute, params long[] values)
    {
        foreach (string operation in (string[])["Conv", "MaxPool", "AveragePool", "LpPool", "ConvTranspose"])
        {
            bool isPool = operation.EndsWith("Pool", StringComparison.Ordinal);
            NodeProto node = isPool ? Models.Node(operation, "y", "x") : Models.Node(operation, "y", "x", "w");
            if (attribute != "kernel_shape")
            {
                node.Attribute.Add(AttributeOf.Integers("kernel_shape", 2, 2));
            }

            node.Attribute.Add(AttributeOf.Integers(attribute, values));
            ModelProto model = Models.Of([1, 1, 4, 4], node).With("w", [1, 1, 2, 2], 1, 2, 3, 4);
            // The adjoint of a convolution may stand beyond its grid, and a far step leaves one position.
            bool isValid = operation == "ConvTranspose" && attribute == "pads" && values[0] == 1;
            AssertRefused(model, isValid ? "" : "model.onnx: node 0 'make_y'");
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(3)]
    [InlineData(1L << 40)]
    public void GroupsThatDoNotFit_AreRefused(long groups)
    {
        foreach (string operation in (string[])["Conv", "ConvTranspose"])
        {
            ModelProto model = Models
                .Of([1, 2, 4, 4], Models.Node(operation, "y", "x", "w").With("group", groups))
                .With("w", [2, 2, 1, 1], 1, 2, 3, 4);
            AssertRefused(model, "groups");
        }
    }

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

        AssertRefused(model, "elements together");
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

            Measured(() => Attempt(model));
        }
    }

    [Fact]
    public void FunctionsThatCallThemselves_AreRefused()
    {
        ModelProto model = Models.Of([1, 2], Call("f", "y", "x"));
        model.Functions.Add(Function("f", Call("g", "b", "a")));
        model.Functions.Add(Function("g", Call("f", "b", "a")));
        AssertRefused(model, "calls a function that calls itself");
    }

    /// <summary>Through a body of a body, too.</summary>
    [Fact]
    public void FunctionsThatCallThemselvesFromABody_AreRefused()
    {
        var branch = new GraphProto();
        branch.Node.Add(Call("f", "z", "a"));
        branch.Output.Add(new ValueInfoProto { Name = "z" });
        NodeProto choice = Models.Node("If", "b", "yes");
        choice.Attribute.Add(
            new AttributeProto
            {
                Name = "then_branch",
                G = branch,
                Type = AttributeType.Graph,
            }
        );
        choice.Attribute.Add(
            new AttributeProto
            {
                Name = "else_branch",
                G = branch,
                Type = AttributeType.Graph,
            }
        );
        ModelProto model = Models.Of([1, 2], Call("f", "y", "x"));
        NodeProto yes = Models.Node("Constant", "one");
        yes.Output[0] = "one";
        yes.Attribute.Add(AttributeOf.Integer("value_int", 1));
        model.Functions.Add(
            Function("f", yes, Models.Node("Cast", "yes", "one").With("to", (long)DataType.Bool), choice)
        );
        AssertRefused(model, "calls a function that calls itself");
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
        Add(model, "yes", DataType.Bool, [1]);
        Measured(() => Attempt(model));
    }

    /// <summary>A body that decides by what varies is made on both sides: 2^30 branches.</summary>
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
        AssertRefused(model, "elements together");
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
        NodeProto choice = Models.Node("If", "next", "yes");
        choice.Attribute.Add(
            new AttributeProto
            {
                Name = "then_branch",
                G = branch,
                Type = AttributeType.Graph,
            }
        );
        choice.Attribute.Add(
            new AttributeProto
            {
                Name = "else_branch",
                G = branch,
                Type = AttributeType.Graph,
            }
        );
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
        Add(model, "yes", DataType.Bool, [1]);
        Measured(() => Attempt(model));
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
        AssertRefused(Models.Of([1, 2], loop), "elements together");
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
            Add(model, "yes", DataType.Bool, [1]);
            AssertRefused(model, "model.onnx");
        }
    }

    [Theory]
    [InlineData("/etc/passwd")]
    [InlineData("../secret.bin")]
    [InlineData("inner/../../secret.bin")]
    [InlineData("./../secret.bin")]
    [InlineData("link.bin")]
    [InlineData("linked/secret.bin")]
    [InlineData("")]
    [InlineData("\0")]
    [InlineData(".")]
    [InlineData("inner")]
    [InlineData("missing.bin")]
    [InlineData("http://example.org/weights.bin")]
    public void ExternalDataElsewhere_IsRefused(string location)
    {
        using var folder = new TemporaryFolder();
        System.IO.Directory.CreateDirectory(folder["model/inner"]);
        System.IO.File.WriteAllBytes(folder["secret.bin"], new byte[64]);
        System.IO.File.CreateSymbolicLink(folder["model/link.bin"], folder["secret.bin"]);
        System.IO.Directory.CreateSymbolicLink(folder["model/linked"], folder[""]);
        ModelProto model = External(location, [8], length: "32");
        System.IO.File.WriteAllBytes(folder["model/m.onnx"], model.ToByteArray());
        ModelException refusal = Assert.Throws<ModelException>(() => OnnxFile.Read(folder["model/m.onnx"]));
        Assert.EndsWith(".", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(
            "external data",
            refusal.Message.Replace("has its data in", "external data", StringComparison.Ordinal),
            StringComparison.Ordinal
        );
    }

    /// <summary>A small file that claims to need 2^40 bytes of another.</summary>
    [Theory]
    [InlineData(1L << 40, "0", null)]
    [InlineData(8L, "9223372036854775807", null)]
    [InlineData(8L, "-1", null)]
    [InlineData(8L, "0", "1099511627776")]
    [InlineData(8L, "many", null)]
    [InlineData(1L << 26, "0", null)]
    public void ExternalDataOfAbsurdLength_IsRefused(long elements, string offset, string? length)
    {
        using var folder = new TemporaryFolder();
        System.IO.File.WriteAllBytes(folder["w.bin"], new byte[64]);
        ModelProto model = External("w.bin", [elements], length, offset);
        System.IO.File.WriteAllBytes(folder["m.onnx"], model.ToByteArray());
        Measured(() => Assert.Throws<ModelException>(() => OnnxFile.Read(folder["m.onnx"])), most: 64 << 20);
    }

    /// <summary>Names are names, whatever they look like: nothing is read or written there.</summary>
    [Theory]
    [InlineData("/etc/passwd")]
    [InlineData("../../x")]
    [InlineData("C:\\windows\\system32")]
    [InlineData("file:///etc/passwd")]
    [InlineData("%s%n{0}")]
    [InlineData("\0\n\r\u202e")]
    public void NamesThatArePaths_AreNames(string name)
    {
        ModelProto model = Models.Of([1, 2], Models.Node("Relu", name, "x"), Models.Node("Tanh", "y", name));
        model.Graph.Node[0].Name = name;
        model.Graph.Name = name;
        model.ProducerName = name;
        Assert.Equal(2, model.Read().Inputs);
        model.Graph.Node[0].OpType = name;
        Assert.Contains("which is not supported", model.Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void AGraphOfCyclesOnly_IsRefused()
    {
        NodeProto[] nodes =
        [
            .. Enumerable.Range(0, 1000).Select(i => Models.Node("Relu", $"t{i}", $"t{(i + 1) % 1000}")),
        ];
        AssertRefused(Models.Of([1, 2], [.. nodes, Models.Node("Add", "y", "x", "t0")]), "or the graph has a cycle");
        AssertRefused(Models.Of([1, 2], Models.Node("Relu", "y", "y")), "or the graph has a cycle");
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

    private static ModelProto External(string location, long[] shape, string? length = null, string offset = "0")
    {
        var tensor = new TensorProto
        {
            Name = "w",
            DataType = (int)DataType.Float,
            DataLocation = TensorProto.Types.DataLocation.External,
        };
        tensor.Dims.Add(shape);
        tensor.ExternalData.Add(new StringStringEntryProto { Key = "location", Value = location });
        tensor.ExternalData.Add(new StringStringEntryProto { Key = "offset", Value = offset });
        if (length is not null)
        {
            tensor.ExternalData.Add(new StringStringEntryProto { Key = "length", Value = length });
        }

        ModelProto model = Models.Of([1, 8], Models.Node("Add", "y", "x", "w"));
        model.Graph.Initializer.Add(tensor);
        return model;
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

    private static void Add(ModelProto model, string name, DataType type, int[] elements)
    {
        var tensor = new TensorProto { Name = name, DataType = (int)type };
        tensor.Dims.Add(elements.Length);
        tensor.Int32Data.Add(elements);
        model.Graph.Initializer.Add(tensor);
    }

    private static void AssertRefused(ModelProto model, string why) =>
        Measured(() =>
        {
            string? refusal = Attempt(model);
            Assert.True(why.Length == 0 || refusal is not null, "it was read");
            Assert.Contains(why, refusal ?? "", StringComparison.Ordinal);
        });

    /// <summary>The sentence with which the model is refused, or null where it is read.</summary>
    private static string? Attempt(ModelProto model)
    {
        byte[] bytes = model.ToByteArray();
        try
        {
            _ = OnnxFile.Read(bytes, "model.onnx");
            return null;
        }
        catch (ModelException e)
        {
            Assert.EndsWith(".", e.Message, StringComparison.Ordinal);
            return e.Message;
        }
    }

    private static void Measured(Action action, long most = MostBytes)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        action();
        long taken = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(taken <= most, string.Create(CultureInfo.InvariantCulture, $"took {taken >> 20} MiB"));
    }
}
