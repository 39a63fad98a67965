namespace Preimage.Tests.Onnx;

/// <summary>A folder that is gone after the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly string _path = System.IO.Directory.CreateTempSubdirectory("preimage-onnx").FullName;

    /// <summary>The path of a file in the folder.</summary>
    public string this[string name] => System.IO.Path.Combine(_path, name);

    public void Dispose() => System.IO.Directory.Delete(_path, recursive: true);
}
