using System.Collections.Immutable;

namespace Preimage.Results;

/// <summary>The nearest point to a start at which g reaches 0 (a level, or the border of a class), with what was proved of it.</summary>
public sealed record Crossing
{
    /// <summary>Whether a point was found.</summary>
    public bool Found => At is not null;

    /// <summary>x0: [n].</summary>
    public required ImmutableArray<double> From { get; init; }

    /// <summary>The crossing: [n]; null where none was found.</summary>
    public required ImmutableArray<double>? At { get; init; }

    /// <summary>Its Euclidean distance from x0; infinity where none was found.</summary>
    public required double Distance { get; init; }

    /// <summary>No point of { g = 0 } in the box is nearer to x0 than this: proved; infinity proves that there is none at all.</summary>
    public required double DistanceLower { get; init; }

    /// <summary>Proved: g changes its sign in the bracket, and none is nearer than Distance up to the tolerance asked for or 10^-12 of the inputs' size; or there is none in the box.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>Norm of the part of x - x0 that is not along the gradient (free inputs only), over the distance: 0 at a nearest point.</summary>
    public required double KktResidual { get; init; }

    /// <summary>Two points on either side of the border, with g of different signs, which are proved where the verdict is: [2 * n]; empty where none was found.</summary>
    public required ImmutableArray<double> Bracket { get; init; }

    /// <summary>The horizontal lift from x0 to the border: the path along which g changes fastest, which reaches it at or beyond the nearest point; null where it ends before.</summary>
    public Curve? Path { get; init; }

    /// <summary>The label at x0: the class, from 0, or 0 for a level that is not reached; null where a search does not tell.</summary>
    public int? FromLabel { get; init; }

    /// <summary>The label at the crossing: the class, from 0, or 1 for a level that is reached; null where none was found or a search does not tell.</summary>
    public int? ToLabel { get; init; }

    /// <summary>How many linearisations of the border are needed to balance x - x0: 1 where the border is smooth, more at a kink; 0 where a search does not tell.</summary>
    public int Pieces { get; init; }

    /// <summary>How many borders, one for each class, were approached; 0 where a search does not tell.</summary>
    public int Borders { get; init; }

    /// <summary>How many starts the approaches had, random ones among them; 0 where a search does not tell.</summary>
    public int Starts { get; init; }

    /// <summary>Distance between the two points of the bracket; 0 where none was found.</summary>
    public double BracketWidth
    {
        get
        {
            double square = 0;
            for (int i = 0; i < Bracket.Length / 2; i++)
            {
                double change = Bracket[i] - Bracket[Bracket.Length / 2 + i];
                square += change * change;
            }

            return Math.Sqrt(square);
        }
    }

    /// <summary>How many cells were enclosed.</summary>
    public required long Enclosures { get; init; }

    /// <summary>How often the map was evaluated.</summary>
    public required long Evaluations { get; init; }
}
