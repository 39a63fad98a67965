using System.Text;
using Preimage.Onnx;

namespace Preimage.Tests.Onnx;

/// <summary>docs/guide/operators.md is the import table, written out. With PREIMAGE_ACCEPT=1 the test writes it anew.</summary>
public class OperatorGuideTests
{
    [Fact]
    public void Guide_IsTheImportTable()
    {
        string path = System.IO.Path.Combine(Shared.RepositoryRoot, "docs", "guide", "operators.md");
        string expected = Write();
        if (Environment.GetEnvironmentVariable("PREIMAGE_ACCEPT") == "1")
        {
            System.IO.Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
            File.WriteAllText(path, expected);
        }

        Assert.Equal(expected, File.ReadAllText(path));
    }

    [Theory]
    [InlineData(
        "Gemm MatMul Add Sub Mul Div Neg Pow Sqrt Exp Log Erf Sin Cos Abs Min Max Clip Sigmoid HardSigmoid Tanh Softplus Softsign Relu LeakyRelu PRelu Elu Selu Celu Gelu Swish Mish Softmax LogSoftmax BatchNormalization Flatten Reshape Squeeze Unsqueeze Transpose Concat Slice Gather Identity Dropout Cast Constant ConstantOfShape Shape ReduceSum ReduceMean ReduceMax ReduceMin ReduceL2"
    )]
    public void Table_HoldsWhatDenseNetworksOfAnyExporterNeed(string operators) =>
        Assert.All(operators.Split(' '), o => Assert.NotNull(OperatorTable.Find(o)));

    private static string Write()
    {
        var text = new StringBuilder();
        text.Append(
            """
            # ONNX operators

            A model is read as a map of one sample, R^n -> R^m: an open leading dimension (symbolic, 0 or -1) is one sample, everything else is flattened.
            One tensor is free and one is looked at ([models](models.md)). Opset 6 and newer; weights of any numeric type, typed, raw, sparse, or in files beside
            the model; everything is computed in double. What does not depend on the free tensor is computed while reading. [Tests](operator-tests.md).

            | operator | supported where |
            |---|---|

            """
        );
        foreach (Operator one in OperatorTable.All)
        {
            text.Append($"| {one.FullName} | {(one.Limits.Length == 0 ? "always" : one.Limits)} |\n");
        }

        text.Append(
            """

            Everything else is refused by its name, its node and its place.

            ## Limits

            A small file can describe huge tensors, so sizes are checked before memory is taken.

            | what | at most |
            |---|---|

            """
        );
        text.Append($"| inputs, and outputs | {Limits.Variables} |\n");
        text.Append($"| elements of one tensor | {Limits.TensorElements} |\n");
        text.Append($"| elements of all tensors that nodes make, together | {Limits.TotalElements} |\n");
        text.Append($"| rank of a tensor | {Limits.Rank} |\n");
        text.Append($"| nodes | {Limits.Nodes} |\n");
        text.Append($"| bytes of a model file (external data not counted) | {Limits.FileBytes} |\n");
        return text.ToString();
    }
}
