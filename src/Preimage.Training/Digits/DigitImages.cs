using Preimage.Maps;
using Preimage.Training.Data;

namespace Preimage.Training.Digits;

/// <summary>
/// Images of digits as a hand writes them, drawn from strokes of our own: each by one of several ways of writing it, with points that waver, a slant, a size,
/// a smooth distortion of the page [Simard2003] and a pen of its own. Grey from 0 to 1 in steps of 1/255, 0 beside the ink. Image i of a seed is always the same.
/// </summary>
public sealed record DigitImages
{
    /// <summary>The smallest images on which the digits can be told apart.</summary>
    private const int Smallest = 8;
    private const int Largest = 256;

    /// <summary>Pixels of a side.</summary>
    public int Size { get; init; } = 28;

    /// <summary>Which images.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Some images in a row, with targets that are 1 for the digit and 0 for the others.</summary>
    /// <param name="first">The number of the first, from 0.</param>
    /// <param name="count">How many.</param>
    /// <returns>Inputs: [count * Size * Size], rows of pixels from the top; targets: [count * 10].</returns>
    /// <exception cref="ArgumentException">The size or the numbers are out of range.</exception>
    public Dataset Draw(int first, int count)
    {
        if (Size is < Smallest or > Largest)
        {
            throw new ArgumentException(
                $"Digits of {Size} pixels cannot be drawn; take a size between {Smallest} and {Largest}."
            );
        }

        if (first < 0 || count < 2 || (long)first + count > int.MaxValue)
        {
            throw new ArgumentException($"{count} digits from number {first} on cannot be drawn; take two or more.");
        }

        int pixels = Size * Size;
        double[] images = new double[checked(count * pixels)];
        double[] targets = new double[count * 10];
        Parallel.For(
            0,
            count,
            i =>
            {
                Generator generator = new(Seed, stream: checked(first + i));
                int digit = generator.Whole(10);
                targets[i * 10 + digit] = 1;
                new Handwriting(generator, Size).Write(digit, images.AsSpan(i * pixels, pixels));
            }
        );
        return Dataset.OfSamples(Signature(Size), images, targets);
    }

    /// <summary>x1 ... between 0 and 1, and "digit=0" to "digit=9".</summary>
    private static Signature Signature(int size) =>
        new(
            [.. Maps.Signature.Anonymous(size * size, 1).Inputs.Select(v => v with { Lower = 0, Upper = 1 })],
            [.. Enumerable.Range(0, 10).Select(digit => new Variable($"digit={digit}", "", 0, 1))]
        );
}
