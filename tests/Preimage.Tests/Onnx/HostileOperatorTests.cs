using Preimage.Networks;
using Preimage.Onnx;
using Preimage.Onnx.Wire;
using AttributeType = Preimage.Onnx.Wire.AttributeProto.Types.AttributeType;
using DataType = Preimage.Onnx.Wire.TensorProto.Types.DataType;

namespace Preimage.Tests.Onnx;

/// <summary>
/// Every operator with operands and attributes that nobody means, of all sizes up to 2^63: it is read, or refused in one sentence, and takes little memory.
/// </summary>
public class HostileOperatorTests
{
    private const int FewModels = 200;

    /// <summary>Set to a number, it is how many models of each operator are tried.</summary>
    private const string ModelsVariable = "PREIMAGE_HOSTILE_MODELS";

    /// <summary>A model of a few small tensors that takes more has believed a size that it should have refused.</summary>
    private const long MostBytes = 1L << 30;

    private static readonly long[] Opsets = [7, 9, 11, 13, 16, 18, 21, 23];

    private static readonly long[] Wholes =
    [
        .. new[] { 0, 1, 2, 3, 4, -1, -2, 7, 1, 2, 0, 1 << 20, int.MaxValue, int.MinValue },
        .. new[] { 1L << 31, 1L << 40, -(1L << 40), long.MaxValue, long.MinValue },
    ];

    private static readonly double[] Reals =
    [
        0,
        1,
        -1,
        0.5,
        2,
        3e38,
        -3e38,
        1e-40,
        1e9,
        double.NaN,
        double.PositiveInfinity,
    ];

    private static readonly string[] Integers =
    [
        .. "align_corners allowzero antialias axis batch_dims block_size blocksize ceil_mode center_point_box".Split(
            ' '
        ),
        .. "count_include_pad detect_negative detect_positive do_rotary dtype end exclude_outside exclusive fmod".Split(
            ' '
        ),
        .. "group hidden_size ignore_index input_forget interleaved inverse is_causal k keepdims kv_num_heads".Split(
            ' '
        ),
        .. "largest linear_before_reset max_gram_length max_skip_count min_gram_length new_axis".Split(' '),
        .. "noop_with_empty_axes num_groups num_heads num_outputs num_scan_inputs offset_group onesided".Split(' '),
        .. "output_datatype output_dtype output_height output_width p periodic q_num_heads reverse".Split(' '),
        .. "rotary_embedding_dim sampling_ratio select_last_index size sorted spatial start storage_order to".Split(
            ' '
        ),
        .. "training_mode transA transB transBatchA transBatchB unidirectional value_int saturate stash_type".Split(
            ' '
        ),
    ];

    private static readonly string[] Lists =
    [
        .. "axes dilations ends kernel_shape ngram_counts ngram_indexes output_padding output_shape pads perm".Split(
            ' '
        ),
        .. "pool_int64s pooled_shape qkv_hidden_sizes scan_input_axes scan_output_axes shape split starts strides".Split(
            ' '
        ),
        "value_ints",
    ];

    private static readonly string[] Numbers =
    [
        .. "alpha beta bias clip cubic_coeff_a decay_factor epsilon extrapolation_value gamma lambd".Split(' '),
        .. "mask_filter_value max min momentum norm_coefficient scale softcap spatial_scale value value_float".Split(
            ' '
        ),
    ];

    private static readonly string[] Texts =
    [
        .. "activation approximate auto_pad coordinate_transformation_mode direction equation layout mode".Split(' '),
        .. "keep_aspect_ratio_policy nearest_mode padding_mode reduction rounding_type".Split(' '),
    ];

    private static readonly string[] Words =
    [
        .. "SAME_UPPER SAME_LOWER VALID NOTSET linear bilinear nearest cubic constant reflect edge wrap".Split(' '),
        .. "half_pixel align_corners asymmetric tf_crop_and_resize reverse bidirectional add mul none max min".Split(
            ' '
        ),
        .. "avg sum mean DCR CRD tanh floor ceil stretch not_larger RIGHT LEFT border zeros".Split(' '),
        .. "ij,jk->ik ...ii->...i a,b,c->abc ii-> ->a a,a->aaaa ...,...->".Split(' '),
        .. new[] { "", "/etc/passwd", "../../weights.bin", "C:\\model.onnx", "%s%n", "\0" },
    ];

    private static readonly string[] Operands =
    [
        .. "x x x x r0 r1 r2 r0e r33 r1233 r1244 r11333 i0 i1 i2 i4 ie ihuge b1 b2 t".Split(' '),
        "",
    ];

    public static IEnumerable<TheoryDataRow<string>> Operators =>
        OperatorTable.All.Select(o => new TheoryDataRow<string>(o.FullName));

    [Theory]
    [MemberData(nameof(Operators))]
    public void HostileUse_IsReadOrRefused(string fullName)
    {
        int dot = fullName.LastIndexOf('.');
        string domain = dot < 0 ? "" : fullName[..dot];
        var random = new Random(fullName.Length * 31 + fullName[^1]);
        int models = int.TryParse(Environment.GetEnvironmentVariable(ModelsVariable), out int asked)
            ? asked
            : FewModels;
        for (int i = 0; i < models; i++)
        {
            ModelProto model = Hostile(random, domain, fullName[(dot + 1)..]);
            long before = GC.GetAllocatedBytesForCurrentThread();
            string? breach = Breach(model);
            long taken = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(breach is null, $"{breach}\n{model.Graph.Node[0]} opset {model.OpsetImport[0].Version}");
            Assert.True(taken <= MostBytes, $"took {taken >> 20} MiB: {model.Graph.Node[0]}");
        }
    }

    /// <summary>What is wrong with the answer, or null.</summary>
    private static string? Breach(ModelProto model)
    {
        try
        {
            Network network = model.Read();
            double[] y = new double[network.Outputs];
            network.PlainMap.Evaluate([.. Enumerable.Range(0, network.Inputs).Select(i => Math.Sin(i + 1))], y);
            return null;
        }
        catch (ModelException e)
        {
            return IsSentence(e.Message) ? null : $"no sentence: {e.Message}";
        }
        catch (ArgumentException e) when (e.GetType() == typeof(ArgumentException) && e.ParamName is null)
        {
            return IsSentence(e.Message) ? null : $"no sentence: {e.Message}";
        }
        catch (Exception e)
        {
            return e.ToString();
        }
    }

    private static bool IsSentence(string message) => message.EndsWith('.') && !message.Contains("  ");

    private static ModelProto Hostile(Random random, string domain, string operation)
    {
        NodeProto node = Models.Node(operation, "y", [.. Drawn(random, Operands, random.Next(0, 7))]);
        node.Domain = domain;
        for (int more = random.Next(3); more > 0; more--)
        {
            node.Output.Add($"y{more}");
        }

        for (int attributes = random.Next(12); attributes > 0; attributes--)
        {
            AttributeProto attribute = Attribute(random);
            if (node.Attribute.All(a => a.Name != attribute.Name))
            {
                node.Attribute.Add(attribute);
            }
        }

        ModelProto model = Models.Of([1, 2, 4, 4], node);
        model.OpsetImport[0].Version = Opsets[random.Next(Opsets.Length)];
        model
            .With("r0", [], 0.5)
            .With("r1", [1], 2)
            .With("r2", [2], -1, 3)
            .With("r0e", [0])
            .With("r33", [3, 3], [.. Ramp(9)])
            .With("r1233", [1, 2, 3, 3], [.. Ramp(18)])
            .With("r1244", [1, 2, 4, 4], [.. Ramp(32)])
            .With("r11333", [1, 1, 3, 3, 3], [.. Ramp(27)])
            .WithIntegers("i1", Wholes[random.Next(Wholes.Length)])
            .WithIntegers("i2", [.. Drawn(random, Wholes, 2)])
            .WithIntegers("i4", [.. Drawn(random, Wholes, 4)])
            .WithIntegers("ie")
            .WithIntegers("ihuge", 1L << 40, 1L << 40);
        Add(model, "i0", DataType.Int64, [], [Wholes[random.Next(Wholes.Length)]]);
        Add(model, "b1", DataType.Bool, [1], [1]);
        Add(model, "b2", DataType.Bool, [1, 2, 1, 1], [0, 1]);
        Add(model, "t", DataType.Uint8, [2, 2], [0, 255, 3, 7]);
        return model;
    }

    private static AttributeProto Attribute(Random random)
    {
        AttributeProto attribute = random.Next(5) switch
        {
            0 or 1 => AttributeOf.Integer(One(random, Integers), One(random, Wholes)),
            2 => AttributeOf.Integers(One(random, Lists), [.. Drawn(random, Wholes, random.Next(6))]),
            3 => AttributeOf.Real(One(random, Numbers), One(random, Reals)),
            _ => AttributeOf.Text(One(random, Texts), One(random, Words)),
        };
        if (random.Next(30) == 0)
        {
            attribute.Type = One(random, Enum.GetValues<AttributeType>());
        }

        return attribute;
    }

    private static void Add(ModelProto model, string name, DataType type, long[] shape, long[] elements)
    {
        var tensor = new TensorProto { Name = name, DataType = (int)type };
        tensor.Dims.Add(shape);
        if (type == DataType.Int64)
        {
            tensor.Int64Data.Add(elements);
        }
        else
        {
            tensor.Int32Data.Add(elements.Select(e => (int)e));
        }

        model.Graph.Initializer.Add(tensor);
    }

    private static T One<T>(Random random, T[] of) => of[random.Next(of.Length)];

    private static IEnumerable<T> Drawn<T>(Random random, T[] from, int count) =>
        Enumerable.Range(0, count).Select(_ => One(random, from));

    private static IEnumerable<double> Ramp(int count) => Enumerable.Range(0, count).Select(i => Math.Sin(i));
}
