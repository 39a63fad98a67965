using CsCheck;
using Preimage.Networks.Compiled;

namespace Preimage.Tests.Networks.Compiled;

/// <summary>Blocked products against three loops, on whole numbers, whose sums are exact; the same bits however the work is cut.</summary>
public unsafe class ProductTests
{
    private static Gen<(int Rows, int Inner, int Columns, int Seed)> Shapes =>
        Gen.Select(Gen.Int[1, 130], Gen.Int[1, 1100], Gen.Int[1, 90], Gen.Int[0, int.MaxValue - 1]);

    [Fact]
    public void WholeNumbers_AreMultipliedExactly() =>
        Shapes.Sample(
            s =>
            {
                Random random = new(s.Seed);
                double[] a = RandomGraphs.Wholes(random, s.Rows * s.Inner);
                double[] b = RandomGraphs.Wholes(random, s.Inner * s.Columns);
                double[] expected = Loops(a, b, s.Rows, s.Columns);
                Assert.Equal(expected, Multiplied<Lanes512>(a, b, s.Rows, s.Columns, cut: 1));
                Assert.Equal(expected, Multiplied<Lanes256>(a, b, s.Rows, s.Columns, cut: 1));
                Assert.Equal(expected, Multiplied<Lanes128>(a, b, s.Rows, s.Columns, cut: 1));
                Assert.Equal(expected, Multiplied<Lanes64>(a, b, s.Rows, s.Columns, cut: 1));
            },
            iter: 20
        );

    [Fact]
    public void AnyCut_GivesTheSameBits() =>
        Shapes.Sample(
            s =>
            {
                Random random = new(s.Seed);
                double[] a = [.. RandomGraphs.Wholes(random, s.Rows * s.Inner).Select(v => v / 3)];
                double[] b = [.. RandomGraphs.Wholes(random, s.Inner * s.Columns).Select(v => v / 7)];
                double[] whole = Multiplied<Lanes512>(a, b, s.Rows, s.Columns, cut: 1);
                Assert.Equal(whole, Multiplied<Lanes512>(a, b, s.Rows, s.Columns, cut: 3));
                Assert.Equal(whole, Multiplied<Lanes256>(a, b, s.Rows, s.Columns, cut: 2));
            },
            iter: 20
        );

    private static double[] Multiplied<T>(double[] a, double[] b, int rowCount, int columnCount, int cut)
        where T : struct, ILanes<T>
    {
        int inner = a.Length / rowCount;
        AlignedMemory left = Copy(a);
        AlignedMemory right = Copy(b);
        AlignedMemory result = new(rowCount * columnCount + AlignedMemory.Slack);
        AlignedMemory scratch = new(Product<T>.Scratch);
        int[] offsets = GC.AllocateArray<int>(inner, pinned: true);
        for (int k = 0; k < inner; k++)
        {
            offsets[k] = k * columnCount;
        }

        fixed (int* places = offsets)
        {
            ProductRows rows = new()
            {
                Source = new StridedMatrix(left.Start, inner, 1),
                Count = rowCount,
                Inner = inner,
            };
            ProductColumns columns = new()
            {
                Source = right.Start,
                Offsets = places,
                Lanes = 1,
                Count = columnCount,
            };
            ProductTarget target = new()
            {
                Start = result.Start,
                RowStride = columnCount,
                Lanes = 1,
            };
            int panels = Product<T>.Panels(columnCount);
            for (int i = 0; i < cut * cut; i++)
            {
                (int r, int c) = (i / cut, i % cut);
                ProductPart part = new(
                    rows.Panels * r / cut,
                    rows.Panels * (r + 1) / cut,
                    panels * c / cut,
                    panels * (c + 1) / cut
                );
                Product<T>.Multiply(rows, columns, target, part, scratch.Start);
            }
        }

        GC.KeepAlive(left);
        GC.KeepAlive(right);
        GC.KeepAlive(scratch);
        return result.Span[..(rowCount * columnCount)].ToArray();
    }

    private static AlignedMemory Copy(double[] numbers)
    {
        AlignedMemory memory = new(numbers.Length + AlignedMemory.Slack);
        numbers.CopyTo(memory.Span);
        return memory;
    }

    private static double[] Loops(double[] a, double[] b, int rows, int columns)
    {
        int inner = a.Length / rows;
        double[] c = new double[rows * columns];
        for (int i = 0; i < c.Length; i++)
        {
            for (int k = 0; k < inner; k++)
            {
                c[i] += a[i / columns * inner + k] * b[k * columns + i % columns];
            }
        }

        return c;
    }
}
