using System.Collections.Immutable;
using Preimage.Figures;
using Preimage.Tracing;

namespace Preimage.Cli.Arguments;

/// <summary>A recipe for tracing by its name, with its settings.</summary>
internal sealed record RecipeArgument
{
    private const long PublishedSteps = 10_000;

    public required string Name { get; init; }

    /// <summary>The option that names it, for refusals.</summary>
    public string Option { get; init; } = "--recipe";

    public required double Chord { get; init; }
    public required double Delta { get; init; }
    public required string Boundary { get; init; }
    public required long? Steps { get; init; }

    /// <summary>Whether the recipe corrects its points.</summary>
    public bool IsExact => Corrects(Name);

    /// <summary>Whether the recipe of a name corrects its points.</summary>
    public static bool Corrects(string name) => name.Equals("continuation", StringComparison.OrdinalIgnoreCase);

    /// <summary>The tracer.</summary>
    /// <exception cref="ArgumentException">There is no such recipe or boundary.</exception>
    public Tracer Tracer()
    {
        long steps = Steps ?? PublishedSteps;
        IBoundary boundary = Choice.Of<IBoundary>(
            Boundary,
            "--boundary",
            ("stop", new StopInside()),
            ("project", new ProjectInside())
        );
        Tracer continuation = Tracing.Tracer.Continuation;
        return Choice.Of(
            Name,
            Option,
            (
                "continuation",
                continuation with
                {
                    Steps = new ChordControl(Chord),
                    Stop = Steps is { } most ? new Budget(most) : continuation.Stop,
                }
            ),
            ("simec", Tracing.Tracer.Simec(Delta, steps) with { Boundary = boundary }),
            ("simexp", Tracing.Tracer.Simexp(Delta, steps) with { Boundary = boundary })
        );
    }

    /// <summary>The settings in force, for the record.</summary>
    public ImmutableArray<Setting> Settings() =>
        IsExact
            ?
            [
                new("recipe", Name),
                new("chord", Chord),
                .. Steps is { } most ? [new Setting("steps", most)] : Array.Empty<Setting>(),
            ]
            : [new("recipe", Name), .. Published];

    /// <summary>What to add to the record where published recipes are laid beside this one, with the same delta and steps.</summary>
    public IEnumerable<Setting> SettingsBeside(IEnumerable<string> names)
    {
        Setting compare = new("compare", string.Join(", ", names));
        return IsExact ? [compare, .. Published] : [compare];
    }

    private IEnumerable<Setting> Published =>
        [new("delta", Delta), new("steps", Steps ?? PublishedSteps), new("boundary", Boundary)];

    /// <summary>A finite number above zero.</summary>
    public static double Positive(string text, string option, string example = "1e-4")
    {
        double number = Numbers.ParseOne(text, option);
        return number > 0 && double.IsFinite(number)
            ? number
            : throw new ArgumentException($"{option} is {text}; give a positive number, such as {example}.");
    }
}
