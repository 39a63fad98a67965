namespace Preimage.Networks;

/// <summary>The meanings of <see cref="Convolve"/>, from the window's table: one term w x of the sum after the other, for lanes of derivatives side by side.</summary>
internal static class Convolutions
{
    /// <summary>What is done with one weight w[Weight], one input x[Source] and one output y[Target] that belong together.</summary>
    private delegate void Term(int weight, int source, int target);

    /// <summary>y = sum w x + b.  b may be null.</summary>
    public static void Value(Convolve c, double[] x, double[] w, double[]? b, Span<double> y)
    {
        int positions = c.Window.PositionCount;
        y.Clear();
        for (int plane = 0; b is not null && plane < c.Batch * c.OutputChannels; plane++)
        {
            y.Slice(plane * positions, positions).Fill(b[plane % c.OutputChannels]);
        }

        foreach (Strip strip in Strip.Of(c))
        {
            ReadOnlySpan<int> sources = c.Window.SourcesOf(strip.Element);
            double weight = w[strip.Weight];
            for (int p = 0; p < positions; p++)
            {
                if (sources[p] >= 0)
                {
                    y[strip.Target + p] += weight * x[strip.Source + sources[p]];
                }
            }
        }
    }

    /// <summary>dy += w dx + x dw + db.  x: operands, dx: their derivatives, [size * lanes] or null.</summary>
    public static void PushForward(Convolve c, double[][] x, double[]?[] dx, double[] dy, int lanes)
    {
        Visit(
            c,
            (weight, source, target) =>
            {
                Span<double> into = Lanes.At(dy, target, lanes);
                if (dx[0] is { } dInput)
                {
                    Lanes.AddScaled(into, x[1][weight], Lanes.At(dInput, source, lanes));
                }

                if (dx[1] is { } dWeights)
                {
                    Lanes.AddScaled(into, x[0][source], Lanes.At(dWeights, weight, lanes));
                }
            }
        );
        if (dx.Length > 2 && dx[2] is { } db)
        {
            VisitBias(c, (bias, target) => Lanes.Add(Lanes.At(dy, target, lanes), Lanes.At(db, bias, lanes)));
        }
    }

    /// <summary>dx += w dy, dw += x dy, db += dy, for those that are not null.</summary>
    public static void PullBack(Convolve c, double[][] x, double[] dy, double[]?[] dx, int lanes)
    {
        Visit(
            c,
            (weight, source, target) =>
            {
                Span<double> from = Lanes.At(dy, target, lanes);
                if (dx[0] is { } dInput)
                {
                    Lanes.AddScaled(Lanes.At(dInput, source, lanes), x[1][weight], from);
                }

                if (dx[1] is { } dWeights)
                {
                    Lanes.AddScaled(Lanes.At(dWeights, weight, lanes), x[0][source], from);
                }
            }
        );
        if (dx.Length > 2 && dx[2] is { } db)
        {
            VisitBias(c, (bias, target) => Lanes.Add(Lanes.At(db, bias, lanes), Lanes.At(dy, target, lanes)));
        }
    }

    private static void Visit(Convolve c, Term term)
    {
        int positions = c.Window.PositionCount;
        foreach (Strip strip in Strip.Of(c))
        {
            ReadOnlySpan<int> sources = c.Window.SourcesOf(strip.Element);
            for (int p = 0; p < positions; p++)
            {
                if (sources[p] >= 0)
                {
                    term(strip.Weight, strip.Source + sources[p], strip.Target + p);
                }
            }
        }
    }

    private static void VisitBias(Convolve c, Action<int, int> term)
    {
        int positions = c.Window.PositionCount;
        for (int i = 0; i < c.Batch * c.OutputChannels * positions; i++)
        {
            term(i / positions % c.OutputChannels, i);
        }
    }

    /// <summary>One weight with the plane of x that it reads and the plane of y that it writes: Source and Target are where these begin.</summary>
    private readonly record struct Strip(int Weight, int Element, int Source, int Target)
    {
        /// <summary>All, in the order in which their terms are summed.</summary>
        public static IEnumerable<Strip> Of(Convolve c)
        {
            int outputsPerGroup = c.OutputChannels / c.Groups;
            int inputsPerGroup = c.InputChannels / c.Groups;
            int elements = c.Window.ElementCount;
            for (int plane = 0; plane < c.Batch * c.OutputChannels; plane++)
            {
                (int sample, int output) = (plane / c.OutputChannels, plane % c.OutputChannels);
                int firstInput = sample * c.InputChannels + output / outputsPerGroup * inputsPerGroup;
                for (int k = 0; k < inputsPerGroup * elements; k++)
                {
                    yield return new Strip(
                        output * inputsPerGroup * elements + k,
                        k % elements,
                        (firstInput + k / elements) * c.Window.GridCount,
                        plane * c.Window.PositionCount
                    );
                }
            }
        }
    }
}
