using Preimage.Networks;

namespace Preimage.Enclosing;

/// <summary>One element of a vector with affine bounds.</summary>
internal readonly record struct RelaxedElement(RelaxedTensor At, int Index)
{
    /// <summary>Its enclosure.</summary>
    public Interval Value => At.Values[Index];
}

/// <summary>Affine bounds of functions of one and of two elements.</summary>
internal static class RelaxedElements
{
    private static readonly Rectifier Rectifier = new();
    private static readonly Reciprocal Reciprocal = new();
    private static readonly Logarithm Logarithm = new();
    private static readonly Exponential Exponential = new();

    /// <summary>target = f(a), whose natural enclosure target holds.</summary>
    public static void Apply(ScalarFunction f, RelaxedBox box, RelaxedElement a, RelaxedElement target)
    {
        RelaxedSum sum = new(box, target.At, target.Index);
        sum.Add(ScalarRelaxations.Of(f, a.Value, target.Value), a.At, a.Index);
        sum.Close(target.Value);
    }

    /// <summary>f(a_i, b_i).</summary>
    public static void Combine(BinaryFunction f, in RelaxedOperands at, int i)
    {
        RelaxedSum sum = new(at.Box, at.Result, i);
        switch (f)
        {
            case BinaryFunction.Add:
            case BinaryFunction.Subtract:
                sum.Add(1, at.Operands[0], i);
                sum.Add(f == BinaryFunction.Add ? 1 : -1, at.Operands[1], i);
                sum.Close(at.Result.Values[i]);
                break;
            case BinaryFunction.Multiply:
                sum.AddProduct(1, at.Operands[0], i, at.Operands[1], i);
                sum.Close(at.Result.Values[i]);
                break;
            case BinaryFunction.Divide:
                Divide(at, i);
                break;
            case BinaryFunction.Power:
                Raise(at, i);
                break;
            case BinaryFunction.Minimum:
            case BinaryFunction.Maximum:
                Extreme(f == BinaryFunction.Maximum, at, i);
                break;
            case BinaryFunction.ParametricRectifier:
                Rectify(at, i);
                break;
            case BinaryFunction.Modulo:
            case BinaryFunction.Remainder:
                Rest(f, at, i);
                break;
            default:
                at.Result.Freeze(i, at.Result.Values[i]);
                break;
        }
    }

    /// <summary>
    /// The larger or smaller of two elements: one of them where that is proved, else max(a, b) = b + max(0, a - b), min(a, b) = a - max(0, a - b).
    /// </summary>
    public static RelaxedTensor Extreme(bool largest, RelaxedBox box, RelaxedElement a, RelaxedElement b)
    {
        RelaxedTensor result = new(1, box.Inputs);
        Interval x = a.Value;
        Interval y = b.Value;
        if (x.Low >= y.High || x.High <= y.Low)
        {
            bool isFirst = x.Low >= y.High == largest;
            result.Copy(0, isFirst ? a.At : b.At, isFirst ? a.Index : b.Index);
            return result;
        }

        RelaxedTensor difference = new(1, box.Inputs);
        RelaxedSum sum = new(box, difference, 0);
        sum.Add(1, a.At, a.Index);
        sum.Add(-1, b.At, b.Index);
        sum.Close(x - y);
        RelaxedTensor part = Of(Rectifier, box, difference, 0);
        sum = new(box, result, 0);
        sum.Add(1, largest ? b.At : a.At, largest ? b.Index : a.Index);
        sum.Add(largest ? 1 : -1, part, 0);
        sum.Close(largest ? Interval.Max(x, y) : Interval.Min(x, y));
        return result;
    }

    private static void Extreme(bool largest, in RelaxedOperands at, int i) =>
        at.Result.Copy(i, Extreme(largest, at.Box, new(at.Operands[0], i), new(at.Operands[1], i)), 0);

    /// <summary>a / b as the product of a and 1 / b.</summary>
    private static void Divide(in RelaxedOperands at, int i)
    {
        Interval natural = at.Result.Values[i];
        RelaxedTensor inverse = Of(Reciprocal, at.Box, at.Operands[1], i);
        RelaxedSum sum = new(at.Box, at.Result, i);
        sum.AddProduct(1, at.Operands[0], i, inverse, 0);
        sum.Close(natural);
    }

    /// <summary>a^b with a constant b is a function of a; else exp(b ln a) where a is positive.</summary>
    private static void Raise(in RelaxedOperands at, int i)
    {
        Interval natural = at.Result.Values[i];
        RelaxedTensor a = at.Operands[0];
        RelaxedTensor b = at.Operands[1];
        if (b.Constants is { } exponents && a.Constants is null)
        {
            Apply(new ConstantPower(exponents[i]), at.Box, new(a, i), new(at.Result, i));
        }
        else if (a.Values[i].Low > 0)
        {
            RelaxedTensor logarithm = Of(Logarithm, at.Box, a, i);
            RelaxedTensor product = new(1, at.Box.Inputs);
            RelaxedSum sum = new(at.Box, product, 0);
            sum.AddProduct(1, b, i, logarithm, 0);
            sum.Close(b.Values[i] * logarithm.Values[0]);
            Apply(Exponential, at.Box, new(product, 0), new(at.Result, i));
        }
        else
        {
            at.Result.Freeze(i, natural);
        }
    }

    /// <summary>f(a_i) as a vector of its own, also of a constant.</summary>
    public static RelaxedTensor Of(ScalarFunction f, RelaxedBox box, RelaxedTensor a, int i)
    {
        RelaxedTensor value = new(1, box.Inputs);
        value.Freeze(0, ScalarEnclosures.Value(f, a.Values[i]));
        if (a.Constants is null)
        {
            Apply(f, box, new(a, i), new(value, 0));
        }

        return value;
    }

    /// <summary>a - q b where the whole quotient q is one number, else constants.</summary>
    private static void Rest(BinaryFunction f, in RelaxedOperands at, int i)
    {
        if (Remainders.Quotient(f, at.Operands[0].Values[i], at.Operands[1].Values[i]) is not { } quotient)
        {
            at.Result.Freeze(i, at.Result.Values[i]);
            return;
        }

        RelaxedSum sum = new(at.Box, at.Result, i);
        sum.Add(1, at.Operands[0], i);
        sum.Add(-quotient.Low, at.Operands[1], i);
        sum.Close(at.Result.Values[i]);
    }

    /// <summary>a where it is not negative, else b a; with a constant b a function of a.</summary>
    private static void Rectify(in RelaxedOperands at, int i)
    {
        Interval a = at.Operands[0].Values[i];
        if (a.Low >= 0)
        {
            at.Result.Copy(i, at.Operands[0], i);
        }
        else if (at.Operands[1].Constants is { } slopes && at.Operands[0].Constants is null)
        {
            Apply(new LeakyRectifier(slopes[i]), at.Box, new(at.Operands[0], i), new(at.Result, i));
        }
        else if (a.High <= 0)
        {
            RelaxedSum sum = new(at.Box, at.Result, i);
            sum.AddProduct(1, at.Operands[0], i, at.Operands[1], i);
            sum.Close(at.Result.Values[i]);
        }
        else
        {
            at.Result.Freeze(i, at.Result.Values[i]);
        }
    }
}
