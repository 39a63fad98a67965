namespace Preimage.Data;

/// <summary>What kind of data a file holds.</summary>
internal enum DataKind
{
    /// <summary>None that is read here.</summary>
    None,

    /// <summary>Separated values.</summary>
    Table,

    /// <summary>One NumPy array.</summary>
    Npy,

    /// <summary>A zip archive of NumPy arrays.</summary>
    Npz,

    /// <summary>The format of the MNIST files.</summary>
    Idx,

    /// <summary>An ONNX tensor.</summary>
    Tensor,

    /// <summary>A Parquet table.</summary>
    Parquet,

    /// <summary>A picture.</summary>
    Image,
}
