using System.Collections.Immutable;
using System.Globalization;

namespace Preimage.Data.Images;

/// <summary>A preprocessing as a person writes it: words and settings separated by commas.</summary>
internal static class PreprocessingText
{
    private const string Example =
        "as in imagenet, or scale=1/255,mean=0.5,std=0.5,order=bgr,size=256,crop=center,background=white";

    private static readonly (string Name, Preprocessing Is)[] Names =
    [
        (
            "imagenet",
            new()
            {
                Scale = 1.0 / 255,
                Mean = [0.485, 0.456, 0.406],
                Deviation = [0.229, 0.224, 0.225],
                Order = ChannelOrder.Rgb,
                Size = 256,
                Crop = Cropping.Center,
            }
        ),
        (
            "caffe",
            new()
            {
                Mean = [104, 117, 123],
                Order = ChannelOrder.Bgr,
                Crop = Cropping.Center,
                Background = [255],
            }
        ),
        ("mnist", new() { Scale = 1.0 / 255, Order = ChannelOrder.Gray }),
        ("unit", new() { Scale = 1.0 / 255 }),
        ("raw", new()),
    ];

    /// <summary>The word of an enumeration's value.</summary>
    public static string Word<T>(T value)
        where T : struct, Enum => $"{value}".ToLowerInvariant();

    public static Preprocessing Parse(string text)
    {
        string[] words = text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (words.Length == 0)
        {
            throw new ArgumentException($"--image is empty; name a preprocessing, {Example}.");
        }

        Preprocessing read = new();
        foreach (string word in words)
        {
            int equals = word.IndexOf('=', StringComparison.Ordinal);
            read = equals < 0 ? Named(word) : Set(read, word[..equals].Trim(), word[(equals + 1)..].Trim());
        }

        return read;
    }

    public static string Of(Preprocessing preprocessing)
    {
        Preprocessing p = preprocessing;
        List<string> words = [$"scale={ScaleText(p.Scale)}", $"mean={List(p.Mean)}", $"std={List(p.Deviation)}"];
        Add("order", p.Order is { } order ? Word(order) : null);
        Add("layout", p.Layout is { } layout ? Word(layout) : null);
        Add("size", p.Size is { } size ? $"{size}" : null);
        words.Add($"crop={(p.CropSize is { } side ? $"{side}" : Word(p.Crop))}");
        Add("background", p.Background is { } background ? List(background) : null);
        return string.Join(',', words);

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                words.Add($"{name}={value}");
            }
        }
    }

    private static Preprocessing Named(string name)
    {
        int known = Array.FindIndex(Names, n => n.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        return known >= 0
            ? Names[known].Is
            : throw new ArgumentException(
                $"--image does not know '{name}'; it knows {string.Join(", ", Names.Select(n => n.Name))}, and settings {Example}."
            );
    }

    private static Preprocessing Set(Preprocessing p, string name, string value) =>
        name.ToUpperInvariant() switch
        {
            "SCALE" => p with { Scale = NotZero(Fraction(name, value), name, value) },
            "MEAN" => p with { Mean = Numbers(name, value) },
            "STD" => p with { Deviation = [.. Numbers(name, value).Select(x => NotZero(x, name, value))] },
            "ORDER" => p with { Order = Choice<ChannelOrder>(name, value) },
            "LAYOUT" => p with { Layout = Choice<ImageLayout>(name, value) },
            "SIZE" => p with { Size = Side(name, value) },
            "CROP" when value.Length > 0 && char.IsAsciiDigit(value[0]) => p with
            {
                Crop = Cropping.Center,
                CropSize = Side(name, value),
            },
            "CROP" => p with { Crop = Choice<Cropping>(name, value), CropSize = null },
            "BACKGROUND" => p with { Background = Background(name, value) },
            _ => throw new ArgumentException(
                $"--image has no setting '{name}'; it has scale, mean, std, order, layout, size, crop and background, {Example}."
            ),
        };

    private static ImmutableArray<double> Background(string name, string value)
    {
        ImmutableArray<double> levels = value.ToUpperInvariant() switch
        {
            "WHITE" => [255],
            "BLACK" => [0],
            _ => Numbers(name, value),
        };
        return levels.Length is 1 or 3 && levels.All(level => level is >= 0 and <= 255)
            ? levels
            : throw new ArgumentException(
                $"--image has {name}={value}; give white, black, a level from 0 to 255, or red;green;blue."
            );
    }

    private static int Side(string name, string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int side)
        && side is >= 1 and <= 1 << 16
            ? side
            : throw new ArgumentException($"--image has {name}={value}; give a number of pixels, as in {name}=224.");

    private static T Choice<T>(string name, string value)
        where T : struct, Enum =>
        Enum.GetValues<T>()
            .Where(known => Word(known).Equals(value, StringComparison.OrdinalIgnoreCase))
            .Cast<T?>()
            .FirstOrDefault()
        ?? throw new ArgumentException(
            $"--image has {name}={value}; it knows {string.Join(", ", Enum.GetValues<T>().Select(Word))}."
        );

    private static ImmutableArray<double> Numbers(string name, string value) =>
        [.. value.Split(';').Select(word => Fraction(name, word.Trim()))];

    /// <summary>A number, or one divided by another: 1/255.</summary>
    private static double Fraction(string name, string value)
    {
        string[] parts = value.Split('/');
        double[] numbers =
        [
            .. parts.Select(part =>
                double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
                    ? number
                    : double.NaN
            ),
        ];
        double read = numbers.Length switch
        {
            1 => numbers[0],
            2 => numbers[0] / numbers[1],
            _ => double.NaN,
        };
        return double.IsFinite(read)
            ? read
            : throw new ArgumentException(
                $"--image has {name}={value}, which is not a number; write 0.5, 1/255, or 0.485;0.456;0.406 for three channels."
            );
    }

    private static double NotZero(double number, string name, string value) =>
        number != 0
            ? number
            : throw new ArgumentException($"--image has {name}={value}; give a number that is not zero.");

    private static string ScaleText(double scale) => scale == 1.0 / 255 ? "1/255" : $"{scale:R}";

    private static string List(ImmutableArray<double> numbers) => string.Join(';', numbers.Select(x => $"{x:R}"));
}
