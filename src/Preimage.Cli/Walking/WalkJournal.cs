using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;

namespace Preimage.Cli.Walking;

/// <summary>
/// What a walk needs to go on after it was killed at any moment: PATH.state.points, to which parts are appended as they are made, each once; and
/// PATH.state.bin, written whole now and then, with where every chain stands and how much of the other file belongs to that. What was appended after
/// it is cut off and made again, to the same bits.
/// </summary>
internal sealed class WalkJournal : IDisposable
{
    public const string Ending = ".state.bin";
    private const string PointsEnding = ".state.points";
    private const string Mark = "preimage walk 2";

    private readonly string _path;
    private readonly (string Sha256, string Question) _about;
    private readonly FileStream _points;

    private WalkJournal(string path, (string Sha256, string Question) about, FileStream points)
    {
        _path = path;
        _about = about;
        _points = points;
    }

    /// <summary>The file to resume from.</summary>
    public string File => _path + Ending;

    /// <summary>Begins a journal at PATH.</summary>
    /// <param name="path">PATH.</param>
    /// <param name="about">The model's hash, and the question in words.</param>
    /// <exception cref="ArgumentException">There is one of a walk that was stopped, which may be hours of work.</exception>
    /// <exception cref="OutputException">It cannot be written.</exception>
    public static WalkJournal Begin(string path, (string Sha256, string Question) about)
    {
        if (System.IO.File.Exists(path + Ending))
        {
            throw new ArgumentException(
                $"'{path + Ending}' keeps a walk that was stopped; go on with it by --resume {path + Ending}, or delete it to begin anew."
            );
        }

        AtomicFile.Probe(path + PointsEnding);
        return new WalkJournal(path, about, Open(path + PointsEnding, FileMode.Create));
    }

    /// <summary>Goes on with a journal: fills the chains with what is in it.</summary>
    /// <param name="file">PATH.state.bin.</param>
    /// <param name="about">The model's hash, and the question in words.</param>
    /// <param name="chains">All chains of the run.</param>
    /// <exception cref="ArgumentException">The file is no such state, or one of another walk.</exception>
    public static WalkJournal Resume(
        string file,
        (string Sha256, string Question) about,
        IReadOnlyList<KeptChain> chains
    )
    {
        if (!System.IO.File.Exists(file))
        {
            throw new ArgumentException($"--resume names the file '{file}', which does not exist.");
        }

        if (!file.EndsWith(Ending, StringComparison.Ordinal))
        {
            throw NoState(file, null);
        }

        string path = file[..^Ending.Length];
        FileStream? points = null;
        try
        {
            long length = ReadStates(file, about, chains);
            points = Open(path + PointsEnding, FileMode.Open);
            ReadParts(points, length, chains);
            points.SetLength(length);
            return new WalkJournal(path, about, points);
        }
        catch (Exception bad)
            when (bad is EndOfStreamException or FileNotFoundException or OverflowException or InvalidDataException)
        {
            points?.Dispose();
            throw NoState(file, bad);
        }
    }

    /// <summary>Appends a part of a chain.</summary>
    public void Append(int chain, ChainPart part)
    {
        Span<int> head = [chain, part.Distances.Length, part.Defects.Length];
        _points.Write(MemoryMarshal.AsBytes(head));
        foreach (
            ImmutableArray<double> numbers in (ImmutableArray<double>[])
                [part.Distances, part.Points, part.Values, part.Defects]
        )
        {
            _points.Write(MemoryMarshal.AsBytes(numbers.AsSpan()));
        }
    }

    /// <summary>Writes where the chains stand, with all that was appended.</summary>
    /// <exception cref="OutputException">It cannot be written.</exception>
    public void Commit(IReadOnlyList<KeptChain> chains)
    {
        _points.Flush();
        AtomicFile.Write(
            File,
            stream =>
            {
                using BinaryWriter writer = new(stream, Encoding.UTF8, leaveOpen: true);
                writer.Write(Mark);
                writer.Write(_about.Sha256);
                writer.Write(_about.Question);
                writer.Write(_points.Position);
                foreach (KeptChain chain in chains)
                {
                    ProgressBytes.Write(writer, chain.State);
                }
            }
        );
    }

    /// <summary>Removes the journal of a run that is whole and written.</summary>
    public void Remove()
    {
        Dispose();
        System.IO.File.Delete(File);
        System.IO.File.Delete(_path + PointsEnding);
    }

    /// <inheritdoc/>
    public void Dispose() => _points.Dispose();

    private static long ReadStates(string file, (string Sha256, string Question) about, IReadOnlyList<KeptChain> chains)
    {
        using FileStream stream = new(file, FileMode.Open, FileAccess.Read, FileShare.Read);
        using BinaryReader reader = new(stream, Encoding.UTF8);
        if (ReadMark(reader) != Mark)
        {
            throw NoState(file, null);
        }

        if (reader.ReadString() != about.Sha256)
        {
            throw new ArgumentException(
                $"--resume names '{file}', which is the state of another model; give the same model."
            );
        }

        string question = reader.ReadString();
        if (question != about.Question)
        {
            throw new ArgumentException(
                $"--resume names '{file}', which is the state of another walk ({Difference(question, about.Question)}); repeat that walk's own command and add --resume."
            );
        }

        long length = reader.ReadInt64();
        foreach (KeptChain chain in chains)
        {
            chain.State = ProgressBytes.Read(reader);
        }

        return length;
    }

    /// <summary>What the walk that was kept says otherwise than the one that is asked for: a few settings, by name alone where they are long.</summary>
    private static string Difference(string kept, string asked)
    {
        const int Most = 3;
        const int MostLength = 80;
        string[] others = [.. kept.Split("; ").Except(asked.Split("; "))];
        return others.Length == 0
            ? "with fewer settings"
            : string.Join(
                "; ",
                others.Take(Most).Select(s => s.Length > MostLength ? s[..s.IndexOf(' ')] + " ..." : s)
            );
    }

    /// <summary>The first text of the file; empty where it cannot be one of ours.</summary>
    private static string ReadMark(BinaryReader reader) => reader.PeekChar() == Mark.Length ? reader.ReadString() : "";

    private static void ReadParts(FileStream points, long length, IReadOnlyList<KeptChain> chains)
    {
        Span<int> head = stackalloc int[3];
        while (points.Position < length)
        {
            points.ReadExactly(MemoryMarshal.AsBytes(head));
            if (head[0] < 0 || head[0] >= chains.Count)
            {
                throw new InvalidDataException();
            }

            KeptChain chain = chains[head[0]];
            ImmutableArray<double> distances = ReadNumbers(points, head[1]);
            chain.Add(
                new ChainPart(
                    ReadNumbers(points, head[2] * (long)chain.Dimension),
                    ReadNumbers(points, head[2] * (long)chain.Outputs),
                    ReadNumbers(points, head[2]),
                    distances
                )
            );
        }
    }

    private static ImmutableArray<double> ReadNumbers(FileStream points, long count)
    {
        double[] numbers = new double[checked((int)count)];
        points.ReadExactly(MemoryMarshal.AsBytes(numbers.AsSpan()));
        return ImmutableCollectionsMarshal.AsImmutableArray(numbers);
    }

    private static FileStream Open(string path, FileMode mode) =>
        new(path, mode, FileAccess.ReadWrite, FileShare.Read, 1 << 16);

    private static ArgumentException NoState(string file, Exception? inner) =>
        new(
            $"--resume names '{file}', which is not the state of a walk; name a {Ending} file that a stopped walk wrote.",
            inner
        );
}
