using Preimage.Networks;

namespace Preimage.Enclosing;

/// <summary>
/// The meaning "enclosure of the second derivatives over a box" of every operation, in all pairs of directions: what the operation's own curvature
/// adds, and the second derivatives of its operands carried on by its slopes.
/// </summary>
internal static class CurvatureRules
{
    /// <summary>
    /// Encloses the second derivatives of operation(x).  first: derivatives of operands and result in n directions, second: second derivatives, packed
    /// in n (n + 1) / 2 lanes.
    /// </summary>
    public static void Apply(
        Operation operation,
        EnclosedValues at,
        EnclosedDerivatives first,
        EnclosedDerivatives second
    )
    {
        Span<Interval> result = second.Result.AsSpan(0, at.Size * second.Lanes);
        switch (operation)
        {
            case Input:
            case Constant:
                break;
            case Elementwise(var f):
                Chain(f, at, first, second);
                break;
            case Combine(BinaryFunction.Add or BinaryFunction.Subtract) sum:
                IntervalLanes.Join(result, sum.Function, second);
                break;
            case Combine(var f):
                result.Clear();
                CombinePairs(f, at, first, second);
                break;
            case MatrixMultiply m:
                MatrixRules.Derivative(m, at, second);
                MatrixRules.AddMixed(m, first, second);
                break;
            case Reduce r:
                result.Clear();
                ReduceLanes(r, at, first, second);
                break;
            case Concatenate(var outer):
                result.Clear();
                ValueRules.Join(outer, at, second.Operands, second.Result, second.Lanes);
                break;
            case Select(var sources):
                ValueRules.Pick(sources, second.Operands[0]!, second.Result, second.Lanes);
                break;
            case Softmax s:
                foreach (Lane lane in Lane.Of(s.Outer, s.Count, s.Inner))
                {
                    SoftmaxLane(lane, at.Result, first, second);
                }

                break;
            case LogSoftmax s:
                LogSoftmaxLanes(s, at, first, second);
                break;
            case Choose:
            case Lookup:
            case SortPlaces:
                ChoiceRules.Derivative(operation, at, first, second);
                break;
            case Undifferentiable(var reason):
                throw new ModelException(reason);
            default:
                throw new ArgumentException($"{operation} has no enclosure of its second derivative in the table.");
        }
    }

    /// <summary>y'' = f' x'' + f'' x' x'^T.</summary>
    private static void Chain(
        ScalarFunction f,
        EnclosedValues at,
        EnclosedDerivatives first,
        EnclosedDerivatives second
    )
    {
        for (int i = 0; i < at.Size; i++)
        {
            Interval x = at.Operands[0][i];
            Interval y = at.Result[i];
            IntervalLanes.SetScaled(second.At(i), SlopesFromValues.Derivative(f, x, y), second.Of(0, i));
            IntervalLanes.AddSquare(second.At(i), SlopesFromValues.Second(f, x, y), first.Of(0, i));
        }
    }

    private static void CombinePairs(
        BinaryFunction f,
        EnclosedValues at,
        EnclosedDerivatives first,
        EnclosedDerivatives second
    )
    {
        for (int i = 0; i < at.Size; i++)
        {
            Interval a = at.Operands[0][i];
            Interval b = at.Operands[1][i];
            SecondPartials partials = BinaryEnclosures.Second(f, a, b);
            Span<Interval> target = second.At(i);
            if (first.Operands[0] is not null)
            {
                IntervalLanes.AddSquare(target, partials.FirstFirst, first.Of(0, i));
                IntervalLanes.AddScaled(target, BinaryEnclosures.FirstDerivative(f, a, b), second.Of(0, i));
            }

            if (first.Operands[1] is not null)
            {
                IntervalLanes.AddSquare(target, partials.SecondSecond, first.Of(1, i));
                IntervalLanes.AddScaled(target, BinaryEnclosures.SecondDerivative(f, a, b), second.Of(1, i));
            }

            if (first.Operands[0] is not null && first.Operands[1] is not null)
            {
                IntervalLanes.AddSymmetric(target, partials.FirstSecond, first.Of(0, i), first.Of(1, i));
            }
        }
    }

    private static void ReduceLanes(Reduce r, EnclosedValues at, EnclosedDerivatives first, EnclosedDerivatives second)
    {
        using IntervalScratch scratch = new(r.Count);
        Span<Interval> partials = scratch.Span;
        int k = 0;
        foreach (Lane lane in Lane.Of(r.Outer, r.Count, r.Inner))
        {
            Interval value = at.Result[k];
            ReductionEnclosures.Partials(r.Kind, lane, at.Operands[0], value, partials);
            if (r.Kind is Reduction.Maximum or Reduction.Minimum)
            {
                Decide(lane, partials, second, second.At(k));
            }
            else
            {
                for (int i = 0; i < lane.Count; i++)
                {
                    IntervalLanes.AddScaled(second.At(k), partials[i], second.Of(0, lane[i]));
                }

                AddCurvature(r.Kind, new ReducedLane(lane, k, partials), at, first, second.At(k));
            }

            k++;
        }
    }

    /// <summary>One line of a reduction: its place in the result and its partial derivatives.</summary>
    private readonly ref struct ReducedLane(Lane lane, int place, ReadOnlySpan<Interval> partials)
    {
        public Lane Lane => lane;

        public int Place => place;

        public ReadOnlySpan<Interval> Partials { get; } = partials;
    }

    /// <summary>The second derivative of an extreme: of the only one that may be it; where two may, there may be a kink.</summary>
    private static void Decide(
        Lane lane,
        ReadOnlySpan<Interval> partials,
        EnclosedDerivatives second,
        Span<Interval> target
    )
    {
        if (partials.Count(Interval.Zero) < lane.Count - 1)
        {
            target.Fill(Interval.Everything);
            return;
        }

        for (int i = 0; i < lane.Count; i++)
        {
            if (partials[i] != Interval.Zero)
            {
                second.Of(0, lane[i]).CopyTo(target);
            }
        }
    }

    /// <summary>What the reduction's own curvature adds.</summary>
    private static void AddCurvature(
        Reduction kind,
        ReducedLane reduced,
        EnclosedValues at,
        EnclosedDerivatives first,
        Span<Interval> target
    )
    {
        switch (kind)
        {
            case Reduction.AbsoluteSum:
            case Reduction.SquareSum:
                ReductionCurvature.AddSquares(kind, reduced.Lane, at.Operands[0], first, target);
                break;
            case Reduction.EuclideanNorm:
                ReductionCurvature.AddNorm(
                    reduced.Lane,
                    at.Result[reduced.Place],
                    first,
                    first.At(reduced.Place),
                    target
                );
                break;
            case Reduction.Product:
                ReductionCurvature.AddProduct(reduced.Lane, at.Operands[0], first, target);
                break;
            case Reduction.LogSumExp:
                SoftmaxEnclosures.AddCovariance(reduced.Lane, reduced.Partials, first, target);
                break;
            default:
                break;
        }
    }

    /// <summary>s_i'' = s_i (D_i D_i^T + E_i - V): D_i, E_i the deviations of the first and second derivatives, V their covariance.</summary>
    private static void SoftmaxLane(
        Lane lane,
        ReadOnlySpan<Interval> p,
        EnclosedDerivatives first,
        EnclosedDerivatives second
    )
    {
        SoftmaxEnclosures.Deviations(lane, p, second);
        AddToAll(lane, p, first, second);
        using IntervalScratch scratch = new(first.Lanes);
        Span<Interval> deviation = scratch.Span;
        for (int i = 0; i < lane.Count; i++)
        {
            SoftmaxEnclosures.Deviation(lane, i, p, first, deviation);
            IntervalLanes.AddSquare(second.At(lane[i]), 1, deviation);
            IntervalLanes.Scale(second.At(lane[i]), p[lane[i]]);
        }
    }

    private static void LogSoftmaxLanes(
        LogSoftmax s,
        EnclosedValues at,
        EnclosedDerivatives first,
        EnclosedDerivatives second
    )
    {
        using IntervalScratch scratch = new(at.Size);
        Span<Interval> probabilities = scratch.Span;
        foreach (Lane lane in Lane.Of(s.Outer, s.Count, s.Inner))
        {
            SoftmaxEnclosures.Probabilities(lane, at.Operands[0], probabilities);
            SoftmaxEnclosures.Deviations(lane, probabilities, second);
            AddToAll(lane, probabilities, first, second);
        }
    }

    /// <summary>Takes the covariance of the derivatives from the second derivatives of each element of the line.</summary>
    private static void AddToAll(
        Lane lane,
        ReadOnlySpan<Interval> p,
        EnclosedDerivatives first,
        EnclosedDerivatives second
    )
    {
        using IntervalScratch scratch = new(second.Lanes);
        Span<Interval> covariance = scratch.Span;
        covariance.Clear();
        using IntervalScratch line = new(lane.Count);
        Span<Interval> own = line.Span;
        for (int i = 0; i < lane.Count; i++)
        {
            own[i] = p[lane[i]];
        }

        SoftmaxEnclosures.AddCovariance(lane, own, first, covariance);
        for (int i = 0; i < lane.Count; i++)
        {
            IntervalLanes.AddScaled(second.At(lane[i]), -1, covariance);
        }
    }
}
