namespace Preimage.Maps;

/// <summary>The door of every map: spans of the lengths that it says.</summary>
internal static class Lengths
{
    /// <summary>x: [Inputs], y: [Outputs].</summary>
    public static void Demand(IMap map, int x, int y)
    {
        if (x != map.Inputs || y != map.Outputs)
        {
            Refuse(map, $"a point of {x} and a value of {y}");
        }
    }

    /// <summary>x: [Inputs], y: [Outputs], jacobian: [Outputs * Inputs].</summary>
    public static void Demand(IMap map, int x, int y, int jacobian)
    {
        if (x != map.Inputs || y != map.Outputs || jacobian != map.Inputs * map.Outputs)
        {
            Refuse(map, $"a point of {x}, a value of {y} and a Jacobian of {jacobian}");
        }
    }

    private static void Refuse(IMap map, string got) =>
        throw new ArgumentException(
            $"The map has {map.Inputs} inputs and {map.Outputs} outputs, but got {got} numbers; give spans of just these lengths."
        );
}
