using Preimage.Maps;
using Preimage.Networks;
using Preimage.Onnx;

namespace Preimage.Bench;

/// <summary>A fiber that is measured: a network, a start, a box, and its length by independent arithmetic where that is known.</summary>
internal sealed record FiberCase(string Name, Network Network, double[] Start, Box Box, double? Length);

/// <summary>The fibers that are measured: of the shipped examples, and of the published networks where their weights lie beside the repository.</summary>
internal static class Fibers
{
    /// <summary>The shipped examples, each from one start in its own box.</summary>
    public static IEnumerable<FiberCase> Examples()
    {
        yield return Example("01-compact-class", 0.25, 0.25);
        yield return Example("02-non-compact-class", 0.25, 0.25);
        yield return Example("03-ideal-gas", 150_000, 0.05);
        yield return Example("04-curve-in-space", 0.5, 0.2, 0.1);
    }

    /// <summary>The published networks; lengths by long-double arithmetic in independent code.</summary>
    public static IEnumerable<FiberCase> Published() =>
        new[]
        {
            Reference("surface_1_good_weights", [0.2, 0.2], new Box([-1, -1], [1, 1]), 1.7520272462795),
            Reference("thermodynamics_weights_addestrata_bene", [0.1, 0.75], new Box([0, 0], [1, 1]), 1.1414605410317),
            Reference("weights_binary", [0, -0.01499], new Box([-3.14, -1], [3.14, 1.5]), 6.6926250763029),
        }.OfType<FiberCase>();

    /// <summary>Closed curves of 2-5-5-1 networks: the published one where it is there, else the shipped one.</summary>
    public static FiberCase Closed() => Published().FirstOrDefault() ?? Examples().First();

    /// <summary>A file of the repository.</summary>
    public static string InRepository(string path)
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Preimage.slnx")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(
            folder?.FullName ?? throw new InvalidOperationException("Run the benchmarks from inside the repository."),
            path
        );
    }

    private static FiberCase Example(string name, params double[] start)
    {
        string file = Path.Combine("examples", name, name[3..] + ".onnx");
        Network network = ModelFile.Read(InRepository(file));
        return new FiberCase(name, network, start, network.Signature.Box, null);
    }

    private static FiberCase? Reference(string name, double[] start, Box box, double length)
    {
        string file = InRepository(Path.Combine("..", "shared", "simec", name + ".csv"));
        return File.Exists(file) ? new FiberCase(name, ModelFile.Read(file), start, box, length) : null;
    }
}
