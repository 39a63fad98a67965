using System.Collections.Immutable;
using Preimage.Figures;
using Preimage.Maps;
using Preimage.Results;

namespace Preimage.Tests.Figures;

/// <summary>Trails whose points, values and defects are known formulas.</summary>
internal static class TrailSamples
{
    /// <summary>count points of n inputs and m outputs: x_d = cos(0.1 i + d), scores that keep their order, defects of rounding.</summary>
    public static Cloud Cloud(int count, int n, int m, double defect = 1e-14) =>
        new()
        {
            Dimension = n,
            Outputs = m,
            Points = [.. from i in Range(count) from d in Range(n) select Math.Cos(0.1 * i + d) / (1 + d)],
            Values = [.. from i in Range(count) from k in Range(m) select 3.0 - k + defect * (i % 3)],
            Defects = [.. Range(count).Select(i => defect * (i % 3))],
        };

    public static Trail Trail(string name, Cloud cloud, double every = 1) =>
        new()
        {
            Name = name,
            Cloud = cloud,
            Along = [.. Range(cloud.Count).Select(i => every * i)],
        };

    public static TrailReport Report(Trail trail) =>
        new()
        {
            Title = "Walk on a fiber",
            Trail = trail,
            Start = [.. trail.Cloud.Point(0)],
            Facts = [("steps", "40"), ("acceptance", "0.5")],
            Run = new RunRecord
            {
                Command = "walk",
                ModelPath = "model.onnx",
                ModelHash = new string('0', 64),
                Signature = Signature.Anonymous(trail.Cloud.Dimension, trail.Cloud.Outputs),
                Settings = [new Setting("steps", 40)],
                Seconds = 0.5,
                Version = "0",
            },
        };

    public static TrailReport Report(int count, int n, int m) => Report(Trail("walk", Cloud(count, n, m)));

    /// <summary>4 x 4 grey images of numbers from 0 to 1 with a comparison that leaves the class half way.</summary>
    public static TrailReport Images(int count = 12)
    {
        Cloud cloud = Cloud(count, 16, 3) with
        {
            Points = [.. from i in Range(count) from d in Range(16) select Shade(i, d)],
        };
        Cloud other = cloud with
        {
            Values = [.. from i in Range(count) from k in Range(3) select k == (2 * i < count ? 0 : 1) ? 9.0 : -k],
            Defects = [.. Range(count).Select(i => 0.1 * i)],
        };
        TrailReport report = Report(Trail("walk", cloud));
        return report with
        {
            Beside = [Trail("published", other)],
            Outputs = OutputReading.Logits,
            Image = new TrailImage { Shape = [1, 1, 4, 4] },
        };
    }

    /// <summary>What pixel d of image i is: 0 to 1.</summary>
    public static double Shade(int i, int d) => d == 0 ? 0 : (1 + Math.Cos(0.1 * i + d)) / 2;

    public static IEnumerable<int> Range(int count) => Enumerable.Range(0, count);

    public static ImmutableArray<ImmutableArray<string>> Tokens(int count) =>
        [.. Range(count).Select(i => ImmutableArray.Create("a", i > 2 ? "<fine>" : "good", "film"))];
}
