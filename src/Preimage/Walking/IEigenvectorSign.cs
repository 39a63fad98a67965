namespace Preimage.Walking;

/// <summary>Chooses which way to go along an eigenvector, which has no sign of its own.</summary>
public interface IEigenvectorSign
{
    /// <summary>1 or -1.  index: the eigenvector's number.</summary>
    int Choose(int index, Generator random);
}

/// <summary>Either way, each as likely.  [BenfenatiMarta2024]</summary>
public sealed record EitherSign : IEigenvectorSign
{
    /// <inheritdoc/>
    public int Choose(int index, Generator random) => random.Whole(2) == 0 ? 1 : -1;
}

/// <summary>A slip of published code: forward along eigenvectors of even number, backward along those of odd number, so that no way is ever gone back.</summary>
public sealed record SignOfParity : IEigenvectorSign
{
    /// <inheritdoc/>
    public int Choose(int index, Generator random) => index % 2 == 0 ? 1 : -1;
}
