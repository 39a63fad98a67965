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

    /// <summary>The number k of directions.  x: [Inputs], v: [k * Inputs], derivative: [k * Outputs].</summary>
    public static int DemandDirections(IMap map, int x, int v, int derivative)
    {
        int count = map.Inputs == 0 ? 0 : v / map.Inputs;
        if (x != map.Inputs || v != count * map.Inputs || derivative != count * map.Outputs)
        {
            Refuse(map, $"a point of {x}, directions of {v} and derivatives of {derivative}");
        }

        return count;
    }

    /// <summary>The number k of covectors.  x: [Inputs], w: [k * Outputs], gradient: [k * Inputs].</summary>
    public static int DemandCovectors(IMap map, int x, int w, int gradient)
    {
        int count = map.Outputs == 0 ? 0 : w / map.Outputs;
        if (x != map.Inputs || w != count * map.Outputs || gradient != count * map.Inputs)
        {
            Refuse(map, $"a point of {x}, covectors of {w} and gradients of {gradient}");
        }

        return count;
    }

    private static void Refuse(IMap map, string got) =>
        throw new ArgumentException(
            $"The map has {map.Inputs} inputs and {map.Outputs} outputs, but got {got} numbers; give spans of just these lengths."
        );
}
