using Preimage.Cli.Arguments;
using Preimage.Figures;
using Preimage.Levels;
using Preimage.Results;
using Preimage.Walking;

namespace Preimage.Cli.Commands;

/// <summary>Which recipe finds a crossing: the proved one where it can be afforded, else the wide one; or the one that was named.</summary>
internal sealed record CrossRecipe
{
    /// <summary>The most free inputs for which a proof is tried unasked.</summary>
    private const int MostProved = 6;

    /// <summary>What --recipe says; null where it is not given.</summary>
    public required bool? IsProved { get; init; }

    /// <summary>With a proof.</summary>
    public required Crossings Proved { get; init; }

    /// <summary>In any number of inputs.</summary>
    public required Crosser Wide { get; init; }

    /// <summary>The recipe for a question.</summary>
    /// <exception cref="ArgumentException">A proof is asked for in a box in which there can be none.</exception>
    public bool Proves(Question question)
    {
        if (IsProved is { } told)
        {
            return told && question.OfFiniteBox() is not null;
        }

        return question.Box.Dimension <= MostProved
            && question
                .Box.Lower.Zip(question.Box.Upper)
                .All(s => double.IsFinite(s.Second - s.First) && s.First < s.Second);
    }

    /// <summary>Searches.</summary>
    public Crossing Nearest(Question question, Goal goal, CancellationToken cancellation) =>
        Proves(question)
            ? Proved.Nearest(goal.Map, goal.Enclosure, question.Start!, question.Box, cancellation)
            : goal.Search(Wide, question, cancellation);

    /// <summary>For the record.</summary>
    public IEnumerable<Setting> Settings(Question question)
    {
        if (Proves(question))
        {
            return [new("recipe", "proved"), new("tolerance", Proved.Tolerance), new("cells", Proved.Cells)];
        }

        return
        [
            new("recipe", "nearest"),
            new("rivals", Wide.Rivals),
            new("starts", Wide.Starts),
            new("descents", Wide.Descents),
            new("seed", Wide.Seed),
        ];
    }
}
