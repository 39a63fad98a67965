using Preimage.Figures.Drawing;
using Preimage.Figures.Plots;

namespace Preimage.Figures.Trails;

/// <summary>Axes on a picture, and where points stand among them.</summary>
internal abstract class TrailPlane
{
    /// <summary>Where a point stands.  point: [n].</summary>
    public abstract Spot At(ReadOnlySpan<double> point);

    /// <summary>Draws the axes.</summary>
    public abstract void Draw(Sheet sheet);
}

/// <summary>Two principal axes, or two inputs.</summary>
internal sealed class FlatPlane(PrincipalAxes axes, Panel panel) : TrailPlane
{
    /// <inheritdoc/>
    public override Spot At(ReadOnlySpan<double> point)
    {
        (double x, double y) = axes.Place(point);
        return panel.At(x, y);
    }

    /// <inheritdoc/>
    public override void Draw(Sheet sheet)
    {
        panel.DrawGrid(sheet);
        panel.DrawFrame(sheet);
        panel.DrawX(sheet);
        panel.DrawY(sheet, Panel.LabelDistance(panel.Y));
    }
}

/// <summary>Three inputs, seen from a corner.</summary>
internal sealed class SpacePlane(SpaceScene scene) : TrailPlane
{
    /// <inheritdoc/>
    public override Spot At(ReadOnlySpan<double> point) => scene.At(point);

    /// <inheritdoc/>
    public override void Draw(Sheet sheet)
    {
        scene.DrawFaces(sheet);
        scene.DrawLabels(sheet);
    }
}
