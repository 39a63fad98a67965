using System.Collections.Immutable;
using Preimage.Cli.Arguments;
using Preimage.Figures;
using Preimage.Maps;
using Preimage.Walking;

namespace Preimage.Cli.Walking;

/// <summary>How to walk, as the command line says it.</summary>
internal sealed record WalkSettings
{
    /// <summary>What is kept where nothing is said: so many points of all chains, and no more memory than this.</summary>
    private const int DefaultKept = 1000;
    private const long DefaultBytes = 1L << 26;

    /// <summary>The most numbers that are kept: 1 GiB of them.</summary>
    private const long MostNumbers = 1L << 27;

    private const long DefaultWarmUp = 500;

    public required string Recipe { get; init; }

    /// <summary>Recipes to walk beside it, from the same start.</summary>
    public required string[] Compare { get; init; }

    /// <summary>Of each chain.</summary>
    public required long Steps { get; init; }
    public required int Chains { get; init; }
    public required int Seed { get; init; }

    /// <summary>null for the recipe's own.</summary>
    public required long? WarmUp { get; init; }

    /// <summary>The length of the steps; null to adapt it.</summary>
    public required double? Step { get; init; }

    /// <summary>The units of steps and area: input, box or auto.</summary>
    public required string Scale { get; init; }

    /// <summary>null for the recipe's own.</summary>
    public required string? Bounds { get; init; }

    /// <summary>How many points are kept of all chains; null where nothing is said.</summary>
    public required long? Keep { get; init; }

    /// <summary>Every so-many-th point is kept; null where nothing is said.</summary>
    public required long? Every { get; init; }

    public required PublishedWalk Published { get; init; }

    /// <summary>Whether a recipe is a published one, uncorrected.</summary>
    public static bool IsPublished(string recipe) => PublishedWalk.Names.Contains(recipe.ToLowerInvariant());

    /// <summary>All walks that were asked for, the main one first.</summary>
    /// <param name="inputs">The inputs that are free.</param>
    /// <exception cref="ArgumentException">There is no such recipe, or what is to be kept would not fit.</exception>
    public IReadOnlyList<Stroll> Strolls(ImmutableArray<Variable> inputs)
    {
        IWalkUnits units = Units(inputs);
        Stroll Of(string recipe, string option)
        {
            Walker walker = Walker(recipe, option);
            return new(
                Name(recipe),
                IsPublished(recipe) ? walker : walker with { Units = units },
                Plan(recipe, inputs.Length)
            );
        }

        return [Of(Recipe, "--recipe"), .. Compare.Select(recipe => Of(recipe, "--compare"))];
    }

    /// <summary>The settings in force, for the record.</summary>
    public IEnumerable<Setting> Record(ImmutableArray<Variable> inputs)
    {
        WalkPlan plan = Plan(Recipe, inputs.Length);
        yield return new("recipe", Recipe);
        yield return new("steps", plan.Steps);
        yield return new("chains", plan.Chains);
        yield return new("seed", plan.Seed);
        yield return new("warmUp", plan.WarmUp);
        if (Step is { } step)
        {
            yield return new("step", step);
        }

        if (!IsPublished(Recipe))
        {
            yield return new("scale", Units(inputs) is WalkBoxUnits ? "box" : "input");
        }

        yield return new("bounds", BoundsOf(Recipe));
        yield return new("every", plan.Every);
        if (Compare.Length > 0)
        {
            yield return new("compare", string.Join(", ", Compare));
        }

        if (IsPublished(Recipe) || Compare.Length > 0)
        {
            foreach (Setting setting in Published.Record())
            {
                yield return setting;
            }
        }
    }

    /// <summary>How many points of all chains a plan keeps.</summary>
    public static long Kept(WalkPlan plan) => plan.Chains * (plan.Steps / plan.Every);

    /// <summary>A recipe as a table names it.</summary>
    public static string Name(string recipe) =>
        recipe.ToLowerInvariant() switch
        {
            "simec" => "published SiMEC",
            "simexp" => "published SiMExp",
            var name => name,
        };

    private WalkPlan Plan(string recipe, int n)
    {
        WalkPlan plan = new()
        {
            Steps = Steps,
            Chains = Chains,
            Seed = Seed,
            WarmUp = IsPublished(recipe) ? 0 : WarmUp ?? (Step is null ? DefaultWarmUp : 0),
            Every = EveryOf(n),
        };
        return Kept(plan) <= MostNumbers / n
            ? plan
            : throw new ArgumentException(
                $"{Kept(plan)} points of {Numbers.Count(n, "number")} are to be kept, and at most {MostNumbers / n} are; keep fewer with --keep or --every."
            );
    }

    private long EveryOf(int n)
    {
        if (Every is { } every)
        {
            return Keep is null
                ? Math.Min(every, Steps)
                : throw new ArgumentException("--keep and --every both say which points are kept; give one of them.");
        }

        long keep = Keep ?? Math.Min(DefaultKept, DefaultBytes / (8L * n));
        long ofEach = Math.Clamp((keep + Chains - 1) / Chains, 1, Steps);
        return Steps / ofEach;
    }

    private Walker Walker(string recipe, string option)
    {
        Walker walker = Choice.Of(
            recipe,
            option,
            ("uniform", Preimage.Walking.Walker.Uniform),
            ("ahead", Preimage.Walking.Walker.Ahead),
            ("simec", Published.Walker("simec")),
            ("simexp", Published.Walker("simexp"))
        );
        if (IsPublished(recipe))
        {
            return Bounds is null || option == "--compare" ? walker : walker with { Bounds = BoundsPart(Bounds) };
        }

        walker = walker with { Bounds = BoundsPart(BoundsOf(recipe)) };
        return Step is { } length ? walker with { StepLength = new FixedLength(length) } : walker;
    }

    private IWalkUnits Units(ImmutableArray<Variable> inputs) =>
        Choice.Of<IWalkUnits>(
            Scale,
            "--scale",
            ("input", new WalkInputUnits()),
            ("box", new WalkBoxUnits()),
            (
                "auto",
                inputs.Select(v => v.Unit).Distinct(StringComparer.Ordinal).Count() > 1
                    ? new WalkBoxUnits()
                    : new WalkInputUnits()
            )
        );

    private string BoundsOf(string recipe) => Bounds ?? (IsPublished(recipe) ? "clamp" : "mirror");

    private static IWalkBounds BoundsPart(string word) =>
        Choice.Of<IWalkBounds>(
            word,
            "--bounds",
            ("mirror", new MirrorBounds()),
            ("face", new FaceBounds()),
            ("clamp", new ClampBounds())
        );
}
