using CsCheck;
using static Preimage.Tests.Onnx.AttributeOf;
using DataType = Preimage.Onnx.Wire.TensorProto.Types.DataType;

namespace Preimage.Tests.Onnx;

/// <summary>Operators that select, order, write and compare, with random shapes, axes and indices, against ONNX Runtime; and their Taylor slopes.</summary>
public class SelectionOracleTests
{
    /// <summary>Random models of each operator.</summary>
    private const int Models = 20;

    [Theory]
    [InlineData("Equal")]
    [InlineData("Less")]
    [InlineData("LessOrEqual")]
    [InlineData("Greater")]
    [InlineData("GreaterOrEqual")]
    public void Comparison_OfTheInput_ChoosesBetweenBranches(string operation) =>
        Each(m =>
        {
            string other = m.Node("Round", [m.Floats(m.Shape)]);
            string condition = m.Node(operation, [m.Node("Round", ["x"]), other]);
            return m.Node("Where", [condition, m.Node("Exp", ["x"]), m.Floats([1])]);
        });

    [Theory]
    [InlineData("And")]
    [InlineData("Or")]
    [InlineData("Xor")]
    public void Logic_OfTheInput(string operation) =>
        Each(m =>
        {
            string left = m.Node("Less", ["x", m.Floats([1])]);
            string right = m.Node("Not", [m.Node("Greater", [m.Floats(m.Shape), "x"])]);
            return m.Node("Where", [m.Node(operation, [left, right]), "x", m.Node("Neg", ["x"])]);
        });

    [Theory]
    [InlineData("Floor")]
    [InlineData("Ceil")]
    [InlineData("Round")]
    [InlineData("Sign")]
    [InlineData("ThresholdedRelu")]
    [InlineData("Shrink")]
    [InlineData("IsNaN")]
    [InlineData("IsInf")]
    [InlineData("Asinh")]
    [InlineData("Atan")]
    [InlineData("Cosh")]
    [InlineData("Sinh")]
    [InlineData("Hardmax")]
    public void FunctionOfTheInput(string operation) => Each(m => m.Node(operation, ["x"]));

    [Theory]
    [InlineData("Acos", 0.9)]
    [InlineData("Asin", 0.9)]
    [InlineData("Atanh", 0.9)]
    [InlineData("Tan", 1.4)]
    public void FunctionOfABoundedInput(string operation, double bound) =>
        Each(m =>
        {
            m.Bound = bound;
            return m.Node(operation, ["x"]);
        });

    [Theory]
    [InlineData("Add")]
    [InlineData("Sub")]
    [InlineData("Mul")]
    [InlineData("Div")]
    [InlineData("Mod")]
    [InlineData("Max")]
    [InlineData("Min")]
    public void IntegersThatVary(string operation) =>
        Each(m =>
        {
            m.Bound = 20;
            string integers = m.Node("Cast", ["x"], Integer("to", (long)DataType.Int64));
            long[] divisors = [-7, -3, -2, 1, 2, 5];
            string other = m.Integers([1], divisors[m.Random.Next(divisors.Length)]);
            return m.Node(operation, [integers, other]);
        });

    [Fact]
    public void ModuloOfReals_HasTheSignOfTheDividend() =>
        Each(m => m.Node("Mod", ["x", m.Floats([1], m.Random.Next(2) == 0 ? 0.75 : -1.5)], Integer("fmod", 1)));

    [Fact]
    public void Gather_ByConstantIndices() =>
        Each(m =>
        {
            int axis = m.Axis;
            int size = m.Shape[m.Place(axis)];
            return m.Node("Gather", ["x", m.Integers([2, 3], -size, size)], Integer("axis", axis));
        });

    [Fact]
    public void Gather_ByIndicesThatVary() =>
        Each(m =>
        {
            int axis = m.Axis;
            return m.Node("Gather", ["x", Places(m, m.Shape[m.Place(axis)])], Integer("axis", axis));
        });

    [Fact]
    public void GatherElements_ByIndicesThatVary() =>
        Each(m =>
        {
            int axis = m.Axis;
            string places = Places(m, m.Shape[m.Place(axis)]);
            return m.Node("GatherElements", ["x", places], Integer("axis", axis));
        });

    [Fact]
    public void GatherND_ByIndicesThatVary() =>
        Each(m =>
        {
            // The last axis, cut to one or two columns, holds the coordinates.
            int depth = Math.Min(m.Shape.Length, Math.Min(2, m.Shape[^1]));
            string cut = m.Node(
                "Slice",
                [Places(m, 1), m.Integers([1], 0), m.Integers([1], depth), m.Integers([1], -1)]
            );
            return m.Node("GatherND", ["x", cut]);
        });

    [Theory]
    [InlineData("none")]
    [InlineData("add")]
    [InlineData("mul")]
    [InlineData("min")]
    [InlineData("max")]
    public void ScatterElements_IntoTheInput_OfTheInput(string reduction) =>
        Each(m =>
        {
            int axis = m.Axis;
            int size = m.Shape[m.Place(axis)];
            // Without a reduction the order of duplicates is not defined.
            int rows = reduction == "none" ? 1 : m.Random.Next(1, 6);
            int[] shape = m.With(axis, rows);
            string updates = m.Node("Mul", [m.Floats(shape), m.Node("ReduceMax", ["x"])]);
            string indices = m.Integers(shape, -size, size);
            return m.Node(
                "ScatterElements",
                ["x", indices, updates],
                Integer("axis", axis),
                Text("reduction", reduction)
            );
        });

    [Theory]
    [InlineData("none")]
    [InlineData("add")]
    [InlineData("max")]
    public void ScatterND_OfTheInput(string reduction) =>
        Each(m =>
        {
            int rows = reduction == "none" ? 1 : 4;
            string indices = m.Integers([rows, 1], -m.Shape[0], m.Shape[0]);
            string updates = m.Node("Mul", [m.Floats([rows, .. m.Shape[1..]]), m.Node("ReduceMax", ["x"])]);
            return m.Node("ScatterND", ["x", indices, updates], Text("reduction", reduction));
        });

    [Fact]
    public void TopK_Values() => Each(m => Top(m, places: false));

    [Fact]
    public void TopK_Places() => Each(m => Top(m, places: true));

    [Theory]
    [InlineData("ArgMax")]
    [InlineData("ArgMin")]
    public void ArgExtreme(string operation) =>
        Each(m =>
            m.Node(
                operation,
                [m.Node("Round", ["x"])],
                Integer("axis", m.Axis),
                Integer("keepdims", m.Random.Next(2)),
                Integer("select_last_index", m.Random.Next(2))
            )
        );

    [Fact]
    public void OneHot_OfPlacesThatVary_WithValuesThatVary() =>
        Each(
            m =>
            {
                string values = m.Node(
                    "Concat",
                    [m.Node("ReduceMax", ["x"]), m.Node("ReduceMin", ["x"])],
                    Integer("axis", 0)
                );
                string flat = m.Node("Reshape", [values, m.Integers([1], -1)]);
                string indices = m.Node("ArgMax", ["x"], Integer("axis", m.Axis));
                return m.Node(
                    "OneHot",
                    [indices, m.Integers([1], 3), m.Node("Slice", [flat, m.Integers([1], 0), m.Integers([1], 2)])],
                    Integer("axis", m.Random.Next(-m.Shape.Length - 1, m.Shape.Length + 1))
                );
            },
            leastRank: 1,
            mostRank: 1
        );

    [Fact]
    public void CumSum() =>
        Each(m =>
            m.Node(
                "CumSum",
                ["x", m.Integers([], m.Axis)],
                Integer("exclusive", m.Random.Next(2)),
                Integer("reverse", m.Random.Next(2))
            )
        );

    [Fact]
    public void Compress() =>
        Each(m =>
        {
            int axis = m.Axis;
            string condition = m.Small(DataType.Bool, [m.Shape[m.Place(axis)]], 0, 2);
            // One more slice, so that something is left.
            string kept = m.Node("Compress", ["x", condition], Integer("axis", axis));
            return m.Node("Concat", [kept, "x"], Integer("axis", axis));
        });

    [Fact]
    public void Trilu() =>
        Each(
            m => m.Node("Trilu", ["x", m.Integers([], m.Random.Next(-3, 4))], Integer("upper", m.Random.Next(2))),
            leastRank: 2
        );

    [Fact]
    public void ReverseSequence() =>
        Each(
            m =>
            {
                int time = m.Random.Next(2);
                string lengths = m.Integers([m.Shape[1 - time]], 1, m.Shape[time] + 1);
                return m.Node(
                    "ReverseSequence",
                    ["x", lengths],
                    Integer("time_axis", time),
                    Integer("batch_axis", 1 - time)
                );
            },
            leastRank: 2
        );

    [Theory]
    [InlineData("none")]
    [InlineData("sum")]
    [InlineData("mean")]
    public void SoftmaxCrossEntropyLoss(string reduction) =>
        Each(
            m =>
            {
                string labels = m.Integers([m.Shape[0], .. m.Shape[2..]], 0, m.Shape[1]);
                double[] weights = [.. Enumerable.Range(1, m.Shape[1]).Select(i => i / 2.0)];
                string loss = m.Node(
                    "SoftmaxCrossEntropyLoss",
                    ["x", labels, m.Floats([m.Shape[1]], weights)],
                    Text("reduction", reduction)
                );
                return m.Node("Add", [loss, m.Node("ReduceSum", [m.Second()])]);
            },
            leastRank: 2
        );

    [Fact]
    public void Det() =>
        Each(m =>
        {
            int size = m.Random.Next(1, 6);
            m.Shape = [2, size, size];
            m.Bound = 0.7; // the oracle's rounding goes with the product of the rows' norms: at most 10 here
            return m.Node("Det", ["x"]);
        });

    [Fact]
    public void Clip_OfIntegersThatVary_ByBoundsThatVary() =>
        Each(m =>
        {
            string integers = m.Node("Cast", ["x"], Integer("to", (long)DataType.Int32));
            string lowest = m.Node(
                "Cast",
                [m.Node("ReduceMin", ["x"], Integer("keepdims", 0))],
                Integer("to", (long)DataType.Int32)
            );
            return m.Node("Clip", [integers, lowest, m.Node("Add", [lowest, lowest])]);
        });

    /// <summary>A tensor of the shape of x of integers that vary, from -size to below size.</summary>
    private static string Places(OracleModel m, int size)
    {
        m.Bound = 0.9;
        string scaled = m.Node("Floor", [m.Node("Mul", ["x", m.Floats([1], size)])]);
        return m.Node("Cast", [scaled], Integer("to", (long)DataType.Int64));
    }

    private static string Top(OracleModel m, bool places)
    {
        int axis = m.Axis;
        string k = m.Integers([1], m.Random.Next(1, m.Shape[m.Place(axis)] + 1));
        string values = m.Node("TopK", ["x", k], Integer("axis", axis), Integer("largest", m.Random.Next(2)));
        string indices = m.Second();
        return places ? indices : values;
    }

    private static void Each(Func<OracleModel, string> make, int leastRank = 1, int mostRank = 4) =>
        Gen.Int.Sample(
            seed =>
            {
                var model = new OracleModel(new Random(seed), leastRank, mostRank);
                model.Check(make(model));
            },
            iter: Models
        );
}
