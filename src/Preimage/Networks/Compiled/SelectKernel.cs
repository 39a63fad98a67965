using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Preimage.Networks.Compiled;

/// <summary>
/// y_i = a[Sources_i]. Places that follow each other, or repeat one place, are taken as runs where these are long enough; the places of a permutation or a
/// slice are written in the adjoint, others are added up.
/// </summary>
internal sealed unsafe class SelectKernel<T> : Kernel
    where T : struct, ILanes<T>
{
    /// <summary>Runs that are this long on average are worth their table.</summary>
    private const int LeastRun = 4;

    private readonly int[] _sources;
    private readonly int _size;
    private readonly bool _passes;
    private readonly bool _isOnce;
    private readonly bool _isEverything;
    private readonly (int Source, int Length)[]? _runs;
    private readonly (int Source, int Length)[]? _repeats;

    /// <summary>size: of the operand; passes: whether it is differentiated.</summary>
    public SelectKernel(ImmutableArray<int> sources, int size, bool passes = true)
    {
        _passes = passes;
        _sources = ImmutableCollectionsMarshal.AsArray(sources)!;
        _size = size;
        bool[] seen = new bool[size];
        int distinct = 0;
        foreach (int source in _sources)
        {
            distinct += seen[source] ? 0 : 1;
            seen[source] = true;
        }

        _isOnce = distinct == _sources.Length;
        _isEverything = distinct == size;
        _runs = Grouped(step: 1);
        _repeats = _runs is null ? Grouped(step: 0) : null;
    }

    /// <inheritdoc/>
    public override long Work => _sources.Length;

    /// <inheritdoc/>
    public override bool Passes(int operand) => _passes;

    private (int Source, int Length)[]? Grouped(int step)
    {
        int count = 0;
        for (int i = 0; i < _sources.Length; i++)
        {
            count += i == 0 || _sources[i] != _sources[i - 1] + step ? 1 : 0;
        }

        if (count == 0 || _sources.Length / count < LeastRun)
        {
            return null;
        }

        var groups = new (int Source, int Length)[count];
        int group = -1;
        for (int i = 0; i < _sources.Length; i++)
        {
            if (i == 0 || _sources[i] != _sources[i - 1] + step)
            {
                groups[++group] = (_sources[i], 0);
            }

            groups[group].Length++;
        }

        return groups;
    }

    /// <inheritdoc/>
    public override void Value(in Frame frame) => Pick(frame.X(0), frame.Y, 1);

    /// <inheritdoc/>
    public override void Tangent(in Frame frame) => Pick(frame.Dx(0), frame.Dy, frame.Lanes);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Pick(double* x, double* y, int lanes)
    {
        if (_runs is not null)
        {
            foreach ((int source, int length) in _runs)
            {
                Runs<T>.Copy(y, x + (nint)source * lanes, length * lanes);
                y += length * lanes;
            }
        }
        else if (_repeats is not null && lanes == 1)
        {
            foreach ((int source, int length) in _repeats)
            {
                new Span<double>(y, length).Fill(x[source]);
                y += length;
            }
        }
        else if (lanes == 1)
        {
            for (int i = 0; i < _sources.Length; i++)
            {
                y[i] = x[_sources[i]];
            }
        }
        else
        {
            foreach (int source in _sources)
            {
                Runs<T>.Copy(y, x + (nint)source * lanes, lanes);
                y += lanes;
            }
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Adjoint(in Frame frame, int operand)
    {
        int lanes = frame.Lanes;
        double* dx = frame.Dx(0);
        double* dy = frame.Dy;
        bool writes = _isOnce && !frame.Adds(0);
        if (!frame.Adds(0) && !(_isOnce && _isEverything))
        {
            NativeMemory.Clear(dx, (nuint)_size * (nuint)lanes * sizeof(double));
        }

        if (_runs is not null)
        {
            foreach ((int source, int length) in _runs)
            {
                Runs<T>.Take(dx + (nint)source * lanes, dy, length * lanes, !writes);
                dy += length * lanes;
            }
        }
        else if (_repeats is not null && lanes == 1)
        {
            AddRepeats(dx, dy);
        }
        else if (lanes == 1)
        {
            for (int i = 0; i < _sources.Length; i++)
            {
                dx[_sources[i]] = writes ? dy[i] : dx[_sources[i]] + dy[i];
            }
        }
        else
        {
            foreach (int source in _sources)
            {
                Runs<T>.Take(dx + (nint)source * lanes, dy, lanes, !writes);
                dy += lanes;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddRepeats(double* dx, double* dy)
    {
        foreach ((int source, int length) in _repeats!)
        {
            double sum = 0;
            for (int i = 0; i < length; i++)
            {
                sum += dy[i];
            }

            dx[source] += sum;
            dy += length;
        }
    }
}
