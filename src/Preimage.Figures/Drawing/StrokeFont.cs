using System.Collections.Frozen;
using System.Globalization;

namespace Preimage.Figures.Drawing;

/// <summary>
/// A font of strokes, so that a raster picture has its texts on a machine without any font, with the same bytes everywhere.
/// It knows ASCII, Greek and the signs that figures use, raised and lowered digits; anything else is an empty box.
/// </summary>
internal static class StrokeFont
{
    // Cap height 7 of the glyphs' units is 0.716 em, as in most sans-serif faces.
    private const double UnitsPerEm = 9.8;
    private const double Gap = 1.85;
    private const double Space = 2.6;
    private const double Raised = 0.62;
    private const double RaisedWeight = 0.78;
    private const string RaisedDigits = "⁰¹²³⁴⁵⁶⁷⁸⁹⁻";
    private const string LoweredDigits = "₀₁₂₃₄₅₆₇₈₉";
    private const int ArcSteps = 6;

    private static readonly FrozenDictionary<char, Glyph> Known = Read();
    private static readonly Glyph Box = Parse("4 M 0 0 L 0 7 L 4 7 L 4 0 L 0 0");

    private sealed record Glyph(double Width, IReadOnlyList<Spot[]> Strokes);

    /// <summary>The width of a text in picture units.</summary>
    public static double Width(string text, double size) => text.Sum(c => Advance(c)) * size / UnitsPerEm;

    /// <summary>
    /// The text's strokes, each a polyline with its weight against a full letter's, from the origin to the right, y downwards.
    /// </summary>
    public static IEnumerable<(Spot[] Line, double Weight)> Strokes(string text, double size)
    {
        double scale = size / UnitsPerEm;
        double at = Gap / 2;
        foreach (char c in text)
        {
            (Glyph? glyph, double shrink, double lift) = Find(c);
            foreach (Spot[] stroke in glyph?.Strokes ?? [])
            {
                double left = at;
                Spot[] line =
                [
                    .. stroke.Select(p => new Spot((left + shrink * p.X) * scale, -(lift + shrink * p.Y) * scale)),
                ];
                yield return (line, shrink == 1 ? 1 : RaisedWeight);
            }

            at += Advance(c);
        }
    }

    private static double Advance(char c)
    {
        (Glyph? glyph, double shrink, _) = Find(c);
        return glyph is null ? Space : shrink * (glyph.Width + Gap);
    }

    private static (Glyph? Glyph, double Shrink, double Lift) Find(char c)
    {
        if (char.IsWhiteSpace(c))
        {
            return (null, 1, 0);
        }

        int raised = RaisedDigits.IndexOf(c, StringComparison.Ordinal);
        int lowered = LoweredDigits.IndexOf(c, StringComparison.Ordinal);
        return raised >= 0 ? (Known["0123456789-"[raised]], Raised, 3.4)
            : lowered >= 0 ? (Known["0123456789"[lowered]], Raised, -1.4)
            : (Known.GetValueOrDefault(c, Box), 1, 0);
    }

    private static FrozenDictionary<char, Glyph> Read() =>
        Glyphs
            .Table.Split('\n')
            .Select(line => line.TrimEnd('\r'))
            .ToFrozenDictionary(line => line[0], line => Parse(line[2..]));

    private static Glyph Parse(string line)
    {
        string[] words = line.Split(' ');
        List<Spot[]> strokes = [];
        List<Spot> current = [];
        int next = 1;
        double Number() => double.Parse(words[next++], CultureInfo.InvariantCulture);
        Spot Point() => new(Number(), Number());
        void Finish()
        {
            if (current.Count > 0)
            {
                strokes.Add([.. current]);
                current.Clear();
            }
        }

        while (next < words.Length)
        {
            switch (words[next++])
            {
                case "M":
                    Finish();
                    current.Add(Point());
                    break;
                case "L":
                    current.Add(Point());
                    break;
                case "Q":
                    AddCurve(current, Point(), Point());
                    break;
                case "h":
                    AddQuarter(current, Point(), horizontal: true);
                    break;
                case "v":
                    AddQuarter(current, Point(), horizontal: false);
                    break;
                case ".":
                    Finish();
                    strokes.Add([Point()]);
                    break;
            }
        }

        Finish();
        return new Glyph(double.Parse(words[0], CultureInfo.InvariantCulture), strokes);
    }

    private static void AddCurve(List<Spot> points, Spot control, Spot to)
    {
        Spot from = points[^1];
        for (int i = 1; i <= ArcSteps; i++)
        {
            double u = (double)i / ArcSteps;
            double a = (1 - u) * (1 - u);
            double b = 2 * u * (1 - u);
            points.Add(new(a * from.X + b * control.X + u * u * to.X, a * from.Y + b * control.Y + u * u * to.Y));
        }
    }

    private static void AddQuarter(List<Spot> points, Spot to, bool horizontal)
    {
        Spot from = points[^1];
        for (int i = 1; i <= ArcSteps; i++)
        {
            (double sine, double cosine) = Math.SinCos(Math.PI / 2 * i / ArcSteps);
            double along = horizontal ? sine : 1 - cosine;
            double across = horizontal ? 1 - cosine : sine;
            points.Add(new(from.X + along * (to.X - from.X), from.Y + across * (to.Y - from.Y)));
        }
    }
}
