using Preimage.Enclosing;

namespace Preimage.Tests.Laws;

/// <summary>All that an enclosure says about one box.</summary>
internal sealed record EnclosedAnswer(
    double[] Direction,
    Interval[] Value,
    Interval[] Jacobian,
    Interval[] Tangent,
    Interval[] Hessian
)
{
    public static EnclosedAnswer Of(ICurvedEnclosedMap f, Interval[] box, double[]? v = null)
    {
        int n = f.Inputs;
        int m = f.Outputs;
        v ??= [.. Enumerable.Range(0, n).Select(i => i % 2 == 0 ? 1.0 : -1.0)];
        EnclosedAnswer answer = new(v, new Interval[m], new Interval[m * n], new Interval[m], new Interval[m * n * n]);
        answer.Refresh(f, box);
        return answer;
    }

    public void Refresh(ICurvedEnclosedMap f, Interval[] box)
    {
        f.EncloseTangent(box, Direction, Value, Tangent);
        f.EncloseHessian(box, Value, Jacobian, Hessian);
        f.EncloseJacobian(box, Value, Jacobian);
    }
}
