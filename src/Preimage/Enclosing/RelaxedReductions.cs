using Preimage.Networks;

namespace Preimage.Enclosing;

/// <summary>Affine bounds of reductions along a line, and of softmax and its logarithm.</summary>
internal static class RelaxedReductions
{
    private static readonly Networks.Absolute Absolute = new();
    private static readonly ConstantPower Square = new(2);
    private static readonly Networks.SquareRoot Root = new();
    private static readonly Exponential Exponential = new();
    private static readonly Logarithm Logarithm = new();

    /// <summary>Bounds the element k of the result, which reduces the line.</summary>
    public static void Apply(Reduction kind, Lane lane, in RelaxedOperands at, int k)
    {
        RelaxedTensor a = at.Operands[0];
        switch (kind)
        {
            case Reduction.Sum:
            case Reduction.Mean:
                Weighted(kind == Reduction.Sum ? 1 : 1.0 / lane.Count, lane, at, k);
                break;
            case Reduction.AbsoluteSum:
                SumOf(Absolute, lane, at, at.Result, k);
                break;
            case Reduction.SquareSum:
                SumOf(Square, lane, at, at.Result, k);
                break;
            case Reduction.EuclideanNorm:
                RelaxedTensor squares = Single(at.Box, new Interval(0, double.PositiveInfinity));
                SumOf(Square, lane, at, squares, 0);
                RelaxedElements.Apply(Root, at.Box, new(squares, 0), new(at.Result, k));
                break;
            case Reduction.Product:
                Multiply(lane, at, k);
                break;
            case Reduction.Maximum:
            case Reduction.Minimum:
                RelaxedTensor extreme = Single(at.Box, default);
                extreme.Copy(0, a, lane[0]);
                for (int i = 1; i < lane.Count; i++)
                {
                    extreme = RelaxedElements.Extreme(
                        kind == Reduction.Maximum,
                        at.Box,
                        new(extreme, 0),
                        new(a, lane[i])
                    );
                }

                at.Result.Copy(k, extreme, 0);
                break;
            case Reduction.LogSumExp:
                LogSumExp(lane, at, k);
                break;
        }
    }

    /// <summary>
    /// sign * f of 1 + sum over the others of exp(a_j - a_i), for each i of the line: with the reciprocal a softmax, with minus the logarithm its logarithm.
    /// </summary>
    public static void Softmax(Lane lane, in RelaxedOperands at, ScalarFunction f, int sign)
    {
        for (int i = 0; i < lane.Count; i++)
        {
            RelaxedTensor others = Others(lane, at, i);
            RelaxedTensor value = RelaxedElements.Of(f, at.Box, others, 0);
            RelaxedSum sum = new(at.Box, at.Result, lane[i]);
            sum.Add(sign, value, 0);
            sum.Close(at.Result.Values[lane[i]]);
        }
    }

    /// <summary>a_i + ln of 1 + sum over the others of exp(a_j - a_i), i the largest in the middle.</summary>
    private static void LogSumExp(Lane lane, in RelaxedOperands at, int k)
    {
        RelaxedTensor a = at.Operands[0];
        int largest = 0;
        for (int i = 1; i < lane.Count; i++)
        {
            largest = a.Values[lane[i]].Middle > a.Values[lane[largest]].Middle ? i : largest;
        }

        RelaxedTensor others = Others(lane, at, largest);
        RelaxedTensor value = RelaxedElements.Of(Logarithm, at.Box, others, 0);
        RelaxedSum sum = new(at.Box, at.Result, k);
        sum.Add(1, a, lane[largest]);
        sum.Add(1, value, 0);
        sum.Close(at.Result.Values[k]);
    }

    /// <summary>1 + sum over the others of exp(a_j - a_i).</summary>
    private static RelaxedTensor Others(Lane lane, in RelaxedOperands at, int i)
    {
        RelaxedTensor a = at.Operands[0];
        RelaxedTensor result = Single(at.Box, default);
        RelaxedTensor difference = Single(at.Box, default);
        RelaxedSum total = new(at.Box, result, 0);
        total.Add(1);
        for (int j = 0; j < lane.Count; j++)
        {
            if (j != i)
            {
                RelaxedSum sum = new(at.Box, difference, 0);
                sum.Add(1, a, lane[j]);
                sum.Add(-1, a, lane[i]);
                sum.Close(a.Values[lane[j]] - a.Values[lane[i]]);
                total.Add(Lines(Exponential, difference.Values[0]), difference, 0);
            }
        }

        total.Close(new Interval(1, double.PositiveInfinity));
        return result;
    }

    private static void Weighted(double weight, Lane lane, in RelaxedOperands at, int k)
    {
        RelaxedSum sum = new(at.Box, at.Result, k);
        for (int i = 0; i < lane.Count; i++)
        {
            sum.Add(weight, at.Operands[0], lane[i]);
        }

        sum.Close(at.Result.Values[k]);
    }

    private static void SumOf(ScalarFunction f, Lane lane, in RelaxedOperands at, RelaxedTensor target, int k)
    {
        RelaxedTensor a = at.Operands[0];
        RelaxedSum sum = new(at.Box, target, k);
        for (int i = 0; i < lane.Count; i++)
        {
            sum.Add(Lines(f, a.Values[lane[i]]), a, lane[i]);
        }

        sum.Close(target.Values[k]);
    }

    private static void Multiply(Lane lane, in RelaxedOperands at, int k)
    {
        RelaxedTensor a = at.Operands[0];
        RelaxedTensor product = Single(at.Box, default);
        product.Copy(0, a, lane[0]);
        for (int i = 1; i < lane.Count; i++)
        {
            RelaxedTensor next = Single(at.Box, product.Values[0] * a.Values[lane[i]]);
            RelaxedSum sum = new(at.Box, next, 0);
            sum.AddProduct(1, product, 0, a, lane[i]);
            sum.Close(next.Values[0]);
            product = next;
        }

        at.Result.Copy(k, product, 0);
    }

    private static ScalarLines Lines(ScalarFunction f, Interval x) =>
        ScalarRelaxations.Of(f, x, ScalarEnclosures.Value(f, x));

    private static RelaxedTensor Single(RelaxedBox box, Interval natural)
    {
        RelaxedTensor single = new(1, box.Inputs);
        single.Values[0] = natural;
        return single;
    }
}
