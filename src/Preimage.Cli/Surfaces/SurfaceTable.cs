using Preimage.Cli.Output;
using Preimage.Figures;
using Preimage.Results;

namespace Preimage.Cli.Surfaces;

/// <summary>What a mesh says about itself to a person.</summary>
internal static class SurfaceTable
{
    public static void Write(SurfaceReport report, string? held, IReadOnlyList<string> files)
    {
        Surface surface = report.Surface;
        int triangles = surface.Triangles.Length / 3;
        Tables.WritePairs([
            ("surface of", $"({string.Join(", ", report.Start.Select(x => x.ToString("R")))})"),
            .. held is null ? Array.Empty<(string, string)>() : [("held", held)],
            (
                "output",
                string.Join(", ", surface.Target.Select((y, i) => $"{report.Run.Signature.Outputs[i].Label} = {y:R}"))
            ),
            ("ending", surface.Advice),
            ("area", $"{surface.Area:R} ({Order(surface)})"),
            ("Euler number", Topology(surface)),
            ("largest defect", Tables.ShowError(surface.Defect)),
            ("chord", $"{Tables.ShowError(surface.Chord)} half widths from the middle of an edge to the surface"),
            ("triangles", $"{triangles}, {surface.Corners.Count} corners"),
            ("evaluations", $"{surface.Evaluations}"),
            ("seconds", $"{report.Run.Seconds:F4}"),
            .. Tables.Written(files),
        ]);
    }

    private static string Order(Surface surface) =>
        surface.AreaOrder == 1 ? "of first order: there are kinks" : $"of order {surface.AreaOrder} in the edges";

    private static string Topology(Surface surface)
    {
        if (!surface.Ending.IsComplete())
        {
            return $"{surface.Euler}, of the part that was meshed";
        }

        string borders = surface.Borders switch
        {
            0 => "closed",
            1 => "one border",
            _ => $"{surface.Borders} borders",
        };
        string handles = surface.Genus switch
        {
            0 => "no handle",
            1 => "one handle",
            _ => $"{surface.Genus} handles",
        };
        return $"{surface.Euler} ({borders}, {handles})";
    }
}
