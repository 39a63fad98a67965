using Preimage.Networks;

namespace Preimage.Enclosing;

/// <summary>What an operation's affine bounds are made of: its operands' bounds, and room for its own, whose values are natural enclosures at first.</summary>
internal readonly record struct RelaxedOperands(RelaxedTensor[] Operands, RelaxedTensor Result, RelaxedBox Box);

/// <summary>
/// The meaning "affine bounds over a box" of every operation: rows of the operands are combined by the signs of their weights, functions lie between
/// two lines, products between planes. Where no rule is tighter, an element is bounded by the constants of its natural enclosure.  [Zhang2018]
/// </summary>
internal static class RelaxationRules
{
    /// <summary>Bounds operation(x) for operands between their rows. <see cref="Input"/> and <see cref="Constant"/> have their rows already.</summary>
    public static void Apply(Operation operation, in RelaxedOperands at)
    {
        switch (operation)
        {
            case Input:
            case Constant:
                break;
            case Elementwise or Combine or Choose or Lookup or SortPlaces or Undifferentiable:
                for (int i = 0; i < at.Result.Values.Length; i++)
                {
                    ApplyTo(i, operation, at);
                }

                break;
            case MatrixMultiply m:
                Multiply(m, at);
                break;
            case Reduce r:
                int k = 0;
                foreach (Lane lane in Lane.Of(r.Outer, r.Count, r.Inner))
                {
                    RelaxedReductions.Apply(r.Kind, lane, at, k++);
                }

                break;
            case Concatenate(var outer):
                Join(outer, at);
                break;
            case Select(var sources):
                for (int i = 0; i < sources.Length; i++)
                {
                    at.Result.Copy(i, at.Operands[0], sources[i]);
                }

                break;
            case Softmax s:
                foreach (Lane lane in Lane.Of(s.Outer, s.Count, s.Inner))
                {
                    RelaxedReductions.Softmax(lane, at, new Reciprocal(), 1);
                }

                break;
            case LogSoftmax s:
                foreach (Lane lane in Lane.Of(s.Outer, s.Count, s.Inner))
                {
                    RelaxedReductions.Softmax(lane, at, new Logarithm(), -1);
                }

                break;
            default:
                throw new ArgumentException($"{operation} has no affine bounds in the table.");
        }
    }

    /// <summary>Bounds one element of an operation whose elements have nothing to do with each other.</summary>
    private static void ApplyTo(int i, Operation operation, in RelaxedOperands at)
    {
        switch (operation)
        {
            case Elementwise(var f):
                RelaxedElements.Apply(f, at.Box, new(at.Operands[0], i), new(at.Result, i));
                break;
            case Combine(var f):
                RelaxedElements.Combine(f, at, i);
                break;
            case Undifferentiable:
                at.Result.Copy(i, at.Operands[0], i);
                break;
            case SortPlaces:
                at.Result.Freeze(i, at.Result.Values[i]);
                break;
            default:
                Pick(operation, at, i);
                break;
        }
    }

    /// <summary>The element that is chosen over the whole box; the constants of the natural enclosure where none is.</summary>
    private static void Pick(Operation operation, in RelaxedOperands at, int i)
    {
        bool isLookup = operation is Lookup;
        Interval by = at.Operands[isLookup ? 1 : 0].Values[i];
        (int operand, int element)? chosen = isLookup
            ? ChoiceRules.PlaceOf(by, at.Operands[0].Values.Length) is { } place
                ? (0, place)
                : null
            : ChoiceRules.OperandOf(by) is { } side
                ? (side, i)
                : null;
        if (chosen is var (k, j))
        {
            at.Result.Copy(i, at.Operands[k], j);
        }
        else
        {
            at.Result.Freeze(i, at.Result.Values[i]);
        }
    }

    private static void Multiply(MatrixMultiply m, in RelaxedOperands at)
    {
        for (int row = 0; row < m.Batch * m.Rows; row++)
        {
            int batch = row / m.Rows;
            for (int j = 0; j < m.Columns; j++)
            {
                int target = row * m.Columns + j;
                RelaxedSum sum = new(at.Box, at.Result, target);
                for (int l = 0; l < m.Inner; l++)
                {
                    int right = (batch * m.Inner + l) * m.Columns + j;
                    sum.AddProduct(1, at.Operands[0], row * m.Inner + l, at.Operands[1], right);
                }

                sum.Close(at.Result.Values[target]);
            }
        }
    }

    private static void Join(int outer, in RelaxedOperands at)
    {
        int stride = at.Result.Values.Length / outer;
        int offset = 0;
        foreach (RelaxedTensor operand in at.Operands)
        {
            int width = operand.Values.Length / outer;
            for (int i = 0; i < operand.Values.Length; i++)
            {
                at.Result.Copy(i / width * stride + offset + i % width, operand, i);
            }

            offset += width;
        }
    }
}
