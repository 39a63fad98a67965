using CsCheck;
using static Preimage.Tests.Onnx.AttributeOf;
using DataType = Preimage.Onnx.Wire.TensorProto.Types.DataType;

namespace Preimage.Tests.Onnx;

/// <summary>Operators that are computed while reading, on random constants, against ONNX Runtime.</summary>
public class ConstantOracleTests
{
    private const int Models = 20;

    [Theory]
    [InlineData("Uint8", "LEFT")]
    [InlineData("Uint8", "RIGHT")]
    [InlineData("Uint32", "LEFT")]
    public void BitShift(string type, string direction) =>
        Each(m =>
            m.Node(
                "BitShift",
                [m.Small(Of(type), m.Shape, 0, 200), m.Small(Of(type), [1], 0, 8)],
                Text("direction", direction)
            )
        );

    [Theory]
    [InlineData("BitwiseAnd", "Int32")]
    [InlineData("BitwiseOr", "Int32")]
    [InlineData("BitwiseXor", "Int32")]
    [InlineData("BitwiseAnd", "Uint8")]
    public void Bitwise(string operation, string type) =>
        Each(m =>
        {
            int least = type == "Uint8" ? 0 : -200;
            return m.Node(operation, [m.Small(Of(type), m.Shape, least, 200), m.Small(Of(type), [1], least, 200)]);
        });

    [Theory]
    [InlineData("Int32")]
    [InlineData("Uint8")]
    public void BitwiseNot(string type) => Each(m => m.Node("BitwiseNot", [m.Small(Of(type), m.Shape, 0, 200)]));

    [Theory]
    [InlineData("Int8")]
    [InlineData("Uint8")]
    [InlineData("Uint16")]
    public void CastToANarrowerInteger_WrapsAround(string type) =>
        Each(m => m.Node("Cast", [m.Small(DataType.Int32, m.Shape, -70000, 70000)], Integer("to", (long)Of(type))));

    [Fact]
    public void NonZero() => Each(m => m.Node("NonZero", [m.Small(DataType.Int32, m.Shape, -1, 2)]));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Unique(int output) =>
        Each(m =>
        {
            string x = m.Floats(
                m.Shape,
                [.. Enumerable.Range(0, OracleModel.Product(m.Shape)).Select(_ => (double)m.Random.Next(3))]
            );
            string[] results = new string[4];
            bool flat = m.Random.Next(2) == 0;
            int sorted = m.Random.Next(2);
            results[0] = flat
                ? m.Node("Unique", [x], Integer("sorted", sorted))
                : m.Node("Unique", [x], Integer("sorted", sorted), Integer("axis", m.Axis));
            for (int i = 1; i < 4; i++)
            {
                results[i] = m.Second();
            }

            return results[output];
        });

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void NonMaxSuppression(int centred) =>
        Each(m =>
        {
            double[] boxes = [.. Enumerable.Range(0, 2 * 8 * 4).Select(_ => 0.1 + m.Random.NextDouble())];
            double[] scores = [.. Enumerable.Range(0, 2 * 3 * 8).Select(_ => m.Random.NextDouble())];
            string[] inputs =
            [
                m.Floats([2, 8, 4], boxes),
                m.Floats([2, 3, 8], scores),
                m.Integers([1], m.Random.Next(0, 5)),
                m.Floats([1], 0.3),
                m.Floats([1], 0.2),
            ];
            string kept = m.Node("NonMaxSuppression", inputs, Integer("center_point_box", centred));
            // One row more, so that something is left.
            return m.Node("Concat", [kept, m.Integers([1, 3], 7, 7, 7)], Integer("axis", 0));
        });

    [Theory]
    [InlineData("TF")]
    [InlineData("IDF")]
    [InlineData("TFIDF")]
    public void TfIdfVectorizer(string mode) =>
        Each(m =>
            m.Node(
                "TfIdfVectorizer",
                [m.Small(DataType.Int32, [12], 1, 5)],
                Text("mode", mode),
                Integer("min_gram_length", m.Random.Next(1, 3)),
                Integer("max_gram_length", 2),
                Integer("max_skip_count", m.Random.Next(3)),
                Integers("ngram_counts", 0, 3),
                Integers("ngram_indexes", 2, 0, 1, 3, 4),
                Integers("pool_int64s", 1, 2, 4, 1, 2, 3, 3),
                Reals("weights", 1, 2, 3, 4, 5)
            )
        );

    private static void Each(Func<OracleModel, string> make) =>
        Gen.Int.Sample(
            seed =>
            {
                var model = new OracleModel(new Random(seed));
                model.Check(make(model), differentiable: false);
            },
            iter: Models
        );

    private static DataType Of(string type) => Enum.Parse<DataType>(type);
}
