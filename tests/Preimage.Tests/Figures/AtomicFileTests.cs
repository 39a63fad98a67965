using Preimage.Figures;

namespace Preimage.Tests.Figures;

public sealed class AtomicFileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("preimage-figures-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Write_OverAnOldFile_ReplacesItWhole()
    {
        string path = Path.Combine(folder, "a.csv");
        AtomicFile.Write(path, "a longer old text");
        AtomicFile.Write(path, "new");
        Assert.Equal("new", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFileSystemEntries(folder));
    }

    [Fact]
    public void Write_FolderMissing_IsMade()
    {
        string path = Path.Combine(folder, "deep", "er", "a.csv");
        AtomicFile.Write(path, "x");
        Assert.Equal("x", File.ReadAllText(path));
    }

    [Fact]
    public void Write_FolderIsAFile_IsRefusedInOneSentence()
    {
        string blocker = Path.Combine(folder, "blocker");
        File.WriteAllText(blocker, "");
        string path = Path.Combine(blocker, "a.csv");
        OutputException refusal = Assert.Throws<OutputException>(() => AtomicFile.Write(path, "x"));
        Assert.StartsWith($"Cannot write \"{path}\": ", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
        Assert.Equal([blocker], Directory.GetFileSystemEntries(folder));
        Assert.Equal(refusal.Message, Assert.Throws<OutputException>(() => AtomicFile.Probe(path)).Message);
    }

    [Fact]
    public void Write_TargetIsAFolder_LeavesNothingBehind()
    {
        string path = Directory.CreateDirectory(Path.Combine(folder, "a.csv")).FullName;
        Assert.Throws<OutputException>(() => AtomicFile.Write(path, "x"));
        Assert.Throws<OutputException>(() => AtomicFile.Probe(path));
        Assert.Equal([path], Directory.GetFileSystemEntries(folder));
        Assert.Empty(Directory.GetFileSystemEntries(path));
    }

    [Fact]
    public void Probe_WhereOneCanWrite_LeavesNothing()
    {
        AtomicFile.Probe(Path.Combine(folder, "a.csv"));
        Assert.Empty(Directory.GetFileSystemEntries(folder));
    }

    [Fact]
    public void Write_AllFormats_GivesEachFileOnce()
    {
        string path = Path.Combine(folder, "class");
        IReadOnlyList<string> written = FigureFiles.Write(
            path,
            Samples.Circle(),
            FigureFormats.Default | FigureFormats.Npy | FigureFormats.ProfileSvg | FigureFormats.ProfilePng
        );
        string[] endings = [".csv", ".json", ".svg", ".png", ".html", ".npy", ".profile.svg", ".profile.png"];
        Assert.Equal(endings.Select(e => path + e), written);
        Assert.Equal(written.Order(StringComparer.Ordinal), Directory.GetFiles(folder).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Write_OnlyCsv_WritesNothingElse()
    {
        FigureFiles.Write(Path.Combine(folder, "class"), Samples.Helix(), FigureFormats.Csv);
        Assert.Equal([Path.Combine(folder, "class.csv")], Directory.GetFiles(folder));
    }
}
