using Preimage.Networks;
using DataType = Preimage.Onnx.Wire.TensorProto.Types.DataType;

namespace Preimage.Onnx;

/// <summary>Fourier transforms, which are products with constant matrices, and the windows and filters that go with them.</summary>
internal static class SignalOperators
{
    public static Operator[] All =>
        [
            new("DFT", n => [Transform(n)], "length and axis are constant"),
            new("STFT", n => [ShortTimeTransform(n)], "step and length are constant"),
            new("HannWindow", n => [CosineWindow(n, [0.5, 0.5])], "numbers"),
            new("HammingWindow", n => [CosineWindow(n, [25.0 / 46, 21.0 / 46])], "numbers"),
            new("BlackmanWindow", n => [CosineWindow(n, [0.42, 0.5, 0.08])], "numbers"),
            new("MelWeightMatrix", n => [MelWeights(n)], "numbers"),
        ];

    /// <summary>a_0 - a_1 cos(t) + a_2 cos(2 t), t from 0 to 2 pi: over size points when periodic, over size - 1 else.</summary>
    private static Value CosineWindow(NodeReader n, double[] coefficients)
    {
        double size = n.Scalar(0);
        int[] shape = n.Shape([(long)size]);
        double period = n.Int("periodic", 1) != 0 ? size : size - 1;
        double[] window = new double[shape[0]];
        for (int i = 0; i < window.Length; i++)
        {
            for (int k = 0; k < coefficients.Length; k++)
            {
                double wave = Math.Cos(2 * Math.PI * k * i / Math.Max(1, period));
                window[i] += (k % 2 == 0 ? 1 : -1) * coefficients[k] * wave;
            }
        }

        ElementKind kind = ElementTypes.Kind((DataType)n.Int("output_datatype", (long)DataType.Float));
        return kind == ElementKind.Real
            ? n.Make(shape, window, kind)
            : n.Make(shape, Array.ConvertAll(window, Math.Truncate), kind);
    }

    /// <summary>The axis is an attribute before opset 20 (default 1), an input from then on (default -2).  x: [..., 1 or 2].</summary>
    private static Value Transform(NodeReader n)
    {
        Value x = n.Real(0);
        int parts = Parts(n, x);
        long stated =
            n.Opset < 20 ? n.Int("axis", 1)
            : n.Has(2) ? n.Integers(2).FirstOrDefault(-2)
            : -2;
        int axis = n.Axis(stated, x.Rank);
        if (axis == x.Rank - 1)
        {
            throw n.Fail("transforms the last axis, which holds the real and imaginary parts");
        }

        int length = Length(n, n.Has(1) ? n.Scalar(1) : x.Shape[axis]);
        bool inverse = n.Int("inverse", 0) != 0;
        bool half = n.Int("onesided", 0) != 0;
        if (half && (inverse || parts == 2))
        {
            throw n.Fail("gives one side of an inverse or of complex numbers, which has no other side to leave out");
        }

        int[] order = [.. Enumerable.Range(0, x.Rank - 1).Where(i => i != axis), axis, x.Rank - 1];
        Value lines = Broadcasting.Permute(n, x, order);
        int used = Math.Min(length, x.Shape[axis]);
        int count = Shapes.Product(lines.Shape.AsSpan()[..^2]);
        int[] sources = Shapes.View([count, used * parts], [x.Shape[axis] * parts, 1]);
        n.Spend(sources.Length);
        var rows = new Value(n.Graph.Select(sources, lines.Node), [count, used, parts]);
        Value result = Fourier(n, rows, new FourierMatrix(length, half, inverse));
        int[] made = [.. lines.Shape[..^2], result.Shape[1], 2];
        int[] back = [.. Enumerable.Range(0, x.Rank).Select(i => Array.IndexOf(order, i))];
        return Broadcasting.Permute(n, result.In(made), back);
    }

    /// <summary>The transforms of frames of the signal, each multiplied by the window.  x: [batch, length, 1 or 2].</summary>
    private static Value ShortTimeTransform(NodeReader n)
    {
        Value x = n.Real(0);
        x = x.Rank == 2 ? x.In([.. x.Shape, 1]) : x;
        int parts = Parts(n, x);
        double step = n.Scalar(1);
        Value? window = n.Has(2) ? n.Real(2) : null;
        double frame =
            n.Has(3) ? n.Scalar(3)
            : window is not null ? n.Graph.Size(window.Node)
            : throw n.Fail("names neither a window nor a frame length");
        int length = Length(n, frame);
        bool half = n.Int("onesided", 1) != 0;
        if (x.Rank != 3 || length > x.Shape[1] || !(step >= 1) || (half && parts == 2))
        {
            throw n.Fail(
                $"cuts frames of {length}, {step} apart, from a signal of shape {Shapes.Text(x.Shape)}, which does not fit"
            );
        }

        int frames = (int)((x.Shape[1] - length) / step) + 1;
        int[] shape = n.Shape([x.Shape[0], frames, length, parts]);
        int[] sources = Shapes.View(shape, [x.Shape[1] * parts, (int)Math.Min(step, x.Shape[1]) * parts, parts, 1]);
        var cut = new Value(n.Graph.Select(sources, x.Node), shape);
        if (window is not null)
        {
            cut =
                n.Graph.Size(window.Node) == length
                    ? Broadcasting.Combine(n, BinaryFunction.Multiply, cut, window.In([length, 1]))
                    : throw n.Fail(
                        $"has a window of shape {Shapes.Text(window.Shape)} for frames of {length} elements"
                    );
        }

        Value result = Fourier(n, cut.In([x.Shape[0] * frames, length, parts]), new FourierMatrix(length, half, false));
        return result.In([x.Shape[0], frames, result.Shape[1], 2]);
    }

    /// <summary>rows: [count, elements, parts]; the result is [count, frequencies, 2].</summary>
    private static Value Fourier(NodeReader n, Value rows, FourierMatrix matrix)
    {
        (int count, int elements, int parts) = (rows.Shape[0], rows.Shape[1], rows.Shape[2]);
        n.Shape([(long)elements * parts, 2L * matrix.Frequencies]);
        int[] shape = n.Shape([count, matrix.Frequencies, 2]);
        var product = new MatrixMultiply(1, count, elements * parts, 2 * matrix.Frequencies);
        int matrixNode = n.Graph.Constant(matrix.Elements(elements, parts));
        int node = LinearOperators.Multiply(n, product, rows.Node, matrixNode);
        return new Value(node, shape);
    }

    private static int Parts(NodeReader n, Value x) =>
        x.Rank >= 2 && x.Shape[^1] is 1 or 2 && n.Graph.Size(x.Node) > 0
            ? x.Shape[^1]
            : throw n.Fail(
                $"transforms a tensor of shape {Shapes.Text(x.Shape)}, whose last axis must be 1 (real) or 2 (complex)"
            );

    private static int Length(NodeReader n, double length) =>
        length is >= 1 and <= 1 << 26
            ? (int)length
            : throw n.Fail($"transforms {length} elements; 1 to {1 << 26} are supported");

    /// <summary>Triangles over the frequencies of a spectrum, evenly spaced in mel.  [length / 2 + 1, bins]</summary>
    private static Value MelWeights(NodeReader n)
    {
        (double bins, double length, double rate) = (n.Scalar(0), n.Scalar(1), n.Scalar(2));
        (double low, double high) = (Mel(n.Scalar(3)), Mel(n.Scalar(4)));
        int[] shape = n.Shape([(long)Math.Floor(length / 2) + 1, (long)bins]);
        double[] weights = new double[Shapes.Product(shape)];
        double[] edges = new double[shape[1] + 2];
        for (int i = 0; i < edges.Length; i++)
        {
            double hertz = 700 * (Math.Pow(10, (i * (high - low) / edges.Length + low) / 2595) - 1);
            edges[i] = Math.Floor((length + 1) * hertz / rate);
            if (!(edges[i] >= 0 && edges[i] < shape[0]))
            {
                throw n.Fail($"has an edge at {hertz} Hz, which is not among the frequencies of the spectrum");
            }
        }

        for (int i = 0; i < shape[1]; i++)
        {
            (double lower, double centre, double upper) = (edges[i], edges[i + 1], edges[i + 2]);
            for (double j = lower; j < Math.Max(upper, centre + 1); j++)
            {
                weights[(int)j * shape[1] + i] =
                    j < centre ? (j - lower) / (centre - lower)
                    : j == centre ? 1
                    : (upper - j) / (upper - centre);
            }
        }

        return n.Make(shape, weights, ElementKind.Real);
    }

    private static double Mel(double hertz) => 2595 * Math.Log10(1 + hertz / 700);

    /// <summary>The matrix of a Fourier transform.  Half: only the frequencies up to the middle.</summary>
    private sealed record FourierMatrix(int Length, bool Half, bool Inverse)
    {
        public int Frequencies => Half ? Length / 2 + 1 : Length;

        /// <summary>From real (and imaginary) parts of the elements, those behind the end being 0, to real and imaginary parts.  [elements * parts, frequencies * 2]</summary>
        public double[] Elements(int elements, int parts)
        {
            double[] matrix = new double[elements * parts * Frequencies * 2];
            double sign = Inverse ? 1 : -1;
            double scale = Inverse ? 1.0 / Length : 1;
            for (int t = 0; t < elements; t++)
            {
                for (int k = 0; k < Frequencies; k++)
                {
                    double angle = 2 * Math.PI * ((long)t * k % Length) / Length;
                    double cosine = scale * Math.Cos(angle);
                    double sine = sign * scale * Math.Sin(angle);
                    int row = t * parts * Frequencies * 2 + 2 * k;
                    (matrix[row], matrix[row + 1]) = (cosine, sine);
                    if (parts == 2)
                    {
                        int next = row + Frequencies * 2;
                        (matrix[next], matrix[next + 1]) = (-sine, cosine);
                    }
                }
            }

            return matrix;
        }
    }
}
