using System.Collections.Immutable;
using Preimage.Cli.Arguments;
using Preimage.Cli.Output;
using Preimage.Data.Images;
using Preimage.Figures;
using Preimage.Results;

namespace Preimage.Cli.Walking;

/// <summary>A walk's files: figures and data of the points that it kept.</summary>
internal static class WalkFigures
{
    // Texts of more numbers than these are hundreds of megabytes, which no reader opens.
    private const long MostTexts = 10_000_000;

    /// <summary>Writes them; those of too many numbers only where they are asked for by their ending.</summary>
    /// <returns>Their paths; none where no point was kept.</returns>
    public static IReadOnlyList<string> Write(
        FigureTarget target,
        WalkFound found,
        Func<TrailReport, TrailReport> read,
        SliceWords words
    )
    {
        Walked[] kept =
        [
            .. ((Walked[])[found.Main, .. found.Beside]).Where(w => w.Walk.Chains.Any(c => c.Kept.Count > 0)),
        ];
        if (kept.Length == 0 || kept[0] != found.Main)
        {
            return [];
        }

        long numbers = kept.Sum(w => w.Walk.Chains.Sum(c => (long)c.Kept.Points.Length));
        FigureFormats formats =
            target.Formats == FigureFormats.Default && numbers > MostTexts
                ? target.Formats & ~(FigureFormats.Csv | FigureFormats.Json) | FigureFormats.Npy
                : target.Formats;
        return (target with { Formats = formats }).Write(
            read(Report(found, kept, words)),
            json => WalkJson.Write(json, found, hasPoints: false)
        );
    }

    /// <summary>What makes a model's numbers of pixel levels where --image does not say it: the box's bounds are black and white.</summary>
    /// <exception cref="ArgumentException">The box does not say which numbers are black and white.</exception>
    public static Preprocessing Levels(WalkQuestion question)
    {
        double black = question.Box.Lower.Min();
        double white = question.Box.Upper.Max();
        return double.IsFinite(white - black) && white > black
            ? new Preprocessing
            {
                Scale = white - black == 1 ? 1.0 / 255 : (white - black) / 255,
                Mean = [black == 0 ? 0 : -black],
            }
            : throw new ArgumentException(
                "A folder of images needs to know which numbers are black and white; say how images become the model's input with --image, or give a finite --box."
            );
    }

    private static TrailReport Report(WalkFound found, Walked[] kept, SliceWords words) =>
        new()
        {
            Run = found.Run,
            Title = found.Question.Value.IsEmpty
                ? $"Walk on the fiber of {TrailShape.Short(words.Point)}"
                : $"Walk where {ValueArgument.Show(found.Question.Signature, found.Question.Value)}",
            Facts = [.. WalkReport.Facts(found)],
            Trail = Trail(kept[0]),
            Beside = [.. kept[1..].Select(Trail)],
            Abscissa = "step",
            Start = [.. found.Question.Start],
            Outputs = TrailShape.Outputs(words),
            Image = TrailShape.Image(found.Question.Choice, words),
        };

    private static Trail Trail(Walked walked)
    {
        ImmutableArray<Chain> chains = walked.Walk.Chains;
        Cloud first = chains[0].Kept;
        return new Trail
        {
            Name = walked.Stroll.Name,
            LargestDefect = walked.Walk.Defect,
            RankingChanges = walked.Facts.RankingChanges,
            Cloud = first with
            {
                Points = [.. chains.SelectMany(chain => chain.Kept.Points)],
                Values = [.. chains.SelectMany(chain => chain.Kept.Values)],
                Defects = [.. chains.SelectMany(chain => chain.Kept.Defects)],
            },
            Along =
            [
                .. chains.SelectMany(chain =>
                    Enumerable.Range(1, chain.Kept.Count).Select(i => (double)(i * walked.Stroll.Plan.Every))
                ),
            ],
            Chains = [.. chains.SelectMany((chain, c) => Enumerable.Repeat(c, chain.Kept.Count))],
            IsJoined = !walked.Stroll.IsFair,
        };
    }
}
