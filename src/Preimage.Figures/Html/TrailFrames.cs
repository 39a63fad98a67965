using System.Collections.Immutable;
using Preimage.Results;

namespace Preimage.Figures.Trails;

/// <summary>What the page of a trail shows frame by frame: as many points as a page of a few megabytes holds.</summary>
internal sealed class TrailFrames
{
    private const int MostFrames = 400;
    private const int MostPixels = 6_000_000;
    private const int MostCoordinates = 12;

    // All sprites together, before they are written in base 64.
    private const long MostBytes = 2_000_000;

    private readonly TrailReport _report;

    public TrailFrames(TrailReport report)
    {
        _report = report;
        Pixels = TrailPixels.Of(report);
        Trails = [report.Trail, .. report.Beside];
        int most = Pixels is { } p
            ? Math.Clamp(MostPixels / (p.Rows * p.Columns * Trails.Length), 2, MostFrames)
            : MostFrames;
        for (bool isSmall = false; !isSmall; )
        {
            Kept = [.. Trails.Select(t => Frames.Even(t, most))];
            long size = Draw();
            isSmall = size <= MostBytes || most <= 2;
            most = (int)Math.Max(2, Math.Min(0.95 * MostBytes / size, 0.8) * Kept.Max(k => k.Length));
        }

        Coordinates = Varying();
    }

    /// <summary>What was found, and what stands beside it.</summary>
    public Trail[] Trails { get; }

    /// <summary>Which points of each are shown.</summary>
    public int[][] Kept { get; private set; } = [];

    /// <summary>How points are pixels; null where they are none.</summary>
    public TrailPixels? Pixels { get; }

    /// <summary>The images of each trail; empty where there are none.</summary>
    public ImmutableArray<TrailSprite> Images { get; private set; } = [];

    /// <summary>What changed since the start, in levels of the scale.</summary>
    public ImmutableArray<TrailSprite> Differences { get; private set; } = [];

    /// <summary>The scale of what changed; null where there are no images.</summary>
    public DifferenceScale? Scale { get; private set; }

    /// <summary>The coordinates that are listed, where points are no images: those that vary the most.</summary>
    public int[] Coordinates { get; }

    /// <summary>How much memory the images take.</summary>
    private long Draw()
    {
        if (Pixels is not { } pixels)
        {
            return 0;
        }

        double[] Changed(Trail trail, int i) => pixels.Difference(trail.Cloud.Point(i), _report.Start.AsSpan());
        Scale = DifferenceScale.Of(
            Trails.SelectMany((t, k) => Frames.Even(Kept[k].Length, 40).Select(i => Changed(t, Kept[k][i])))
        );
        TrailSprite Sprite(int trail, Func<Trail, int, byte[]> bytes, int channels) =>
            TrailSprite.Of(
                [.. Kept[trail].Select(i => bytes(Trails[trail], i))],
                pixels.Columns,
                pixels.Rows,
                channels
            );
        Images = [.. Trails.Select((_, k) => Sprite(k, (t, i) => pixels.Bytes(t.Cloud.Point(i)), pixels.Channels))];
        Differences = [.. Trails.Select((_, k) => Sprite(k, (t, i) => Scale.Levels(Changed(t, i)), 1))];
        return Images.Concat(Differences).Sum(s => (long)s.Png.Length);
    }

    private int[] Varying()
    {
        if (Pixels is not null || !_report.Trail.Tokens.IsEmpty)
        {
            return [];
        }

        Cloud cloud = _report.Trail.Cloud;
        int[] kept = Kept[0];
        double Extent(int d)
        {
            double[] values = [.. kept.Select(i => cloud.Point(i)[d]).Where(double.IsFinite)];
            return values.Length == 0 ? 0 : values.Max() - values.Min();
        }

        return
        [
            .. Enumerable
                .Range(0, cloud.Dimension)
                .OrderByDescending(d => cloud.Dimension <= MostCoordinates ? 0 : Extent(d))
                .Take(MostCoordinates)
                .Order(),
        ];
    }
}
