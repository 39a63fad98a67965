using Preimage.Onnx.Wire;

namespace Preimage.Tests.Onnx;

/// <summary>Windows that nobody means: refused in a sentence that names their node.</summary>
public class HostileWindowTests
{
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
            Hostile.AssertRefused(model, isValid ? "" : "model.onnx: node 0 'make_y'");
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
            Hostile.AssertRefused(model, "groups");
        }
    }
}
