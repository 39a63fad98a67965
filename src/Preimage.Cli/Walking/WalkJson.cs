using System.Text.Json;
using Preimage.Cli.Output;
using Preimage.Data.Samples;
using Preimage.Figures.Data;
using Preimage.Results;

namespace Preimage.Cli.Walking;

/// <summary>What a walk says about itself to a program.</summary>
internal static class WalkJson
{
    /// <summary>Writes all of it; the kept points only where they are asked for.</summary>
    public static void Write(Utf8JsonWriter json, WalkFound found, bool hasPoints)
    {
        WalkQuestion question = found.Question;
        Walk walk = found.Main.Walk;
        WriteFacts(json, found.Main);
        json.WriteNumber("seed", found.Main.Stroll.Plan.Seed);
        json.WriteNumbers("start", question.Start);
        json.WriteNumbers("target", walk.Target);
        if (question.Arrival is { } arrival)
        {
            json.WriteStartObject("reached");
            json.WriteNumbers("from", question.Choice.Start!);
            JsonText.Write(json, "residual", arrival.Residual);
            json.WriteNumber("evaluations", arrival.Evaluations);
            json.WriteEndObject();
        }

        WriteChains(json, walk);
        json.WriteStartArray("beside");
        foreach (Walked beside in found.Beside)
        {
            json.WriteStartObject();
            json.WriteString("recipe", beside.Stroll.Name);
            WriteFacts(json, beside);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        WriteSamples(json, found);
        if (hasPoints)
        {
            JsonText.Write(json, "points", [.. walk.Chains.SelectMany(chain => chain.Kept.Points)], question.Inputs);
        }
    }

    private static void WriteFacts(Utf8JsonWriter json, Walked walked)
    {
        Walk walk = walked.Walk;
        WalkFacts facts = walked.Facts;
        json.WriteNumber("steps", walk.Steps);
        json.WriteNumber("accepted", walk.Accepted);
        JsonText.Write(json, "acceptance", walk.Steps == 0 ? double.NaN : (double)walk.Accepted / walk.Steps);
        JsonText.Write(json, "defect", walk.Defect);
        JsonText.Write(json, "defectRelative", facts.Scale > 0 ? walk.Defect / facts.Scale : double.NaN);
        JsonText.Write(json, "distance", facts.Way);
        JsonText.Write(json, "distanceFromStart", facts.LargestDistance);
        JsonText.Write(json, "distanceFromStartMedian", facts.MedianDistance);
        json.WriteNumber("rankingChanges", facts.RankingChanges);
        json.WriteNumber("contacts", facts.Contacts);
        JsonText.Write(json, "ess", facts.DistanceEss);
        JsonText.Write(json, "rhat", facts.DistanceRhat);
        json.WriteStartObject("coordinates");
        JsonText.Write(json, "essLeast", facts.LeastEss);
        JsonText.Write(json, "essMedian", facts.MedianEss);
        JsonText.Write(json, "rhatLargest", facts.LargestRhat);
        JsonText.Write(json, "rhatMedian", facts.MedianRhat);
        json.WriteEndObject();
        JsonText.Write(json, "secondsAStep", facts.SecondsAStep);
    }

    private static void WriteChains(Utf8JsonWriter json, Walk walk)
    {
        json.WriteStartArray("chains");
        foreach (WalkProgress state in walk.Chains.Select(chain => chain.State))
        {
            json.WriteStartObject();
            json.WriteNumber("steps", state.Steps);
            json.WriteNumber("accepted", state.Accepted);
            json.WriteNumber("unreturned", state.Unreturned);
            JsonText.Write(json, "stepLength", state.StepLength);
            JsonText.Write(json, "distance", state.Distance);
            JsonText.Write(json, "defect", state.Defect);
            json.WriteNumber("evaluations", state.Evaluations);
            json.WriteNumber("linearizations", state.Linearizations);
            json.WriteString("ending", $"{state.Ending}");
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteSamples(Utf8JsonWriter json, WalkFound found)
    {
        if (found.Samples is { } samples)
        {
            json.WriteStartObject("samples");
            json.WriteNumber("count", samples.Table.Count);
            json.WriteNumber("kept", samples.Kept);
            JsonText.Write(json, "worth", samples.Worth);
            json.WriteBoolean("thinned", samples.IsThinned);
            json.WriteEndObject();
        }

        if (found.Spread is not { } data)
        {
            return;
        }

        Spread spread = data.Spread;
        json.WriteStartObject("data");
        json.WriteNumber("rows", data.Rows);
        json.WriteNumber("used", data.Used);
        if (data.Label is { } label)
        {
            json.WriteString("label", label);
        }

        JsonText.Write(json, "sampleToData", Spread.Median(spread.SampleToData));
        JsonText.Write(json, "sampleToSample", Spread.Median(spread.SampleToSample));
        JsonText.Write(json, "dataToData", Spread.Median(spread.DataToData));
        json.WriteNumber("neighbours", spread.Neighbours);
        JsonText.Write(json, "coverage", spread.Coverage);
        JsonText.Write(json, "density", spread.Density);
        json.WriteEndObject();
    }
}
