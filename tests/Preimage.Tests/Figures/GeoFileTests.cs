using System.Text.Json;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO;
using Preimage.Figures.Data;
using Preimage.Results;

namespace Preimage.Tests.Figures;

/// <summary>Regions as GeoJSON and well-known text, read back by others' readers.</summary>
public class GeoFileTests
{
    private static readonly Region Two = new()
    {
        From = 0.1,
        To = double.PositiveInfinity,
        Parts =
        [
            new(
                new Ring([0, 0, 1.0 / 3, 0, 1.0 / 3, 1e-300, 0, 1e300], 1.5),
                [new Ring([0.1, 0.1, 0.1, 0.2, 0.2, 0.1], -0.25)]
            ),
            new(new Ring([5, 5, 6, 5, 6, 6.1], 0.5), []),
        ],
        Verdict = Verdict.Proved,
    };

    private static readonly Region None = Two with { Parts = [] };

    [Fact]
    public void Wkt_IsReadBackToTheBit()
    {
        var read = new WKTReader().Read(WktFile.Text(Two));
        MultiPolygon polygons = Assert.IsType<MultiPolygon>(read);
        Assert.Equal(2, polygons.Count);
        for (int i = 0; i < 2; i++)
        {
            Polygon polygon = (Polygon)polygons[i];
            Same(Two.Parts[i].Shell, polygon.ExteriorRing);
            Assert.Equal(Two.Parts[i].Holes.Length, polygon.NumInteriorRings);
        }

        Same(Two.Parts[0].Holes[0], ((Polygon)polygons[0]).GetInteriorRingN(0));
    }

    [Fact]
    public void Wkt_OfNothing_IsEmpty() =>
        Assert.True(Assert.IsType<MultiPolygon>(new WKTReader().Read(WktFile.Text(None))).IsEmpty);

    [Fact]
    public void GeoJson_HasAFeatureForEachPart()
    {
        using JsonDocument json = JsonDocument.Parse(GeoJsonFile.Text(Two));
        Assert.Equal("FeatureCollection", json.RootElement.GetProperty("type").GetString());
        JsonElement[] features = [.. json.RootElement.GetProperty("features").EnumerateArray()];
        Assert.Equal(2, features.Length);
        JsonElement properties = features[0].GetProperty("properties");
        Assert.Equal("Feature", features[0].GetProperty("type").GetString());
        Assert.Equal(0.1, properties.GetProperty("from").GetDouble());
        Assert.Equal("Infinity", properties.GetProperty("to").GetString());
        Assert.Equal(1.25, properties.GetProperty("area").GetDouble());
        Assert.Equal("Proved", properties.GetProperty("verdict").GetString());
        JsonElement geometry = features[0].GetProperty("geometry");
        Assert.Equal("Polygon", geometry.GetProperty("type").GetString());
        JsonElement[] rings = [.. geometry.GetProperty("coordinates").EnumerateArray()];
        Assert.Equal(2, rings.Length);
        Same(Two.Parts[0].Shell, rings[0]);
        Same(Two.Parts[0].Holes[0], rings[1]);
    }

    [Fact]
    public void GeoJson_OfNothing_HasNoFeature()
    {
        using JsonDocument json = JsonDocument.Parse(GeoJsonFile.Text(None));
        Assert.Equal(0, json.RootElement.GetProperty("features").GetArrayLength());
    }

    private static void Same(Ring ring, LineString line) =>
        Assert.Equal(
            [.. ring.Points, ring.Points[0], ring.Points[1]],
            line.Coordinates.SelectMany(c => new[] { c.X, c.Y })
        );

    private static void Same(Ring ring, JsonElement line) =>
        Assert.Equal(
            [.. ring.Points, ring.Points[0], ring.Points[1]],
            line.EnumerateArray().SelectMany(p => p.EnumerateArray().Select(x => x.GetDouble()))
        );
}
