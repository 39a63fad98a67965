using Preimage.Maps;

namespace Preimage.Walking;

/// <summary>The units in which a walk measures steps and area: inputs of degrees and millibars have no length in common.</summary>
public interface IWalkUnits
{
    /// <summary>The unit of each free input: powers of two, so that going over to them and back changes no bit.  box: of the free inputs; result: [d].</summary>
    double[] Of(Box box);
}
