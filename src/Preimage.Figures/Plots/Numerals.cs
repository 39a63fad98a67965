using System.Globalization;
using System.Text;

namespace Preimage.Figures.Plots;

/// <summary>Numbers and units as a reader likes them.</summary>
internal static class Numerals
{
    private const string Raised = "⁰¹²³⁴⁵⁶⁷⁸⁹";

    /// <summary>With the given decimals and a true minus sign.</summary>
    public static string Fixed(double value, int decimals) =>
        Minus((Math.Round(value, Math.Min(decimals, 15)) + 0.0).ToString($"F{decimals}", CultureInfo.InvariantCulture));

    /// <summary>10 to a power: "10⁻⁶".</summary>
    public static string Power(int power) =>
        power switch
        {
            0 => "1",
            1 => "10",
            _ => "10" + Superscript(power),
        };

    /// <summary>With the given significant digits: "1.752", "2.2×10⁻¹⁶".</summary>
    public static string Short(double value, int digits)
    {
        if (value == 0 || !double.IsFinite(value))
        {
            return value.ToString(CultureInfo.InvariantCulture);
        }

        string scientific = value.ToString($"E{digits - 1}", CultureInfo.InvariantCulture);
        int at = scientific.IndexOf('E', StringComparison.Ordinal);
        int power = int.Parse(scientific.AsSpan(at + 1), CultureInfo.InvariantCulture);
        string lead = scientific[..at];
        return power is >= -3 and <= 5
            ? Fixed(value, Math.Max(0, digits - 1 - power))
            : Minus(lead) + "×10" + Superscript(power);
    }

    /// <summary>A unit with its exponents raised: "m3" and "m^3" to "m³".</summary>
    public static string Unit(string unit)
    {
        StringBuilder text = new(unit.Length);
        for (int i = 0; i < unit.Length; i++)
        {
            bool digit = char.IsAsciiDigit(unit[i]);
            bool afterLetter = i > 0 && char.IsLetter(unit[i - 1]);
            bool alone = i + 1 == unit.Length || !char.IsLetterOrDigit(unit[i + 1]);
            if (unit[i] == '^' && i + 1 < unit.Length && (char.IsAsciiDigit(unit[i + 1]) || unit[i + 1] == '-'))
            {
                while (i + 1 < unit.Length && (char.IsAsciiDigit(unit[i + 1]) || unit[i + 1] == '-'))
                {
                    i++;
                    text.Append(unit[i] == '-' ? '⁻' : Raised[unit[i] - '0']);
                }
            }
            else
            {
                text.Append(digit && afterLetter && alone ? Raised[unit[i] - '0'] : unit[i]);
            }
        }

        return text.ToString();
    }

    private static string Superscript(int power)
    {
        StringBuilder text = new();
        foreach (char c in power.ToString(CultureInfo.InvariantCulture))
        {
            text.Append(c == '-' ? '⁻' : Raised[c - '0']);
        }

        return text.ToString();
    }

    private static string Minus(string number) =>
        number.StartsWith('-') ? string.Concat("−", number.AsSpan(1)) : number;
}
