namespace Preimage.E2E;

public class ArgumentTests
{
    private const string Model = "examples/01-compact-class/compact-class.onnx";

    private const string Seam = "examples/04-curve-in-space/curve-in-space.onnx";

    [Theory]
    [InlineData("")]
    [InlineData("info")]
    [InlineData("eval")]
    [InlineData("metric")]
    [InlineData("trace")]
    [InlineData("level")]
    [InlineData("band")]
    [InlineData("foliate")]
    [InlineData("cross")]
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
    [InlineData($"trace {Model} --at 0.2,0.2 --box inf", 2, "--box has 1 number, ")]
    [InlineData($"trace {Model} --at 0.2,0.2 --steps 0", 2, "--steps is 0")]
    [InlineData($"trace {Model} --at 0.2,0.2 --steps few", 2, "--steps is few; give a whole number")]
    [InlineData($"trace {Model} --at 0.2,0.2 --compare euler", 2, "--compare does not know 'euler'")]
    [InlineData($"trace {Model} --at 0.2,0.2 --out examples", 2, "folder 'examples'")]
    [InlineData("train --formula z=x --range \"x in -1,1\" --epochs 0 --out /dev/null/z.onnx", 2, "--epochs is 0")]
    [InlineData("train --formula z=x --range \"x in -1,1\" --out /dev/null/z.onnx", 1, "/dev/null/z.onnx")]
    [InlineData("train --formula z=x --range \"x in -1,1\" --out z.txt", 2, "'z.txt'")]
    [InlineData("train --formula z=x --out /tmp/z.onnx", 2, "--range")]
    [InlineData($"trace {Model} --at none.csv:3", 2, "none.csv")]
    [InlineData($"trace {Model} --at 0.2 --fix q=1", 2, "'q'")]
    [InlineData($"trace {Model} --at 0.2 --fix x", 2, "x3=0.5")]
    [InlineData($"trace {Model} --at 0.2,0.2 --outputs 5", 2, "'5'")]
    [InlineData($"trace {Model} --at 0.2,0.2 --delta 1e-3", 2, "--delta is of the published recipes")]
    [InlineData($"trace {Model} --at 0.2,0.2 --boundary project", 2, "--boundary is of the published recipes")]
    [InlineData($"trace {Model} --at 0.2,0.2 --recipe simec --chord 1e-3", 2, "--chord is of the continuation")]
    [InlineData($"trace {Model} --at 0.2,0.2 --truth \"z = exp(q)\"", 2, "'q'")]
    [InlineData($"trace {Seam} --at 0.7,0,0.588 --truth \"z = x\"", 2, "choose one with --outputs")]
    [InlineData($"trace {Seam} --at 0.7,0 --free x,y", 2, "--at has 2 numbers, but the model has 3 inputs")]
    [InlineData($"trace {Seam} --at 0.7,0 --fix z=0 --free x,z", 2, "both name z")]
    [InlineData($"trace {Seam} --at 0.7,0,0 --free w", 2, "'w'")]
    [InlineData($"trace {Seam} --at 0.7,0 --fix z=inf", 2, "not finite")]
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

    [Theory]
    [InlineData("x,y\n0.1,0.2\n", 1)]
    [InlineData("0.3,0.4\n0.1,0.2\n", 2)]
    [InlineData("y;x\n0.2;0.1\n", 1)]
    [InlineData("name\tx\ty\nhere\t0.1\t0.2\n", 1)]
    [InlineData("\uFEFFx,y\r\n0.1,0.2\r\n", 1)]
    [InlineData("\"0.1\",\"0.2\"\n", 1)]
    public void Table_InAnyCommonForm_GivesAPoint(string table, int row)
    {
        string file = Path.Combine(PreimageProcess.NewFolder(), "tåble of points.csv");
        File.WriteAllText(file, table);
        Run run = PreimageProcess.Run($"eval {Model} --at \"{file}:{row}\" --json");
        Assert.True(run.ExitCode == 0, run.Error);
        double[] at =
        [
            .. run.Json.GetProperty("settings").GetProperty("at").EnumerateArray().Select(x => x.GetDouble()),
        ];
        Assert.Equal([0.1, 0.2], at);
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("x,y\n", "only 0 rows")]
    [InlineData("x,y\n0.1\n", "has 1 cells")]
    [InlineData("x;y\n0,1;0,2\n", "'0,1'")]
    [InlineData("x\n0.1\n", "does not name every input")]
    public void Table_ThatGivesNoPoint_IsRefused(string table, string names)
    {
        string file = Path.Combine(PreimageProcess.NewFolder(), "points.csv");
        File.WriteAllText(file, table);
        Run run = PreimageProcess.Run($"eval {Model} --at {file}:1");
        Assert.Equal(2, run.ExitCode);
        Assert.Empty(run.Output);
        Assert.Contains(names, run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.Trim().Split('\n'));
    }

    [Fact]
    public void Paths_WithBlanksAndLettersOfAnyScript_Work()
    {
        string folder = Directory.CreateDirectory(Path.Combine(PreimageProcess.NewFolder(), "ünï ☃")).FullName;
        string model = Path.Combine(folder, "módel net.onnx");
        File.Copy(Path.Combine(Repository.Root, Model), model);
        Run run = PreimageProcess.Run($"trace \"{model}\" --at 0.25,0.25, --out \"{folder}/fi ber.html\"");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains(Path.Combine(folder, "fi ber.html"), run.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(folder, "fi ber.html")));
    }

    [Fact]
    public void Json_WithOut_WritesBoth()
    {
        string file = Path.Combine(PreimageProcess.NewFolder(), "fiber.csv");
        Run run = PreimageProcess.Run($"trace {Model} --at 0.25,0.25 --json --out {file}");
        Assert.Equal(run.Json.GetProperty("points").GetArrayLength() + 1, File.ReadAllLines(file).Length);
    }
}
