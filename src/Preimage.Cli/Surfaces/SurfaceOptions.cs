using System.CommandLine;
using Preimage.Cli.Arguments;
using Preimage.Surfaces;

namespace Preimage.Cli.Surfaces;

/// <summary>What can be said of a surface on the command line of trace, beside what is said of every trace.</summary>
internal sealed class SurfaceOptions
{
    private const double DefaultChord = 1e-3;

    private readonly Option<long?> _dim = CommonOptions.Whole(
        "--dim",
        "Dimension of the fiber: 1 is a curve, 2 a surface, meshed with triangles.",
        1,
        1
    );
    private readonly Option<string?> _edge = new("--edge")
    {
        Description =
            "With --dim 2: longest edge of the triangles, in half widths of the box, instead of edges from --chord (1e-3).",
        HelpName = "length",
    };
    private readonly Option<string?> _value = new("--value")
    {
        Description =
            "With --dim 2: the surface where the output is this, instead of that of --at, through the nearest point of it that Newton's method finds.",
        HelpName = "y1,y2,...",
    };
    private readonly Option<string?> _axes = new("--axes")
    {
        Description = "With --dim 2: the three inputs to show, of more than three; without it their principal axes.",
        HelpName = "a,b,c",
    };
    private readonly Option<string?> _color = new("--color")
    {
        Description = "With --dim 2: the input that colours the surface.",
        HelpName = "input",
    };

    /// <summary>The options, in the order of the help text.</summary>
    public IEnumerable<Option> All => [_dim, _value, _edge, _axes, _color];

    /// <summary>Whether a surface is asked for.</summary>
    /// <exception cref="ArgumentException">Another dimension is, or something of surfaces is said of a curve.</exception>
    public bool IsAskedFor(ParseResult result)
    {
        long dimension = result.GetValue(_dim) ?? 1;
        if (dimension > 2)
        {
            throw new ArgumentException(
                $"--dim is {dimension}; trace follows curves (1) and meshes surfaces (2): in more dimensions use 'preimage walk'."
            );
        }

        if (dimension == 1)
        {
            foreach (Option option in (Option[])[_value, _edge, _axes, _color])
            {
                if (result.WasGiven(option))
                {
                    throw new ArgumentException($"{option.Name} is of surfaces; add --dim 2, or leave it out.");
                }
            }
        }

        return dimension == 2;
    }

    /// <summary>Refuses what is only of curves.</summary>
    /// <exception cref="ArgumentException">Such an option was given.</exception>
    public static void Refuse(ParseResult result, params ReadOnlySpan<Option> curves)
    {
        foreach (Option option in curves)
        {
            if (result.WasGiven(option))
            {
                throw new ArgumentException($"{option.Name} is of curves; leave it out with --dim 2.");
            }
        }
    }

    /// <summary>How dense the corners are to stand.</summary>
    /// <exception cref="ArgumentException">A length is not positive, or both are given.</exception>
    public SpacingArgument ReadSpacing(ParseResult result, Option<string> chord)
    {
        if (result.GetValue(_edge) is not { } edge)
        {
            double tolerance = result.WasGiven(chord)
                ? RecipeArgument.Positive(result.GetValue(chord)!, chord.Name, "1e-3")
                : DefaultChord;
            return new SpacingArgument("chord", tolerance, new ChordSpacing(tolerance));
        }

        if (result.WasGiven(chord))
        {
            throw new ArgumentException("--chord and --edge both size the triangles; give one of them.");
        }

        double longest = RecipeArgument.Positive(edge, _edge.Name, "0.1");
        return longest <= 1
            ? new SpacingArgument("edge", longest, new EvenSpacing(longest))
            : throw new ArgumentException($"--edge is {edge} half widths of the box; give at most 1, such as 0.1.");
    }

    /// <summary>The output that --value gives; null where it is not given.</summary>
    public string? Value(ParseResult result) => result.GetValue(_value);

    /// <summary>The names that --axes gives; null where it is not given.</summary>
    public string? Axes(ParseResult result) => result.GetValue(_axes);

    /// <summary>The name that --color gives; null where it is not given.</summary>
    public string? Color(ParseResult result) => result.GetValue(_color);
}

/// <summary>How dense corners are to stand, with its name for the record.</summary>
/// <param name="Name">chord or edge.</param>
/// <param name="Length">Its length, in half widths of the box.</param>
/// <param name="Spacing">The part.</param>
internal sealed record SpacingArgument(string Name, double Length, ISpacing Spacing);
