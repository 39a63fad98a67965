using System.Collections.Immutable;

namespace Preimage.Geometry;

/// <summary>The largest singular values of a linear map with what belongs to them. Directions only of those above rounding: arrays of [inputs].</summary>
internal sealed record Triplets(
    double[] SingularValues,
    double[] Residuals,
    ImmutableArray<ImmutableArray<double>> Directions,
    int Products,
    bool IsSettled
);

/// <summary>
/// Finds the largest singular values of a linear map, each as often as it is there: what a search has found is taken out of the map, and the rest is
/// searched from another random start, until its largest value is no larger than the least that is wanted.  [Saad2011, section 4.2.3]
/// </summary>
/// <param name="Count">How many values.</param>
/// <param name="Steps">Largest number of products with the map and with its transpose, each.</param>
/// <param name="Tolerance">Residual, as a share of the largest value, at which one counts as found.</param>
/// <param name="Seed">Chooses the random starts.</param>
internal sealed record LeadingSearch(int Count, int Steps, double Tolerance, int Seed)
{
    /// <summary>The leading triplets of a map R^inputs -> R^outputs.</summary>
    public Triplets Find(ILinearMap map, int inputs, int outputs, CancellationToken cancellation)
    {
        int small = Math.Min(inputs, outputs);
        int wanted = Math.Min(Count, small);
        Triplets found = Search(map, (inputs, outputs), wanted, (Steps, Seed), cancellation);
        for (int round = 1; found.IsSettled && found.Products < small && round <= small; round++)
        {
            double least = found.SingularValues[^1];
            if (found.Directions.Length < wanted || least == 0)
            {
                break; // what is left is rounding
            }

            DeflatedMap rest = new(map, found.Directions);
            int left = Steps - found.Products;
            Triplets more =
                left > 0
                    ? Search(rest, (inputs, outputs), 1, (left, Seed + round), cancellation)
                    : new Triplets([], [], [], 0, IsSettled: false);
            bool isDone = more.IsSettled && more.SingularValues[0] <= least + Tolerance * found.SingularValues[0];
            found = isDone ? found with { Products = found.Products + more.Products } : Joined(found, more, wanted);
            if (isDone)
            {
                break;
            }
        }

        return found;
    }

    private Triplets Search(
        ILinearMap map,
        (int Inputs, int Outputs) size,
        int count,
        (int Steps, int Seed) settings,
        CancellationToken cancellation
    )
    {
        LeadingTriplets triplets = new(map, size.Inputs, size.Outputs, settings.Seed);
        bool settled = triplets.Run(count, settings.Steps, Tolerance, cancellation);
        int known = Math.Min(count, triplets.SingularValues.Length);
        return new Triplets(
            triplets.SingularValues[..known],
            triplets.Residuals[..known],
            triplets.Directions(known),
            triplets.Steps,
            settled
        );
    }

    /// <summary>The largest of both.</summary>
    private static Triplets Joined(Triplets found, Triplets more, int wanted)
    {
        int first = found.SingularValues.Length;
        double[] values = [.. found.SingularValues, .. more.SingularValues];
        double[] residuals = [.. found.Residuals, .. more.Residuals];
        ImmutableArray<double>[] directions = [.. found.Directions, .. more.Directions];
        int[] order = [.. Enumerable.Range(0, values.Length).OrderByDescending(i => values[i]).Take(wanted)];
        return new Triplets(
            [.. order.Select(i => values[i])],
            [.. order.Select(i => residuals[i])],
            [.. order.Where(i => i < first || i - first < more.Directions.Length).Select(i => directions[i])],
            found.Products + more.Products,
            found.IsSettled && more.IsSettled
        );
    }

    /// <summary>A (I - D D^T): a map without what it does along orthonormal directions D.</summary>
    private sealed class DeflatedMap(ILinearMap map, ImmutableArray<ImmutableArray<double>> directions) : ILinearMap
    {
        public void Apply(ReadOnlySpan<double> v, Span<double> u)
        {
            double[] rest = v.ToArray();
            Project(rest);
            map.Apply(rest, u);
        }

        public void ApplyTransposed(ReadOnlySpan<double> u, Span<double> v)
        {
            map.ApplyTransposed(u, v);
            Project(v);
        }

        private void Project(Span<double> v)
        {
            foreach (ImmutableArray<double> d in directions)
            {
                Vectors.AddScaled(v, -Vectors.Dot(d.AsSpan(), v), d.AsSpan());
            }
        }
    }
}
