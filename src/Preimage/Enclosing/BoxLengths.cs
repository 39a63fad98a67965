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
