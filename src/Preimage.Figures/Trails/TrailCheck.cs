using System.Collections.Immutable;
using Preimage.Data.Images;
using Preimage.Maps;
using Preimage.Results;

namespace Preimage.Figures.Trails;

/// <summary>Refuses trails whose parts do not fit together.</summary>
internal static class TrailCheck
{
    /// <summary>Passes a report whose parts fit together.</summary>
    /// <exception cref="ArgumentException">They do not.</exception>
    public static void Demand(TrailReport report)
    {
        Signature names = report.Run.Signature;
        foreach (Trail trail in (Trail[])[report.Trail, .. report.Beside])
        {
            Demand(trail, names);
        }

        int n = names.Inputs.Length;
        if (report.Start.Length != n || (report.Target.Length != n && !report.Target.IsEmpty))
        {
            throw new ArgumentException(
                $"The start has {report.Start.Length} numbers and the target {report.Target.Length}, but {n} inputs are named; the start needs one for each, the target one for each or none."
            );
        }

        if (report.RowLength < 0 || (report.RowLength > 0 && n % report.RowLength != 0))
        {
            throw new ArgumentException($"A point of {n} numbers has no rows of {report.RowLength}.");
        }

        if (report.Image is { } image)
        {
            Demand(image, n);
        }
    }

    private static void Demand(Trail trail, Signature names)
    {
        Cloud cloud = trail.Cloud;
        (int n, int m) = (names.Inputs.Length, names.Outputs.Length);
        if (cloud.Count == 0 || cloud.Dimension != n || cloud.Outputs != m || m == 0 || n == 0)
        {
            throw new ArgumentException(
                $"\"{trail.Name}\" has {cloud.Count} points of {cloud.Dimension} inputs and {cloud.Outputs} outputs; a figure needs at least one, and {n} inputs and {m} outputs are named."
            );
        }

        int[] lengths = [trail.Along.Length, trail.Chains.Length, trail.Tokens.Length];
        bool[] mayBeEmpty = [false, true, true];
        for (int i = 0; i < lengths.Length; i++)
        {
            if (lengths[i] != cloud.Count && !(mayBeEmpty[i] && lengths[i] == 0))
            {
                string list = i switch
                {
                    0 => "places along it",
                    1 => "chains",
                    _ => "readings",
                };
                throw new ArgumentException($"\"{trail.Name}\" has {cloud.Count} points but {lengths[i]} {list}.");
            }
        }
    }

    private static void Demand(TrailImage image, int n)
    {
        int size = image.Shape.Aggregate(1, (product, extent) => product * extent);
        if (ImageOf(image) is null)
        {
            throw new ArgumentException(
                $"The shape [{string.Join(", ", image.Shape)}] is no image of 1 or 3 channels; leave the image out."
            );
        }

        ImmutableArray<int> places = image.Places;
        bool isWhole = places.IsEmpty && size == n;
        bool isPart =
            places.Length == n && image.Whole.Length == size && places.All(place => place >= 0 && place < size);
        if (!isWhole && !isPart)
        {
            throw new ArgumentException(
                $"An image of {size} numbers is no point of {n}; give a place in it for each, and the image's own numbers for the others."
            );
        }
    }

    /// <summary>The image that a tensor is, as its preprocessing reads it; null where it is none of 1 or 3 channels.</summary>
    public static ImageShape? ImageOf(TrailImage image)
    {
        bool? isLast = image.Preprocessing?.Layout is { } layout ? layout == ImageLayout.Hwc : null;
        return ImageShape.Of(image.Shape, isLast) is { Channels: 1 or 3 } shape ? shape : null;
    }
}
