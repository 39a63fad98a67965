using System.Collections.Immutable;
using Preimage.Figures.Trails;
using Preimage.Results;

namespace Preimage.Figures;

/// <summary>Points that a run went through, a walk's, a morph's or a crossing's path, with all that a figure of them shows.</summary>
public sealed record TrailReport
{
    /// <summary>The run; its signature labels the coordinates and names the outputs.</summary>
    public required RunRecord Run { get; init; }

    /// <summary>The heading.</summary>
    public required string Title { get; init; }

    /// <summary>What is worth saying first, by name.</summary>
    public ImmutableArray<(string Name, string Value)> Facts { get; init; } = [];

    /// <summary>The points that were found.</summary>
    public required Trail Trail { get; init; }

    /// <summary>What stands beside them, such as the published recipe from the same start.</summary>
    public ImmutableArray<Trail> Beside { get; init; } = [];

    /// <summary>What <see cref="Trail.Along"/> measures: "step", "length", "distance", "output level".</summary>
    public string Abscissa { get; init; } = "step";

    /// <summary>x0: [n].</summary>
    public required ImmutableArray<double> Start { get; init; }

    /// <summary>Where the points were to go: [n], or empty. Where it is given, distances are measured from it, else from the start.</summary>
    public ImmutableArray<double> Target { get; init; } = [];

    /// <summary>What the outputs are, and so how they are shown.</summary>
    public OutputReading Outputs { get; init; }

    /// <summary>How a point is an image; null where it is none.</summary>
    public TrailImage? Image { get; init; }

    /// <summary>The length of a row, where a point is a table such as [tokens, width]; 0 where it is none.</summary>
    public int RowLength { get; init; }
}

/// <summary>A named cloud of points along something. Where it has several chains, they stand one after the other.</summary>
public sealed record Trail
{
    /// <summary>What a legend calls it: "walk", "published SiMEC".</summary>
    public required string Name { get; init; }

    /// <summary>The points with values and defects, in their order.</summary>
    public required Cloud Cloud { get; init; }

    /// <summary>Where each point stands along its chain (step number, length so far): [Cloud.Count], not falling within a chain.</summary>
    public required ImmutableArray<double> Along { get; init; }

    /// <summary>The chain of each point, counted from 0: [Cloud.Count], or empty for one chain.</summary>
    public ImmutableArray<int> Chains { get; init; } = [];

    /// <summary>What each point says, row by row of its table, such as the nearest token of each: [Cloud.Count] lists of texts, or empty.</summary>
    public ImmutableArray<ImmutableArray<string>> Tokens { get; init; } = [];

    /// <summary>The run's largest defect, where it made more points than are here; null takes the largest of these.</summary>
    public double? LargestDefect { get; init; }

    /// <summary>How often the outputs' order changed over the whole run; null counts it over these points.</summary>
    public long? RankingChanges { get; init; }

    /// <summary>The points are joined in their order: a path, or a walk. Else they are samples, each by itself.</summary>
    public bool IsJoined { get; init; } = true;

    /// <summary>How often the outputs' order changed: <see cref="RankingChanges"/>, or counted over these points. Outputs within 16 ulp of the largest are equal.</summary>
    public long CountRankingChanges() => TrailFigures.Changes(this);

    internal double Defect => LargestDefect ?? Cloud.Defect;
}

/// <summary>What a map's outputs are.</summary>
public enum OutputReading
{
    /// <summary>
    /// Told from the values: probabilities where they are not negative and add up to 1, their logarithms where their exponentials do; of three or more
    /// outputs of an image, some of the probabilities where they add up to less, else scores of classes; as they are in all other cases.
    /// </summary>
    Unknown = 0,

    /// <summary>Shown as they are.</summary>
    AsIs,

    /// <summary>Probabilities of classes.</summary>
    Probabilities,

    /// <summary>Logarithms of probabilities.</summary>
    LogProbabilities,

    /// <summary>Scores of classes, whose softmax are probabilities; of one output, the logistic function of it.</summary>
    Logits,
}
