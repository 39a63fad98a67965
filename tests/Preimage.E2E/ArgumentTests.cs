namespace Preimage.E2E;

public class ArgumentTests
{
    private const string Model = "examples/01-compact-class/compact-class.onnx";

    [Theory]
    [InlineData("")]
    [InlineData("info")]
    [InlineData("eval")]
    [InlineData("metric")]
    [InlineData("trace")]
    [InlineData("train")]
    public void Help_EveryCommand_ShowsAnExample(string command)
    {
        Run run = PreimageProcess.Run($"{command} --help");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains($"preimage {command}".Trim(), run.Output, StringComparison.Ordinal);
        Assert.Contains("Example", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", 2, "command")]
    [InlineData("trase x.onnx", 2, "trase")]
    [InlineData($"trace {Model}", 2, "--at")]
    [InlineData($"trace {Model} --at 0.2", 2, "1 number")]
    [InlineData($"trace {Model} --at 0.2,0.2,0.2", 2, "3 numbers")]
    [InlineData($"trace {Model} --at 0.2,abc", 2, "'abc'")]
    [InlineData($"trace {Model} --at 0.2,nan", 2, "'nan'")]
    [InlineData($"trace {Model} --at 3,3", 2, "outside")]
    [InlineData($"trace {Model} --at 0.2,0.2 --box 1,-1", 2, "reversed")]
    [InlineData($"trace {Model} --at 0.2,0.2 --box -1,1,-1", 2, "--box")]
    [InlineData($"trace {Model} --at 0.2,0.2 --recipe euler", 2, "euler")]
    [InlineData($"trace {Model} --at 0.2,0.2 --chord -1", 2, "--chord")]
    [InlineData($"trace {Model} --at 0.2,0.2 --bogus", 2, "--bogus")]
    [InlineData($"trace {Model} --at none.csv:3", 2, "none.csv")]
    [InlineData("trace none.onnx --at 0,0", 2, "none.onnx")]
    [InlineData("trace README.md --at 0,0", 1, "README.md")]
    public void WrongUse_IsRefusedInOneSentence(string arguments, int exitCode, string names)
    {
        Run run = PreimageProcess.Run(arguments);
        Assert.Equal(exitCode, run.ExitCode);
        Assert.Empty(run.Output);
        Assert.Contains(names, run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.Trim().Split('\n'));
    }
}
