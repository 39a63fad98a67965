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

    /// <summary>The member surface; nothing where there is none.</summary>
    public static void Write(Utf8JsonWriter json, Surface? surface)
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
