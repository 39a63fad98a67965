using Preimage.Maps;

namespace Preimage.Tests.Levels;

/// <summary>A band of one of the authors' networks, with its area by independent code in long double, at the digits given there.</summary>
public sealed record ReferenceBand(string File, Box Box, double From, double To, double Area)
{
    /// <summary>The bands.</summary>
    public static TheoryData<ReferenceBand> All =>
        [
            new ReferenceBand(
                "surface_1_good_weights",
                new([-1, -1], [1, 1]),
                0.1416094864023021,
                0.15160173064119634,
                0.23848774761
            ),
            new ReferenceBand("weights_binary", new([-3.14, -1], [3.14, 1.5]), 0.05, 0.95, 0.17760875705),
            new ReferenceBand("thermodynamics_weights_addestrata_bene", new([0, 0], [1, 1]), 0.4, 0.6, 0.26710693235),
        ];

    /// <summary>Where its weights lie; skips the test where they do not.</summary>
    public string Path => Shared.Path($"simec/{File}.csv");

    /// <inheritdoc/>
    public override string ToString() => $"{File}, {From:R} to {To:R}";
}
