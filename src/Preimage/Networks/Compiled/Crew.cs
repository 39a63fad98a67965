using System.Runtime.ExceptionServices;

namespace Preimage.Networks.Compiled;

/// <summary>
/// Does the units of a step, large steps on several threads of the pool. Whoever comes takes the next share; the caller takes part and never waits for
/// a thread that has not begun, so that a busy pool costs nothing but time. Which thread does a unit does not change a bit. Allocates nothing.
/// </summary>
internal sealed unsafe class Crew : IThreadPoolWorkItem
{
    /// <summary>Multiply-adds that are worth another thread: some 50 us.</summary>
    private const long WorkOfAThread = 1 << 21;

    /// <summary>Shares for each thread, so that one that comes late does less.</summary>
    private const int SharesOfAThread = 4;

    private readonly int _threads;
    private readonly int _scratchLength;
    private readonly AlignedMemory?[] _scratch;
    private Frame _frame;
    private Pass _pass;
    private int _operand;
    private int _units;
    private int _shares;
    private int _next;
    private int _running;
    private int _members;
    private int _called;
    private Exception? _failure;

    /// <summary>At most so many threads, each with so many numbers of scratch memory.</summary>
    public Crew(int threads, int scratch)
    {
        _threads = Math.Max(1, threads);
        _scratchLength = scratch;
        _scratch = new AlignedMemory[_threads];
    }

    /// <summary>Does all units of a pass of the frame's step.</summary>
    public void Do(Pass pass, Frame frame, int operand)
    {
        Kernel kernel = frame.Step.Kernel;
        int units = kernel.Units(pass, operand, frame.Lanes);
        long threads = Math.Min(Math.Min(units, _threads), kernel.Work * frame.Lanes / WorkOfAThread);
        if (threads <= 1)
        {
            (frame.First, frame.Last) = (0, units);
            frame.Scratch = Scratch(0);
            Apply(pass, frame, operand);
            return;
        }

        (_frame, _pass, _operand, _units) = (frame, pass, operand, units);
        _shares = (int)Math.Min(units, threads * SharesOfAThread);
        (_members, _next, _failure) = (1, 0, null);
        Volatile.Write(ref _running, 1); // from here on others may join, also those that were called before
        while (Volatile.Read(ref _called) < threads - 1)
        {
            Interlocked.Increment(ref _called);
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }

        Work(member: 0);
        Leave();
        SpinWait spin = default;
        while (Volatile.Read(ref _running) > 0)
        {
            spin.SpinOnce(sleep1Threshold: -1); // others are at their last share
        }

        if (_failure is not null)
        {
            ExceptionDispatchInfo.Throw(_failure);
        }
    }

    /// <summary>A thread of the pool joins, unless the work is done.</summary>
    void IThreadPoolWorkItem.Execute()
    {
        Interlocked.Decrement(ref _called);
        int running = Volatile.Read(ref _running);
        while (running > 0)
        {
            int seen = Interlocked.CompareExchange(ref _running, running + 1, running);
            if (seen == running)
            {
                Work(Interlocked.Increment(ref _members) - 1);
                Leave();
                return;
            }

            running = seen;
        }
    }

    private void Leave() => Interlocked.Decrement(ref _running);

    private void Work(int member)
    {
        if (member >= _threads)
        {
            return;
        }

        Frame frame = _frame;
        frame.Scratch = Scratch(member);
        for (int share = Take(); share < _shares; share = Take())
        {
            frame.First = (int)((long)_units * share / _shares);
            frame.Last = (int)((long)_units * (share + 1) / _shares);
            try
            {
                Apply(_pass, frame, _operand);
            }
#pragma warning disable CA1031 // thrown again by the caller's thread
            catch (Exception failure)
#pragma warning restore CA1031
            {
                _failure = failure;
            }
        }
    }

    private int Take() => Interlocked.Increment(ref _next) - 1;

    private static void Apply(Pass pass, in Frame frame, int operand)
    {
        switch (pass)
        {
            case Pass.Value:
                frame.Step.Kernel.Value(frame);
                break;
            case Pass.Tangent:
                frame.Step.Kernel.Tangent(frame);
                break;
            default:
                frame.Step.Kernel.Adjoint(frame, operand);
                break;
        }
    }

    private double* Scratch(int member) => (_scratch[member] ??= new AlignedMemory(_scratchLength)).Start;
}
