using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Preimage.Results;

namespace Preimage.Cli.Walking;

/// <summary>Where a chain stands, as bytes: every number to its last bit.</summary>
internal static class ProgressBytes
{
    /// <summary>Writes it; null for a chain that has not begun.</summary>
    public static void Write(BinaryWriter writer, WalkProgress? state)
    {
        writer.Write(state is not null);
        if (state is null)
        {
            return;
        }

        Write(writer, state.Point);
        Write(writer, state.Direction);
        (ulong a, ulong b, ulong c, ulong d) = state.Random;
        foreach (ulong word in (ulong[])[a, b, c, d])
        {
            writer.Write(word);
        }

        foreach (double number in (double[])[state.StepLength, state.Distance, state.Defect])
        {
            writer.Write(number);
        }

        foreach (
            long count in (long[])
                [
                    state.WarmUp,
                    state.Steps,
                    state.Accepted,
                    state.Unreturned,
                    state.Contacts,
                    state.RankingChanges,
                    state.Evaluations,
                    state.Linearizations,
                ]
        )
        {
            writer.Write(count);
        }

        writer.Write(state.HasMoved);
        writer.Write((int)state.Ending);
    }

    /// <summary>Reads it back.</summary>
    public static WalkProgress? Read(BinaryReader reader) =>
        !reader.ReadBoolean()
            ? null
            : new WalkProgress
            {
                Point = ReadNumbers(reader),
                Direction = ReadNumbers(reader),
                Random = new GeneratorState(
                    reader.ReadUInt64(),
                    reader.ReadUInt64(),
                    reader.ReadUInt64(),
                    reader.ReadUInt64()
                ),
                StepLength = reader.ReadDouble(),
                Distance = reader.ReadDouble(),
                Defect = reader.ReadDouble(),
                WarmUp = reader.ReadInt64(),
                Steps = reader.ReadInt64(),
                Accepted = reader.ReadInt64(),
                Unreturned = reader.ReadInt64(),
                Contacts = reader.ReadInt64(),
                RankingChanges = reader.ReadInt64(),
                Evaluations = reader.ReadInt64(),
                Linearizations = reader.ReadInt64(),
                HasMoved = reader.ReadBoolean(),
                Ending = (Ending)reader.ReadInt32(),
            };

    private static void Write(BinaryWriter writer, ImmutableArray<double> numbers)
    {
        writer.Write(numbers.Length);
        writer.Write(MemoryMarshal.AsBytes(numbers.AsSpan()));
    }

    private static ImmutableArray<double> ReadNumbers(BinaryReader reader)
    {
        double[] numbers = new double[reader.ReadInt32()];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(numbers.AsSpan()));
        return ImmutableCollectionsMarshal.AsImmutableArray(numbers);
    }
}
