using Preimage.Figures.Plots;
using Preimage.Maps;
using Preimage.Results;

namespace Preimage.Figures.Trails;

/// <summary>A trail's outputs as a person reads them: probabilities of classes where they are, else as they are.</summary>
internal sealed class TrailOutputs
{
    // Probabilities in single precision, or rounded ones, still add up to 1 as closely.
    private const double SumTolerance = 1e-4;

    // A map of an image to so many outputs is taken for a classifier; two may be anything.
    private const int LeastClasses = 3;

    private readonly Signature _names;

    public TrailOutputs(TrailReport report)
    {
        _names = report.Run.Signature;
        Reading = report.Outputs == OutputReading.Unknown ? Told(report) : report.Outputs;
    }

    /// <summary>What the outputs are.</summary>
    public OutputReading Reading { get; }

    /// <summary>Whether they say a class.</summary>
    public bool AreClasses => Reading != OutputReading.AsIs;

    /// <summary>What an axis calls them.</summary>
    public Variable Name =>
        Reading == OutputReading.Logits
            ? new Variable(_names.Outputs.Length == 1 ? "probability (logistic)" : "probability (softmax)")
        : AreClasses ? new Variable("probability")
        : _names.Outputs.Length == 1 ? _names.Outputs[0]
        : new Variable("outputs");

    /// <summary>Shown values of a value of the map: [m].</summary>
    public double[] Shown(ReadOnlySpan<double> value)
    {
        double[] shown = value.ToArray();
        switch (Reading)
        {
            case OutputReading.LogProbabilities:
                return Array.ConvertAll(shown, Math.Exp);
            case OutputReading.Logits when shown.Length == 1:
                return [1 / (1 + Math.Exp(-shown[0]))];
            case OutputReading.Logits:
                double largest = shown.Max();
                double[] powers = Array.ConvertAll(shown, score => Math.Exp(score - largest));
                double sum = powers.Sum();
                return Array.ConvertAll(powers, power => power / sum);
            default:
                return shown;
        }
    }

    /// <summary>The output's name.</summary>
    public string NameOf(int output) => _names.Outputs[output].Name;

    /// <summary>The class with the largest probability; of one output, its name, or "not" and its name below one half.</summary>
    public string Label(ReadOnlySpan<double> value) =>
        value.Length > 1 ? NameOf(Largest(value))
        : Shown(value)[0] >= 0.5 ? NameOf(0)
        : $"not {NameOf(0)}";

    /// <summary>What a caption under a point says: the class with its probability, or the value of the only output; empty for several.</summary>
    public string Caption(ReadOnlySpan<double> value) =>
        AreClasses ? $"{Label(value)}  {Numerals.Fixed(Probability(value), 3)}"
        : value.Length == 1 ? Numerals.Short(value[0], 5)
        : "";

    /// <summary>
    /// The outputs that get the largest at any of some points, in their own order: probabilities by themselves, others by their size. Classes that stay
    /// below the least probability are left out, save the two largest.
    /// </summary>
    public IEnumerable<int> Largest(IEnumerable<(Trail Trail, int[] Kept)> trails, int most, double least = 0)
    {
        double[] largest = new double[_names.Outputs.Length];
        Array.Fill(largest, double.NegativeInfinity);
        foreach ((Trail trail, int[] kept) in trails)
        {
            foreach (int i in kept)
            {
                double[] shown = Shown(trail.Cloud.Value(i));
                for (int k = 0; k < shown.Length; k++)
                {
                    largest[k] = Math.Max(largest[k], AreClasses ? shown[k] : Math.Abs(shown[k]));
                }
            }
        }

        return Enumerable
            .Range(0, largest.Length)
            .OrderByDescending(k => largest[k])
            .Take(most)
            .Where((k, place) => place < 2 || !AreClasses || largest[k] >= least)
            .Order();
    }

    /// <summary>The probability of the label.</summary>
    public double Probability(ReadOnlySpan<double> value)
    {
        double largest = Shown(value).Max();
        return value.Length == 1 ? Math.Max(largest, 1 - largest) : largest;
    }

    /// <summary>The place of the largest number.</summary>
    public static int Largest(ReadOnlySpan<double> value)
    {
        int best = 0;
        for (int k = 1; k < value.Length; k++)
        {
            best = value[k] > value[best] ? k : best;
        }

        return best;
    }

    private static OutputReading Told(TrailReport report)
    {
        Cloud cloud = report.Trail.Cloud;
        if (cloud.Outputs == 1)
        {
            return OutputReading.AsIs;
        }

        double[] first = cloud.Value(0).ToArray();
        bool areShares = Array.TrueForAll(first, p => p is >= 0 and <= 1 + SumTolerance);
        bool areLogarithms = Array.TrueForAll(first, p => p <= SumTolerance);
        bool ofImages = report.Image is not null && first.Length >= LeastClasses;
        return areShares && Math.Abs(first.Sum() - 1) < SumTolerance ? OutputReading.Probabilities
            : areShares && ofImages && first.Sum() < 1 + SumTolerance ? OutputReading.Probabilities
            : areLogarithms && Math.Abs(first.Sum(Math.Exp) - 1) < SumTolerance ? OutputReading.LogProbabilities
            : ofImages ? OutputReading.Logits
            : OutputReading.AsIs;
    }
}
