using System.Collections.Immutable;
using Preimage.Networks;

namespace Preimage.Enclosing;

/// <summary>The meaning "enclosure of the value over a box" of every operation but those that <see cref="WrittenOut"/> puts in others' terms.</summary>
internal static class ValueRules
{
    /// <summary>Encloses operation(x) for all x in the operands' enclosures. <see cref="Input"/> and <see cref="Constant"/> have their value already.</summary>
    public static void Apply(Operation operation, EnclosedValues at)
    {
        Interval[][] x = at.Operands;
        Interval[] y = at.Result;
        switch (operation)
        {
            case Input:
            case Constant:
                break;
            case Elementwise(var f):
                ApplyEach(f, x[0], y);
                break;
            case Combine(var f):
                CombinePairs(f, x[0], x[1], y);
                break;
            case MatrixMultiply m:
                MatrixRules.Value(m, at);
                break;
            case Reduce r:
                int k = 0;
                foreach (Lane lane in Lane.Of(r.Outer, r.Count, r.Inner))
                {
                    y[k++] = ReductionEnclosures.Value(r.Kind, lane, x[0]);
                }

                break;
            case Concatenate(var outer):
                Join(outer, at, x, y, lanes: 1);
                break;
            case Select(var sources):
                Pick(sources, x[0], y, lanes: 1);
                break;
            case Softmax s:
                foreach (Lane lane in Lane.Of(s.Outer, s.Count, s.Inner))
                {
                    SoftmaxEnclosures.Probabilities(lane, x[0], y);
                }

                break;
            case LogSoftmax s:
                foreach (Lane lane in Lane.Of(s.Outer, s.Count, s.Inner))
                {
                    SoftmaxEnclosures.LogProbabilities(lane, x[0], y);
                }

                break;
            case Choose:
            case Lookup:
            case SortPlaces:
                ChoiceRules.Value(operation, at);
                break;
            case Undifferentiable:
                x[0].CopyTo(y, 0);
                break;
            default:
                throw new ArgumentException($"{operation} has no enclosure of its value in the table.");
        }
    }

    private static void ApplyEach(ScalarFunction f, Interval[] x, Interval[] y)
    {
        for (int i = 0; i < y.Length; i++)
        {
            y[i] = ScalarEnclosures.Value(f, x[i]);
        }
    }

    private static void CombinePairs(BinaryFunction f, Interval[] a, Interval[] b, Interval[] y)
    {
        for (int i = 0; i < y.Length; i++)
        {
            y[i] = BinaryEnclosures.Value(f, a[i], b[i]);
        }
    }

    /// <summary>Operands side by side, each element with its lanes; where an operand is null the result is left alone.</summary>
    public static void Join(int outer, EnclosedValues at, Interval[]?[] x, Interval[] y, int lanes)
    {
        int stride = at.Size / outer * lanes;
        int offset = 0;
        for (int k = 0; k < x.Length; k++)
        {
            int width = at.Operands[k].Length / outer * lanes;
            for (int o = 0; o < outer && x[k] is not null; o++)
            {
                x[k].AsSpan(o * width, width).CopyTo(y.AsSpan(o * stride + offset));
            }

            offset += width;
        }
    }

    /// <summary>y_i = x[sources_i], each element with its lanes.</summary>
    public static void Pick(ImmutableArray<int> sources, Interval[] x, Interval[] y, int lanes)
    {
        for (int i = 0; i < sources.Length; i++)
        {
            x.AsSpan(sources[i] * lanes, lanes).CopyTo(y.AsSpan(i * lanes));
        }
    }
}
