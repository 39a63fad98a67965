using System.Collections.Immutable;
using Preimage.Data;
using Preimage.Maps;

namespace Preimage.Training.Data;

/// <summary>Samples and what is known of each, in two arrays, as images and labels are kept.</summary>
/// <param name="Samples">A sample a row: [count, ...].</param>
/// <param name="Labels">The class of each sample, a whole number from 0 on: [count] or [count, 1]; or numbers: [count, m].</param>
public sealed record ArraySource(DataArray Samples, DataArray Labels)
{
    /// <summary>Whether labels that are one number each are classes.</summary>
    public bool Classes { get; init; } = true;

    /// <summary>How many classes there are; null for one more than the largest label.</summary>
    public int? ClassCount { get; init; }

    /// <summary>What a class is called: "class=3".</summary>
    public string ClassName { get; init; } = "class";

    /// <summary>The data: pixels and the like, of two axes or more, have one range, [0, 1] where it holds them; the columns of a table have each its own.</summary>
    /// <exception cref="ArgumentException">The arrays do not belong together, a label is no class, or a value is not finite.</exception>
    public Dataset Read()
    {
        if (Samples.Shape.Length < 2 || Samples.Rows != Labels.Rows)
        {
            throw new ArgumentException(
                $"The samples have the shape {Samples.ShapeText} and the labels {Labels.ShapeText}; give an array with a sample in each row, and as many labels."
            );
        }

        (ImmutableArray<Variable> outputs, double[] targets) = Targets();
        return Dataset.OfSamples(new Signature(Inputs(), outputs), Samples.Values.AsSpan(), targets);
    }

    private ImmutableArray<Variable> Inputs()
    {
        ImmutableArray<Variable> names = Signature.Anonymous(Samples.RowLength, 0).Inputs;
        if (Samples.Shape.Length == 2)
        {
            return Samples.Columns.Length == names.Length
                ? [.. names.Zip(Samples.Columns, (v, name) => v with { Name = name })]
                : names;
        }

        (double lower, double upper) = (Samples.Values.Min(), Samples.Values.Max());
        bool isUnit = lower >= 0 && upper <= 1;
        return [.. names.Select(v => v with { Lower = isUnit ? 0 : lower, Upper = isUnit ? 1 : upper })];
    }

    private (ImmutableArray<Variable> Outputs, double[] Targets) Targets()
    {
        int m = Labels.RowLength;
        if (m != 1 || !Classes)
        {
            return (Signature.Anonymous(1, m).Outputs, [.. Labels.Values]);
        }

        const int MostClasses = 100_000;
        int classes = ClassCount ?? (int)Math.Clamp(Labels.Values.Max() + 1, 2, MostClasses);
        double[] targets = new double[checked(Labels.Rows * classes)];
        for (int i = 0; i < Labels.Rows; i++)
        {
            double label = Labels.Values[i];
            if (label != Math.Floor(label) || label < 0 || label >= classes)
            {
                throw new ArgumentException(
                    $"The label of sample {i + 1} is {label:R}, but classes are whole numbers from 0 to {classes - 1} here; give such labels, or take the mean squared error for numbers."
                );
            }

            targets[i * classes + (int)label] = 1;
        }

        return ([.. Enumerable.Range(0, classes).Select(c => new Variable($"{ClassName}={c}", "", 0, 1))], targets);
    }
}
