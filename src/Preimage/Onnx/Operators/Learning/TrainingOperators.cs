using Preimage.Networks;

namespace Preimage.Onnx;

/// <summary>One step of an optimiser, tensor by tensor: inputs are the rate R, the step count T, then all tensors, all gradients, and all states.</summary>
internal static class TrainingOperators
{
    public static Operator[] All =>
        [
            new("Adagrad", n => Steps(n, 1, Adagrad), "the step count is constant") { Domain = Domains.Training },
            new("Adam", n => Steps(n, 2, Adam), "the step count is constant") { Domain = Domains.Training },
            new("Momentum", n => Steps(n, 1, Momentum), "the step count is constant") { Domain = Domains.Training },
            new(
                "Gradient",
                n =>
                    throw n.Fail(
                        "takes derivatives inside the model, which is not supported; derivatives are what this program takes"
                    ),
                "refused: derivatives are what this program takes"
            )
            {
                Domain = Domains.Training,
            },
        ];

    /// <summary>A step on one tensor.  tensors: x, its gradient, its states; result: the new x and the new states.</summary>
    private delegate Term[] Step(NodeReader n, Term[] tensors);

    /// <summary>All new tensors, then all new states of the first kind, then of the second.</summary>
    private static Value[] Steps(NodeReader n, int states, Step step)
    {
        int kinds = states + 2;
        int count = (n.InputCount - 2) / kinds;
        if (count < 1 || count * kinds + 2 != n.InputCount)
        {
            throw n.Fail($"has {n.InputCount} inputs, where a rate, a step count and {kinds} tensors each are needed");
        }

        var results = new Value[count * (states + 1)];
        for (int i = 0; i < count; i++)
        {
            Term[] tensors = [.. Enumerable.Range(0, kinds).Select(k => new Term(n, n.Real(2 + k * count + i)))];
            Term[] made = step(n, tensors);
            for (int k = 0; k < made.Length; k++)
            {
                results[k * count + i] = made[k].Value;
            }
        }

        return results;
    }

    private static Term Rate(NodeReader n) =>
        n.Graph.Size(n.Real(0).Node) == 1
            ? new(n, n.Real(0).In([]))
            : throw n.Fail($"has a rate of shape {Shapes.Text(n.Real(0).Shape)}, where one number is needed");

    private static double Count(NodeReader n) => n.Scalar(1);

    /// <summary>The gradient and the norm's share of it.</summary>
    private static Term Regularised(NodeReader n, Term x, Term gradient) =>
        gradient + x * n.Float("norm_coefficient", 0);

    private static Term[] Adagrad(NodeReader n, Term[] t)
    {
        Term rate = Rate(n) / (1 + Count(n) * n.Float("decay_factor", 0));
        Term gradient = Regularised(n, t[0], t[1]);
        Term sum = t[2] + gradient * gradient;
        return [t[0] - rate * gradient / (sum.Of(new SquareRoot()) + n.Float("epsilon", 0)), sum];
    }

    private static Term[] Momentum(NodeReader n, Term[] t)
    {
        double alpha = n.Float("alpha", 0);
        double beta = Count(n) > 0 ? n.Float("beta", 0) : 1;
        Term gradient = Regularised(n, t[0], t[1]);
        Term velocity = t[2] * alpha + gradient * beta;
        Term step = n.Text("mode", "standard") switch
        {
            "standard" => velocity,
            "nesterov" => gradient + velocity * alpha,
            var other => throw n.Fail($"has the mode '{other}', which is not known; known are standard and nesterov"),
        };
        return [t[0] - Rate(n) * step, velocity];
    }

    private static Term[] Adam(NodeReader n, Term[] t)
    {
        double alpha = n.Float("alpha", 0.9);
        double beta = n.Float("beta", 0.999);
        Term gradient = Regularised(n, t[0], t[1]);
        Term mean = t[2] * alpha + gradient * (1 - alpha);
        Term square = t[3] * beta + gradient * gradient * (1 - beta);
        double steps = Count(n);
        double correction = steps > 0 ? Math.Sqrt(1 - Math.Pow(beta, steps)) / (1 - Math.Pow(alpha, steps)) : 1;
        Term moved = t[0] - Rate(n) * correction * mean / (square.Of(new SquareRoot()) + n.Float("epsilon", 0));
        return [moved * (1 - n.Float("norm_coefficient_post", 0)), mean, square];
    }
}
