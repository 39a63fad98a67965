using Preimage.Cli.Arguments;
using Preimage.Figures;
using Preimage.Networks;

namespace Preimage.Cli.Morphing;

/// <summary>--towards: a point that is read as --at is.</summary>
internal static class TowardsArgument
{
    private const string Option = "--towards";

    /// <summary>The free coordinates of the point.</summary>
    /// <param name="text">What was said.</param>
    /// <param name="network">The network between --from and --to.</param>
    /// <param name="said">The words of the command, of --at.</param>
    /// <param name="told">The words that are left once the network is loaded.</param>
    /// <exception cref="ArgumentException">It is no point of the network's inputs.</exception>
    public static double[] Parse(string text, Network network, SliceWords said, SliceWords told)
    {
        SliceWords words = Of(text, said);
        try
        {
            if (told.AtOfTheModel is not null)
            {
                (network, words) = words.Load(); // where the network begins at an inner tensor, the point's image in it
            }

            NamedTensor inputs = new(network.Signature.Inputs, network.InputTensor.Shape);
            return HeldInputs.Of(inputs, network.Start.AsSpan(), words).Start!;
        }
        catch (ArgumentException refusal)
        {
            throw new ArgumentException(refusal.Message.Replace("--at", Option, StringComparison.Ordinal), refusal);
        }
    }

    /// <summary>Where the point came from, for the record.</summary>
    public static IEnumerable<Setting> Settings(string text, SliceWords said, MapChoice choice)
    {
        PointReading reading = Of(text, said).Reading(choice.Network.InputTensor.Shape);
        foreach (Setting setting in PointArgument.Settings(text, reading, choice.Point.Length))
        {
            if (setting.Name is "atFile" or "atHash")
            {
                yield return new Setting(setting.Name.Replace("at", "towards", StringComparison.Ordinal), $"{setting}");
            }
        }
    }

    /// <summary>--image is of files; a target of numbers needs none.</summary>
    private static SliceWords Of(string text, SliceWords said) =>
        said with
        {
            At = text,
            Image = PointArgument.File(text) is null ? null : said.Image,
        };
}
