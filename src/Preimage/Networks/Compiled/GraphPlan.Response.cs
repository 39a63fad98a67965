using System.Numerics.Tensors;

namespace Preimage.Networks.Compiled;

/// <content>A value, and the covector that answers it, pulled back.</content>
internal sealed unsafe partial class GraphPlan
{
    /// <summary>y = f(x), then gradient += D f(x)^T w with w = response(y): one value, where a value and an adjoint after each other would take two.</summary>
    /// <param name="x">[Inputs].</param>
    /// <param name="response">Gives w.</param>
    /// <param name="gradient">By so many last inputs; none of them may be held: [at most Inputs].</param>
    /// <exception cref="ModelException">The graph holds something of which no derivative is taken.</exception>
    public void PullBack(ReadOnlySpan<double> x, Response response, Span<double> gradient)
    {
        DemandDifferentiable();
        GraphRun run = Begin(x, IsVarying);
        if (!IsVarying)
        {
            response(Output(run), new double[Outputs]);
            End(run);
            return;
        }

        run.Prepare(Pass.Adjoint, 1);
        response(Output(run), Derivatives(run, _plan.Output, Outputs));
        run.PullBack();
        ReadOnlySpan<double> all = Derivatives(run, 0, Inputs);
        TensorPrimitives.Add(gradient, all[(Inputs - gradient.Length)..], gradient);
        End(run);
    }
}
