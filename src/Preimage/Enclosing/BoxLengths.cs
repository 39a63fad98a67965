namespace Preimage.Enclosing;

/// <summary>The door of every enclosure: spans of the lengths that it says.</summary>
internal static class BoxLengths
{
    /// <summary>x: [Inputs], y: [Outputs].</summary>
    public static void Demand(IEnclosedMap map, int x, int y)
    {
        Demand("box", x, map.Inputs);
        Demand("value", y, map.Outputs);
    }

    /// <summary>x: [Inputs], y: [Outputs], jacobian: [Outputs * Inputs].</summary>
    public static void Demand(IEnclosedMap map, int x, int y, int jacobian)
    {
        Demand(map, x, y);
        Demand("Jacobian", jacobian, map.Outputs * map.Inputs);
    }

    /// <summary>x: [Inputs], y: [Outputs], jacobian: [Outputs * Inputs], hessian: [Outputs * Inputs * Inputs].</summary>
    public static void Demand(IEnclosedMap map, int x, int y, int jacobian, int hessian)
    {
        Demand(map, x, y, jacobian);
        Demand("Hessian", hessian, map.Outputs * map.Inputs * map.Inputs);
    }

    /// <summary>x: [Inputs], v: [Inputs], y: [Outputs], derivative: [Outputs].</summary>
    public static void DemandTangent(IEnclosedMap map, int x, int v, int y, int derivative)
    {
        Demand(map, x, y);
        Demand("direction", v, map.Inputs);
        Demand("derivative", derivative, map.Outputs);
    }

    /// <summary>One span of the length expected.</summary>
    public static void Demand(string what, int length, int expected)
    {
        if (length != expected)
        {
            throw new ArgumentException(
                $"The enclosure got a {what} of {length} numbers; give {expected}, as its inputs and outputs are."
            );
        }
    }
}
