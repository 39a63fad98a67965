using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Preimage.Maps;

namespace Preimage.Figures.Plots;

/// <summary>A labelled place on an axis.</summary>
internal readonly record struct Tick(double Value, string Text);

/// <summary>A linear or logarithmic axis from Low to High with round ticks.</summary>
internal sealed record Axis(string Label, double Low, double High, ImmutableArray<Tick> Ticks, bool Log = false)
{
    // Beyond these powers of ten the label carries the power, so that the ticks stay short.
    private const int LargestPlainPower = 4;
    private const int SmallestPlainPower = -3;

    // A range narrower than this part of its distance from 0 is labelled by what it adds to an offset.
    private const double NarrowRange = 1e-4;

    // Below this a power of ten has no exact number; it counts as 0.
    private const double Vanishing = 1e-300;

    /// <summary>The share of the axis below a value: 0 at Low, 1 at High.</summary>
    public double Place(double value) =>
        Log
            ? (Math.Log10(value) - Math.Log10(Low)) / (Math.Log10(High) - Math.Log10(Low))
            : (value - Low) / (High - Low);

    /// <summary>A linear axis with about as many ticks as asked for.</summary>
    public static Axis Linear(Variable variable, double low, double high, int count)
    {
        double scale = Math.Max(Math.Abs(low), Math.Abs(high));
        if (!(high - low > 8 * (Math.BitIncrement(scale) - scale)))
        {
            (low, high) = Widened(low);
        }

        double offset = high - low < NarrowRange * scale ? Rounded(low, high) : 0;
        double largest = Math.Max(Math.Abs(low - offset), Math.Abs(high - offset));
        int power = (int)Math.Floor(Math.Log10(largest));
        int shown = power is > LargestPlainPower or < SmallestPlainPower ? 3 * (int)Math.Floor(power / 3.0) : 0;
        double unit = Math.Pow(10, shown);
        double step = Step((low - offset) / unit, (high - offset) / unit, count);
        int decimals = Math.Max(0, -(int)Math.Floor(Math.Log10(step) + 1e-9));
        List<Tick> ticks = [];
        double first = Math.Ceiling((low - offset) / unit / step - 1e-9);
        double last = Math.Floor((high - offset) / unit / step + 1e-9);
        for (double i = first; i <= last; i++)
        {
            ticks.Add(new(offset + i * step * unit, Numerals.Fixed(i * step, decimals)));
        }

        return new(Text(variable, offset, shown), low, high, [.. ticks]);
    }

    /// <summary>A logarithmic axis over whole powers of ten; low and high are positive.</summary>
    public static Axis Logarithmic(string label, double low, double high, int count)
    {
        int first = (int)Math.Floor(Math.Log10(low) + 1e-9);
        int last = (int)Math.Ceiling(Math.Log10(high) - 1e-9);
        last = Math.Max(last, first + 1);
        int step = Math.Max(1, (int)Math.Ceiling((last - first) / (double)count));
        List<Tick> ticks = [];
        for (int power = first; power <= last; power += step)
        {
            ticks.Add(new(Math.Pow(10, power), Numerals.Power(power)));
        }

        return new(label, Math.Pow(10, first), Math.Pow(10, last), [.. ticks], Log: true);
    }

    /// <summary>
    /// A logarithmic axis for values; zeros stand on its floor, a power of ten below everything else and labelled 0. The floor is NaN where no value is 0.
    /// </summary>
    public static (Axis Axis, double Floor) LogarithmicFrom(double[] values, string label, double atLeast = double.NaN)
    {
        double[] positive = [.. values.Append(atLeast).Where(v => v > Vanishing && double.IsFinite(v))];
        bool zeros = values.Any(v => Math.Abs(v) <= Vanishing);
        double low = positive.Length > 0 ? positive.Min() : 1e-16;
        double high = positive.Length > 0 ? positive.Max() : 1;
        int first = (int)Math.Floor(Math.Log10(low) + 1e-9) - (zeros ? 1 : 0);
        Axis axis = Logarithmic(label, Math.Pow(10, first), high * 1.05, 4);
        if (!zeros)
        {
            return (axis, double.NaN);
        }

        var ticks = axis.Ticks.Where(t => Math.Abs(axis.Place(t.Value)) > 1e-9).Prepend(new Tick(axis.Low, "0"));
        return (axis with { Ticks = [.. ticks] }, axis.Low);
    }

    /// <summary>1, 2 or 5 times a power of ten that cuts the range into about count parts, and shows at least two ticks.</summary>
    internal static double Step(double low, double high, int count)
    {
        double rough = (high - low) / Math.Max(1, count);
        double power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        double lead = rough / power;
        ReadOnlySpan<double> leads =
            lead < 1.5 ? [1, 0.5]
            : lead < 3.5 ? [2, 1]
            : lead < 7.5 ? [5, 2, 1]
            : [10, 5, 2];
        foreach (double tried in leads)
        {
            double step = tried * power;
            if (Math.Floor(high / step + 1e-9) - Math.Ceiling(low / step - 1e-9) >= 1)
            {
                return step;
            }
        }

        return leads[^1] * power;
    }

    private static (double Low, double High) Widened(double value)
    {
        double half = value == 0 ? 1 : 0.1 * Math.Abs(value);
        return (value - half, value + half);
    }

    /// <summary>The middle of a narrow range, rounded to a digit above its width.</summary>
    private static double Rounded(double low, double high)
    {
        double digit = Math.Pow(10, Math.Ceiling(Math.Log10(high - low)));
        return double.Parse(
            (Math.Round((low + high) / 2 / digit) * digit).ToString("G15", CultureInfo.InvariantCulture),
            CultureInfo.InvariantCulture
        );
    }

    private static string Text(Variable variable, double offset, int power)
    {
        StringBuilder text = new(variable.Name);
        if (offset != 0)
        {
            text.Append(offset < 0 ? " + " : " − ")
                .Append(Math.Abs(offset).ToString("R", CultureInfo.InvariantCulture));
        }

        string unit = Numerals.Unit(variable.Unit);
        string scale =
            power == 0 ? unit
            : unit.Length == 0 ? Numerals.Power(power)
            : $"{Numerals.Power(power)} {unit}";
        return scale.Length == 0 ? text.ToString() : text.Append(" [").Append(scale).Append(']').ToString();
    }
}
