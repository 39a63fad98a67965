using Preimage.Networks;

namespace Preimage.Enclosing;

/// <summary>The meaning "enclosure of the directional derivative over a box" of every operation, for several directions side by side.</summary>
internal static class SlopeRules
{
    /// <summary>Encloses D operation(x) dx for all x and dx in the operands' enclosures.</summary>
    public static void Apply(Operation operation, EnclosedValues at, EnclosedDerivatives d)
    {
        Span<Interval> result = d.Result.AsSpan(0, at.Size * d.Lanes);
        switch (operation)
        {
            case Input:
            case Constant:
                break;
            case Elementwise(var f):
                for (int i = 0; i < at.Size; i++)
                {
                    Interval slope = SlopesFromValues.Derivative(f, at.Operands[0][i], at.Result[i]);
                    IntervalLanes.SetScaled(d.At(i), slope, d.Of(0, i));
                }

                break;
            case Combine(BinaryFunction.Add or BinaryFunction.Subtract) sum:
                IntervalLanes.Join(result, sum.Function, d);
                break;
            case Combine(var f):
                result.Clear();
                CombinePairs(f, at, d);
                break;
            case MatrixMultiply m:
                MatrixRules.Derivative(m, at, d);
                break;
            case Reduce r:
                result.Clear();
                ReduceLanes(r, at, d);
                break;
            case Concatenate(var outer):
                result.Clear();
                ValueRules.Join(outer, at, d.Operands, d.Result, d.Lanes);
                break;
            case Select(var sources):
                ValueRules.Pick(sources, d.Operands[0]!, d.Result, d.Lanes);
                break;
            case Softmax s:
                SoftmaxLanes(s, at, d);
                break;
            case LogSoftmax s:
                LogSoftmaxLanes(s, at, d);
                break;
            case Choose:
            case Lookup:
            case SortPlaces:
                ChoiceRules.Derivative(operation, at, d, d);
                break;
            case Undifferentiable(var reason):
                throw new ModelException(reason);
            default:
                throw new ArgumentException($"{operation} has no enclosure of its derivative in the table.");
        }
    }

    private static void CombinePairs(BinaryFunction f, EnclosedValues at, EnclosedDerivatives d)
    {
        for (int i = 0; i < at.Size; i++)
        {
            Interval a = at.Operands[0][i];
            Interval b = at.Operands[1][i];
            if (d.Operands[0] is not null)
            {
                IntervalLanes.AddScaled(d.At(i), BinaryEnclosures.FirstDerivative(f, a, b), d.Of(0, i));
            }

            if (d.Operands[1] is not null)
            {
                IntervalLanes.AddScaled(d.At(i), BinaryEnclosures.SecondDerivative(f, a, b), d.Of(1, i));
            }
        }
    }

    private static void ReduceLanes(Reduce r, EnclosedValues at, EnclosedDerivatives d)
    {
        using IntervalScratch scratch = new(r.Count);
        Span<Interval> partials = scratch.Span;
        int k = 0;
        foreach (Lane lane in Lane.Of(r.Outer, r.Count, r.Inner))
        {
            Span<Interval> target = d.At(k);
            ReductionEnclosures.Partials(r.Kind, lane, at.Operands[0], at.Result[k], partials);
            if (r.Kind is Reduction.Maximum or Reduction.Minimum)
            {
                UniteCandidates(lane, partials, d, target);
            }
            else
            {
                for (int i = 0; i < lane.Count; i++)
                {
                    IntervalLanes.AddScaled(target, partials[i], d.Of(0, lane[i]));
                }
            }

            if (r.Kind == Reduction.LogSumExp)
            {
                SoftmaxEnclosures.CutWithHull(lane, d, target);
            }

            k++;
        }
    }

    /// <summary>The derivative of an extreme is a mean of the derivatives of those that may be it.</summary>
    private static void UniteCandidates(
        Lane lane,
        ReadOnlySpan<Interval> partials,
        EnclosedDerivatives d,
        Span<Interval> target
    )
    {
        bool first = true;
        for (int i = 0; i < lane.Count; i++)
        {
            if (partials[i] == Interval.Zero)
            {
                continue;
            }

            if (first)
            {
                d.Of(0, lane[i]).CopyTo(target);
                first = false;
            }
            else
            {
                IntervalLanes.Unite(target, d.Of(0, lane[i]));
            }
        }
    }

    private static void SoftmaxLanes(Softmax s, EnclosedValues at, EnclosedDerivatives d)
    {
        foreach (Lane lane in Lane.Of(s.Outer, s.Count, s.Inner))
        {
            SoftmaxEnclosures.Deviations(lane, at.Result, d);
            for (int i = 0; i < lane.Count; i++)
            {
                IntervalLanes.Scale(d.At(lane[i]), at.Result[lane[i]]);
            }
        }
    }

    private static void LogSoftmaxLanes(LogSoftmax s, EnclosedValues at, EnclosedDerivatives d)
    {
        using IntervalScratch scratch = new(at.Size);
        Span<Interval> probabilities = scratch.Span;
        foreach (Lane lane in Lane.Of(s.Outer, s.Count, s.Inner))
        {
            SoftmaxEnclosures.Probabilities(lane, at.Operands[0], probabilities);
            SoftmaxEnclosures.Deviations(lane, probabilities, d);
        }
    }
}
