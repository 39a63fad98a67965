using System.Buffers.Binary;

namespace Preimage.Data.Formats;

/// <summary>What a number in a binary file is.</summary>
internal enum NumberKind
{
    /// <summary>A floating-point number of 2, 4 or 8 bytes.</summary>
    Real,

    /// <summary>An integer with a sign.</summary>
    Signed,

    /// <summary>An integer without.</summary>
    Unsigned,

    /// <summary>A byte that is 0 or not.</summary>
    Boolean,
}

/// <summary>How numbers are laid out in a binary file; all become doubles, so that integers are exact to 2^53.</summary>
internal readonly record struct NumberFormat(NumberKind Kind, int Width, bool IsBigEndian)
{
    private const int Block = 1 << 16;

    /// <summary>The numbers that come next.</summary>
    /// <exception cref="DataException">There are fewer.</exception>
    public double[] Read(Stream stream, int count, string file)
    {
        // Memory grows with what was really read: a header can promise anything.
        double[] numbers = new double[Math.Min(count, Block)];
        byte[] bytes = new byte[Math.Min(count, Block) * Width];
        for (int done = 0; done < count; )
        {
            int now = Math.Min(Block, count - done);
            int read = stream.ReadAtLeast(bytes.AsSpan(0, now * Width), now * Width, throwOnEndOfStream: false);
            if (read < now * Width)
            {
                throw new DataException(
                    $"'{file}' is cut short: it ends after {done + read / Width} of {count} numbers."
                );
            }

            if (numbers.Length < done + now)
            {
                Array.Resize(ref numbers, (int)Math.Min(count, 2L * numbers.Length));
            }

            Convert(bytes.AsSpan(0, now * Width), numbers.AsSpan(done, now));
            done += now;
        }

        return numbers;
    }

    /// <summary>Passes over numbers.</summary>
    /// <exception cref="DataException">There are fewer.</exception>
    public void Skip(Stream stream, long count, string file)
    {
        long left = count * Width;
        if (stream.CanSeek)
        {
            stream.Seek(left, SeekOrigin.Current); // reading finds the end
            return;
        }

        byte[] bytes = new byte[Math.Min(left, Block)];
        while (left > 0)
        {
            int read = stream.Read(bytes, 0, (int)Math.Min(left, bytes.Length));
            if (read == 0)
            {
                throw new DataException($"'{file}' is cut short: it ends before the row that is asked for.");
            }

            left -= read;
        }
    }

    private void Convert(Span<byte> bytes, Span<double> numbers)
    {
        for (int i = 0; i < numbers.Length; i++)
        {
            Span<byte> one = bytes.Slice(i * Width, Width);
            if (IsBigEndian)
            {
                one.Reverse();
            }

            numbers[i] = (Kind, Width) switch
            {
                (NumberKind.Real, 2) => (double)BinaryPrimitives.ReadHalfLittleEndian(one),
                (NumberKind.Real, 4) => BinaryPrimitives.ReadSingleLittleEndian(one),
                (NumberKind.Real, _) => BinaryPrimitives.ReadDoubleLittleEndian(one),
                (NumberKind.Boolean, _) => one[0] == 0 ? 0 : 1,
                (NumberKind.Signed, 1) => (sbyte)one[0],
                (NumberKind.Signed, 2) => BinaryPrimitives.ReadInt16LittleEndian(one),
                (NumberKind.Signed, 4) => BinaryPrimitives.ReadInt32LittleEndian(one),
                (NumberKind.Signed, _) => BinaryPrimitives.ReadInt64LittleEndian(one),
                (_, 1) => one[0],
                (_, 2) => BinaryPrimitives.ReadUInt16LittleEndian(one),
                (_, 4) => BinaryPrimitives.ReadUInt32LittleEndian(one),
                _ => BinaryPrimitives.ReadUInt64LittleEndian(one),
            };
        }
    }
}
