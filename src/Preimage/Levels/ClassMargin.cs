using Preimage.Maps;

namespace Preimage.Levels;

/// <summary>
/// g(x) = max over j != k of y_j(x) - y_k(x): negative where class k wins, positive where another does, 0 on its border. Its derivative is that of
/// the first of the strongest rivals: of a wide map with products it costs one covector.
/// </summary>
public sealed class ClassMargin : IMap
{
    private readonly IMap _map;

    /// <summary>Takes a classifier's map and a class, from 0.</summary>
    /// <exception cref="ArgumentException">The map has one output, or no such class.</exception>
    public ClassMargin(IMap map, int label)
    {
        DemandClass(map.Outputs, label);
        _map = map;
        Label = label;
    }

    /// <summary>k, from 0.</summary>
    public int Label { get; }

    /// <inheritdoc/>
    public int Inputs => _map.Inputs;

    /// <inheritdoc/>
    public int Outputs => 1;

    /// <summary>The class with the largest output at x, the first of several: its border is where the label of x changes.  x: [Inputs].</summary>
    public static int LabelAt(IMap map, ReadOnlySpan<double> x)
    {
        double[] scores = map.Evaluate(x);
        return Array.IndexOf(scores, scores.Max());
    }

    /// <inheritdoc/>
    public void Evaluate(ReadOnlySpan<double> x, Span<double> y)
    {
        double[] scores = new double[_map.Outputs];
        _map.Evaluate(x, scores);
        y[0] = scores[Rival(scores)] - scores[Label];
    }

    /// <inheritdoc/>
    public void Linearize(ReadOnlySpan<double> x, Span<double> y, Span<double> jacobian)
    {
        double[] scores = new double[_map.Outputs];
        if (_map is IProductMap products && !JacobianParts.FitsDense(_map))
        {
            _map.Evaluate(x, scores);
            products.Margin(Rival(scores), Label).Linearize(x, y, jacobian);
            return;
        }

        double[] rows = new double[_map.Outputs * Inputs];
        _map.Linearize(x, scores, rows);
        int rival = Rival(scores);
        y[0] = scores[rival] - scores[Label];
        for (int i = 0; i < Inputs; i++)
        {
            jacobian[i] = rows[rival * Inputs + i] - rows[Label * Inputs + i];
        }
    }

    internal static void DemandClass(int outputs, int label)
    {
        if (outputs < 2)
        {
            throw new ArgumentException("The map has one output, so it has no classes; take a level of it.");
        }

        if (label < 0 || label >= outputs)
        {
            throw new ArgumentException(
                $"There is no class {label}; the map's classes are 0 to {outputs - 1}, one for each output."
            );
        }
    }

    private int Rival(ReadOnlySpan<double> scores)
    {
        int rival = Label == 0 ? 1 : 0;
        for (int j = 0; j < scores.Length; j++)
        {
            rival = j != Label && !(scores[j] <= scores[rival]) ? j : rival;
        }

        return rival;
    }
}
