using System.Collections.Immutable;
using Preimage.Figures;
using Preimage.Tracing;

namespace Preimage.Cli.Arguments;

/// <summary>A recipe for tracing by its name, with its settings.</summary>
internal sealed record RecipeArgument
{
    private const long PublishedSteps = 10_000;

    public required string Name { get; init; }
    public required double Chord { get; init; }
    public required double Delta { get; init; }
    public required string Boundary { get; init; }
    public required long? Steps { get; init; }

    /// <summary>Whether the recipe corrects its points.</summary>
    public bool IsExact => Name.Equals("continuation", StringComparison.OrdinalIgnoreCase);

    /// <summary>The tracer.</summary>
    /// <exception cref="ArgumentException">There is no such recipe or boundary, or the steps are not positive.</exception>
    public Tracer Tracer()
    {
        if (Steps is { } few && few < 1)
        {
            throw new ArgumentException($"--steps is {few}; give 1 or more.");
        }

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
            "--recipe",
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
            :
            [
                new("recipe", Name),
                new("delta", Delta),
                new("steps", Steps ?? PublishedSteps),
                new("boundary", Boundary),
            ];

    /// <summary>A finite number above zero.</summary>
    public static double Positive(string text, string option)
    {
        double number = Numbers.ParseOne(text, option);
        return number > 0 && double.IsFinite(number)
            ? number
            : throw new ArgumentException($"{option} is {text}; give a positive number, such as 1e-4.");
    }
}
