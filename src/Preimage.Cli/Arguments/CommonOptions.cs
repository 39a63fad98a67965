using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Preimage.Cli.Arguments;

/// <summary>The arguments and options that several commands share, worded once.</summary>
internal static class CommonOptions
{
    /// <summary>MODEL.</summary>
    public static Argument<string> Model() =>
        new("MODEL") { Description = "A network: an .onnx file, or a .csv file of text weights." };

    /// <summary>--at.</summary>
    /// <param name="use">What it is for, where that needs saying.</param>
    public static Option<string> Point(string use = "The point") =>
        new("--at")
        {
            Description =
                $"{use}: one number for each input, as in 0.2,-0.3, a row of a file, as in points.csv:1 or images.npy:17, or an image.",
            HelpName = "x1,x2,...|file:row|image",
            Required = true,
        };

    /// <summary>--image.</summary>
    public static Option<string?> Image() =>
        new("--image")
        {
            Description =
                "What is done to an image, or to pixels from 0 to 255, that --at names: imagenet, caffe, mnist, unit or raw, and settings such as scale=1/255,mean=0.5,std=0.5,order=bgr,size=256,crop=center,background=white.",
            HelpName = "name|setting=value,...",
        };

    /// <summary>--box.</summary>
    public static Option<string?> Box() =>
        new("--box")
        {
            Description =
                "The box to stay in: lo,hi for every input, or lo1,hi1,lo2,hi2,...; without it, the ranges in the model's metadata.",
            HelpName = "lo,hi,...",
        };

    /// <summary>--json.</summary>
    public static Option<bool> Json() =>
        new("--json") { Description = "Write one JSON object to standard output, and nothing else." };

    /// <summary>--out.</summary>
    public static Option<string?> Out(string description) =>
        new("--out") { Description = description, HelpName = "PATH" };

    /// <summary>--out of the commands that draw on a plane.</summary>
    public static Option<string?> OutPlane() =>
        Out("Write PATH.csv, PATH.json, PATH.svg, PATH.png and PATH.html; with one of these endings, that file only.");

    /// <summary>--chord.</summary>
    public static Option<string> Chord() =>
        Text("--chord", "Largest distance between curve and polyline, in units of the box's half widths.", "1e-4");

    /// <summary>Whether the command line names the option itself.</summary>
    public static bool WasGiven(this ParseResult result, Option option) =>
        result.GetResult(option) is { Implicit: false };

    /// <summary>A text with a default that the help text shows.</summary>
    public static Option<string> Text(string name, string description, string defaultValue) =>
        new(name) { Description = description, DefaultValueFactory = _ => defaultValue };

    /// <summary>A whole number, written as 1000 or 1e3; with a default that the help text shows, or none.</summary>
    public static Option<long?> Whole(string name, string description, long least, long? defaultValue = null)
    {
        Option<long?> option = new(name)
        {
            Description = description,
            HelpName = "N",
            CustomParser = result => ParseWhole(result, name, least),
        };
        if (defaultValue is { } value)
        {
            option.DefaultValueFactory = _ => value;
        }

        return option;
    }

    private static long? ParseWhole(ArgumentResult result, string name, long least)
    {
        string word = result.Tokens[0].Value;
        if (
            double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
            && number == Math.Floor(number)
            && number >= least
            && number <= int.MaxValue
        )
        {
            return (long)number;
        }

        result.AddError($"{name} is {word}; give a whole number, {least} or more.");
        return null;
    }
}
