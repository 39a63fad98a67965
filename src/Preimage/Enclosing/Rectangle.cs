using Preimage.Results;

namespace Preimage.Enclosing;

/// <summary>The closed rectangle [Left, Right] x [Bottom, Top]; a segment or a point where sides have no length.</summary>
internal readonly record struct Rectangle(double Left, double Bottom, double Right, double Top)
{
    public Interval X => new(Left, Right);

    public Interval Y => new(Bottom, Top);

    public double Width => Right - Left;

    public double Height => Top - Bottom;

    /// <summary>A point in the middle.</summary>
    public Rectangle ToMiddle() => Point(Left + Width / 2, Bottom + Height / 2);

    public static Rectangle Point(double x, double y) => new(x, y, x, y);

    public bool Contains(double x, double y) => x >= Left && x <= Right && y >= Bottom && y <= Top;

    /// <summary>Whether all of the other lies in this one.</summary>
    public bool Contains(Rectangle other) =>
        other.Left >= Left && other.Right <= Right && other.Bottom >= Bottom && other.Top <= Top;

    /// <summary>Whether the closed rectangles have a point in common.</summary>
    public bool Meets(Rectangle other) =>
        other.Left <= Right && other.Right >= Left && other.Bottom <= Top && other.Top >= Bottom;

    public Rectangle Hull(Rectangle other) =>
        new(
            Math.Min(Left, other.Left),
            Math.Min(Bottom, other.Bottom),
            Math.Max(Right, other.Right),
            Math.Max(Top, other.Top)
        );

    /// <summary>Grown by so much on each side.</summary>
    public Rectangle Grown(double x, double y) => new(Left - x, Bottom - y, Right + x, Top + y);

    public (Rectangle, Rectangle) SplitAtX(double x) => (this with { Right = x }, this with { Left = x });

    public (Rectangle, Rectangle) SplitAtY(double y) => (this with { Top = y }, this with { Bottom = y });

    public Cell ToCell() => new([Left, Bottom], [Right, Top]);
}
