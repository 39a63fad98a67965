using System.CommandLine;
using System.Diagnostics;
using Preimage.Cli.Arguments;
using Preimage.Cli.Output;
using Preimage.Data;
using Preimage.Data.Images;
using Preimage.Figures;
using Preimage.Training.Data;
using Preimage.Training.Digits;

namespace Preimage.Cli.Commands;

/// <summary>preimage digits: images of handwritten digits, drawn.</summary>
internal static class DigitsCommand
{
    /// <summary>Digits in a row of the sheet.</summary>
    private const int SheetColumns = 20;

    /// <summary>Most digits of the sheet.</summary>
    private const int SheetDigits = 400;

    public static Command Create()
    {
        Option<long?> count = CommonOptions.Whole("--count", "How many.", 2, 1000);
        Option<long?> first = CommonOptions.Whole("--first", "The number of the first one.", 1, 1);
        Option<long?> size = CommonOptions.Whole("--size", "Pixels of a side.", 8, 28);
        Option<long?> seed = CommonOptions.Whole("--seed", "Which digits.", 0, 1);
        Option<string> target = new("--out")
        {
            Description = "Write PATH-images.idx, PATH-labels.idx and a sheet of the first of them, PATH.png.",
            HelpName = "PATH",
            Required = true,
        };
        Option<bool> json = CommonOptions.Json();
        Command command = new(
            "digits",
            """
            Draws images of digits as a hand writes them, with their labels, to train and to try networks on without other people's data.
            Digit i of a seed is always the same: train on --count 8000 and test on --first 8001. `train --data digits:8000` draws them itself.

            Example:
              preimage digits --count 2000 --out digits
              preimage train --architecture cnn --data digits-images.idx --labels digits-labels.idx --image unit --out cnn.onnx
            """
        );
        foreach (Option option in (Option[])[count, first, size, seed, target, json])
        {
            command.Add(option);
        }

        command.SetRun(
            (result, _) =>
                Write(
                    new DigitImages
                    {
                        Size = (int)result.GetValue(size)!.Value,
                        Seed = (int)result.GetValue(seed)!.Value,
                    },
                    ((int)result.GetValue(first)!.Value, (int)result.GetValue(count)!.Value),
                    result.GetRequiredValue(target),
                    result.GetValue(json)
                )
        );
        return command;
    }

    private static ExitCode Write(DigitImages digits, (int First, int Count) which, string path, bool json)
    {
        Stopwatch watch = Stopwatch.StartNew();
        Dataset data = digits.Draw(which.First - 1, which.Count);
        byte[] pixels = [.. data.Inputs.Select(v => (byte)Math.Round(255 * v))];
        byte[] labels = [.. Enumerable.Range(0, data.Count).Select(i => Label(data, i))];
        string[] files = [$"{path}-images.idx", $"{path}-labels.idx", $"{path}.png"];
        AtomicFile.Write(files[0], IdxBytes.Of(pixels, [data.Count, digits.Size, digits.Size]));
        AtomicFile.Write(files[1], IdxBytes.Of(labels, [data.Count]));
        AtomicFile.Write(files[2], Sheet(pixels, digits.Size));
        RunRecord record = new()
        {
            Command = "digits",
            ModelPath = "",
            ModelHash = "",
            Signature = new Maps.Signature([], []),
            Settings = [new("first", which.First), new("size", digits.Size), new("seed", digits.Seed)],
            Seconds = watch.Elapsed.TotalSeconds,
            Version = Models.Version,
        };
        if (json)
        {
            JsonReport.Write(
                record,
                text =>
                {
                    text.WriteNumber("count", data.Count);
                    text.WriteNumbers("perDigit", PerDigit(labels).Select(c => (double)c));
                }
            );
            return ExitCode.Done;
        }

        Tables.WritePairs([
            ("digits", $"{data.Count} of {digits.Size} x {digits.Size} pixels"),
            ("of 0 to 9", string.Join(", ", PerDigit(labels))),
            ("written", string.Join(", ", files)),
        ]);
        return ExitCode.Done;
    }

    private static byte Label(Dataset data, int row) => (byte)data.Targets.AsSpan(row * 10, 10).IndexOf(1.0);

    private static IEnumerable<int> PerDigit(byte[] labels) =>
        Enumerable.Range(0, 10).Select(digit => labels.Count(label => label == digit));

    /// <summary>The first digits beside each other.</summary>
    private static byte[] Sheet(byte[] pixels, int size)
    {
        int count = Math.Min(SheetDigits, pixels.Length / (size * size));
        int width = Math.Min(SheetColumns, count) * size;
        int height = (count + SheetColumns - 1) / SheetColumns * size;
        byte[] sheet = new byte[width * height];
        for (int i = 0; i < count * size; i++)
        {
            (int digit, int row) = Math.DivRem(i, size);
            int place = (digit / SheetColumns * size + row) * width + digit % SheetColumns * size;
            pixels.AsSpan(i * size, size).CopyTo(sheet.AsSpan(place));
        }

        return PngWriter.Grey(width, height, sheet);
    }
}
