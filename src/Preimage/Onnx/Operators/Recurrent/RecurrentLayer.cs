using Preimage.Networks;

namespace Preimage.Onnx;

/// <summary>
/// A recurrent layer, unrolled: x W^T + b of all steps is one matrix product, then some operations a step.
/// Inputs X: [Steps, Batch, Inputs], W: [directions, gates * Hidden, Inputs], R: [directions, gates * Hidden, Hidden], B: [directions, 2 * gates * Hidden],
/// lengths: [Batch], initial h and c: [directions, Batch, Hidden], peepholes: [directions, 3 * Hidden].
/// </summary>
internal sealed class RecurrentLayer
{
    /// <summary>Operations of a step, at most.</summary>
    private const int StepNodes = 20;

    private readonly NodeReader _n;
    private readonly int _gates;
    private readonly bool _batchFirst;
    private readonly int _steps;
    private readonly int _batch;
    private readonly int _inputs;
    private readonly int _hidden;
    private readonly int[] _lengths;
    private readonly bool[] _reversed;
    private readonly Func<int, int>[] _activations;

    /// <summary>Reads the sizes and checks them against each other.</summary>
    /// <exception cref="ModelException">They do not fit.</exception>
    public RecurrentLayer(NodeReader n, int gates, string[] activations)
    {
        _n = n;
        _gates = gates;
        _batchFirst = n.Int("layout", 0) != 0;
        _reversed = n.Text("direction", "forward") switch
        {
            "forward" => [false],
            "reverse" => [true],
            "bidirectional" => [false, true],
            var other => throw n.Fail($"runs in the direction '{other}'; known are forward, reverse and bidirectional"),
        };
        Value x = n.Real(0);
        Value r = n.Real(2);
        if (x.Rank != 3 || r.Rank != 3)
        {
            throw n.Fail(
                $"takes an input of shape {Shapes.Text(x.Shape)} and recurrent weights of shape {Shapes.Text(r.Shape)}, where three axes each are needed"
            );
        }

        (_steps, _batch) = _batchFirst ? (x.Shape[1], x.Shape[0]) : (x.Shape[0], x.Shape[1]);
        _inputs = x.Shape[2];
        _hidden = r.Shape[2];
        CheckShapes();
        _lengths = Lengths();
        _activations = RecurrentActivations.Read(n, activations, _reversed.Length);
        n.Spend(
            checked(
                _reversed.Length
                * (long)_steps
                * (StepNodes * (long)Limits.NodeElements + 5L * gates * _batch * _hidden)
            )
        );
    }

    /// <summary>The outputs Y, Y_h and Y_c of a layer whose directions have these cells.</summary>
    public Value[] Unroll(Func<int, IRecurrentCell> cell)
    {
        if (_steps == 0 || _batch == 0 || _hidden == 0)
        {
            throw _n.Fail(
                $"has {_steps} steps, {_batch} sequences and {_hidden} units, where at least one of each is needed"
            );
        }

        RecurrentState[][] states = [.. Enumerable.Range(0, _reversed.Length).Select(i => Run(i, cell(i)))];
        return
        [
            AllSteps(states),
            LastStep(Array.ConvertAll(states, d => Array.ConvertAll(d, s => s.Hidden))),
            LastStep(Array.ConvertAll(states, d => Array.ConvertAll(d, s => s.Memory))),
        ];
    }

    /// <summary>The parameters of a direction.</summary>
    /// <param name="index">0 or 1.</param>
    /// <param name="separate">Whether the cell adds the recurrent bias itself.</param>
    public RecurrentDirection Direction(int index, bool separate)
    {
        int wide = _gates * _hidden;
        int[]? peepholes = null;
        if (_gates == 4 && _n.Has(7))
        {
            int all = _n.Real(7).Node;
            peepholes =
            [
                .. Enumerable
                    .Range(0, 3)
                    .Select(k =>
                        _n.Graph.Select(Shapes.View([_batch, _hidden], [0, 1], (3 * index + k) * _hidden), all)
                    ),
            ];
        }

        int perDirection = _activations.Length / _reversed.Length;
        return new RecurrentDirection
        {
            Graph = _n.Graph,
            Batch = _batch,
            Hidden = _hidden,
            RecurrentWeights = Part(_n.Real(2).Node, index * wide * _hidden, wide * _hidden),
            RecurrentBias = separate && _n.Has(3) ? Part(_n.Real(3).Node, (2 * index + 1) * wide, wide) : null,
            Peepholes = peepholes,
            Activations = _activations[(index * perDirection)..((index + 1) * perDirection)],
        };
    }

    /// <summary>The states of one direction: before the first step, and after each.</summary>
    private RecurrentState[] Run(int index, IRecurrentCell cell)
    {
        int projected = Projected(index);
        int steps = _lengths.Max();
        var states = new RecurrentState[steps + 1];
        int hidden = Initial(5, index);
        states[0] = new RecurrentState(hidden, _gates == 4 ? Initial(6, index) : hidden);
        for (int t = 0; t < steps; t++)
        {
            int step = t;
            states[t + 1] = cell.Step((first, count) => Gates(projected, step, first, count), states[t]);
        }

        return states;
    }

    private int Gates(int projected, int step, int first, int count)
    {
        int row = _gates * _hidden;
        return _n.Graph.Select(
            Shapes.View([_batch, count * _hidden], [row, 1], step * _batch * row + first * _hidden),
            projected
        );
    }

    /// <summary>x W^T + b in the order in which the steps are made: [Steps, Batch, gates * Hidden].</summary>
    private int Projected(int index)
    {
        int wide = _gates * _hidden;
        int rows = _steps * _batch;
        int x = _n.Graph.Select(InputPlaces(index), _n.Real(0).Node);
        int weights = _n.Graph.Select(
            Shapes.View([_inputs, wide], [1, _inputs], index * wide * _inputs),
            _n.Real(1).Node
        );
        bool folded = _n.Graph.ConstantValue(x) is not null;
        _n.SpendWork(folded ? (long)rows * wide * (_inputs + _hidden) : 0);
        int product = _n.Graph.MatrixMultiply(new MatrixMultiply(1, rows, _inputs, wide), x, weights);
        if (!_n.Has(3))
        {
            return product;
        }

        int biases = _n.Real(3).Node;
        int bias = Part(biases, 2 * index * wide, wide);
        int recurrent = Part(biases, (2 * index + 1) * wide, wide);
        if (_gates == 3 && _n.Int("linear_before_reset", 0) != 0)
        {
            // The bias of the candidate stands inside the reset there.
            int[] update = [.. Enumerable.Range(0, 2 * _hidden)];
            recurrent = _n.Graph.Concatenate(
                1,
                [_n.Graph.Select(update, recurrent), _n.Graph.Constant(new double[_hidden])]
            );
        }

        int sum = _n.Graph.Combine(BinaryFunction.Add, bias, recurrent);
        int everywhere = _n.Graph.Select(Shapes.View([rows, wide], [0, 1]), sum);
        return _n.Graph.Combine(BinaryFunction.Add, product, everywhere);
    }

    /// <summary>Step s of a sequence that is read backwards is its last element but s.</summary>
    private int[] InputPlaces(int index)
    {
        int[] places = new int[_steps * _batch * _inputs];
        int next = 0;
        for (int s = 0; s < _steps; s++)
        {
            for (int b = 0; b < _batch; b++)
            {
                int t = _reversed[index] && s < _lengths[b] ? _lengths[b] - 1 - s : s;
                int row = _batchFirst ? b * _steps + t : t * _batch + b;
                for (int i = 0; i < _inputs; i++)
                {
                    places[next++] = row * _inputs + i;
                }
            }
        }

        return places;
    }

    /// <summary>The initial state of a direction: [Batch, Hidden].</summary>
    private int Initial(int input, int index)
    {
        if (!_n.Has(input))
        {
            return _n.Graph.Constant(new double[_batch * _hidden]);
        }

        int directions = _reversed.Length;
        int[] places = _batchFirst
            ? Shapes.View([_batch, _hidden], [directions * _hidden, 1], index * _hidden)
            : Shapes.View([_batch, _hidden], [_hidden, 1], index * _batch * _hidden);
        return _n.Graph.Select(places, _n.Real(input).Node);
    }

    /// <summary>Y: [Steps, directions, Batch, Hidden], or with the batch first; 0 after the end of a sequence.</summary>
    private Value AllSteps(RecurrentState[][] states)
    {
        int directions = states.Length;
        int steps = states[0].Length - 1;
        int size = _batch * _hidden;
        int zeros = directions * steps * size;
        List<int> all = [.. states.SelectMany(d => d.Skip(1)).Select(s => s.Hidden)];
        if (_lengths.Any(l => l < _steps))
        {
            all.Add(_n.Graph.Constant([0]));
        }

        int[] shape = _batchFirst ? [_batch, _steps, directions, _hidden] : [_steps, directions, _batch, _hidden];
        int[] places = new int[Shapes.Product(_n.Shape(Array.ConvertAll(shape, s => (long)s)))];
        for (int k = 0; k < places.Length; k++)
        {
            int j = k % _hidden;
            int rest = k / _hidden;
            (int t, int d, int b) = _batchFirst
                ? (rest / directions % _steps, rest % directions, rest / directions / _steps)
                : (rest / _batch / directions, rest / _batch % directions, rest % _batch);
            int step = _reversed[d] ? _lengths[b] - 1 - t : t;
            places[k] = t < _lengths[b] ? ((d * steps + step) * _batch + b) * _hidden + j : zeros;
        }

        return new Value(_n.Graph.Select(places, _n.Graph.Concatenate(1, [.. all])), shape);
    }

    /// <summary>Y_h or Y_c: the state after the last step of each sequence, [directions, Batch, Hidden], or with the batch first.</summary>
    private Value LastStep(int[][] states)
    {
        int directions = states.Length;
        int size = _batch * _hidden;
        var ends = new List<int>();
        foreach (int[] direction in states)
        {
            if (_lengths.All(l => l == direction.Length - 1))
            {
                ends.Add(direction[^1]);
                continue;
            }

            int[] places = new int[size];
            for (int k = 0; k < size; k++)
            {
                places[k] = _lengths[k / _hidden] * size + k;
            }

            ends.Add(_n.Graph.Select(places, _n.Graph.Concatenate(1, [.. direction])));
        }

        int all = _n.Graph.Concatenate(1, [.. ends]);
        return _batchFirst
            ? new Value(
                _n.Graph.Select(Shapes.View([_batch, directions, _hidden], [_hidden, size, 1]), all),
                [_batch, directions, _hidden]
            )
            : new Value(all, [directions, _batch, _hidden]);
    }

    private int Part(int node, int start, int count) => _n.Graph.Select(Shapes.View([count], [1], start), node);

    private int[] Lengths()
    {
        if (!_n.Has(4))
        {
            return [.. Enumerable.Repeat(_steps, _batch)];
        }

        long[] lengths = _n.Integers(4);
        return lengths.Length == _batch && Array.TrueForAll(lengths, l => l >= 0 && l <= _steps)
            ? Array.ConvertAll(lengths, l => (int)l)
            : throw _n.Fail(
                $"has the lengths {Shapes.Text(lengths)} for {_batch} sequences of {_steps} steps, which do not fit"
            );
    }

    private void CheckShapes()
    {
        int directions = _reversed.Length;
        int[] state = _batchFirst ? [_batch, directions, _hidden] : [directions, _batch, _hidden];
        int wide = checked(_gates * _hidden);
        Check(1, [directions, wide, _inputs]);
        Check(2, [directions, wide, _hidden]);
        Check(3, [directions, checked(2 * wide)]);
        Check(5, state);
        if (_gates == 4)
        {
            Check(6, state);
            Check(7, [directions, checked(3 * _hidden)]);
        }
    }

    private void Check(int input, int[] shape)
    {
        if ((input < 3 || _n.Has(input)) && !_n.Real(input).Shape.AsSpan().SequenceEqual(shape))
        {
            throw _n.Fail(
                $"has an input {input + 1} of shape {Shapes.Text(_n.Real(input).Shape)}, where {Shapes.Text(shape)} is needed"
            );
        }
    }
}
