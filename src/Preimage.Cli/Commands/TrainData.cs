using System.Collections.Immutable;
using System.Globalization;
using Preimage.Data;
using Preimage.Data.Images;
using Preimage.Training.Data;
using Preimage.Training.Digits;

namespace Preimage.Cli.Commands;

/// <summary>Samples for a model, as the command line names them.</summary>
internal sealed record TrainData
{
    private const string Digits = "digits:";

    /// <summary>--data or --test.</summary>
    public required string Place { get; init; }

    /// <summary>--labels or --test-labels.</summary>
    public string? Labels { get; init; }

    /// <summary>--image.</summary>
    public string? Image { get; init; }

    /// <summary>The columns of a table to learn.</summary>
    public required CsvSource Columns { get; init; }

    /// <summary>Whether single labels are classes.</summary>
    public bool Classes { get; init; }

    /// <summary>How many classes the model has; null where the labels say it.</summary>
    public int? ClassCount { get; init; }

    /// <summary>Seed of digits.</summary>
    public int Seed { get; init; }

    /// <summary>The shape of one sample that the model takes; empty where the samples say it.</summary>
    public ImmutableArray<int> Shape { get; init; } = [];

    /// <summary>The samples, and the shape of one: planes of pixels have their channels first.</summary>
    /// <exception cref="ArgumentException">The words name nothing that fits.</exception>
    public (Dataset Data, ImmutableArray<int> Shape) Read()
    {
        if (Place.StartsWith(Digits, StringComparison.OrdinalIgnoreCase))
        {
            return Labels is null
                ? DrawDigits()
                : throw new ArgumentException(
                    $"'{Place}' has labels of its own; leave out --labels '{Labels}', or give the samples as a file."
                );
        }

        if (Labels is null && DataFile.IsTable(Place))
        {
            using StreamReader reader = Open(Place);
            Dataset table = Columns.Read(reader);
            return (table, Chosen([table.Signature.Inputs.Length]));
        }

        if (Labels is null)
        {
            throw new ArgumentException(
                $"The samples of '{Place}' need --labels, as in --labels labels.idx; of a table, --target names the column."
            );
        }

        DataArray samples = DataFile.Read(Place);
        ImmutableArray<int> shape = Chosen(Planes([.. samples.Shape.Skip(1)]));
        return (
            new ArraySource(Image is null ? samples : Pixels(samples, shape), DataFile.Read(Labels))
            {
                Classes = Classes,
                ClassCount = ClassCount,
            }.Read(),
            shape
        );
    }

    private static StreamReader Open(string file) =>
        System.IO.File.Exists(file)
            ? new StreamReader(file)
            : throw new ArgumentException($"--data names the file '{file}', which does not exist.");

    /// <summary>digits:5000 are the first of the seed, digits:5001-6000 others; digits:5000:14 of another size.</summary>
    private (Dataset Data, ImmutableArray<int> Shape) DrawDigits()
    {
        string[] words = Place[Digits.Length..].Split(':');
        string[] range = words[0].Split('-');
        int last = Whole(range[^1]);
        int first = range.Length == 2 ? Whole(range[0]) - 1 : 0;
        DigitImages images = new() { Seed = Seed, Size = words.Length > 1 ? Whole(words[1]) : new DigitImages().Size };
        return words.Length <= 2 && range.Length <= 2 && last > first
            ? (images.Draw(first, last - first), Chosen([1, images.Size, images.Size]))
            : throw NoDigits();
    }

    private int Whole(string word) =>
        int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number > 0
            ? number
            : throw NoDigits();

    private ArgumentException NoDigits() =>
        new(
            $"'{Place}' names no digits; write digits:5000, others as digits:5001-6000, or of 14 pixels digits:5000:14."
        );

    /// <summary>The shape that was asked for, if it is one of as many numbers.</summary>
    private ImmutableArray<int> Chosen(ImmutableArray<int> shape) =>
        Shape.IsEmpty ? shape
        : Count(Shape) == Count(shape) ? Shape
        : throw new ArgumentException(
            $"A sample of '{Place}' has {Count(shape)} numbers, [{string.Join(", ", shape)}], but the model takes [{string.Join(", ", Shape)}]; give data, or a shape, that fit."
        );

    private static long Count(ImmutableArray<int> shape) => shape.Aggregate(1L, (a, b) => a * b);

    private static ImmutableArray<int> Planes(ImmutableArray<int> shape) => shape.Length == 2 ? [1, .. shape] : shape;

    private DataArray Pixels(DataArray samples, ImmutableArray<int> shape)
    {
        Preprocessing preprocessing = Preprocessing.Parse(Image!);
        double[] values = new double[checked((int)(samples.Rows * Count(shape)))];
        int length = values.Length / Math.Max(1, samples.Rows);
        Parallel.For(
            0,
            samples.Rows,
            i =>
                ImageFile
                    .Values(samples.Row(i + 1), preprocessing, shape, $"{Place}:{i + 1}")
                    .CopyTo(values.AsSpan(i * length, length))
        );
        return new DataArray([samples.Rows, .. shape], [.. values]);
    }
}
