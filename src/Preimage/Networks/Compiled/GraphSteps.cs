namespace Preimage.Networks.Compiled;

/// <summary>A vector that a plan computes, or a constant. Differentiated: it depends on x, the output depends on it, and derivatives pass all the way.</summary>
internal sealed class Slot(int size)
{
    /// <summary>Its length.</summary>
    public int Size => size;

    /// <summary>Its numbers where it is constant.</summary>
    public double[]? Constant { get; init; }

    /// <summary>The same where kernels can read them; null where none does.</summary>
    public AlignedMemory? Pinned { get; set; }

    /// <summary>Whether derivatives are computed of it.</summary>
    public bool IsDifferentiated { get; set; }
}

/// <summary>The steps of a plan in order, with the buffers of each kind of pass. Slot 0 is the input.</summary>
internal sealed class GraphSteps
{
    private const int Forever = int.MaxValue;

    /// <summary>Orders a plan's memory.</summary>
    public GraphSteps(List<Slot> slots, List<(Kernel Kernel, int[] Operands, int Result)> steps, int output)
    {
        Slots = [.. slots];
        Output = output;
        MarkDifferentiated(steps);
        Steps = WithAdds(steps);
        foreach (Step step in Steps)
        {
            for (int k = 0; k < step.Operands.Length; k++)
            {
                if (step.Kernel.Reads(k))
                {
                    Pin(Slots[step.Operands[k]]);
                }
            }
        }

        Pin(Slots[output]);
        Values = Arena.Of(Slots.Length, ValueLifetimes());
        KeptValues = Arena.Of(Slots.Length + Steps.Length, KeptLifetimes());
        Tangents = Arena.Of(Slots.Length, TangentLifetimes());
        Adjoints = Arena.Of(Slots.Length, AdjointLifetimes());
    }

    /// <summary>All vectors.</summary>
    public Slot[] Slots { get; }

    /// <summary>All steps.</summary>
    public Step[] Steps { get; }

    /// <summary>The slot of the output.</summary>
    public int Output { get; }

    /// <summary>Memory of a value alone.</summary>
    public Arena Values { get; }

    /// <summary>Memory of a value that derivatives follow; what steps keep stands after the slots.</summary>
    public Arena KeptValues { get; }

    /// <summary>Memory of directions, for one lane.</summary>
    public Arena Tangents { get; }

    /// <summary>Memory of covectors, for one lane.</summary>
    public Arena Adjoints { get; }

    private static void Pin(Slot slot)
    {
        if (slot.Constant is not null && slot.Pinned is null)
        {
            slot.Pinned = new AlignedMemory(slot.Size + AlignedMemory.Slack);
            slot.Constant.CopyTo(slot.Pinned.Span);
        }
    }

    private void MarkDifferentiated(List<(Kernel Kernel, int[] Operands, int Result)> steps)
    {
        bool[] depends = new bool[Slots.Length];
        depends[0] = true;
        foreach ((Kernel kernel, int[] operands, int result) in steps)
        {
            for (int k = 0; k < operands.Length; k++)
            {
                depends[result] |= depends[operands[k]] && kernel.Passes(k);
            }
        }

        bool[] reaches = new bool[Slots.Length];
        reaches[Output] = true;
        for (int i = steps.Count - 1; i >= 0; i--)
        {
            (Kernel kernel, int[] operands, int result) = steps[i];
            for (int k = 0; k < operands.Length; k++)
            {
                reaches[operands[k]] |= reaches[result] && kernel.Passes(k);
            }
        }

        for (int i = 0; i < Slots.Length; i++)
        {
            Slots[i].IsDifferentiated = depends[i] && reaches[i];
        }
    }

    /// <summary>Going back, the first step that reaches an operand writes its cotangents, the others add.</summary>
    private Step[] WithAdds(List<(Kernel Kernel, int[] Operands, int Result)> steps)
    {
        var made = new Step[steps.Count];
        bool[] begun = new bool[Slots.Length];
        for (int i = steps.Count - 1; i >= 0; i--)
        {
            (Kernel kernel, int[] operands, int result) = steps[i];
            bool[] adds = new bool[operands.Length];
            for (int k = 0; k < operands.Length && Slots[result].IsDifferentiated; k++)
            {
                if (kernel.Passes(k))
                {
                    adds[k] = begun[operands[k]];
                    begun[operands[k]] = true;
                }
            }

            made[i] = new Step(kernel, operands, result) { Index = i, Adds = adds };
        }

        return made;
    }

    /// <summary>The last step that reads each slot's value; the output is read at the end.</summary>
    private int[] LastUses()
    {
        int[] last = new int[Slots.Length];
        foreach (Step step in Steps)
        {
            foreach (int operand in step.Operands)
            {
                last[operand] = step.Index;
            }
        }

        last[Output] = Forever;
        return last;
    }

    private IEnumerable<Lifetime> ValueLifetimes()
    {
        int[] last = LastUses();
        yield return new Lifetime(0, Slots[0].Size, -1, last[0]);
        foreach (Step step in Steps)
        {
            yield return new Lifetime(
                step.Result,
                Slots[step.Result].Size,
                step.Index,
                Math.Max(step.Index, last[step.Result])
            );
        }
    }

    private IEnumerable<Lifetime> KeptLifetimes()
    {
        bool[] needed = new bool[Slots.Length];
        foreach (Step step in Steps.Where(s => Slots[s.Result].IsDifferentiated))
        {
            needed[step.Result] |= step.Kernel.NeedsResult;
            for (int k = 0; k < step.Operands.Length; k++)
            {
                needed[step.Operands[k]] |= step.Kernel.Needs(k);
            }
        }

        foreach (Lifetime one in ValueLifetimes())
        {
            yield return needed[one.Id] ? one with { To = Forever } : one;
        }

        foreach (Step step in Steps.Where(s => Slots[s.Result].IsDifferentiated && s.Kernel.Kept > 0))
        {
            yield return new Lifetime(Slots.Length + step.Index, step.Kernel.Kept, step.Index, Forever);
        }
    }

    private IEnumerable<Lifetime> TangentLifetimes() => ValueLifetimes().Where(l => Slots[l.Id].IsDifferentiated);

    /// <summary>In the order of the steps going back: from the last reader of a slot to the step that makes it.</summary>
    private IEnumerable<Lifetime> AdjointLifetimes()
    {
        int[] last = LastUses();
        foreach (Lifetime one in TangentLifetimes())
        {
            int from = last[one.Id] == Forever ? -1 : Steps.Length - last[one.Id];
            yield return one with
            {
                From = from,
                To = one.From < 0 ? Forever : Steps.Length - one.From,
            };
        }
    }
}
