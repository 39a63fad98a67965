namespace Preimage.Tests;

/// <summary>Third-party networks and data that stand beside the repository on some machines; a test that needs them is skipped elsewhere.</summary>
internal static class Shared
{
    /// <summary>The path of a file or folder of the shared collection; skips the running test where it is absent.</summary>
    public static string Path(string relative)
    {
        string path = System.IO.Path.Combine(Folder, relative);
        Assert.SkipUnless(System.IO.Path.Exists(path), $"needs {relative} of the shared collection");
        return path;
    }

    /// <summary>The folder of the solution file.</summary>
    public static string RepositoryRoot { get; } = FindRoot();

    /// <summary>The folder beside the repository, which may not exist.</summary>
    public static string Folder { get; } =
        System.IO.Path.GetFullPath(System.IO.Path.Combine(RepositoryRoot, "..", "shared"));

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (System.IO.File.Exists(System.IO.Path.Combine(folder.FullName, "Preimage.slnx")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("The tests do not stand inside the repository.");
    }
}
