namespace Preimage.Networks.Compiled;

/// <summary>The memory of one run through a plan, and the runs themselves. One caller at a time; it grows to the most lanes it has carried.</summary>
internal sealed unsafe class GraphRun
{
    private readonly GraphSteps _plan;
    private readonly Crew _crew;
    private readonly PlainArrays?[] _plain;
    private AlignedMemory? _values;
    private AlignedMemory? _derivatives;
    private long[] _valuePlaces;
    private long[] _derivativePlaces;
    private bool _keeps;
    private int _lanes = 1;

    /// <summary>Room for one run.</summary>
    public GraphRun(GraphSteps plan, int threads)
    {
        _plan = plan;
        int scratch = plan.Steps.Length == 0 ? 0 : plan.Steps.Max(s => s.Kernel.Scratch);
        _crew = new Crew(threads, scratch + AlignedMemory.Slack);
        _plain = new PlainArrays[plan.Steps.Length];
        _valuePlaces = plan.Values.Places;
        _derivativePlaces = plan.Adjoints.Places;
    }

    /// <summary>The value of a slot.  [its size].</summary>
    public double* Value(int slot) =>
        _plan.Slots[slot].Pinned is { } constant ? constant.Start
        : _valuePlaces[slot] >= 0 ? _values!.Start + _valuePlaces[slot]
        : null;

    /// <summary>What a step keeps for derivatives; null when none follow.</summary>
    public double* Kept(int step) =>
        _keeps && _valuePlaces[_plan.Slots.Length + step] is >= 0 and var place ? _values!.Start + place : null;

    /// <summary>The derivatives of a slot; null where it has none.  [its size, lanes].</summary>
    public double* Derivative(int slot) =>
        _derivativePlaces[slot] >= 0 ? _derivatives!.Start + _derivativePlaces[slot] * _lanes : null;

    /// <summary>Arrays for a step that the plain rules do.</summary>
    public PlainArrays Plain(Step step) =>
        _plain[step.Index] ??= new PlainArrays(
            [.. step.Operands.Select(o => _plan.Slots[o])],
            _plan.Slots[step.Result].Size
        );

    /// <summary>All values at x; with what derivatives need if some follow.  x: [Inputs].</summary>
    public void Evaluate(ReadOnlySpan<double> x, bool keeps)
    {
        Arena arena = keeps ? _plan.KeptValues : _plan.Values;
        _values = Grown(_values, arena.Length);
        (_keeps, _valuePlaces, _lanes) = (keeps, arena.Places, 1);
        x.CopyTo(new Span<double>(Value(0), x.Length));
        foreach (Step step in _plan.Steps)
        {
            _crew.Do(
                Pass.Value,
                new Frame
                {
                    Step = step,
                    Run = this,
                    Lanes = 1,
                },
                0
            );
        }
    }

    /// <summary>Makes room for derivatives.  pass: where they go.</summary>
    public void Prepare(Pass pass, int lanes)
    {
        Arena arena = pass == Pass.Tangent ? _plan.Tangents : _plan.Adjoints;
        _derivatives = Grown(_derivatives, arena.Length * lanes);
        (_derivativePlaces, _lanes) = (arena.Places, lanes);
    }

    /// <summary>Pushes the directions at the input forward.</summary>
    public void PushForward()
    {
        foreach (Step step in _plan.Steps)
        {
            if (_plan.Slots[step.Result].IsDifferentiated)
            {
                _crew.Do(
                    Pass.Tangent,
                    new Frame
                    {
                        Step = step,
                        Run = this,
                        Lanes = _lanes,
                    },
                    0
                );
            }
        }
    }

    /// <summary>Pulls the covectors at the output back.</summary>
    public void PullBack()
    {
        for (int i = _plan.Steps.Length - 1; i >= 0; i--)
        {
            Step step = _plan.Steps[i];
            for (int k = 0; k < step.Operands.Length && _plan.Slots[step.Result].IsDifferentiated; k++)
            {
                if (step.Kernel.Passes(k) && _plan.Slots[step.Operands[k]].IsDifferentiated)
                {
                    _crew.Do(
                        Pass.Adjoint,
                        new Frame
                        {
                            Step = step,
                            Run = this,
                            Lanes = _lanes,
                        },
                        k
                    );
                }
            }
        }
    }

    private static AlignedMemory Grown(AlignedMemory? memory, long length) =>
        memory is null || memory.Length < length + AlignedMemory.Slack
            ? new AlignedMemory(checked((int)(length + AlignedMemory.Slack)))
            : memory;
}
