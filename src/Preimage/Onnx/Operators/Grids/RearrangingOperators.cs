using Preimage.Networks;
using DataType = Preimage.Onnx.Wire.TensorProto.Types.DataType;

namespace Preimage.Onnx;

/// <summary>Operators that put elements elsewhere.</summary>
internal static class RearrangingOperators
{
    public static Operator[] All =>
        [
            new("DepthToSpace", n => [DepthToSpace(n)]),
            new("SpaceToDepth", n => [SpaceToDepth(n)]),
            new("EyeLike", n => [Eye(n)], "numbers"),
            new("Col2Im", n => [ColumnsToImage(n)], "the shapes are constant"),
        ];

    private static Value DepthToSpace(NodeReader n)
    {
        Value x = n.Input(0);
        int block = Block(n, x);
        int channels = x.Rank == 4 ? x.Shape[1] / (block * block) : 0;
        if (x.Rank != 4 || channels * block * block != x.Shape[1])
        {
            throw n.Fail(
                $"spreads blocks of {block} x {block} from the shape {Shapes.Text(x.Shape)}, which does not fit"
            );
        }

        (int batch, int height, int width) = (x.Shape[0], x.Shape[2], x.Shape[3]);
        Value turned = n.Text("mode", "DCR") switch
        {
            "DCR" => Broadcasting.Permute(n, x.In([batch, block, block, channels, height, width]), [0, 3, 4, 1, 5, 2]),
            "CRD" => Broadcasting.Permute(n, x.In([batch, channels, block, block, height, width]), [0, 1, 4, 2, 5, 3]),
            string mode => throw n.Fail($"spreads by the mode '{mode}', which is not known; known are DCR and CRD"),
        };
        return turned.In(n.Shape([batch, channels, (long)height * block, (long)width * block]));
    }

    private static Value SpaceToDepth(NodeReader n)
    {
        Value x = n.Input(0);
        int block = Block(n, x);
        if (x.Rank != 4 || x.Shape[2] % block != 0 || x.Shape[3] % block != 0)
        {
            throw n.Fail(
                $"gathers blocks of {block} x {block} in the shape {Shapes.Text(x.Shape)}, which does not fit"
            );
        }

        (int height, int width) = (x.Shape[2] / block, x.Shape[3] / block);
        Value split = x.In([x.Shape[0], x.Shape[1], height, block, width, block]);
        Value turned = Broadcasting.Permute(n, split, [0, 3, 5, 1, 2, 4]);
        return turned.In(n.Shape([x.Shape[0], (long)x.Shape[1] * block * block, height, width]));
    }

    private static int Block(NodeReader n, Value x)
    {
        long block = n.Int("blocksize", 0);
        return block is >= 1 and <= 1 << 14
            ? (int)block
            : throw n.Fail(
                $"has blocksize {block} for the shape {Shapes.Text(x.Shape)}, where 1 to {1 << 14} is supported"
            );
    }

    private static Value Eye(NodeReader n)
    {
        Value x = n.Input(0);
        if (x.Rank != 2)
        {
            throw n.Fail($"takes a tensor of shape {Shapes.Text(x.Shape)}, where a matrix is needed");
        }

        ElementKind kind = n.Int("dtype", 0) is var type and not 0 ? ElementTypes.Kind((DataType)type) : x.Kind;
        double[] elements = new double[Shapes.Product(n.Shape([x.Shape[0], x.Shape[1]]))];
        long diagonal = n.Int("k", 0);
        for (int i = 0; i < x.Shape[0]; i++)
        {
            if (diagonal >= -i && diagonal < x.Shape[1] - (long)i)
            {
                elements[i * x.Shape[1] + i + (int)diagonal] = 1;
            }
        }

        return n.Make(x.Shape, elements, kind);
    }

    /// <summary>Blocks, one a column, added where they stand in the image.  x: [batch, channels * elements of a block, blocks].</summary>
    private static Value ColumnsToImage(NodeReader n)
    {
        Value x = n.Real(0);
        int[] image = n.Shape(n.Integers(1));
        long[] block = n.Integers(2);
        long elements = Math.Max(1, Shapes.Count(block));
        if (x.Rank != 3 || x.Shape[1] % elements != 0 || image.Length != block.Length)
        {
            throw n.Fail(
                $"puts blocks of shape {Shapes.Text(block)} from the shape {Shapes.Text(x.Shape)} into an image of shape {Shapes.Text(image)}, which does not fit"
            );
        }

        int planes = x.Shape[0] * (x.Shape[1] / (int)elements);
        var grid = new Value(x.Node, [1, 1, .. image]);
        Window window = WindowAttributes.Read(n, grid, block).Window;
        if (window.PositionCount != x.Shape[2])
        {
            throw n.Fail($"has {x.Shape[2]} blocks, but {window.PositionCount} have room in the image");
        }

        int[] shape = n.Shape([x.Shape[0], x.Shape[1] / elements, .. image.Select(d => (long)d)]);
        int[] terms = new int[window.GridCount + 1];
        foreach (int source in window.Sources)
        {
            terms[source + 1]++;
        }

        int outputs = planes * window.GridCount;
        int most = terms.Skip(1).Max();
        n.Spend((long)outputs * most);
        var sum = new WeightedSum(outputs, most);
        int table = window.ElementCount * window.PositionCount;
        for (int i = 0; i < planes * table; i++)
        {
            int place = window.Sources[i % table];
            if (place >= 0)
            {
                sum.Add(i / table * window.GridCount + place, i, 1);
            }
        }

        return sum.Of(n, x, shape);
    }
}
