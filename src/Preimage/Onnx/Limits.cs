namespace Preimage.Onnx;

/// <summary>What a model file may ask for. A small file can describe huge tensors, so that every size is checked before memory is taken.</summary>
internal static class Limits
{
    /// <summary>Largest tensor, in elements: 1 GiB of doubles.</summary>
    public const long TensorElements = 1L << 27;

    /// <summary>All tensors that nodes make, together: 512 MiB of doubles. Weights are bounded by the file that holds them.</summary>
    public const long TotalElements = 1L << 26;

    /// <summary>Elements read and multiplications done on constants while reading: some seconds.</summary>
    public const long FoldingWork = 1L << 31;

    /// <summary>Most inputs and most outputs: each is a variable with a name.</summary>
    public const int Variables = 1 << 21;

    /// <summary>Largest rank of a tensor.</summary>
    public const int Rank = 16;

    /// <summary>Largest model file: what one protocol buffer message can hold.</summary>
    public const long FileBytes = int.MaxValue;

    /// <summary>Most output tensors: each is a network of its own.</summary>
    public const int Outputs = 1024;

    /// <summary>Most nodes of a graph.</summary>
    public const int Nodes = 1 << 20;

    /// <summary>What a node that is made of no file counts beside its elements, in elements: the bytes of its record.</summary>
    public const int NodeElements = 128;

    /// <summary>Most graphs inside each other, bodies and functions alike.</summary>
    public const int Depth = 32;
}
