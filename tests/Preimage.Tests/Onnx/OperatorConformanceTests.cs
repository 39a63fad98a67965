using System.Formats.Tar;
using System.IO.Compression;
using System.Text;

namespace Preimage.Tests.Onnx;

/// <summary>The operator tests of the ONNX project, and docs/guide/operator-tests.md, which is what came of them. With PREIMAGE_ACCEPT=1 the test writes it anew.</summary>
public class OperatorConformanceTests(ITestOutputHelper output)
{
    /// <summary>How many passed when this was written: more may, fewer not.</summary>
    private const int Passed = 528;

    /// <summary>Every refusal must be one of these: anything else would be a fault of ours.</summary>
    private static readonly (string Sentence, string Reason)[] Reasons =
    [
        ("supported are opset 6 and newer", "an opset before 6"),
        ("draws random numbers", "random numbers inside the model"),
        ("as in training", "training mode"),
        ("of type string", "strings"),
        ("to the type string", "strings"),
        ("of type sequence", "sequences as inputs or outputs"),
        ("a sequence of tensors", "sequences as inputs or outputs"),
        ("of type optional", "optional inputs"),
    ];

    [Fact]
    public void EveryTest_PassesOrIsRefusedForAGoodReason()
    {
        string folder = Extract();
        try
        {
            OperatorResult[] results =
            [
                .. System
                    .IO.Directory.GetFiles(folder, "model.onnx", SearchOption.AllDirectories)
                    .Select(model => new OperatorTest(System.IO.Path.GetDirectoryName(model)!))
                    .OrderBy(test => test.Name, StringComparer.Ordinal)
                    .Select(test => test.Run()),
            ];
            foreach (OperatorResult result in results)
            {
                output.WriteLine($"{result.Verdict}: {result.Test}: {result.Note}");
            }

            Assert.DoesNotContain(results, r => r.Verdict == OperatorVerdict.Failed);
            Assert.All(
                results,
                r => Assert.True(r.Verdict == OperatorVerdict.Passed || ReasonOf(r) is not null, $"{r}")
            );
            IsTheGuide(results);
            Assert.InRange(results.Count(r => r.Verdict == OperatorVerdict.Passed), Passed, results.Length);
        }
        finally
        {
            System.IO.Directory.Delete(folder, recursive: true);
        }
    }

    private static string? ReasonOf(OperatorResult result) =>
        Reasons.FirstOrDefault(r => result.Note.Contains(r.Sentence, StringComparison.Ordinal)).Reason;

    private static string Extract()
    {
        string archive = Shared.Path("op-tests.tar.gz");
        string folder = System.IO.Directory.CreateTempSubdirectory("preimage-operators").FullName;
        using var packed = File.OpenRead(archive);
        using var tar = new GZipStream(packed, CompressionMode.Decompress);
        TarFile.ExtractToDirectory(tar, folder, overwriteFiles: true);
        return folder;
    }

    private static void IsTheGuide(OperatorResult[] results)
    {
        string path = System.IO.Path.Combine(Shared.RepositoryRoot, "docs", "guide", "operator-tests.md");
        string expected = Write(results);
        if (Environment.GetEnvironmentVariable("PREIMAGE_ACCEPT") == "1")
        {
            File.WriteAllText(path, expected);
        }

        Assert.Equal(expected, File.ReadAllText(path));
    }

    private static string Write(OperatorResult[] results)
    {
        int Count(OperatorVerdict verdict) => results.Count(r => r.Verdict == verdict);
        var text = new StringBuilder();
        text.Append(
            $"""
            # Operator tests of the ONNX project

            Each test is a model with stored inputs and outputs. Every real input in turn is free and the others are given; where there is none, everything is given.
            Every output is compared, numbers of 32 bits to 1e-5 of the largest, integers exactly; the derivative is compared with differences of the value.

            | passed | refused | failed | together |
            |---|---|---|---|
            | {Count(OperatorVerdict.Passed)} | {Count(OperatorVerdict.Refused)} | {Count(
                OperatorVerdict.Failed
            )} | {results.Length} |

            ## Refused


            """
        );
        foreach (var reason in results.Where(r => r.Verdict == OperatorVerdict.Refused).GroupBy(ReasonOf))
        {
            text.Append($"For {reason.Key}:\n\n| test | reason |\n|---|---|\n");
            foreach (OperatorResult result in reason)
            {
                text.Append($"| {result.Test} | {Cell(result.Note)} |\n");
            }

            text.Append('\n');
        }

        text.Append("## Passed\n\n| test | but |\n|---|---|\n");
        foreach (OperatorResult result in results.Where(r => r.Verdict == OperatorVerdict.Passed))
        {
            text.Append($"| {result.Test} | {Cell(result.Note)} |\n");
        }

        return text.ToString();
    }

    private static string Cell(string note) =>
        note.Replace("model.onnx: ", "", StringComparison.Ordinal)
            .Replace("model.onnx ", "", StringComparison.Ordinal)
            .Replace("|", "\\|", StringComparison.Ordinal);
}
