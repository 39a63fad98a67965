using System.Buffers.Binary;
using System.Text.Json;
using Preimage.Figures.Surfaces;
using Preimage.Results;

namespace Preimage.Figures.Data;

/// <summary>
/// A surface as a glTF 2.0 mesh, in single precision: positions, normals, colours where an input colours it, triangles of 32-bit indices. Positions are shares of the axes, so that
/// inputs of very different size make a body and no needle; the axes' names and ranges are in the mesh's extras. The third direction is glTF's up.
/// </summary>
public static class GltfFile
{
    private const int Floats = 5126;
    private const int Integers = 5125;
    private const int Vertices = 34962;
    private const int Indices = 34963;
    private const uint Magic = 0x46546C67;
    private const uint JsonChunk = 0x4E4F534A;
    private const uint BinaryChunk = 0x004E4942;

    /// <summary>The mesh as one JSON text, its numbers inside it as a data URI.</summary>
    /// <exception cref="ArgumentException">The report does not fit together.</exception>
    public static byte[] Text(SurfaceReport report) => Text(SurfaceScene.Of(report));

    /// <summary>The mesh as one binary file, GLB.</summary>
    /// <exception cref="ArgumentException">The report does not fit together.</exception>
    public static byte[] Binary(SurfaceReport report) => Binary(SurfaceScene.Of(report));

    internal static byte[] Text(SurfaceScene scene)
    {
        byte[] buffer = Buffer(scene);
        return Json(scene, buffer.Length, "data:application/octet-stream;base64," + Convert.ToBase64String(buffer));
    }

    internal static byte[] Binary(SurfaceScene scene)
    {
        byte[] buffer = Buffer(scene);
        byte[] json = Json(scene, buffer.Length, null);
        int padded = (json.Length + 3) / 4 * 4;
        byte[] file = new byte[12 + 8 + padded + 8 + buffer.Length];
        Span<byte> rest = file;
        foreach (uint word in (uint[])[Magic, 2, (uint)file.Length, (uint)padded, JsonChunk])
        {
            BinaryPrimitives.WriteUInt32LittleEndian(rest, word);
            rest = rest[4..];
        }

        rest[..padded].Fill((byte)' ');
        json.CopyTo(rest);
        rest = rest[padded..];
        BinaryPrimitives.WriteUInt32LittleEndian(rest, (uint)buffer.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(rest[4..], BinaryChunk);
        buffer.CopyTo(rest[8..]);
        return file;
    }

    /// <summary>Positions, normals, colours and indices one after the other; all of four bytes, so all are aligned.</summary>
    private static byte[] Buffer(SurfaceScene scene)
    {
        Surface surface = scene.Report.Surface;
        double[] normals = scene.Normals();
        using MemoryStream stream = new();
        Span<byte> four = stackalloc byte[4];
        foreach (float value in Positions(scene).Concat(Upright(normals)).Concat(Colors(scene)))
        {
            BinaryPrimitives.WriteSingleLittleEndian(four, value);
            stream.Write(four);
        }

        foreach (int corner in surface.Triangles)
        {
            BinaryPrimitives.WriteInt32LittleEndian(four, corner);
            stream.Write(four);
        }

        return stream.ToArray();
    }

    /// <summary>Corners in [-1, 1]^3, the third direction up: (x, z, -y).</summary>
    private static IEnumerable<float> Positions(SurfaceScene scene)
    {
        for (int i = 0; i < scene.Report.Surface.Corners.Count; i++)
        {
            yield return (float)(2 * scene.Share(i, 0) - 1);
            yield return (float)(2 * scene.Share(i, 2) - 1);
            yield return (float)(1 - 2 * scene.Share(i, 1));
        }
    }

    private static IEnumerable<float> Upright(double[] vectors)
    {
        for (int i = 0; i < vectors.Length; i += 3)
        {
            yield return (float)vectors[i];
            yield return (float)vectors[i + 2];
            yield return (float)-vectors[i + 1];
        }
    }

    /// <summary>Colours as glTF wants them, linear rather than in sRGB's encoding; none where the surface has one.</summary>
    private static IEnumerable<float> Colors(SurfaceScene scene)
    {
        if (scene.Shades is null)
        {
            yield break;
        }

        for (int i = 0; i < scene.Report.Surface.Corners.Count; i++)
        {
            uint rgb = scene.Rgb(i);
            yield return Linear(rgb >> 16);
            yield return Linear(rgb >> 8);
            yield return Linear(rgb);
        }
    }

    private static float Linear(uint channel)
    {
        double share = (channel & 0xFF) / 255.0;
        return (float)(share <= 0.04045 ? share / 12.92 : Math.Pow((share + 0.055) / 1.055, 2.4));
    }

    private static byte[] Json(SurfaceScene scene, int length, string? uri)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream))
        {
            json.WriteStartObject();
            json.WriteStartObject("asset");
            json.WriteString("version", "2.0");
            json.WriteString("generator", $"preimage {scene.Report.Run.Version}");
            json.WriteEndObject();
            json.WriteNumber("scene", 0);
            json.WriteRaw("scenes", "[{\"nodes\":[0]}]");
            json.WriteRaw("nodes", "[{\"mesh\":0}]");
            WriteMesh(json, scene);
            WriteMaterial(json, scene);
            WriteAccessors(json, scene);
            json.WriteStartArray("buffers");
            json.WriteStartObject();
            if (uri is not null)
            {
                json.WriteString("uri", uri);
            }

            json.WriteNumber("byteLength", length);
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    private static void WriteRaw(this Utf8JsonWriter json, string name, string value)
    {
        json.WritePropertyName(name);
        json.WriteRawValue(value);
    }

    private static void WriteMesh(Utf8JsonWriter json, SurfaceScene scene)
    {
        bool colored = scene.Shades is not null;
        json.WriteStartArray("meshes");
        json.WriteStartObject();
        json.WriteString("name", scene.Report.Title);
        json.WriteRaw(
            "primitives",
            $"[{{\"attributes\":{{\"POSITION\":0,\"NORMAL\":1{(colored ? ",\"COLOR_0\":2" : "")}}},\"indices\":{(colored ? 3 : 2)},\"material\":0,\"mode\":4}}]"
        );
        json.WriteStartObject("extras");
        json.WriteStartArray("axes");
        foreach (Plots.Axis axis in scene.Axes)
        {
            json.WriteStartObject();
            json.WriteString("label", axis.Label);
            JsonText.Write(json, "range", [axis.Low, axis.High]);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteMaterial(Utf8JsonWriter json, SurfaceScene scene)
    {
        uint rgb = scene.Shades is null ? SurfaceScene.Plain : 0xFFFFFF;
        json.WriteStartArray("materials");
        json.WriteStartObject();
        json.WriteStartObject("pbrMetallicRoughness");
        JsonText.Write(json, "baseColorFactor", [Linear(rgb >> 16), Linear(rgb >> 8), Linear(rgb), 1]);
        json.WriteNumber("metallicFactor", 0);
        json.WriteNumber("roughnessFactor", 0.7);
        json.WriteEndObject();
        json.WriteBoolean("doubleSided", true);
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteAccessors(Utf8JsonWriter json, SurfaceScene scene)
    {
        int corners = scene.Report.Surface.Corners.Count;
        int indices = scene.Report.Surface.Triangles.Length;
        int vectors = scene.Shades is null ? 2 : 3;
        float[] positions = [.. Positions(scene)];
        json.WriteStartArray("accessors");
        for (int k = 0; k <= vectors; k++)
        {
            json.WriteStartObject();
            json.WriteNumber("bufferView", k);
            json.WriteNumber("componentType", k < vectors ? Floats : Integers);
            json.WriteNumber("count", k < vectors ? corners : indices);
            json.WriteString("type", k < vectors ? "VEC3" : "SCALAR");
            if (k == 0)
            {
                WriteBound(json, "min", positions, Math.Min);
                WriteBound(json, "max", positions, Math.Max);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("bufferViews");
        for (int k = 0; k <= vectors; k++)
        {
            json.WriteStartObject();
            json.WriteNumber("buffer", 0);
            json.WriteNumber("byteOffset", 12 * corners * k);
            json.WriteNumber("byteLength", k < vectors ? 12 * corners : 4 * indices);
            json.WriteNumber("target", k < vectors ? Vertices : Indices);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteBound(Utf8JsonWriter json, string name, float[] positions, Func<float, float, float> best)
    {
        json.WriteStartArray(name);
        for (int d = 0; d < 3; d++)
        {
            float bound = positions[d];
            for (int i = d; i < positions.Length; i += 3)
            {
                bound = best(bound, positions[i]);
            }

            json.WriteNumberValue(bound);
        }

        json.WriteEndArray();
    }
}
