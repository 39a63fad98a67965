using System.Formats.Tar;
using System.Globalization;
using System.IO.Compression;
using Google.Protobuf;
using Preimage.Networks;
using Preimage.Onnx;
using Preimage.Onnx.Wire;

namespace Preimage.Tests.Onnx;

/// <summary>
/// The operator tests of the ONNX project. Each real input in turn is the network's input, the others are stored as initialisers;
/// each output in turn is the network's output.
/// </summary>
public class OperatorConformanceTests(ITestOutputHelper output)
{
    /// <summary>Stored outputs are computed in 32 or 16 bits.</summary>
    private const double FloatRounding = 1e-5;

    /// <summary>16-bit data: 11 bits of mantissa.</summary>
    private const double HalfRounding = 1e-3;

    /// <summary>Every refusal must be one of these sentences: anything else would be a fault of ours.</summary>
    private static readonly string[] GoodReasons =
    [
        "which is not supported",
        "supported are opset 7 and newer",
        "does not say which opset it uses",
        "of integers or booleans, which has no derivative",
        "where it is not differentiable",
        "export the model for inference",
        "that is no tensor",
        "one is supported, store the others as initialisers",
        "weights must be finite numbers",
        "real numbers are needed there",
        "only a constant is supported there",
    ];

    /// <summary>Casts to a narrow type overflow and round there; everything is computed in double here.</summary>
    private static readonly string[] NarrowTypes =
    [
        "test_cast_FLOAT_to_BFLOAT16",
        "test_castlike_FLOAT_to_BFLOAT16_expanded",
    ];

    [Fact]
    public void EveryTest_OfTheOperatorsWeSupport_Passes()
    {
        string folder = Extract();
        try
        {
            var table = new SortedDictionary<string, List<string>>(StringComparer.Ordinal)
            {
                ["passed"] = [],
                ["refused"] = [],
                ["failed"] = [],
            };
            foreach (string model in System.IO.Directory.GetFiles(folder, "model.onnx", SearchOption.AllDirectories))
            {
                string test = System.IO.Path.GetDirectoryName(model)!;
                (string verdict, string line) = Run(test);
                table[verdict].Add($"{System.IO.Path.GetFileName(test)}: {line}");
            }

            foreach ((string verdict, List<string> lines) in table)
            {
                output.WriteLine($"{verdict}: {lines.Count}");
                lines.Sort(StringComparer.Ordinal);
                lines.ForEach(l => output.WriteLine($"  {l}"));
            }

            Assert.Empty(table["failed"]);
            Assert.True(table["passed"].Count >= 190, $"only {table["passed"].Count} passed");
        }
        finally
        {
            System.IO.Directory.Delete(folder, recursive: true);
        }
    }

    private static string Extract()
    {
        string archive = Shared.Path("op-tests.tar.gz");
        string folder = System.IO.Directory.CreateTempSubdirectory("preimage-operators").FullName;
        using var packed = File.OpenRead(archive);
        using var tar = new GZipStream(packed, CompressionMode.Decompress);
        TarFile.ExtractToDirectory(tar, folder, overwriteFiles: true);
        return folder;
    }

    /// <summary>Passed when at least one pair of input and output was compared and none differed; refused when all were refused.</summary>
    private static (string Verdict, string Line) Run(string test)
    {
        var model = ModelProto.Parser.ParseFrom(File.ReadAllBytes(System.IO.Path.Combine(test, "model.onnx")));
        int compared = 0;
        string refusal = "it has no real input with elements";
        if (NarrowTypes.Contains(System.IO.Path.GetFileName(test), StringComparer.Ordinal))
        {
            return ("refused", "by this test: it checks the overflow of a narrow type");
        }

        foreach (string data in System.IO.Directory.GetDirectories(test, "test_data_set_*"))
        {
            for (int i = 0; i < model.Graph.Input.Count; i++)
            {
                if (!IsRealWithElements(model.Graph.Input[i]))
                {
                    continue;
                }

                for (int j = 0; j < model.Graph.Output.Count; j++)
                {
                    try
                    {
                        double error = Compare(model, data, i, j);
                        double tolerance = UsesHalves(model) ? HalfRounding : FloatRounding;
                        if (!(error <= tolerance))
                        {
                            return ("failed", $"input {i}, output {j}: relative error {error:E1}");
                        }

                        compared++;
                    }
                    catch (ModelException e)
                    {
                        refusal = e.Message[(e.Message.IndexOf("model.onnx", StringComparison.Ordinal) + 10)..];
                        if (!GoodReasons.Any(r => refusal.Contains(r, StringComparison.Ordinal)))
                        {
                            return ("failed", refusal);
                        }
                    }
                }
            }
        }

        return compared > 0 ? ("passed", compared.ToString(CultureInfo.InvariantCulture)) : ("refused", refusal);
    }

    /// <summary>Whether a network may depend on this input.</summary>
    private static bool IsRealWithElements(ValueInfoProto input) =>
        input.Type?.TensorType is { } type
        && ElementTypes.KindOrNull(type.ElemType) == ElementKind.Real
        && type.Shape?.Dim.All(d => d.DimValue > 0) == true;

    private static bool UsesHalves(ModelProto model) =>
        model
            .Graph.Input.Concat(model.Graph.Output)
            .Any(v =>
                v.Type?.TensorType?.ElemType
                    is (int)TensorProto.Types.DataType.Float16
                        or (int)TensorProto.Types.DataType.Bfloat16
            );

    private static double Compare(ModelProto original, string data, int input, int wanted)
    {
        ModelProto model = original.Clone();
        for (int k = 0; k < original.Graph.Input.Count; k++)
        {
            string file = System.IO.Path.Combine(data, $"input_{k}.pb");
            if (k != input && File.Exists(file) && original.Graph.Input[k].Type?.TensorType is not null)
            {
                TensorProto tensor = TensorProto.Parser.ParseFrom(File.ReadAllBytes(file));
                tensor.Name = original.Graph.Input[k].Name;
                model.Graph.Initializer.Add(tensor);
            }
        }

        model.Graph.Output.Clear();
        model.Graph.Output.Add(original.Graph.Output[wanted]);
        Network network = OnnxFile.Read(model.ToByteArray(), "model.onnx");
        double[] x = StoredTensors.Read(System.IO.Path.Combine(data, $"input_{input}.pb")).Elements;
        double[] expected = StoredTensors.Read(System.IO.Path.Combine(data, $"output_{wanted}.pb")).Elements;
        double[] y = new double[network.Outputs];
        network.PlainMap.Evaluate(x, y);
        return Distance(y, expected);
    }

    private static double Distance(double[] y, double[] expected)
    {
        if (y.Length != expected.Length)
        {
            return double.PositiveInfinity;
        }

        double scale = Math.Max(1e-30, expected.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(0).Max());
        double worst = 0;
        for (int i = 0; i < y.Length; i++)
        {
            // Equal infinities, and NaN where the standard gives NaN, are equal.
            double error = y[i].Equals(expected[i]) ? 0 : Math.Abs(y[i] - expected[i]) / scale;
            worst = double.IsNaN(error) ? double.PositiveInfinity : Math.Max(worst, error);
        }

        return worst;
    }
}
