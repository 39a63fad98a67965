using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Preimage.Data.Formats;

/// <summary>Reads NumPy arrays, format versions 1 to 3: a short text of a Python dictionary, then the numbers. [NumPy NEP 1]</summary>
internal static partial class NpyFormat
{
    /// <summary>A header longer than this is not one of an array of numbers.</summary>
    private const int LongestHeader = 1 << 16;

    /// <summary>The array, or one row of it.</summary>
    /// <exception cref="DataException">It is damaged, or holds no numbers.</exception>
    /// <exception cref="ArgumentException">There is no such row.</exception>
    public static DataArray Read(Stream stream, string file, int? row)
    {
        Header header = Header.Parse(HeaderText(stream, file), file);
        int count = Bounds.Count(header.Shape, file);
        ImmutableArray<int> shape = [.. header.Shape.Select(length => (int)length)];
        if (row is null || header.IsFortran)
        {
            double[] numbers = header.Format.Read(stream, count, file);
            DataArray all = new(shape, [.. header.IsFortran ? LastIndexFastest(numbers, shape) : numbers]);
            return row is { } one ? Bounds.RowOf(all, one, file) : all;
        }

        Bounds.CheckRow(row.Value, header.Shape, file);
        int length = count / shape[0];
        header.Format.Skip(stream, (row.Value - 1L) * length, file);
        return new DataArray(shape[1..], [.. header.Format.Read(stream, length, file)]);
    }

    private static string HeaderText(Stream stream, string file)
    {
        Span<byte> start = stackalloc byte[12];
        if (
            stream.ReadAtLeast(start[..10], 10, throwOnEndOfStream: false) < 10
            || start[0] != 0x93
            || !start[1..6].SequenceEqual("NUMPY"u8)
        )
        {
            throw new DataException($"'{file}' is no NumPy array: it does not begin as one does.");
        }

        int version = start[6];
        if (version is < 1 or > 3)
        {
            throw new DataException(
                $"'{file}' is a NumPy array of format version {version}; versions 1 to 3 are read."
            );
        }

        long length = start[8] | (start[9] << 8);
        if (version > 1)
        {
            _ = stream.ReadAtLeast(start[10..], 2, throwOnEndOfStream: false);
            length |= ((long)start[10] << 16) | ((long)start[11] << 24);
        }

        if (length > LongestHeader)
        {
            throw new DataException(
                $"'{file}' has a NumPy header of {length} bytes; that of an array of numbers has at most {LongestHeader}."
            );
        }

        byte[] bytes = new byte[length];
        return stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) == bytes.Length
            ? Encoding.UTF8.GetString(bytes)
            : throw new DataException($"'{file}' is cut short: it ends inside its NumPy header.");
    }

    /// <summary>The numbers with the last index running fastest, from those with the first one so.</summary>
    private static double[] LastIndexFastest(double[] numbers, ImmutableArray<int> shape)
    {
        double[] turned = new double[numbers.Length];
        int[] index = new int[shape.Length];
        int[] strides = new int[shape.Length];
        int stride = 1;
        for (int d = 0; d < shape.Length; d++)
        {
            strides[d] = stride;
            stride *= shape[d];
        }

        int from = 0;
        for (int i = 0; i < turned.Length; i++)
        {
            turned[i] = numbers[from];
            for (int d = shape.Length - 1; d >= 0; d--)
            {
                from += strides[d];
                if (++index[d] < shape[d])
                {
                    break;
                }

                from -= strides[d] * shape[d];
                index[d] = 0;
            }
        }

        return turned;
    }

    private sealed partial record Header(NumberFormat Format, bool IsFortran, long[] Shape)
    {
        public static Header Parse(string text, string file)
        {
            Match type = Type().Match(text);
            Match order = Order().Match(text);
            Match shape = Lengths().Match(text);
            if (!type.Success && text.Contains("'descr'", StringComparison.Ordinal))
            {
                throw new DataException($"'{file}' holds records, not numbers; save one array of numbers.");
            }

            if (!type.Success || !order.Success || !shape.Success)
            {
                throw new DataException($"'{file}' has a damaged NumPy header.");
            }

            string[] lengths = shape.Groups["lengths"].Value.Split(',', StringSplitOptions.TrimEntries);
            long[] sizes =
            [
                .. lengths
                    .Where(word => word.Length > 0)
                    .Select(word =>
                        long.TryParse(word.TrimEnd('L'), NumberStyles.None, CultureInfo.InvariantCulture, out long size)
                            ? size
                            : throw new DataException($"'{file}' has a damaged NumPy header: its shape has '{word}'.")
                    ),
            ];
            return new Header(FormatOf(type, file), order.Groups["is"].Value == "True", sizes);
        }

        private static NumberFormat FormatOf(Match type, string file)
        {
            string word = type.Groups["word"].Value;
            bool isBig = type.Groups["order"].Value == ">";
            return word switch
            {
                "f2" or "f4" or "f8" => new NumberFormat(NumberKind.Real, word[1] - '0', isBig),
                "i1" or "i2" or "i4" or "i8" => new NumberFormat(NumberKind.Signed, word[1] - '0', isBig),
                "u1" or "u2" or "u4" or "u8" => new NumberFormat(NumberKind.Unsigned, word[1] - '0', isBig),
                "b1" => new NumberFormat(NumberKind.Boolean, 1, isBig),
                _ => throw new DataException(
                    $"'{file}' has elements of the NumPy type '{word}'; real numbers of 2, 4 or 8 bytes, integers and booleans are read."
                ),
            };
        }

        [GeneratedRegex(@"'descr'\s*:\s*'(?<order>[<>|=]?)(?<word>[A-Za-z?]+[0-9]*)[^']*'", RegexOptions.None, 1000)]
        private static partial Regex Type();

        [GeneratedRegex(@"'fortran_order'\s*:\s*(?<is>True|False)", RegexOptions.None, 1000)]
        private static partial Regex Order();

        [GeneratedRegex(@"'shape'\s*:\s*\((?<lengths>[^()]*)\)", RegexOptions.None, 1000)]
        private static partial Regex Lengths();
    }
}
