namespace Preimage.Networks.Compiled;

/// <summary>What a kernel is asked for.</summary>
internal enum Pass
{
    /// <summary>y = f(x).</summary>
    Value,

    /// <summary>dy = Df(x) dx, for lanes of directions.</summary>
    Tangent,

    /// <summary>dx = Df(x)^T dy, for lanes of covectors.</summary>
    Adjoint,
}

/// <summary>
/// The fast meaning of one operation, on numbers in memory. Derivatives stand lanes innermost, [size, lanes]. The work of a pass is cut into units that
/// may be done in any order by several threads: every number is computed by one of them, in the same way.
/// </summary>
internal abstract unsafe class Kernel
{
    /// <summary>Numbers that a value pass keeps for the derivative passes, beside the result.</summary>
    public virtual int Kept => 0;

    /// <summary>Whether the derivative passes read the result.</summary>
    public virtual bool NeedsResult => false;

    /// <summary>Whether the derivative passes read an operand's value.</summary>
    public virtual bool Needs(int operand) => false;

    /// <summary>Whether the result has a derivative by an operand at all.</summary>
    public virtual bool Passes(int operand) => true;

    /// <summary>Whether the value pass reads a constant operand where it stands.</summary>
    public virtual bool Reads(int operand) => true;

    /// <summary>Into how many units a pass is cut.  operand: whose cotangents are asked for.</summary>
    public virtual int Units(Pass pass, int operand, int lanes) => 1;

    /// <summary>Multiply-adds, or what takes as long, of one lane.</summary>
    public abstract long Work { get; }

    /// <summary>Numbers of scratch memory that each thread needs.</summary>
    public virtual int Scratch => 0;

    /// <summary>y = f(x).</summary>
    public abstract void Value(in Frame frame);

    /// <summary>dy = Df(x) dx, written over what is there.</summary>
    public abstract void Tangent(in Frame frame);

    /// <summary>dx = Df(x)^T dy for one operand, added to what is there if the frame says so.</summary>
    public abstract void Adjoint(in Frame frame, int operand);
}

/// <summary>One step of a plan: a kernel on slots of numbers. Adds: which cotangents of operands another step has begun already.</summary>
internal sealed record Step(Kernel Kernel, int[] Operands, int Result)
{
    /// <summary>Its place in the order.</summary>
    public int Index { get; init; }

    /// <summary>Which cotangents are added to what is there.</summary>
    public bool[] Adds { get; init; } = [];
}

/// <summary>What a kernel works on in one call: units First to Last (exclusive) of a pass of one step.</summary>
internal unsafe struct Frame
{
    /// <summary>The step.</summary>
    public required Step Step;

    /// <summary>The memory.</summary>
    public required GraphRun Run;

    /// <summary>Derivatives side by side.</summary>
    public int Lanes;

    /// <summary>The first unit.</summary>
    public int First;

    /// <summary>The unit after the last.</summary>
    public int Last;

    /// <summary>Memory of this thread.</summary>
    public double* Scratch;

    /// <summary>The value of an operand.  [its size].</summary>
    public readonly double* X(int operand) => Run.Value(Step.Operands[operand]);

    /// <summary>The result.  [size].</summary>
    public readonly double* Y => Run.Value(Step.Result);

    /// <summary>What the value pass keeps for derivatives; null when none follow.  [Kept].</summary>
    public readonly double* Kept => Run.Kept(Step.Index);

    /// <summary>The derivatives of an operand; null where it has none.  [its size, Lanes].</summary>
    public readonly double* Dx(int operand) =>
        Step.Kernel.Passes(operand) ? Run.Derivative(Step.Operands[operand]) : null;

    /// <summary>The derivatives of the result.  [size, Lanes].</summary>
    public readonly double* Dy => Run.Derivative(Step.Result);

    /// <summary>Whether cotangents of an operand are added to what is there.</summary>
    public readonly bool Adds(int operand) => Step.Adds[operand];
}
