using System.CommandLine;
using Preimage.Cli;
using Preimage.Cli.Commands;
using Preimage.Cli.Morphing;
using Preimage.Cli.Walking;

RootCommand root = new(
    """
    Which inputs does a trained network not tell apart?

    Examples:
      preimage info model.onnx
      preimage trace model.onnx --at 0.2,0.2 --box -1,1 --out class
      preimage train --formula "z = exp(x^2+y^2-2)" --range "x in -1,1" --range "y in -1,1" --layers 5,5 --out model.onnx
    """
);
root.Add(InfoCommand.Create());
root.Add(EvalCommand.Create());
root.Add(MetricCommand.Create());
root.Add(TraceCommand.Create());
root.Add(LevelCommand.Create());
root.Add(BandCommand.Create());
root.Add(FoliateCommand.Create());
root.Add(CrossCommand.Create());
root.Add(WalkCommand.Create());
root.Add(MorphCommand.Create());
root.Add(TrainCommand.Create());
root.Add(DigitsCommand.Create());

ParseResult result = root.Parse(args);
if (result.Errors.Count == 0 || args.Any(word => word is "--help" or "-h" or "-?"))
{
    return result.Invoke();
}

string reasons = string.Join(" ", result.Errors.Select(error => error.Message));
string command =
    result.CommandResult.Command is RootCommand ? "preimage" : $"preimage {result.CommandResult.Command.Name}";
return (int)CommandHost.Refuse($"{reasons} See '{command} --help'.", ExitCode.WrongUse);
