using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Preimage.Figures;
using Preimage.Figures.Data;
using Preimage.Maps;
using Preimage.Results;
using Preimage.Surfaces;
using Preimage.Tests.Onnx;
using Preimage.Tests.Surfaces;

namespace Preimage.Tests.Figures.Surfaces;

/// <summary>The files of a surface, read back.</summary>
public class SurfaceFigureTests
{
    private static readonly SurfaceReport Cap = Report(
        KnownSurfaces.Sphere,
        [0, 0, 1],
        new Box([-2, -2, 0.3], [2, 2, 2])
    );

    private static readonly SurfaceReport Clifford = Report(KnownSurfaces.Clifford, [1, 0, 0.5, 0], Box.Cube(4, -2, 2));

    [Fact]
    public void Ply_ReadsBackToTheSameBits()
    {
        byte[] bytes = PlyFile.Bytes(Clifford);
        Cloud corners = Clifford.Surface.Corners;
        int end = bytes.AsSpan().IndexOf("end_header\n"u8) + "end_header\n".Length;
        string[] header = Encoding.ASCII.GetString(bytes, 0, end).Split('\n');
        Assert.Equal(["ply", "format binary_little_endian 1.0"], header[..2]);
        Assert.Contains($"element vertex {corners.Count}", header);
        Assert.Contains("property double in_x_1", header);
        int doubles = header.Count(line => line.StartsWith("property double ", StringComparison.Ordinal));
        Assert.Equal(3 + 4 + 1, doubles);
        ReadOnlySpan<byte> rest = bytes.AsSpan(end);
        int stride = 8 * doubles + 3;
        for (int i = 0; i < corners.Count; i++)
        {
            for (int d = 0; d < 4; d++)
            {
                Assert.Equal(
                    corners.Point(i)[d],
                    BinaryPrimitives.ReadDoubleLittleEndian(rest[(i * stride + 8 * (3 + d))..])
                );
            }
        }

        rest = rest[(corners.Count * stride)..];
        Assert.Equal(Clifford.Surface.Triangles.Length / 3 * 13, rest.Length);
        for (int t = 0; t < Clifford.Surface.Triangles.Length; t++)
        {
            Assert.Equal(3, rest[t / 3 * 13]);
            Assert.Equal(
                Clifford.Surface.Triangles[t],
                BinaryPrimitives.ReadInt32LittleEndian(rest[(t / 3 * 13 + 1 + 4 * (t % 3))..])
            );
        }
    }

    [Fact]
    public void Obj_ReadsBackToTheSameBits()
    {
        string[] lines = ObjFile.Text(Cap).Split('\n');
        double[] places = [.. lines.Where(l => l.StartsWith("v ", StringComparison.Ordinal)).SelectMany(Numbers)];
        Assert.Equal(Cap.Surface.Corners.Points, places);
        int[] corners =
        [
            .. lines
                .Where(l => l.StartsWith("f ", StringComparison.Ordinal))
                .SelectMany(l => l[2..].Split(' '))
                .Select(w => int.Parse(w.Split("//")[0], CultureInfo.InvariantCulture) - 1),
        ];
        Assert.Equal(Cap.Surface.Triangles, corners);
        double[][] normals =
        [
            .. lines.Where(l => l.StartsWith("vn ", StringComparison.Ordinal)).Select(l => Numbers(l).ToArray()),
        ];
        Assert.Equal(Cap.Surface.Corners.Count, normals.Length);
        Assert.All(normals, n => Assert.Equal(1, n.Sum(x => x * x), 1e-5));
    }

    [Fact]
    public void Vtp_ReadsBackToTheSameBits()
    {
        XElement piece = XDocument.Parse(VtpFile.Text(Clifford)).Root!.Element("PolyData")!.Element("Piece")!;
        Cloud corners = Clifford.Surface.Corners;
        Assert.Equal($"{corners.Count}", piece.Attribute("NumberOfPoints")!.Value);
        Assert.Equal($"{Clifford.Surface.Triangles.Length / 3}", piece.Attribute("NumberOfPolys")!.Value);
        double[] Array(string part, string name) =>
            [.. Words(piece.Element(part)!.Elements().Single(a => a.Attribute("Name")!.Value == name).Value)];
        Assert.Equal(Clifford.Surface.Triangles.Select(t => (double)t), Array("Polys", "connectivity"));
        Assert.Equal(
            Enumerable.Range(1, Clifford.Surface.Triangles.Length / 3).Select(t => 3.0 * t),
            Array("Polys", "offsets")
        );
        Assert.Equal(Enumerable.Range(0, corners.Count).Select(i => corners.Point(i)[3]), Array("PointData", "in_x_4"));
        Assert.Equal(3 * corners.Count, Array("Points", "Points").Length);
    }

    [Fact]
    public void Gltf_KeepsItsFormat()
    {
        JsonElement json = JsonDocument.Parse(GltfFile.Text(Clifford)).RootElement;
        string uri = json.GetProperty("buffers")[0].GetProperty("uri").GetString()!;
        AssertGltf(
            Clifford.Surface,
            json,
            Convert.FromBase64String(uri[(uri.IndexOf(',', StringComparison.Ordinal) + 1)..])
        );
    }

    [Fact]
    public void Glb_KeepsItsFormat()
    {
        byte[] file = GltfFile.Binary(Cap);
        uint Word(int at) => BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at));
        Assert.Equal("glTF"u8, file.AsSpan(0, 4));
        Assert.Equal((2u, (uint)file.Length), (Word(4), Word(8)));
        int length = (int)Word(12);
        Assert.Equal("JSON"u8, file.AsSpan(16, 4));
        Assert.Equal(0, length % 4);
        Assert.Equal("BIN\0"u8, file.AsSpan(24 + length, 4));
        Assert.Equal(file.Length, 28 + length + (int)Word(20 + length));
        AssertGltf(Cap.Surface, JsonDocument.Parse(file.AsMemory(20, length)).RootElement, file[(28 + length)..]);
    }

    [Fact]
    public void Page_HasTheMesh_AndItsRecord()
    {
        using TemporaryFolder folder = new();
        string path = folder["cap"];
        IReadOnlyList<string> files = SurfaceFiles.Write(path, Cap, SurfaceFormats.Default);
        Assert.Equal([".csv", ".json", ".svg", ".png", ".html", ".ply"], files.Select(f => Path.GetExtension(f)));
        string page = File.ReadAllText(path + ".html");
        string data = page.Split("id=\"data\">")[1].Split("</script>")[0];
        JsonElement json = JsonDocument.Parse(data).RootElement;
        Assert.Equal(Cap.Surface.Corners.Points.Length, json.GetProperty("shares").GetArrayLength());
        Assert.Equal(Cap.Surface.Triangles.Length, json.GetProperty("faces").GetArrayLength());
        Assert.Contains("Euler number", page, StringComparison.Ordinal);
        XDocument.Parse(File.ReadAllText(path + ".svg"));
        JsonElement record = JsonDocument.Parse(File.ReadAllText(path + ".json")).RootElement;
        Assert.Equal(1, record.GetProperty("euler").GetInt32());
        Assert.Equal(Cap.Surface.Area, record.GetProperty("area").GetDouble());
        Assert.Equal(Cap.Surface.Corners.Count, record.GetProperty("points").GetArrayLength());
        Assert.Equal(1 + Cap.Surface.Corners.Count, File.ReadLines(path + ".csv").Count());
    }

    [Fact]
    public void PrincipalAxes_HoldTheSpread()
    {
        // A Clifford torus of radii 1 and 1/2: half of the first circle's square along each of two axes, then the second's.
        JsonElement json = JsonDocument.Parse(GltfFile.Text(Clifford)).RootElement;
        JsonElement axes = json.GetProperty("meshes")[0].GetProperty("extras").GetProperty("axes");
        Assert.Equal("principal axis 1", axes[0].GetProperty("label").GetString());
        Assert.InRange(axes[0].GetProperty("range")[1].GetDouble(), 1, 1.2);
        JsonElement chosen = JsonDocument.Parse(GltfFile.Text(Clifford with { Axes = [3, 0, 2] })).RootElement;
        JsonElement label = chosen.GetProperty("meshes")[0].GetProperty("extras").GetProperty("axes")[0];
        Assert.Equal("x 4", label.GetProperty("label").GetString());
    }

    [Fact]
    public void ReportsThatDoNotFit_AreRefused()
    {
        string Refusal(SurfaceReport report) => Assert.Throws<ArgumentException>(() => PlyFile.Bytes(report)).Message;
        Assert.Contains("three different", Refusal(Cap with { Axes = [0, 1, 1] }), StringComparison.Ordinal);
        Assert.Contains("not there", Refusal(Cap with { Color = 3 }), StringComparison.Ordinal);
        Assert.Contains("box has 2", Refusal(Cap with { Box = Box.Cube(2, 0, 1) }), StringComparison.Ordinal);
        Surface none = Cap.Surface with { Triangles = [] };
        Assert.Contains("at least one triangle", Refusal(Cap with { Surface = none }), StringComparison.Ordinal);
    }

    private static void AssertGltf(Surface surface, JsonElement json, byte[] buffer)
    {
        Assert.Equal("2.0", json.GetProperty("asset").GetProperty("version").GetString());
        Assert.Equal(buffer.Length, json.GetProperty("buffers")[0].GetProperty("byteLength").GetInt32());
        JsonElement primitive = json.GetProperty("meshes")[0].GetProperty("primitives")[0];
        JsonElement accessors = json.GetProperty("accessors");
        foreach (JsonElement accessor in accessors.EnumerateArray())
        {
            JsonElement view = json.GetProperty("bufferViews")[accessor.GetProperty("bufferView").GetInt32()];
            int components = accessor.GetProperty("type").GetString() == "VEC3" ? 3 : 1;
            int bytes = 4 * components * accessor.GetProperty("count").GetInt32();
            int offset = view.GetProperty("byteOffset").GetInt32();
            Assert.Equal(bytes, view.GetProperty("byteLength").GetInt32());
            Assert.Equal(0, offset % 4);
            Assert.InRange(offset + bytes, 0, buffer.Length);
        }

        JsonElement positions = accessors[primitive.GetProperty("attributes").GetProperty("POSITION").GetInt32()];
        Assert.Equal(surface.Corners.Count, positions.GetProperty("count").GetInt32());
        for (int d = 0; d < 3; d++)
        {
            float[] along =
            [
                .. Enumerable
                    .Range(0, surface.Corners.Count)
                    .Select(i => BinaryPrimitives.ReadSingleLittleEndian(buffer.AsSpan(12 * i + 4 * d))),
            ];
            Assert.Equal(along.Min(), positions.GetProperty("min")[d].GetSingle());
            Assert.Equal(along.Max(), positions.GetProperty("max")[d].GetSingle());
        }

        int indices = primitive.GetProperty("indices").GetInt32();
        JsonElement last = json.GetProperty("bufferViews")[indices];
        int start = last.GetProperty("byteOffset").GetInt32();
        Assert.Equal(
            surface.Triangles,
            Enumerable
                .Range(0, surface.Triangles.Length)
                .Select(t => BinaryPrimitives.ReadInt32LittleEndian(buffer.AsSpan(start + 4 * t)))
        );
    }

    private static IEnumerable<double> Numbers(string line) =>
        Words(line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..]);

    private static IEnumerable<double> Words(string text) =>
        text.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries)
            .Select(w => double.Parse(w, CultureInfo.InvariantCulture));

    private static SurfaceReport Report(IMap map, double[] start, Box box) =>
        new()
        {
            Run = new RunRecord
            {
                Command = "trace",
                ModelPath = "model.onnx",
                ModelHash = "00",
                Signature = new Signature(
                    [.. Enumerable.Range(1, map.Inputs).Select(i => new Variable($"x {i}"))],
                    [.. Enumerable.Range(1, map.Outputs).Select(i => new Variable($"y {i}"))]
                ),
                Seconds = 0,
                Version = "0",
            },
            Surface = new Mesher { Spacing = new EvenSpacing(0.2) }.Meshed(map, start, box),
            Box = box,
            Start = [.. start],
        };
}
