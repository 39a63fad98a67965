using CsCheck;
using Preimage.Maps;
using Preimage.Results;
using Preimage.Tests.Geometry;
using Preimage.Tracing;

namespace Preimage.Tests.Laws;

/// <summary>
/// Whatever the network, the box, the start and the chord tolerance: a trace ends, stays in its box, ends on a face to the bit if it says so,
/// and states the defect that it has.
/// </summary>
public class RandomNetworkLaws
{
    [Fact]
    public void ATrace_KeepsItsWord() =>
        (
            from seed in Gen.Int
            from gain in Gen.Double[0.3, 6]
            from hidden in Gen.Int[2, 8]
            from inputs in Gen.Int[2, 4]
            from digits in Gen.Double[2, 4]
            select (seed, gain, hidden, inputs, Math.Pow(10, -digits))
        ).Sample(Check, iter: 300);

    private static void Check((int Seed, double Gain, int Hidden, int Inputs, double Chord) arbitrary)
    {
        Random random = new(arbitrary.Seed);
        IMap map = Network(random, arbitrary.Gain, arbitrary.Hidden, arbitrary.Inputs);
        double[] lower = [.. random.Doubles(arbitrary.Inputs).Select(u => -1.5 + u)];
        double[] upper = [.. random.Doubles(arbitrary.Inputs).Select(u => 1.5 + u)];
        double[] start = [.. lower.Zip(upper, (a, b) => a + (b - a) * random.NextDouble())];
        Box box = new(lower, upper);
        Tracer tracer = Tracer.Continuation with
        {
            Steps = new ChordControl(arbitrary.Chord),
            Stop = new Budget(20_000),
        };
        try
        {
            CheckCurve(map, box, tracer.Traced(map, start, box));
        }
        catch (GeometryException)
        {
            // Flat networks are refused at the start, with a reason.
        }
    }

    private static void CheckCurve(IMap map, Box box, Fiber fiber)
    {
        Curve curve = fiber.Curve;
        for (int i = 0; i < curve.Count; i++)
        {
            Assert.True(box.Contains(curve.Point(i)));
            double[] value = map.Evaluate(curve.Point(i));
            Assert.Equal(curve.Value(i).ToArray(), value);
            Assert.Equal(value.Select((y, j) => Math.Abs(y - fiber.Target[j])).Max(), curve.Defects[i]);
        }

        Assert.NotEqual(Ending.Unknown, curve.Start);
        Assert.NotEqual(Ending.Unknown, curve.End);
        Assert.True(curve.Start != Ending.LeftBox || IsOnFace(box, curve.Point(0)));
        Assert.True(curve.End != Ending.LeftBox || IsOnFace(box, curve.Point(curve.Count - 1)));
    }

    private static bool IsOnFace(Box box, ReadOnlySpan<double> point)
    {
        bool found = false;
        for (int i = 0; i < point.Length; i++)
        {
            found |= point[i] == box.Lower[i] || point[i] == box.Upper[i];
        }

        return found;
    }

    /// <summary>W2 tanh(W1 x + b) with n - 1 outputs.</summary>
    private static IMap Network(Random random, double gain, int hidden, int inputs)
    {
        int outputs = inputs - 1;
        hidden = Math.Max(hidden, outputs);
        AffineMap first = new(
            [.. random.Doubles(hidden * inputs).Select(u => gain * u)],
            [.. random.Doubles(hidden).Select(u => gain * u)]
        );
        FunctionMap tanh = new(
            hidden,
            hidden,
            (x, y, j) =>
            {
                j.Clear();
                for (int i = 0; i < x.Length; i++)
                {
                    y[i] = Math.Tanh(x[i]);
                    if (j.Length > 0)
                    {
                        j[i * x.Length + i] = 1 / (Math.Cosh(x[i]) * Math.Cosh(x[i]));
                    }
                }
            }
        );
        AffineMap last = new([.. random.Doubles(outputs * hidden)], [.. random.Doubles(outputs)]);
        return first.Then(tanh).Then(last);
    }
}
