using System.Collections.Immutable;
using System.Globalization;
using Preimage.Maps;

namespace Preimage.Training.Data;

/// <summary>Class labels as targets: one 0/1 column a class.</summary>
internal static class ClassTargets
{
    /// <summary>More classes than this are a column of numbers taken for labels.</summary>
    private const int MostClasses = 1000;

    /// <summary>The classes as variables with range [0, 1], in the order of their numbers (if all are numbers) or letters, and the values: [labels * classes].</summary>
    public static (ImmutableArray<Variable> Variables, List<double> Values) From(
        Variable column,
        IReadOnlyCollection<string> labels
    )
    {
        string[] classes = Ordered([.. labels.Distinct(StringComparer.Ordinal)]);
        if (classes.Length is < 2 or > MostClasses)
        {
            throw new ArgumentException(
                $"The column '{column.Name}' has {classes.Length} different class labels; between 2 and {MostClasses} are possible."
            );
        }

        var values = new List<double>(labels.Count * classes.Length);
        foreach (string label in labels)
        {
            values.AddRange(classes.Select(c => string.Equals(c, label, StringComparison.Ordinal) ? 1.0 : 0.0));
        }

        return ([.. classes.Select(c => new Variable($"{column.Name}={c}", "", 0, 1))], values);
    }

    private static string[] Ordered(string[] classes)
    {
        double[] numbers = new double[classes.Length];
        for (int i = 0; i < classes.Length; i++)
        {
            if (!double.TryParse(classes[i], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i]))
            {
                Array.Sort(classes, StringComparer.Ordinal);
                return classes;
            }
        }

        Array.Sort(numbers, classes);
        return classes;
    }
}
