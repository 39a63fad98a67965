namespace Preimage.Maps;

/// <summary>Room for the dense Jacobian of a map; one that is too wide for it is refused before anything is computed.</summary>
public static class DenseJacobian
{
    /// <summary>The largest that is made: 1 GiB.</summary>
    public const long MostBytes = 1L << 30;

    /// <summary>Room for the Jacobian of the map: [Outputs * Inputs].</summary>
    /// <exception cref="ArgumentException">It would take more than <see cref="MostBytes"/>.</exception>
    public static double[] RoomFor(IMap map)
    {
        Demand(map);
        return new double[map.Outputs * map.Inputs];
    }

    /// <summary>Refuses a map whose Jacobian would take more than <see cref="MostBytes"/>.</summary>
    /// <exception cref="ArgumentException">It would.</exception>
    public static void Demand(IMap map) => Demand(map.Inputs, map.Outputs);

    /// <summary>Refuses a Jacobian that would take more than <see cref="MostBytes"/>.</summary>
    /// <exception cref="ArgumentException">It would.</exception>
    internal static void Demand(int inputs, int outputs)
    {
        long bytes = 8L * outputs * inputs;
        if (bytes > MostBytes)
        {
            throw new ArgumentException(
                $"The Jacobian of {outputs} outputs by {inputs} inputs would take {bytes / (double)(1 << 30):F1} GiB, and at most {MostBytes >> 30} GiB are made; choose fewer outputs, as with --outputs top:10, or use the products J v and J^T w of the library."
            );
        }
    }
}
