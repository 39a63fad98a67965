using System.Collections.Immutable;
using Preimage.Cli.Arguments;
using Preimage.Cli.Output;
using Preimage.Data.Samples;
using Preimage.Maps;
using Preimage.Results;
using Preimage.Walking;

namespace Preimage.Cli.Walking;

/// <summary>What a walk says about itself to a person.</summary>
internal static class WalkReport
{
    private const int ShownOutputs = 4;

    public static void Write(WalkFound found, IReadOnlyList<string> written)
    {
        Tables.WritePairs([
            .. About(found.Question),
            .. Walk(found.Main),
            .. found.Samples is { } samples ? Samples(samples, found.Main.Stroll) : [],
            .. found.Spread is { } spread ? Spread(spread) : [],
            ("seconds", $"{found.Run.Seconds:F2}"),
            .. Tables.Written(written),
        ]);
        if (!found.Beside.IsEmpty)
        {
            WriteBeside(found);
        }

        foreach (string advice in WalkAdvice.Of(found))
        {
            Console.WriteLine(advice);
        }
    }

    /// <summary>What a page says first.</summary>
    public static IEnumerable<(string Name, string Value)> Facts(WalkFound found) =>
        [
            .. About(found.Question),
            .. Walk(found.Main).Where(fact => !fact.Item1.StartsWith("seconds", StringComparison.Ordinal)),
        ];

    private static IEnumerable<(string, string)> About(WalkQuestion question)
    {
        yield return ("fiber of", Point(question.Start));
        if (question.Arrival is { } arrival)
        {
            yield return (
                "reached from",
                $"{Point(question.Choice.Start!)}, at distance {Tables.ShowShort(Distance(question.Choice.Start!, question.Start))}; the output misses the value by {Tables.ShowError(arrival.Residual)}"
            );
        }

        if (question.Choice.Held is { } held)
        {
            yield return ("held", held);
        }

        yield return ("output", Outputs(question));
    }

    private static IEnumerable<(string, string)> Walk(Walked walked)
    {
        Walk walk = walked.Walk;
        WalkFacts facts = walked.Facts;
        int chains = walk.Chains.Length;
        yield return ("recipe", $"{walked.Stroll.Name}, {Numbers.Count(chains, "chain")}");
        yield return ("steps", $"{walk.Steps}, {Share(walk)} accepted");
        bool isScaled = walked.Stroll.Walker.Units is WalkBoxUnits;
        yield return (
            "step length",
            Range(walk.Chains.Select(chain => chain.State.StepLength)) + (isScaled ? " in units of the box" : "")
        );
        yield return ("largest defect", Defect(walk.Defect, facts.Scale));
        yield return ("ranking changes", $"{facts.RankingChanges}");
        yield return (
            "distance from start",
            $"median {Tables.ShowShort(facts.MedianDistance)}, at most {Tables.ShowShort(facts.LargestDistance)}"
        );
        yield return ("way travelled", $"{Range(walk.Chains.Select(chain => chain.State.Distance))} by each chain");
        yield return ("contacts with the box", $"{facts.Contacts}");
        if (walked.Stroll.IsFair)
        {
            yield return (
                "independent samples",
                $"{Whole(facts.DistanceEss)} by distance; by coordinate {Whole(facts.LeastEss)} at least, {Whole(facts.MedianEss)} in the median"
            );
            yield return (
                "R-hat",
                $"{facts.DistanceRhat:F3} of distance; of coordinates {facts.LargestRhat:F3} at most, {facts.MedianRhat:F3} in the median"
            );
        }

        yield return ("seconds a step", Seconds(facts));
        foreach ((string name, string value) in Endings(walk))
        {
            yield return (name, value);
        }
    }

    private static IEnumerable<(string, string)> Samples(SampleChoice samples, Stroll stroll)
    {
        string of = samples.Kept == samples.Table.Count ? "" : $" of {samples.Kept} points kept";
        yield return (
            "samples",
            $"{samples.Table.Count}{of}, "
                + (
                    !stroll.IsFair ? $"along the way of {stroll.Name}: no fair sample of the fiber"
                    : samples.IsThinned ? "thinned to as many as these are worth: nearly independent"
                    : $"worth {Whole(samples.Worth)} independent ones"
                )
        );
    }

    private static IEnumerable<(string, string)> Spread(DataSpread data)
    {
        Spread spread = data.Spread;
        string label = data.Label is null ? "" : $" of label {data.Label} by the model";
        yield return ("data", $"{data.Used}{label}, of {data.Rows} rows");
        yield return ("sample to data", Distances(spread.SampleToData));
        yield return ("sample to sample", Distances(spread.SampleToSample));
        yield return ("data to data", Distances(spread.DataToData));
        yield return (
            "coverage",
            $"{spread.Coverage:P1} of the data have a sample within the distance of their {spread.Neighbours}th nearest other one; density {Tables.ShowShort(spread.Density)}"
        );
    }

    private static void WriteBeside(WalkFound found) =>
        Tables.Write(
            [
                "recipe",
                "steps",
                "accepted",
                "largest defect",
                "ranking changes",
                "median distance",
                "way a chain",
                "seconds a step",
            ],
            ((Walked[])[found.Main, .. found.Beside]).Select(w =>
                (IReadOnlyList<string>)
                    [
                        w.Stroll.Name,
                        $"{w.Walk.Steps}",
                        Share(w.Walk),
                        Tables.ShowError(w.Walk.Defect),
                        $"{w.Facts.RankingChanges}",
                        Tables.ShowShort(w.Facts.MedianDistance),
                        Tables.ShowShort(w.Walk.Chains.Average(chain => chain.State.Distance)),
                        Tables.ShowError(w.Facts.SecondsAStep),
                    ]
            )
        );

    private static IEnumerable<(string, string)> Endings(Walk walk) =>
        walk
            .Chains.Select((chain, i) => (chain.State.Ending, Chain: i + 1))
            .Where(c => c.Ending != Ending.BudgetSpent)
            .GroupBy(c => c.Ending)
            .Select(group =>
                (
                    group.Count() == 1 ? $"chain {group.First().Chain}" : $"{group.Count()} chains",
                    group.Key is Ending.Cancelled or Ending.Unknown
                        ? "stopped before the end; what was walked is valid, and --resume goes on"
                        : group.Key.Advice()
                )
            );

    private static string Outputs(WalkQuestion question)
    {
        double[] value = question.Choice.Map.Evaluate(question.Start);
        ImmutableArray<Variable> names = question.Signature.Outputs;
        string more = value.Length > ShownOutputs ? $" and {value.Length - ShownOutputs} more" : "";
        return string.Join(", ", value.Take(ShownOutputs).Select((y, i) => $"{names[i].Label} = {Tables.Show(y)}"))
            + more;
    }

    private static string Point(double[] x)
    {
        const int Shown = 6;
        return x.Length <= Shown
            ? $"({Tables.ShowPoint(x)})"
            : $"a point of {x.Length} numbers, {Tables.ShowShort(x.Min())} to {Tables.ShowShort(x.Max())}";
    }

    private static string Defect(double defect, double scale) =>
        scale > 0
            ? $"{Tables.ShowError(defect)}, {Tables.ShowError(defect / scale)} of the output's size"
            : Tables.ShowError(defect);

    private static string Seconds(WalkFacts facts) =>
        double.IsNaN(facts.SecondsAStep)
            ? "none was taken in this run"
            : $"{Tables.ShowError(facts.SecondsAStep)}; {Tables.ShowError(facts.SecondsAnAccepted)} an accepted one";

    private static string Share(Walk walk) => walk.Steps == 0 ? "none" : $"{(double)walk.Accepted / walk.Steps:P1}";

    private static string Distances(ImmutableArray<double> distances) =>
        distances.IsEmpty
            ? "there is only one"
            : $"nearest: median {Tables.ShowShort(Data.Samples.Spread.Median(distances))}, from {Tables.ShowShort(distances.Min())} to {Tables.ShowShort(distances.Max())}";

    private static string Range(IEnumerable<double> numbers)
    {
        double[] all = [.. numbers];
        (double least, double most) = (all.Min(), all.Max());
        return least == most ? Tables.ShowShort(least) : $"{least.ToString("G3")} to {most.ToString("G3")}";
    }

    private static string Whole(double number) => double.IsNaN(number) ? "unknown" : number.ToString("F0");

    private static double Distance(double[] x, double[] y) =>
        Math.Sqrt(x.Zip(y).Sum(p => (p.First - p.Second) * (p.First - p.Second)));
}
