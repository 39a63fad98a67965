namespace Preimage.Walking;

/// <summary>Chooses an eigenvector of the pullback metric by its number in ascending order of the eigenvalues, the null ones first.</summary>
public interface IEigenvectorIndex
{
    /// <summary>A number among 0, ..., inputs - 1.  rank: how many eigenvalues are not zero.</summary>
    int Choose(int inputs, int rank, Generator random);
}

/// <summary>Any of the null eigenvectors, each as likely: SiMEC.  [BenfenatiMarta2024]</summary>
public sealed record AmongNull : IEigenvectorIndex
{
    /// <inheritdoc/>
    public int Choose(int inputs, int rank, Generator random) => random.Whole(inputs - rank);
}

/// <summary>Any of the eigenvectors that are not null, each as likely: SiMExp; a null one where there are no others.  [BenfenatiMarta2024]</summary>
public sealed record AmongVisible : IEigenvectorIndex
{
    /// <inheritdoc/>
    public int Choose(int inputs, int rank, Generator random) =>
        rank == 0 ? random.Whole(inputs) : inputs - rank + random.Whole(rank);
}

/// <summary>A slip of published code: the null eigenvectors and the first that is not null, which changes the output, each as likely.</summary>
public sealed record AmongNullAndOneMore : IEigenvectorIndex
{
    /// <inheritdoc/>
    public int Choose(int inputs, int rank, Generator random) => random.Whole(Math.Min(inputs, inputs - rank + 1));
}
