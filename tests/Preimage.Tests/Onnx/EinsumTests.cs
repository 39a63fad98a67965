using CsCheck;
using Preimage.Networks;
using Preimage.Onnx.Wire;

namespace Preimage.Tests.Onnx;

/// <summary>Sums of products over named axes: chosen equations of every form, and random ones.</summary>
public class EinsumTests
{
    [Theory]
    [InlineData("ij->ji", "2,3")]
    [InlineData("ii->i", "3,3")]
    [InlineData("ii", "3,3")]
    [InlineData("...ii->...i", "2,3,3")]
    [InlineData("ij,jk", "2,3", "3,4")]
    [InlineData("bij,bjk->bik", "2,2,3", "2,3,2")]
    [InlineData("...ij,...jk->...ik", "2,2,2,3", "2,2,3,2")]
    [InlineData("i,i", "3", "3")]
    [InlineData("i,j->ij", "3", "2")]
    [InlineData("bhid,bhjd->bhij", "1,2,3,2", "1,2,2,2")]
    [InlineData("ij,ij->ij", "2,3", "2,3")]
    [InlineData("ij->", "2,3")]
    [InlineData("ba,b", "2,3", "2")]
    [InlineData("ij,jk,kl->il", "2,3", "3,2", "2,2")]
    [InlineData("ij,kj,lj->ikl", "2,3", "2,3", "4,3")]
    [InlineData("ijj,jk->ki", "2,3,3", "3,2")]
    public void Equation_IsThatOfOnnxRuntime(string equation, params string[] shapes) =>
        Gen.Int.Sample(seed => Check(new Random(seed), equation, shapes), iter: 3);

    /// <summary>ONNX Runtime refuses to broadcast an ellipsis.</summary>
    [Fact]
    public void Ellipsis_Broadcasts()
    {
        ModelProto sum = Model(new Random(3), "...ij,...jk->...ik", ["2,1,2,3", "3,3,2"]).Model;
        ModelProto product = sum.Clone();
        product.Graph.Node[0].OpType = "MatMul";
        product.Graph.Node[0].Attribute.Clear();
        double[] x = [.. Enumerable.Range(0, 12).Select(i => 0.1 * i)];
        Assert.Equal(Value(product, x), Value(sum, x));
    }

    private static double[] Value(ModelProto model, double[] x)
    {
        Network network = model.Read();
        double[] y = new double[network.Outputs];
        network.Map.Evaluate(x, y);
        return y;
    }

    [Fact]
    public void RandomEquation_IsThatOfOnnxRuntime() =>
        Gen.Int.Sample(
            seed =>
            {
                var random = new Random(seed);
                int[] sizes = [.. Enumerable.Range(0, 5).Select(_ => random.Next(1, 4))];
                string[] terms =
                [
                    .. Enumerable
                        .Range(0, random.Next(1, 4))
                        .Select(_ => Letters(random, [.. Enumerable.Range(0, 5)], random.Next(1, 4))),
                ];
                int[] used = [.. string.Concat(terms).Select(c => c - 'a').Distinct()];
                string output = Letters(random, used, random.Next(used.Length + 1));
                string[] shapes = [.. terms.Select(t => string.Join(',', t.Select(c => sizes[c - 'a'])))];
                Check(random, $"{string.Join(',', terms)}->{output}", shapes);
            },
            iter: 100
        );

    [Theory]
    [InlineData("ij->ik", "which has an axis twice or one that no operand has", "2,3")]
    [InlineData("i,j->ij", "which does not fit", "2,3")]
    [InlineData("ijk->i", "which does not fit", "2,3")]
    [InlineData("i?->i", "which is not valid", "2,3")]
    [InlineData("ij,jk->ik", "which do not fit", "2,3", "2,3")]
    public void EquationThatDoesNotFit_IsRefused(string equation, string reason, params string[] shapes)
    {
        string message = Model(new Random(1), equation, shapes).Model.Refusal();
        Assert.Contains(
            reason.Replace("which has", "whose result has", StringComparison.Ordinal),
            message,
            StringComparison.Ordinal
        );
    }

    private static string Letters(Random random, int[] from, int count)
    {
        int[] shuffled = [.. from];
        random.Shuffle(shuffled);
        return string.Concat(shuffled.Take(count).Select(i => (char)('a' + i)));
    }

    private static void Check(Random random, string equation, string[] shapes)
    {
        (ModelProto model, int inputs) = Model(random, equation, shapes);
        double[] Draw() => [.. Enumerable.Range(0, inputs).Select(_ => 2 * random.NextDouble() - 1)];
        ModelOracle.Agrees(model, Draw(), Draw(), $"{equation} of {string.Join(" ", shapes)}");
    }

    /// <summary>The first operand is the input, the others are weights.</summary>
    internal static (ModelProto Model, int Inputs) Model(Random random, string equation, string[] shapes)
    {
        long[][] sizes = [.. shapes.Select(s => s.Split(',').Select(long.Parse).ToArray())];
        string[] names = [.. shapes.Select((_, i) => i == 0 ? "x" : $"w{i}")];
        ModelProto model = Models.Of(sizes[0], Models.Node("Einsum", "y", names).WithText("equation", equation));
        for (int i = 1; i < names.Length; i++)
        {
            int count = (int)sizes[i].Aggregate(1L, (a, b) => a * b);
            model.WithFloats(names[i], sizes[i], Enumerable.Range(0, count).Select(_ => 2 * random.NextDouble() - 1));
        }

        return (model, (int)sizes[0].Aggregate(1L, (a, b) => a * b));
    }
}
