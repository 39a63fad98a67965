using System.Globalization;
using System.Text;
using Preimage.Enclosing;
using Preimage.Maps;
using Preimage.Networks;

namespace Preimage.Bench;

/// <summary>Enclosures over boxes: what they cost beside values at points, and how their excess falls with the width of the box.</summary>
internal static class EnclosingReport
{
    private const double Side = 0.01;

    private static readonly (string Name, DenseNetwork Network)[] Networks =
    [
        ("2-5-5-1 sigmoid", DenseNetworks.Named("2-5-5-1 sigmoid")),
        ("2-5-5-1 tanh", DenseNetworks.Of(new HyperbolicTangent(), new Identity(), 2, 5, 5, 1)),
        ("2-5-5-1 ReLU", DenseNetworks.Of(new Rectifier(), new Identity(), 2, 5, 5, 1)),
        ("2-10-10-1 sigmoid", DenseNetworks.Named("2-10-10-1 sigmoid")),
        ("4-64-64-2 sigmoid", DenseNetworks.Of(new Sigmoid(), new Identity(), 4, 64, 64, 2)),
        ("4-64-64-2 ReLU", DenseNetworks.Of(new Rectifier(), new Identity(), 4, 64, 64, 2)),
        ("5-50x6-5 ReLU", DenseNetworks.Named("5-50x6-5 ReLU")),
    ];

    public static string Markdown()
    {
        StringBuilder text = new();
        text.AppendLine("# Enclosing networks over boxes");
        text.AppendLine();
        text.AppendLine("This file is written by one command, from the root of the repository:");
        text.AppendLine();
        text.AppendLine("    dotnet run -c Release --project bench -- enclosing bench/reports/enclosing.md");
        text.AppendLine();
        text.AppendLine(
            "Widths and allocations are the same on every machine. Times are warm, on one core, the fastest of 200 blocks of 3 ms taken in turn; differences under 20 % are noise."
        );
        text.AppendLine();
        text.AppendLine(Timing.Machine());
        Costs(text);
        Convergence(text);
        return text.ToString();
    }

    private static void Costs(StringBuilder text)
    {
        text.AppendLine();
        text.AppendLine("## What an enclosure costs");
        text.AppendLine();
        text.AppendLine(
            $"Boxes of side {Side.ToString(CultureInfo.InvariantCulture)}. At a point: value and Jacobian by the compiled map. Over the box: the value, the value with the Jacobian, with the derivative along one direction, with first and second derivatives, and with the Jacobian by the mean-value form."
        );
        text.AppendLine();
        text.AppendLine(
            "| network | point, J | box, value | J | along | J and H | mean value, J | J over the box : at a point | allocated |"
        );
        text.AppendLine("|---|---:|---:|---:|---:|---:|---:|---:|---:|");
        foreach ((string name, DenseNetwork dense) in Networks)
        {
            text.AppendLine(Cost(name, Network.From(dense)));
        }
    }

    private static string Cost(string name, Network network)
    {
        IMap map = network.Map;
        NetworkEnclosure natural = new(network);
        MeanValueForm form = new(natural);
        int n = network.Inputs;
        int m = network.Outputs;
        double[] x = [.. Enumerable.Repeat(0.3, n)];
        double[] pointValue = new double[m];
        double[] pointJacobian = new double[m * n];
        double[] v = [.. Enumerable.Range(0, n).Select(i => i == 0 ? 1.0 : 0.5)];
        Interval[] box = Box(x, Side);
        Interval[] value = new Interval[m];
        Interval[] along = new Interval[m];
        Interval[] jacobian = new Interval[m * n];
        Interval[] hessian = new Interval[m * n * n];
        Action[] works =
        [
            () => map.Linearize(x, pointValue, pointJacobian),
            () => natural.Enclose(box, value),
            () => natural.EncloseJacobian(box, value, jacobian),
            () => natural.EncloseTangent(box, v, value, along),
            () => natural.EncloseHessian(box, value, jacobian, hessian),
            () => form.EncloseJacobian(box, value, jacobian),
        ];
        double[] times = Timing.Fastest(works);
        long bytes = works.Sum(Timing.Allocated);
        string row = string.Join(" | ", times.Select(Timing.Time));
        string ratio = (times[2] / times[0]).ToString("G3", CultureInfo.InvariantCulture);
        return $"| {name} | {row} | {ratio} | {bytes} B |";
    }

    private static void Convergence(StringBuilder text)
    {
        text.AppendLine();
        text.AppendLine("## How the excess falls");
        text.AppendLine();
        text.AppendLine(
            "The width of the value's enclosure over that of the range, less 1; boxes around (0.3, 0.3). Taylor: the form of second order, which second derivatives give."
        );
        text.AppendLine();
        text.AppendLine("| network | side | natural | mean value | Taylor |");
        text.AppendLine("|---|---:|---:|---:|---:|");
        foreach ((string name, DenseNetwork dense) in Networks.Where(n => n.Network.Inputs == 2))
        {
            for (double side = 1; side > 1e-5; side /= 10)
            {
                text.AppendLine(Excess(name, Network.From(dense), side));
            }
        }
    }

    private static string Excess(string name, Network network, double side)
    {
        NetworkEnclosure natural = new(network);
        MeanValueForm form = new(natural);
        Interval[] box = Box([0.3, 0.3], side);
        double range = Range(network.Map, box);
        Interval[] y = new Interval[1];
        natural.Enclose(box, y);
        double plain = y[0].Width;
        form.Enclose(box, y);
        double mean = y[0].Width;
        form.EncloseHessian(box, y, new Interval[2], new Interval[4]);
        double taylor = y[0].Width;
        string row = string.Join(
            " | ",
            new[] { plain, mean, taylor }.Select(w => (w / range - 1).ToString("E1", CultureInfo.InvariantCulture))
        );
        return $"| {name} | {side.ToString("E0", CultureInfo.InvariantCulture)} | {row} |";
    }

    /// <summary>The width of the hull of the values at a fine grid of the box.</summary>
    private static double Range(IMap map, Interval[] box)
    {
        const int Points = 200;
        double low = double.PositiveInfinity;
        double high = double.NegativeInfinity;
        double[] y = new double[1];
        for (int i = 0; i <= Points; i++)
        {
            for (int j = 0; j <= Points; j++)
            {
                double s = box[0].Low + (box[0].High - box[0].Low) * i / Points;
                double t = box[1].Low + (box[1].High - box[1].Low) * j / Points;
                map.Evaluate([s, t], y);
                low = Math.Min(low, y[0]);
                high = Math.Max(high, y[0]);
            }
        }

        return high - low;
    }

    private static Interval[] Box(double[] x, double side) =>
        [.. x.Select(c => new Interval(c - side / 2, c + side / 2))];
}
