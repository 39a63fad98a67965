using System.Collections.Immutable;
using Preimage.Maps;

namespace Preimage.Training.Data;

/// <summary>Data from formulas over a box: points by a sampling, values by the formulas, with or without noise.</summary>
/// <param name="Formulas">One text an output, as <see cref="Formula.Parse"/> reads it.</param>
/// <param name="Box">The inputs with finite ranges, as <see cref="Formula.ParseRange"/> reads them.</param>
/// <param name="Sampling">How points are chosen.</param>
public sealed record FormulaSource(ImmutableArray<string> Formulas, ImmutableArray<Variable> Box, ISampling Sampling)
{
    /// <summary>Standard deviation of the Gaussian noise on each target, as a fraction of the target's range.</summary>
    public double Noise { get; init; }

    /// <summary>Seed of the noise.</summary>
    public int NoiseSeed { get; init; } = 1;

    /// <summary>Samples the formulas.</summary>
    /// <exception cref="ArgumentException">A formula cannot be read or has no value somewhere in the box; names repeat; a range is missing; the noise is negative.</exception>
    public Dataset Sample()
    {
        string[] names = [.. Box.Select(v => v.Name)];
        Formula[] formulas = [.. Formulas.Select(text => Formula.Parse(text, names))];
        ImmutableArray<Variable> targets = Named(formulas);
        RequireDistinct([.. names, .. targets.Select(v => v.Name)]);
        foreach (Variable variable in Box)
        {
            if (!double.IsFinite(variable.Upper - variable.Lower))
            {
                throw new ArgumentException(
                    $"The input '{variable.Name}' has no finite range; give one, as in '{variable.Name} in -1,1'."
                );
            }
        }

        if (!(Noise >= 0))
        {
            throw new ArgumentException($"The noise is {Noise:R}; give zero or a positive fraction of the range.");
        }

        var signature = new Signature(Box, targets);
        double[] points = Sampling.Points(signature.Box);
        double[] values = Values(formulas, points);
        var data = new Dataset(signature, points, values);
        if (Noise == 0)
        {
            return data;
        }

        AddNoise(values, data.Signature.Outputs);
        return new Dataset(signature, points, values);
    }

    private static ImmutableArray<Variable> Named(Formula[] formulas) =>
        formulas.Length > 1 && formulas.All(f => !f.Text.Contains('=', StringComparison.Ordinal))
            ? Signature.Anonymous(1, formulas.Length).Outputs
            : [.. formulas.Select(f => f.Target)];

    private static void RequireDistinct(string[] names)
    {
        string? twice = names.GroupBy(n => n, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1)?.Key;
        if (twice is not null)
        {
            throw new ArgumentException($"The name '{twice}' is given twice; every input and output needs its own.");
        }
    }

    private double[] Values(Formula[] formulas, double[] points)
    {
        int n = Box.Length;
        int m = formulas.Length;
        double[] values = new double[points.Length / n * m];
        for (int i = 0; i < values.Length; i++)
        {
            ReadOnlySpan<double> point = points.AsSpan(i / m * n, n);
            values[i] = formulas[i % m].Value(point);
            if (!double.IsFinite(values[i]))
            {
                throw new ArgumentException(
                    $"The formula '{formulas[i % m].Text}' is {values[i]} at ({string.Join(", ", point.ToArray())}); give a box where it has a value."
                );
            }
        }

        return values;
    }

    private void AddNoise(double[] values, ImmutableArray<Variable> targets)
    {
        var generator = new Generator(NoiseSeed, stream: 1);
        for (int i = 0; i < values.Length; i++)
        {
            Variable target = targets[i % targets.Length];
            values[i] += Noise * (target.Upper - target.Lower) * generator.Normal();
        }
    }
}
