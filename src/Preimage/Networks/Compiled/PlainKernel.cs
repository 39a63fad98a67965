namespace Preimage.Networks.Compiled;

/// <summary>Arrays for the plain rules of one step.</summary>
internal sealed class PlainArrays
{
    private readonly Slot[] _operands;

    /// <summary>Arrays of the sizes of the operands and of the result.</summary>
    public PlainArrays(Slot[] operands, int size)
    {
        _operands = operands;
        Operands = [.. operands.Select(o => o.Constant ?? new double[o.Size])];
        Result = new double[size];
        OperandDerivatives = new double[operands.Length][];
    }

    /// <summary>Values of the operands.</summary>
    public double[][] Operands { get; }

    /// <summary>The value of the step.</summary>
    public double[] Result { get; }

    /// <summary>Derivatives of the operands; null where there are none.</summary>
    public double[]?[] OperandDerivatives { get; }

    /// <summary>Derivatives of the step.</summary>
    public double[] Derivatives { get; private set; } = [];

    /// <summary>Whether an operand never changes.</summary>
    public bool IsConstant(int operand) => _operands[operand].Constant is not null;

    /// <summary>Makes room for derivatives of an operand.</summary>
    public Span<double> Derivative(int operand, int lanes)
    {
        int length = _operands[operand].Size * lanes;
        if (OperandDerivatives[operand] is not { } array || array.Length < length)
        {
            array = OperandDerivatives[operand] = new double[length];
        }

        return array.AsSpan(0, length);
    }

    /// <summary>Makes room for derivatives of the step.</summary>
    public Span<double> Derivative(int lanes)
    {
        if (Derivatives.Length < Result.Length * lanes)
        {
            Derivatives = new double[Result.Length * lanes];
        }

        return Derivatives.AsSpan(0, Result.Length * lanes);
    }
}

/// <summary>An operation by its plain rules, on arrays that are copied in and out: for what has no kernel. May allocate.</summary>
internal sealed unsafe class PlainKernel(Operation operation, bool[] passes) : Kernel
{
    /// <inheritdoc/>
    public override long Work => 0;

    /// <inheritdoc/>
    public override bool Passes(int operand) => passes[operand];

    /// <inheritdoc/>
    public override void Value(in Frame frame)
    {
        PlainArrays arrays = frame.Run.Plain(frame.Step);
        for (int k = 0; k < arrays.Operands.Length; k++)
        {
            if (!arrays.IsConstant(k))
            {
                new ReadOnlySpan<double>(frame.X(k), arrays.Operands[k].Length).CopyTo(arrays.Operands[k]);
            }
        }

        Evaluation.Apply(operation, arrays.Operands, arrays.Result);
        arrays.Result.CopyTo(new Span<double>(frame.Y, arrays.Result.Length));
    }

    /// <inheritdoc/>
    public override void Tangent(in Frame frame)
    {
        PlainArrays arrays = frame.Run.Plain(frame.Step);
        for (int k = 0; k < arrays.Operands.Length; k++)
        {
            if (frame.Dx(k) is not null)
            {
                Span<double> dx = arrays.Derivative(k, frame.Lanes);
                new ReadOnlySpan<double>(frame.Dx(k), dx.Length).CopyTo(dx);
            }
        }

        Span<double> dy = arrays.Derivative(frame.Lanes);
        Values at = new(arrays.Operands, arrays.Result);
        TangentRules.Apply(operation, at, arrays.OperandDerivatives, arrays.Derivatives, frame.Lanes);
        dy.CopyTo(new Span<double>(frame.Dy, dy.Length));
    }

    /// <summary>All operands at once, with the first that is asked for.</summary>
    public override void Adjoint(in Frame frame, int operand)
    {
        PlainArrays arrays = frame.Run.Plain(frame.Step);
        int first = 0;
        while (frame.Dx(first) is null)
        {
            first++;
        }

        if (operand == first)
        {
            for (int k = 0; k < arrays.Operands.Length; k++)
            {
                if (frame.Dx(k) is not null)
                {
                    arrays.Derivative(k, frame.Lanes).Clear();
                }
            }

            Span<double> dy = arrays.Derivative(frame.Lanes);
            new ReadOnlySpan<double>(frame.Dy, dy.Length).CopyTo(dy);
            Values at = new(arrays.Operands, arrays.Result);
            AdjointRules.Apply(operation, at, arrays.Derivatives, arrays.OperandDerivatives, frame.Lanes);
        }

        Span<double> dx = arrays.Derivative(operand, frame.Lanes);
        Span<double> target = new(frame.Dx(operand), dx.Length);
        if (frame.Adds(operand))
        {
            Lanes.Add(target, dx);
        }
        else
        {
            dx.CopyTo(target);
        }
    }
}
