using System.CommandLine;
using Preimage.Cli.Arguments;

namespace Preimage.Cli.Commands;

/// <summary>preimage level: all of a level set.</summary>
internal static class LevelCommand
{
    public static Command Create()
    {
        SliceOptions slice = new(
            pointIsNeeded: false,
            "The point whose level is meant, or with --value the values of the inputs that --free leaves held"
        );
        Option<string?> value = new("--value")
        {
            Description = "The level c of { f = c }; without it, the level of the point --at.",
            HelpName = "c",
        };
        Option<string> chord = CommonOptions.Chord();
        Option<string?> truth = TruthArgument.Option();
        Option<bool> kinks = KinkLines.Option();
        Option<string?> path = CommonOptions.OutPlane();
        Option<bool> json = CommonOptions.Json();
        Command command = new(
            "level",
            """
            Finds all of a level set { f = c } in a box of two inputs, and proves that it did: every component, closed or
            ended exactly on the box; the critical points of f, between whose values the picture does not change; and, by
            its place, whatever could not be decided.

            Examples:
              preimage level examples/01-compact-class/compact-class.onnx --value 0.4 --out level
              preimage level model.onnx --at 0.2,0.5,1,0 --free x1,x4 --chord 1e-6 --json
            """
        );
        slice.AddTo(command);
        foreach (Option option in (Option[])[value, chord, truth, kinks, path, json])
        {
            command.Add(option);
        }

        command.SetRun(
            (result, cancellation) =>
                new LevelRun
                {
                    Slice = slice.Read(result),
                    Value = result.GetValue(value),
                    Chord = RecipeArgument.Positive(result.GetValue(chord)!, "--chord"),
                    Truth = result.GetValue(truth),
                    HasKinks = result.GetValue(kinks),
                    Out = result.GetValue(path),
                    Json = result.GetValue(json),
                }.Run(cancellation)
        );
        return command;
    }
}
