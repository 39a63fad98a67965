using Preimage.Maps;

namespace Preimage.Tracing;

/// <summary>Chooses the unit of length of each input; a run measures steps, chords and turns in these units.</summary>
public interface IScale
{
    /// <summary>The units for a box: [box.Dimension], positive and finite.</summary>
    double[] Units(Box box);
}
