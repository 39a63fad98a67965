using System.Collections.Immutable;
using Preimage.Maps;

namespace Preimage.Walking;

/// <summary>How a walk keeps inside its box.</summary>
public interface IWalkBounds
{
    /// <summary>What holds for a walk from a point of the box.  start: [n].</summary>
    Confinement Enter(Box box, ReadOnlySpan<double> start);
}

/// <summary>How one walk is kept in its box.</summary>
/// <param name="Held">The inputs that stay where they start, from 0, ascending.</param>
/// <param name="Fold">How the others come back into the box.</param>
/// <param name="LeavesBounds">Whether a walk that starts on bounds is moved off them before its first step.</param>
public sealed record Confinement(ImmutableArray<int> Held, IFold Fold, bool LeavesBounds);

/// <summary>A map of R^n onto a box that leaves the box's points where they are.</summary>
public interface IFold
{
    /// <summary>x = fold(u), and the slope dx_i / du_i of each coordinate.  u, x, slopes: [n].</summary>
    /// <returns>How many bounds were met between the box and u.</returns>
    long Onto(Box box, ReadOnlySpan<double> u, Span<double> x, Span<double> slopes);
}
