using Preimage.Networks;

namespace Preimage.Onnx;

/// <summary>The activations that recurrent layers name, with their parameters: functions of a node.</summary>
internal static class RecurrentActivations
{
    /// <summary>One function for each activation: the named ones, or the defaults repeated for every direction.</summary>
    /// <param name="n">The layer.</param>
    /// <param name="defaults">The names of one direction.</param>
    /// <param name="directions">1 or 2.</param>
    public static Func<int, int>[] Read(NodeReader n, string[] defaults, int directions)
    {
        string[] names = n.Texts("activations") ?? [];
        if (names.Length == 0)
        {
            names = [.. Enumerable.Repeat(defaults, directions).SelectMany(d => d)];
        }

        if (names.Length != defaults.Length * directions)
        {
            throw n.Fail($"names {names.Length} activations, where {defaults.Length * directions} are needed");
        }

        double clip = n.Float("clip", 0);
        var alphas = new Queue<double>(n.Numbers("activation_alpha"));
        var betas = new Queue<double>(n.Numbers("activation_beta"));
        var functions = new Func<int, int>[names.Length];
        for (int i = 0; i < names.Length; i++)
        {
            // The memory of an LSTM is not cut on its way out.
            double bound = i % defaults.Length < 2 ? clip : 0;
            functions[i] = Clipped(n, bound, One(n, names[i], alphas, betas));
        }

        return functions;
    }

    /// <summary>f of the operand cut to [-clip, clip]; 0 cuts nothing.</summary>
    private static Func<int, int> Clipped(NodeReader n, double clip, Func<int, int> f) =>
        clip <= 0 ? f : node => f(n.Graph.Elementwise(new Networks.Clip(-clip, clip), node));

    /// <summary>Parameters are taken in order by the activations that have them.</summary>
    private static Func<int, int> One(NodeReader n, string name, Queue<double> alphas, Queue<double> betas)
    {
        switch (name.ToLowerInvariant())
        {
            case "affine":
                (double factor, double offset) = (Next(alphas, 1), Next(betas, 0));
                return node => Shifted(n, offset, Scaled(n, factor, node));
            case "scaledtanh":
                (double outer, double inner) = (Next(alphas, 1), Next(betas, 1));
                return node => Scaled(n, outer, n.Graph.Elementwise(new HyperbolicTangent(), Scaled(n, inner, node)));
            default:
                ScalarFunction f = NamedActivations.Of(n, name, a => Next(alphas, a), b => Next(betas, b));
                return node => n.Graph.Elementwise(f, node);
        }
    }

    private static double Next(Queue<double> parameters, double otherwise) =>
        parameters.TryDequeue(out double parameter) ? parameter : otherwise;

    private static int Scaled(NodeReader n, double factor, int node) =>
        factor == 1
            ? node
            : n.Graph.Combine(BinaryFunction.Multiply, node, Broadcasting.Everywhere(n, factor, n.Graph.Size(node)));

    private static int Shifted(NodeReader n, double offset, int node) =>
        offset == 0
            ? node
            : n.Graph.Combine(BinaryFunction.Add, node, Broadcasting.Everywhere(n, offset, n.Graph.Size(node)));
}
