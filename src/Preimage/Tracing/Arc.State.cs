using System.Collections.Immutable;
using Preimage.Results;

namespace Preimage.Tracing;

public sealed partial class Arc
{
    internal void Begin(double step)
    {
        Step = step;
        Pinned = -1;
        Moved = 0;
        IsCorrected = false;
        IsCorner = false;
    }

    /// <summary>Forgets all stations but the last: the curve begins anew there.</summary>
    internal void BeginAnew() => Known = Math.Min(Known, 1);

    /// <summary>The run's state with its next step and ending.</summary>
    internal Progress Save(double step, Ending ending)
    {
        var points = ImmutableArray.CreateBuilder<double>(Known * Inputs);
        var tangents = ImmutableArray.CreateBuilder<double>(Known * Inputs);
        for (int k = 0; k < Known; k++)
        {
            points.AddRange(Back(k).Point);
            tangents.AddRange(Back(k).Tangent);
        }

        return new Progress
        {
            Scale = [.. Scale],
            Points = points.MoveToImmutable(),
            Tangents = tangents.MoveToImmutable(),
            Arcs = [.. _arcs.AsSpan(0, Math.Max(0, Known - 1))],
            Origin = Origin,
            OriginTangent = OriginTangent,
            Strength = From.Strength,
            Strongest = Strongest,
            Noise = Noise,
            Doubt = Doubt,
            Bend = From.Bend,
            Step = step,
            Length = Length,
            Accepted = Accepted,
            Evaluations = Evaluations,
            Rejections = Rejections,
            Ending = ending,
        };
    }

    private void Restore(Progress from)
    {
        int known = from.Points.Length / Inputs;
        for (int k = 0; k < known; k++)
        {
            from.Points.AsSpan(k * Inputs, Inputs).CopyTo(_back[k].Point);
            from.Tangents.AsSpan(k * Inputs, Inputs).CopyTo(_back[k].Tangent);
        }

        Known = known;
        from.Arcs.CopyTo(_arcs);
        if (known > 0)
        {
            From.Strength = from.Strength;
            From.Bend = from.Bend;
        }

        Strongest = from.Strongest;
        Noise = from.Noise;
        Doubt = from.Doubt;
        Length = from.Length;
        Accepted = from.Accepted;
        Evaluations = from.Evaluations;
        Rejections = from.Rejections;
    }
}
