using System.Text.Json;
using System.Text.Json.Serialization;
using Preimage.Results;

namespace Preimage.Cli.Output;

/// <summary>What a trace that was stopped needs to go on: PATH.state.json, beside its partial results.</summary>
/// <param name="Sha256">The model's hash.</param>
/// <param name="Question">What was asked: point, box, chosen outputs and inputs, recipe.</param>
/// <param name="Fiber">What was traced, with the state of both directions.</param>
internal sealed record StateFile(string Sha256, string Question, Fiber Fiber)
{
    private const string Ending = ".state.json";

    /// <summary>Writes the state as PATH.state.json.</summary>
    /// <returns>The file.</returns>
    public string Write(string path)
    {
        string file = path + Ending;
        AtomicFile.Write(file, JsonSerializer.Serialize(this, StateContext.Default.StateFile));
        return file;
    }

    /// <summary>Removes the state of a run that is now whole.</summary>
    public static void Remove(string path) => File.Delete(path + Ending);

    /// <summary>The fiber so far, if it is of this model and question.</summary>
    /// <exception cref="ArgumentException">The file is no such state.</exception>
    public static Fiber Read(string file, string sha256, string question)
    {
        StateFile state = Parse(file);
        if (state.Sha256 != sha256)
        {
            throw new ArgumentException(
                $"--resume names '{file}', which is the state of another model; give the same model."
            );
        }

        if (state.Question != question)
        {
            throw new ArgumentException(
                $"--resume names '{file}', which is the state of another trace ({state.Question}); repeat that trace's own command and add --resume."
            );
        }

        return state.Fiber;
    }

    private static StateFile Parse(string file)
    {
        if (!File.Exists(file))
        {
            throw new ArgumentException($"--resume names the file '{file}', which does not exist.");
        }

        try
        {
            return JsonSerializer.Deserialize(File.ReadAllText(file), StateContext.Default.StateFile)
                ?? throw new JsonException();
        }
        catch (JsonException e)
        {
            throw new ArgumentException(
                $"--resume names '{file}', which is not the state of a trace; name a {Ending} file that a stopped trace wrote.",
                e
            );
        }
    }
}

/// <summary>How states are written: every number by the digits that read back to the same bits.</summary>
[JsonSourceGenerationOptions(
    IgnoreReadOnlyProperties = true,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals
)]
[JsonSerializable(typeof(StateFile))]
internal sealed partial class StateContext : JsonSerializerContext;
