using Preimage.Geometry;

namespace Preimage.Walking;

/// <summary>
/// v = +- h s e, e one unit eigenvector of the pullback metric: null ones for SiMEC, others for SiMExp. One eigenvector by itself costs O(m n); the n x n
/// metric, which the published code diagonalises, is not formed.  [BenfenatiMarta2024], [BenfenatiMarta2025]
/// </summary>
public sealed record EigenvectorStep : IWalkProposal
{
    /// <summary>Which eigenvector.</summary>
    public IEigenvectorIndex Index { get; init; } = new AmongNull();

    /// <summary>Which way.</summary>
    public IEigenvectorSign Sign { get; init; } = new EitherSign();

    /// <summary>How far.</summary>
    public IEigenvectorScale Scale { get; init; } = new UnitScale();

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The row spaces of the recipe are not dense.</exception>
    public void Propose(WalkStep step)
    {
        if (step.Here is not PullbackFrame frame)
        {
            throw new ArgumentException(
                "The published walks need the eigenvectors of a dense Jacobian; choose fewer outputs, or walk without --recipe."
            );
        }

        int rank = frame.Rank;
        int index = Index.Choose(frame.Inputs, rank, step.Random);
        int nulls = frame.Inputs - rank;
        Span<double> offset = step.Way.Offset;
        if (index < nulls)
        {
            frame.NullDirection(index, offset);
        }
        else
        {
            frame.RowDirection(frame.Inputs - 1 - index).CopyTo(offset);
        }

        double scale = Scale.Factor(frame.SingularValues[..rank]);
        Vectors.Scale(offset, Sign.Choose(index, step.Random) * scale * step.StepLength);
    }
}
