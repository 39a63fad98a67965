using System.Collections.Immutable;
using Preimage.Maps;
using Preimage.Training.Data;

namespace Preimage.Training.Fitting;

/// <summary>The affine map v -> Factor v + Offset from physical to scaled units.</summary>
public readonly record struct Affine(double Factor, double Offset)
{
    /// <summary>The scaled value.</summary>
    public double Scale(double value) => Factor * value + Offset;
}

/// <summary>How a column is brought to the size that a network learns well.</summary>
public interface IScaling
{
    /// <summary>The map for one column, whose variable has a finite range.  column: [Count].</summary>
    Affine Fit(Variable variable, ReadOnlySpan<double> column);
}

/// <summary>The variable's range becomes [Lower, Upper].</summary>
public sealed record MinMaxScaling(double Lower = -1, double Upper = 1) : IScaling
{
    /// <inheritdoc/>
    public Affine Fit(Variable variable, ReadOnlySpan<double> column)
    {
        double factor = (Upper - Lower) / (variable.Upper - variable.Lower);
        return new Affine(factor, Lower - factor * variable.Lower);
    }
}

/// <summary>Mean 0 and standard deviation 1.</summary>
public sealed record StandardScaling : IScaling
{
    /// <inheritdoc/>
    public Affine Fit(Variable variable, ReadOnlySpan<double> column)
    {
        double mean = System.Numerics.Tensors.TensorPrimitives.Average(column);
        double sum = 0;
        foreach (double value in column)
        {
            sum += (value - mean) * (value - mean);
        }

        double factor = 1 / Math.Sqrt(sum / column.Length);
        return new Affine(factor, -factor * mean);
    }
}

/// <summary>Columns are taken as they are.</summary>
public sealed record Unscaled : IScaling
{
    /// <inheritdoc/>
    public Affine Fit(Variable variable, ReadOnlySpan<double> column) => new(1, 0);
}

/// <summary>A data set in scaled units, and the maps that led there.</summary>
internal sealed class ScaledData
{
    private readonly double[] _inputs;
    private readonly double[] _targets;

    public ScaledData(Dataset data, IScaling inputs, IScaling targets)
    {
        Count = data.Count;
        InputMaps = Fit(inputs, data.Signature.Inputs, data.Inputs.AsSpan());
        TargetMaps = Fit(targets, data.Signature.Outputs, data.Targets.AsSpan());
        _inputs = Apply(InputMaps, data.Inputs.AsSpan());
        _targets = Apply(TargetMaps, data.Targets.AsSpan());
    }

    public int Count { get; }

    public ImmutableArray<Affine> InputMaps { get; }

    public ImmutableArray<Affine> TargetMaps { get; }

    public ReadOnlySpan<double> Input(int row) => _inputs.AsSpan(row * InputMaps.Length, InputMaps.Length);

    public ReadOnlySpan<double> Target(int row) => _targets.AsSpan(row * TargetMaps.Length, TargetMaps.Length);

    private static ImmutableArray<Affine> Fit(
        IScaling scaling,
        ImmutableArray<Variable> variables,
        ReadOnlySpan<double> values
    )
    {
        var maps = new Affine[variables.Length];
        double[] column = new double[values.Length / variables.Length];
        for (int j = 0; j < maps.Length; j++)
        {
            for (int i = 0; i < column.Length; i++)
            {
                column[i] = values[i * maps.Length + j];
            }

            maps[j] = scaling.Fit(variables[j], column);
            if (!double.IsNormal(maps[j].Factor) || !double.IsFinite(maps[j].Offset))
            {
                throw new ArgumentException(
                    $"The scaling of '{variables[j].Name}' by the factor {maps[j].Factor:R} cannot be undone; give its variable a range of positive width, or another scaling."
                );
            }
        }

        return [.. maps];
    }

    private static double[] Apply(ImmutableArray<Affine> maps, ReadOnlySpan<double> values)
    {
        double[] scaled = new double[values.Length];
        for (int i = 0; i < scaled.Length; i++)
        {
            scaled[i] = maps[i % maps.Length].Scale(values[i]);
        }

        return scaled;
    }
}
