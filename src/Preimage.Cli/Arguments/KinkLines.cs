using System.CommandLine;
using Preimage.Levels;
using Preimage.Maps;
using Preimage.Networks;
using Preimage.Results;

namespace Preimage.Cli.Arguments;

/// <summary>--kinks: the lines on the plane of two inputs where a function of the network, such as a rectifier, has its kink.</summary>
internal static class KinkLines
{
    /// <summary>Of more functions the lines would cover the plane.</summary>
    private const int Most = 256;

    /// <summary>What the lines are called in a legend.</summary>
    public const string Name = "kinks";

    public static Option<bool> Option() =>
        new("--kinks")
        {
            Description =
                "With --out: draw the lines where a rectifier or another function of the network has a kink; of two free inputs.",
        };

    /// <summary>Whether they are to be drawn.</summary>
    /// <exception cref="ArgumentException">There is no figure to draw them in.</exception>
    public static bool AreAsked(bool isGiven, string? path) =>
        !isGiven || path is not null
            ? isGiven
            : throw new ArgumentException(
                "--kinks draws lines in a figure, and there is none; name its file with --out."
            );

    /// <summary>The lines in the box; none where they are not asked for.</summary>
    /// <exception cref="ArgumentException">There are not two free inputs, no function has a kink, too many have one, or the box is infinite.</exception>
    public static Curve[] Curves(bool areAsked, MapChoice choice, Box box, CancellationToken cancellation) =>
        areAsked ? Find(choice, box, cancellation) : [];

    private static Curve[] Find(MapChoice choice, Box box, CancellationToken cancellation)
    {
        Network kinks = Demand(choice, box);
        LevelSets recipe = new() { CriticalPoints = null };
        List<Curve> lines = [];
        for (int i = 0; i < kinks.Outputs; i++)
        {
            MapChoice one = choice.Of(kinks.Select(i));
            if (IsSomething(one.Map, box))
            {
                lines.AddRange(
                    recipe.Find(one.Map, one.Enclosure, 0, box, cancellation).Components.SelectMany(c => c.Branches)
                );
            }
        }

        return [.. lines];
    }

    private static Network Demand(MapChoice choice, Box box)
    {
        if (choice.Map.Inputs != 2)
        {
            throw new ArgumentException(
                $"--kinks draws lines on a plane, and {choice.Map.Inputs} inputs are free; leave two free with --free, or leave --kinks out."
            );
        }

        if (box.Lower.Concat(box.Upper).Any(double.IsInfinity))
        {
            throw new ArgumentException("--kinks searches the box, which is infinite; give a finite one with --box.");
        }

        Network kinks =
            choice.Network.Kinks()
            ?? throw new ArgumentException(
                "No function of the network has a kink, so there are no lines to draw; leave --kinks out."
            );
        return kinks.Outputs <= Most
            ? kinks
            : throw new ArgumentException(
                $"{kinks.Outputs} units of the network have a kink, and --kinks draws the lines of at most {Most}; leave it out."
            );
    }

    /// <summary>Whether the argument is anything but 0 in a corner of the box: one that is 0 everywhere has no line.</summary>
    private static bool IsSomething(IMap argument, Box box) =>
        (
            (double[][])
                [
                    [box.Lower[0], box.Lower[1]],
                    [box.Lower[0], box.Upper[1]],
                    [box.Upper[0], box.Lower[1]],
                ]
        ).Any(corner => argument.Evaluate(corner)[0] != 0);
}
