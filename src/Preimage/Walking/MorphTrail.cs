namespace Preimage.Walking;

/// <summary>
/// The polyline of a morph's accepted points with the length up to each. Of a long one only points at a least distance along it are kept, and that distance
/// doubles when they become many, so that the room is bounded; the last point is always there.
/// </summary>
internal sealed class MorphTrail(int most)
{
    private readonly List<double[]> _points = [];
    private readonly List<double> _lengths = [];
    private double _spacing;

    /// <summary>The length of the whole way.</summary>
    public double Length { get; private set; }

    /// <summary>Adds the next point, so far from the last one along the way.</summary>
    public void Add(ReadOnlySpan<double> x, double distance)
    {
        Length += distance;
        int last = _points.Count - 1;
        bool replaces = last >= 1 && _lengths[last] - _lengths[last - 1] < _spacing;
        if (replaces)
        {
            x.CopyTo(_points[last]);
            _lengths[last] = Length;
            return;
        }

        if (_points.Count == most)
        {
            Thin();
        }

        _points.Add(x.ToArray());
        _lengths.Add(Length);
    }

    /// <summary>The point of the polyline at a length along it, linear between its points; and the point kept nearest to it.  x: [n].</summary>
    /// <returns>The kept point's length and itself.</returns>
    public (double Length, double[] Point) At(double length, Span<double> x)
    {
        int next = _lengths.BinarySearch(length);
        next = Math.Clamp(next < 0 ? ~next : next, Math.Min(1, _points.Count - 1), _points.Count - 1);
        int before = Math.Max(0, next - 1);
        double gap = _lengths[next] - _lengths[before];
        double share = gap > 0 ? Math.Clamp((length - _lengths[before]) / gap, 0, 1) : 1;
        for (int i = 0; i < x.Length; i++)
        {
            (double low, double high) = (_points[before][i], _points[next][i]);
            x[i] = share == 1 ? high : low + share * (high - low);
        }

        int nearest = share < 0.5 ? before : next;
        return (_lengths[nearest], _points[nearest]);
    }

    /// <summary>Every second point goes, but not the first and the last.</summary>
    private void Thin()
    {
        int kept = 1;
        for (int i = 2; i < _points.Count; i += 2)
        {
            (_points[kept], _lengths[kept]) = (_points[i], _lengths[i]);
            kept++;
        }

        if (_points.Count % 2 == 0)
        {
            (_points[kept], _lengths[kept]) = (_points[^1], _lengths[^1]);
            kept++;
        }

        _points.RemoveRange(kept, _points.Count - kept);
        _lengths.RemoveRange(kept, _lengths.Count - kept);
        _spacing = Math.Max(2 * _spacing, Length / most);
    }
}
