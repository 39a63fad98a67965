using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Preimage.Figures.Data;
using Preimage.Figures.Drawing;
using Preimage.Figures.Plots;
using Preimage.Results;

namespace Preimage.Figures;

/// <summary>The field of a page as its script needs it: values on their grid, axes and colours.</summary>
internal static class SurfaceData
{
    // The colours between are mixed by nobody: this many steps look smooth.
    private const int Colors = 64;

    // Lines are laid out on a plane of this size, cut into pieces of this length: about a cell.
    private const double Size = 540;
    private const double Finest = 6;
    private const int MostSteps = 200;
    private const int MostLifted = 120;

    /// <summary>The member surface; nothing where there is none.</summary>
    public static void Write(Utf8JsonWriter json, FieldSurface? surface)
    {
        if (surface is null)
        {
            return;
        }

        Field field = surface.Field;
        json.WriteStartObject("surface");
        json.WriteNumber("output", surface.Output);
        json.WriteNumber("columns", field.X.Length);
        JsonText.Write(json, "x", field.X.AsSpan());
        JsonText.Write(json, "y", field.Y.AsSpan());
        json.WriteStartArray("values");
        foreach (double value in field.Values)
        {
            WriteShort(json, value);
        }

        json.WriteEndArray();
        if (surface.Region.Length > 0)
        {
            json.WriteString("inside", surface.Inside());
        }

        PageData.WriteAxes(json, [surface.X, surface.Y, surface.Z]);
        WriteColors(json, "light", HeatColors.Palette);
        WriteColors(json, "dark", HeatColors.Dark);
        json.WriteEndObject();
    }

    /// <summary>Every how many curves one is lifted: a picture of more says no more, and turns slowly.</summary>
    public static int Every(int curves) => Math.Max(1, (curves + MostLifted - 1) / MostLifted);

    /// <summary>The member line of a curve: its places on the surface's axes as shares, as dense as the surface is; nothing without a surface.</summary>
    public static void WriteLine(Utf8JsonWriter json, FieldSurface? surface, Curve curve)
    {
        if (surface is null)
        {
            return;
        }

        Projection project = p => new Spot(Size * surface.X.Place(p[0]), Size * surface.Y.Place(p[1]));
        PathMark path = CurvePath.Of(curve, project, CurvePath.Spacing(long.MaxValue));
        json.WriteStartArray("line");
        if (!path.Points.IsEmpty)
        {
            foreach (Spot spot in Cubics.Flatten(path.Points, Steps))
            {
                json.WriteNumberValue(Math.Round(spot.X / Size, 5));
                json.WriteNumberValue(Math.Round(spot.Y / Size, 5));
            }
        }

        json.WriteEndArray();
    }

    private static int Steps(Spot p, Spot q)
    {
        double pieces = Math.Max(Math.Abs(p.X - q.X), Math.Abs(p.Y - q.Y)) / Finest;
        return Math.Clamp((int)Math.Ceiling(pieces), 1, MostSteps);
    }

    /// <summary>The members ink (light and dark, or the part that a style sheet colours) and dashed of a curve.</summary>
    public static void WritePen(Utf8JsonWriter json, Ink ink, bool dashed)
    {
        bool level = ink.Part[0] == 'l' && char.IsAsciiDigit(ink.Part[1]);
        int step = level ? int.Parse(ink.Part.AsSpan(1), CultureInfo.InvariantCulture) : 0;
        json.WriteString("ink", level ? $"#{LevelColors.Light[step]:x6}" : $"--{ink.Part}");
        json.WriteString("darkInk", level ? $"#{LevelColors.Dark[step]:x6}" : $"--{ink.Part}");
        json.WriteBoolean("dashed", dashed);
    }

    private static void WriteColors(Utf8JsonWriter json, string name, ImmutableArray<uint> palette)
    {
        json.WriteStartArray(name);
        for (int i = 0; i < Colors; i++)
        {
            json.WriteStringValue($"#{palette[i * (HeatColors.Levels - 1) / (Colors - 1)]:x6}");
        }

        json.WriteEndArray();
    }

    /// <summary>Seven digits are more than a picture or a readout between nodes can mean.</summary>
    private static void WriteShort(Utf8JsonWriter json, double value)
    {
        if (double.IsFinite(value))
        {
            json.WriteRawValue(value.ToString("G7", CultureInfo.InvariantCulture));
        }
        else
        {
            json.WriteNullValue();
        }
    }
}
