namespace Preimage.Onnx;

/// <summary>What a recurrent layer carries from step to step, nodes of [Batch, Hidden].</summary>
/// <param name="Hidden">h, which is also the output of the step.</param>
/// <param name="Memory">c of an LSTM; the same as h elsewhere.</param>
internal readonly record struct RecurrentState(int Hidden, int Memory);

/// <summary>One step of a recurrent layer.</summary>
internal interface IRecurrentCell
{
    /// <summary>The state after a step.</summary>
    /// <param name="gates">The nodes of x W^T + b: of the gates named by first and count, [Batch, count * Hidden].</param>
    /// <param name="before">The state before.</param>
    RecurrentState Step(Func<int, int, int> gates, RecurrentState before);
}

/// <summary>h' = f(x W^T + h R^T + b).</summary>
internal sealed record SimpleCell(RecurrentDirection Direction) : IRecurrentCell
{
    public RecurrentState Step(Func<int, int, int> gates, RecurrentState before)
    {
        int sum = Direction.Add(gates(0, 1), Direction.Recurrent(before.Hidden, 0, 1));
        int hidden = Direction.Activations[0](sum);
        return new RecurrentState(hidden, hidden);
    }
}

/// <summary>
/// Gates z and r, candidate c: h' = (1 - z) c + z h with z, r = f(...) and c = g(x W^T + (r h) R^T + b),
/// or g(x W^T + b_w + r (h R^T + b_r)) when the reset comes after the product.
/// </summary>
internal sealed record GatedCell(RecurrentDirection Direction, bool ResetAfter) : IRecurrentCell
{
    public RecurrentState Step(Func<int, int, int> gates, RecurrentState before)
    {
        int h = before.Hidden;
        int recurrent = Direction.Recurrent(h, 0, ResetAfter ? 3 : 2);
        int both = Direction.Activations[0](
            Direction.Add(gates(0, 2), Direction.Gate(recurrent, ResetAfter ? 3 : 2, 0, 2))
        );
        int update = Direction.Gate(both, 2, 0, 1);
        int reset = Direction.Gate(both, 2, 1, 1);
        int after = ResetAfter
            ? Direction.Multiply(reset, Direction.WithRecurrentBias(Direction.Gate(recurrent, 3, 2, 1), 2))
            : Direction.Recurrent(Direction.Multiply(reset, h), 2, 1);
        int candidate = Direction.Activations[1](Direction.Add(gates(2, 1), after));
        int hidden = Direction.Add(candidate, Direction.Multiply(update, Direction.Subtract(h, candidate)));
        return new RecurrentState(hidden, hidden);
    }
}

/// <summary>Gates i, o, e, candidate g: c' = e c + i g, h' = o k(c'), with i, o, e = f(...) and, with peepholes, p c in their sums.</summary>
internal sealed record LongShortTermCell(RecurrentDirection Direction, bool Coupled) : IRecurrentCell
{
    public RecurrentState Step(Func<int, int, int> gates, RecurrentState before)
    {
        int sums = Direction.Add(gates(0, 4), Direction.Recurrent(before.Hidden, 0, 4));
        int candidate = Direction.Activations[1](Direction.Gate(sums, 4, 3, 1));
        return Direction.Peepholes is null ? Plain(sums, candidate, before) : Peeping(sums, candidate, before);
    }

    private RecurrentState Plain(int sums, int candidate, RecurrentState before)
    {
        int squashed = Direction.Activations[0](Direction.Gate(sums, 4, 0, 3));
        int input = Direction.Gate(squashed, 3, 0, 1);
        int forget = Coupled ? Direction.Complement(input) : Direction.Gate(squashed, 3, 2, 1);
        int memory = Direction.Add(Direction.Multiply(forget, before.Memory), Direction.Multiply(input, candidate));
        int hidden = Direction.Multiply(Direction.Gate(squashed, 3, 1, 1), Direction.Activations[2](memory));
        return new RecurrentState(hidden, memory);
    }

    /// <summary>The output gate sees the new memory, the others the old one.</summary>
    private RecurrentState Peeping(int sums, int candidate, RecurrentState before)
    {
        int input = Peeped(sums, 0, 0, before.Memory);
        int forget = Coupled ? Direction.Complement(input) : Peeped(sums, 2, 2, before.Memory);
        int memory = Direction.Add(Direction.Multiply(forget, before.Memory), Direction.Multiply(input, candidate));
        int output = Peeped(sums, 1, 1, memory);
        return new RecurrentState(Direction.Multiply(output, Direction.Activations[2](memory)), memory);
    }

    private int Peeped(int sums, int gate, int peephole, int memory) =>
        Direction.Activations[0](
            Direction.Add(Direction.Gate(sums, 4, gate, 1), Direction.Multiply(Direction.Peepholes![peephole], memory))
        );
}
