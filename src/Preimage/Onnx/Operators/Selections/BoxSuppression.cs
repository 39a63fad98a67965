namespace Preimage.Onnx;

/// <summary>Keeps the boxes of the highest scores, class by class, that do not overlap much with one already kept (non-maximum suppression).</summary>
internal static class BoxSuppression
{
    /// <summary>Rows of (batch, class, box). Inputs: boxes [batch, boxes, 4], scores [batch, classes, boxes], the most per class, the overlap and the score that are allowed.</summary>
    public static double[] Select(NodeReader n)
    {
        Tensor boxes = n.Constant(0);
        Tensor scores = n.Constant(1);
        if (
            boxes.Shape is not [var batches, var count, 4]
            || scores.Shape is not [var scored, var classes, var each]
            || scored != batches
            || each != count
        )
        {
            throw n.Fail(
                $"takes boxes of shape {Shapes.Text(boxes.Shape)} and scores of shape {Shapes.Text(scores.Shape)}, which do not fit"
            );
        }

        double most = n.Has(2) ? n.Scalar(2) : 0;
        double overlap = n.Has(3) ? n.Scalar(3) : 0;
        double lowest = n.Has(4) ? n.Scalar(4) : double.NegativeInfinity;
        bool centred = n.Int("center_point_box", 0) != 0;
        n.SpendWork((long)batches * classes * count * Math.Max(1, (long)Math.Clamp(most, 0, count)));
        var kept = new List<double>();
        for (int line = 0; line < batches * classes; line++)
        {
            int batch = line / classes;
            Box[] candidates =
            [
                .. Enumerable
                    .Range(0, count)
                    .Where(i => scores.Elements[line * count + i] > lowest)
                    .OrderByDescending(i => scores.Elements[line * count + i])
                    .Select(i => Box.Of(i, boxes.Elements.AsSpan((batch * count + i) * 4, 4), centred)),
            ];
            foreach (int box in Kept(candidates, most, overlap))
            {
                kept.AddRange([batch, line % classes, box]);
            }
        }

        return [.. kept];
    }

    private static IEnumerable<int> Kept(Box[] candidates, double most, double overlap)
    {
        var kept = new List<Box>();
        foreach (Box candidate in candidates)
        {
            if (kept.Count < most && kept.TrueForAll(k => k.Overlap(candidate) <= overlap))
            {
                kept.Add(candidate);
            }
        }

        return kept.Select(k => k.Number);
    }

    /// <summary>An upright rectangle.</summary>
    private sealed record Box(int Number, double Left, double Right, double Bottom, double Top)
    {
        /// <summary>From its centre and size, or from two opposite corners (second coordinate first).</summary>
        public static Box Of(int number, ReadOnlySpan<double> c, bool centred) =>
            centred
                ? new Box(number, c[0] - c[2] / 2, c[0] + c[2] / 2, c[1] - c[3] / 2, c[1] + c[3] / 2)
                : new Box(
                    number,
                    Math.Min(c[1], c[3]),
                    Math.Max(c[1], c[3]),
                    Math.Min(c[0], c[2]),
                    Math.Max(c[0], c[2])
                );

        /// <summary>The area of the intersection over that of the union.</summary>
        public double Overlap(Box other)
        {
            double width = Math.Min(Right, other.Right) - Math.Max(Left, other.Left);
            double height = Math.Min(Top, other.Top) - Math.Max(Bottom, other.Bottom);
            double common = Math.Max(0, width) * Math.Max(0, height);
            double union = Area + other.Area - common;
            return union > 0 ? common / union : 0;
        }

        private double Area => (Right - Left) * (Top - Bottom);
    }
}
