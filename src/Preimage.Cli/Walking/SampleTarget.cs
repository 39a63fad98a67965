using System.Collections.Immutable;
using Preimage.Cli.Output;
using Preimage.Data.Images;
using Preimage.Data.Samples;

namespace Preimage.Cli.Walking;

/// <summary>Where --write puts the samples: a file by its ending, or a folder of images.</summary>
/// <param name="Path">The file or folder.</param>
/// <param name="IsFolder">Whether it is a folder of images.</param>
internal sealed record SampleTarget(string Path, bool IsFolder)
{
    /// <summary>What --write says.</summary>
    /// <exception cref="ArgumentException">It is neither.</exception>
    public static SampleTarget Parse(string text)
    {
        string ending = System.IO.Path.GetExtension(text).ToLowerInvariant();
        bool isFolder =
            System.IO.Path.EndsInDirectorySeparator(text) || Directory.Exists(text) || text.Length > 0 && ending == "";
        return isFolder ? new(System.IO.Path.TrimEndingDirectorySeparator(text), true)
            : SampleFile.Endings.Contains(ending) && System.IO.Path.GetFileName(text).Length > ending.Length
                ? new(text, false)
            : throw new ArgumentException(
                $"--write names '{text}'; end it with {string.Join(", ", SampleFile.Endings)}, or with / for a folder of images."
            );
    }

    /// <summary>PATH of the state that a walk keeps beside its samples.</summary>
    public string StatePath => IsFolder ? Path : System.IO.Path.ChangeExtension(Path, null);

    /// <summary>Finds out before the run whether samples of so many numbers could be written.</summary>
    /// <exception cref="ArgumentException">The format could not hold them, or the folder is somebody else's.</exception>
    /// <exception cref="OutputException">Nothing can be written there.</exception>
    public void Probe(int width)
    {
        if (IsFolder)
        {
            SampleFolder.Probe(Path);
            return;
        }

        SampleFile.DemandColumns(Path, width);
        AtomicFile.Probe(Path);
    }

    /// <summary>Refuses to write over a file that is read.</summary>
    /// <exception cref="ArgumentException">It is one.</exception>
    public void KeepOff(string? input)
    {
        if (
            input is not null
            && Array.Exists(
                [Path, SampleFile.IndexOf(Path)],
                file => System.IO.Path.GetFullPath(file) == System.IO.Path.GetFullPath(input)
            )
        )
        {
            throw new ArgumentException($"--write would write over the input '{input}'; choose another name.");
        }
    }

    /// <summary>Whether no file of samples is one of a report's files.</summary>
    public bool KeepsOff(FigureTarget figures) =>
        IsFolder || !figures.Writes(Path) && !figures.Writes(SampleFile.IndexOf(Path));

    /// <summary>Writes the samples of a walk.</summary>
    /// <param name="found">The walk.</param>
    /// <param name="preprocessing">What makes an input of an image, for a folder of images.</param>
    /// <returns>What was written; of a folder itself.</returns>
    public IReadOnlyList<string> Write(WalkFound found, Preprocessing? preprocessing)
    {
        SampleTable table = found.Samples!.Table;
        if (!IsFolder)
        {
            return SampleFile.Write(Path, table);
        }

        ImmutableArray<SampleFact> images = WalkSamples.OfImages(
            table,
            found.Question,
            found.Main.Walk.Target.AsSpan(),
            preprocessing!
        );
        SampleFolder.Write(Path, table with { Facts = [.. table.Facts, .. images] }, preprocessing!);
        return [Path + System.IO.Path.DirectorySeparatorChar];
    }
}
