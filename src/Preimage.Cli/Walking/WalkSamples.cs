using System.Collections.Immutable;
using Preimage.Data.Images;
using Preimage.Data.Samples;
using Preimage.Maps;
using Preimage.Results;

namespace Preimage.Cli.Walking;

/// <summary>Samples out of a walk, in the model's own input: inputs that are held stand at their values.</summary>
internal static class WalkSamples
{
    /// <summary>Of more outputs than these the values are not written: they are those of the start up to the defect.</summary>
    private const int MostOutputs = 8;

    /// <summary>The samples of a walk.</summary>
    /// <param name="walked">The walk.</param>
    /// <param name="question">What was walked.</param>
    /// <param name="isThinned">Whether only as many are taken as the points are worth, evenly from each chain.</param>
    public static SampleChoice Of(Walked walked, WalkQuestion question, bool isThinned)
    {
        Walk walk = walked.Walk;
        int kept = walk.Chains.Sum(chain => chain.Kept.Count);
        double worth = walked.Stroll.IsFair ? Math.Min(kept, walked.Facts.Worth) : double.NaN;
        (int Chain, int Point)[] chosen =
        [
            .. walk.Chains.SelectMany(
                (chain, c) => Evenly(chain.Kept.Count, isThinned && worth < kept ? worth / kept : 1).Select(i => (c, i))
            ),
        ];
        return new SampleChoice(Table(walked, question, chosen), kept, worth, isThinned && chosen.Length < kept);
    }

    /// <summary>What the images of samples give, pixels being rounded to 8 bits: their label and their defect.</summary>
    public static ImmutableArray<SampleFact> OfImages(
        SampleTable table,
        WalkQuestion question,
        ReadOnlySpan<double> target,
        Preprocessing preprocessing
    )
    {
        ModelLabel label = new(question.Model);
        double[] defects = new double[table.Count];
        int[] labels = new int[table.Count];
        for (int i = 0; i < table.Count; i++)
        {
            ImmutableArray<double> image = ImageFile.Rounded(table.Point(i), preprocessing, table.Shape);
            defects[i] = LargestDifference(question.Choice.Network.Map.Evaluate(image.AsSpan()), target);
            labels[i] = label.Exists ? label.At(image.AsSpan()) : 0;
        }

        SampleFact defect = new("image defect", [.. defects]);
        return label.Exists
            ?
            [
                new SampleFact("image label", [.. labels.Select(l => (long)l)]),
                new SampleFact("image label name", label.Names(labels)),
                defect,
            ]
            : [defect];
    }

    /// <summary>A share of so many points, at even distances, the last one taken: ascending.</summary>
    private static IEnumerable<int> Evenly(int count, double share)
    {
        int most = Math.Clamp((int)Math.Floor(share * count), Math.Min(1, count), count);
        return Enumerable.Range(1, most).Select(k => (int)((long)k * count / most) - 1);
    }

    private static SampleTable Table(Walked walked, WalkQuestion question, (int Chain, int Point)[] chosen)
    {
        ImmutableArray<Chain> chains = walked.Walk.Chains;
        int width = question.Model.Inputs;
        double[] points = new double[chosen.Length * width];
        for (int k = 0; k < chosen.Length; k++)
        {
            question.Choice.Complete(
                chains[chosen[k].Chain].Kept.Point(chosen[k].Point),
                points.AsSpan(k * width, width)
            );
        }

        string[] names = [.. question.Model.Signature.Inputs.Select(v => v.Name)];
        return new SampleTable
        {
            Shape = question.Choice.Network.InputTensor.Shape,
            Names = [.. names],
            Points = [.. points],
            Facts = Facts(walked, question, chosen, points),
        };
    }

    private static ImmutableArray<SampleFact> Facts(
        Walked walked,
        WalkQuestion question,
        (int Chain, int Point)[] chosen,
        double[] points
    )
    {
        ImmutableArray<Chain> chains = walked.Walk.Chains;
        HashSet<string> taken = [.. question.Model.Signature.Inputs.Select(v => v.Name)];
        string New(string name) => taken.Add(name) ? name : New(name + "_");
        List<SampleFact> facts = [];
        ImmutableArray<Variable> outputs = question.Signature.Outputs;
        for (int j = 0; j < outputs.Length && outputs.Length <= MostOutputs; j++)
        {
            int output = j;
            facts.Add(
                new(New(outputs[j].Name), [.. chosen.Select(at => chains[at.Chain].Kept.Value(at.Point)[output])])
            );
        }

        ModelLabel label = new(question.Model);
        if (label.Exists)
        {
            int width = question.Model.Inputs;
            int[] labels = [.. chosen.Select((_, k) => label.At(points.AsSpan(k * width, width)))];
            facts.Add(new(New("label"), [.. labels.Select(l => (long)l)]));
            facts.Add(new(New("label name"), label.Names(labels)));
        }

        facts.Add(new(New("defect"), [.. chosen.Select(at => chains[at.Chain].Kept.Defects[at.Point])]));
        facts.Add(new(New("chain"), [.. chosen.Select(at => at.Chain + 1L)]));
        facts.Add(new(New("step"), [.. chosen.Select(at => (at.Point + 1) * walked.Stroll.Plan.Every)]));
        return [.. facts];
    }

    private static double LargestDifference(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        double largest = 0;
        for (int i = 0; i < x.Length; i++)
        {
            largest = Math.Max(largest, Math.Abs(x[i] - y[i]));
        }

        return largest;
    }
}
