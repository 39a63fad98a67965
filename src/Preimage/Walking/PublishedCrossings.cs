namespace Preimage.Walking;

/// <summary>Crossings as they were published, to compare with.</summary>
public static class PublishedCrossings
{
    /// <summary>DeepFool with its published settings. [MoosaviDezfooli2016]</summary>
    public static DeepFool DeepFool { get; } = new();
}
