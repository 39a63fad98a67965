using Preimage.Networks;

namespace Preimage.Enclosing;

/// <summary>
/// Enclosures of operations that choose among elements by their values: <see cref="Choose"/>, <see cref="Lookup"/>, <see cref="SortPlaces"/>.
/// What is decided over the whole box is exact. Else values are the hull of all that may be chosen, and so are derivatives along directions in which
/// the choice does not change; along others there may be a jump, and they are everything.
/// </summary>
internal static class ChoiceRules
{
    /// <summary>The operand that a condition chooses, 1 or 2; null where it chooses both.</summary>
    public static int? OperandOf(Interval condition) =>
        !condition.Contains(0) ? 1
        : condition == Interval.Zero ? 2
        : null;

    /// <summary>The one place that is named; null where there are several or none.</summary>
    public static int? PlaceOf(Interval place, int count)
    {
        (int first, int last) = PlacesOf(place, count);
        return first == last ? first : null;
    }

    /// <summary>Encloses the value of one of these operations.</summary>
    public static void Value(Operation operation, EnclosedValues at)
    {
        if (operation is SortPlaces sort)
        {
            foreach (Lane lane in Lane.Of(sort.Outer, sort.Count, sort.Inner))
            {
                Sort(lane, sort.Descending, at.Operands[0], at.Result);
            }

            return;
        }

        for (int i = 0; i < at.Size; i++)
        {
            Candidates candidates = new(operation, at, i);
            Interval hull = Interval.Everything;
            for (int k = 0; k < candidates.Count; k++)
            {
                (int operand, int element) = candidates[k];
                Interval value = at.Operands[operand][element];
                hull = k == 0 ? value : hull.Hull(value);
            }

            at.Result[i] = hull;
        }
    }

    /// <summary>
    /// Encloses derivatives of one of these operations. first: derivatives in n directions, by which directions are told along which the choice changes;
    /// d: the derivatives asked for, the same or second ones, packed in n (n + 1) / 2 lanes.
    /// </summary>
    public static void Derivative(
        Operation operation,
        EnclosedValues at,
        EnclosedDerivatives first,
        EnclosedDerivatives d
    )
    {
        if (operation is SortPlaces sort)
        {
            d.Result.AsSpan(0, at.Size * d.Lanes).Clear();
            SpreadSorted(sort, at, first, d);
            return;
        }

        int chooser = operation is Lookup ? 1 : 0;
        for (int i = 0; i < at.Size; i++)
        {
            Candidates candidates = new(operation, at, i);
            Unite(candidates, d, i);
            if (candidates.Count == 0)
            {
                d.At(i).Fill(Interval.Everything);
            }
            else if (candidates.Count > 1 && first.Operands[chooser] is not null)
            {
                Spread(d.At(i), first.Of(chooser, i));
            }
        }
    }

    /// <summary>The hull of the candidates' derivatives.</summary>
    private static void Unite(Candidates candidates, EnclosedDerivatives d, int i)
    {
        Span<Interval> target = d.At(i);
        target.Clear();
        for (int k = 0; k < candidates.Count; k++)
        {
            (int operand, int element) = candidates[k];
            bool isConstant = d.Operands[operand] is null;
            for (int lane = 0; lane < target.Length; lane++)
            {
                Interval slope = isConstant ? Interval.Zero : d.Of(operand, element)[lane];
                target[lane] = k == 0 ? slope : target[lane].Hull(slope);
            }
        }
    }

    /// <summary>
    /// Everything in those lanes along which the choice changes: by its own derivative along each of n directions.  target: [n] or [n (n + 1) / 2].
    /// </summary>
    private static void Spread(Span<Interval> target, ReadOnlySpan<Interval> choice)
    {
        bool isSecond = target.Length != choice.Length;
        int pair = 0;
        for (int i = 0; i < choice.Length; i++)
        {
            for (int j = i; j < (isSecond ? choice.Length : i + 1); j++)
            {
                bool changes = choice[i] != Interval.Zero || choice[j] != Interval.Zero;
                target[pair] = changes ? Interval.Everything : target[pair];
                pair++;
            }
        }
    }

    /// <summary>A place that is not decided jumps along the directions in which some element of its line moves.</summary>
    private static void SpreadSorted(
        SortPlaces sort,
        EnclosedValues at,
        EnclosedDerivatives first,
        EnclosedDerivatives d
    )
    {
        using IntervalScratch scratch = new(first.Lanes);
        Span<Interval> moves = scratch.Span;
        foreach (Lane lane in Lane.Of(sort.Outer, sort.Count, sort.Inner))
        {
            moves.Clear();
            for (int i = 0; i < lane.Count; i++)
            {
                IntervalLanes.Unite(moves, first.Of(0, lane[i]));
            }

            for (int i = 0; i < lane.Count; i++)
            {
                Interval place = at.Result[lane[i]];
                if (place.Low != place.High)
                {
                    Spread(d.At(lane[i]), moves);
                }
            }
        }
    }

    /// <summary>
    /// The places that may stand at each rank: an element stands no earlier than after all that surely come before it, and no later than before all that
    /// surely come after it.
    /// </summary>
    private static void Sort(Lane lane, bool isDescending, Interval[] a, Interval[] y)
    {
        using IntervalScratch scratch = new(lane.Count);
        Span<Interval> ranks = scratch.Span;
        for (int i = 0; i < lane.Count; i++)
        {
            int before = 0;
            int after = 0;
            for (int j = 0; j < lane.Count; j++)
            {
                before += j != i && ComesBefore(a[lane[j]], a[lane[i]], j < i, isDescending) ? 1 : 0;
                after += j != i && ComesBefore(a[lane[i]], a[lane[j]], i < j, isDescending) ? 1 : 0;
            }

            ranks[i] = new Interval(before, lane.Count - 1 - after);
        }

        for (int rank = 0; rank < lane.Count; rank++)
        {
            int least = lane.Count;
            int most = -1;
            for (int i = 0; i < lane.Count; i++)
            {
                if (ranks[i].Contains(rank))
                {
                    least = Math.Min(least, i);
                    most = i;
                }
            }

            y[lane[rank]] = new Interval(least, most);
        }
    }

    /// <summary>Whether x surely comes before y, which it also does where both are equal and it stands first.</summary>
    private static bool ComesBefore(Interval x, Interval y, bool standsFirst, bool isDescending) =>
        isDescending
            ? x.Low > y.High || (standsFirst && x.Low == y.High)
            : x.High < y.Low || (standsFirst && x.High == y.Low);

    /// <summary>The places from first to last that are named, of those that exist; the last before the first where there is none.</summary>
    private static (int First, int Last) PlacesOf(Interval place, int count) =>
        place.High < 0 || place.Low >= count
            ? (0, -1)
            : ((int)Math.Max(0, place.Low), (int)Math.Min(count - 1, place.High));

    /// <summary>What may be chosen for one element of the result, as pairs of operand and element.</summary>
    private readonly struct Candidates
    {
        private readonly bool _isLookup;
        private readonly int _first;
        private readonly int _element;

        public Candidates(Operation operation, EnclosedValues at, int i)
        {
            _isLookup = operation is Lookup;
            _element = i;
            if (_isLookup)
            {
                (_first, int last) = PlacesOf(at.Operands[1][i], at.Operands[0].Length);
                Count = last - _first + 1;
            }
            else
            {
                int? decided = OperandOf(at.Operands[0][i]);
                _first = decided ?? 1;
                Count = decided is null ? 2 : 1;
            }
        }

        public int Count { get; }

        public (int Operand, int Element) this[int k] => _isLookup ? (0, _first + k) : (_first + k, _element);
    }
}
