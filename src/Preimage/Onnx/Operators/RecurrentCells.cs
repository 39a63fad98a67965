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
internal sealed class SimpleCell(RecurrentDirection d) : IRecurrentCell
{
    public RecurrentState Step(Func<int, int, int> gates, RecurrentState before)
    {
        int sum = d.Add(gates(0, 1), d.Recurrent(before.Hidden, 0, 1));
        int hidden = d.Activations[0](sum);
        return new RecurrentState(hidden, hidden);
    }
}

/// <summary>
/// Gates z and r, candidate c: h' = (1 - z) c + z h with z, r = f(...) and c = g(x W^T + (r h) R^T + b),
/// or g(x W^T + b_w + r (h R^T + b_r)) when the reset comes after the product.
/// </summary>
internal sealed class GatedCell(RecurrentDirection d, bool resetAfter) : IRecurrentCell
{
    public RecurrentState Step(Func<int, int, int> gates, RecurrentState before)
    {
        int h = before.Hidden;
        int recurrent = d.Recurrent(h, 0, resetAfter ? 3 : 2);
        int both = d.Activations[0](d.Add(gates(0, 2), d.Gate(recurrent, resetAfter ? 3 : 2, 0, 2)));
        int update = d.Gate(both, 2, 0, 1);
        int reset = d.Gate(both, 2, 1, 1);
        int after = resetAfter
            ? d.Multiply(reset, d.WithRecurrentBias(d.Gate(recurrent, 3, 2, 1), 2))
            : d.Recurrent(d.Multiply(reset, h), 2, 1);
        int candidate = d.Activations[1](d.Add(gates(2, 1), after));
        int hidden = d.Add(candidate, d.Multiply(update, d.Subtract(h, candidate)));
        return new RecurrentState(hidden, hidden);
    }
}

/// <summary>Gates i, o, e, candidate g: c' = e c + i g, h' = o k(c'), with i, o, e = f(...) and, with peepholes, p c in their sums.</summary>
internal sealed class LongShortTermCell(RecurrentDirection d, bool coupled) : IRecurrentCell
{
    public RecurrentState Step(Func<int, int, int> gates, RecurrentState before)
    {
        int sums = d.Add(gates(0, 4), d.Recurrent(before.Hidden, 0, 4));
        int candidate = d.Activations[1](d.Gate(sums, 4, 3, 1));
        return d.Peepholes is null ? Plain(sums, candidate, before) : Peeping(sums, candidate, before);
    }

    private RecurrentState Plain(int sums, int candidate, RecurrentState before)
    {
        int squashed = d.Activations[0](d.Gate(sums, 4, 0, 3));
        int input = d.Gate(squashed, 3, 0, 1);
        int forget = coupled ? d.Complement(input) : d.Gate(squashed, 3, 2, 1);
        int memory = d.Add(d.Multiply(forget, before.Memory), d.Multiply(input, candidate));
        int hidden = d.Multiply(d.Gate(squashed, 3, 1, 1), d.Activations[2](memory));
        return new RecurrentState(hidden, memory);
    }

    /// <summary>The output gate sees the new memory, the others the old one.</summary>
    private RecurrentState Peeping(int sums, int candidate, RecurrentState before)
    {
        int input = Peeped(sums, 0, 0, before.Memory);
        int forget = coupled ? d.Complement(input) : Peeped(sums, 2, 2, before.Memory);
        int memory = d.Add(d.Multiply(forget, before.Memory), d.Multiply(input, candidate));
        int output = Peeped(sums, 1, 1, memory);
        return new RecurrentState(d.Multiply(output, d.Activations[2](memory)), memory);
    }

    private int Peeped(int sums, int gate, int peephole, int memory) =>
        d.Activations[0](d.Add(d.Gate(sums, 4, gate, 1), d.Multiply(d.Peepholes![peephole], memory)));
}
