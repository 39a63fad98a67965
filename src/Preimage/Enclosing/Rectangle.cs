using Preimage.Maps;
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

    /// <summary>A point inside where no kink is expected: symmetric functions have theirs through the middle.</summary>
    public Rectangle ToInner() => Point(Left + 0.4639 * Width, Bottom + 0.5381 * Height);

    /// <summary>A box of the plane, checked.</summary>
    /// <exception cref="ArgumentException">f has not two inputs and one output, or the box is not bounded or has no width.</exception>
    public static Rectangle Of(IEnclosedMap f, Box box)
    {
        if (f.Outputs != 1)
        {
            throw new ArgumentException(
                $"Level sets are those of one output, but the map has {f.Outputs}; select one of them, or a margin between two."
            );
        }

        if (f.Inputs != 2 || box.Dimension != 2)
        {
            throw new ArgumentException(
                $"Level curves need two free inputs, but the map has {f.Inputs} and the box {box.Dimension}; fix the others."
            );
        }

        for (int i = 0; i < 2; i++)
        {
            double width = box.Upper[i] - box.Lower[i];
            if (!(width > 0 && double.IsFinite(width)))
            {
                throw new ArgumentException(
                    $"The box goes from {box.Lower[i]:R} to {box.Upper[i]:R} in input {i + 1}; give finite bounds, the first below the second."
                );
            }
        }

        return new Rectangle(box.Lower[0], box.Lower[1], box.Upper[0], box.Upper[1]);
    }

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

    /// <summary>The common part of rectangles that have one.</summary>
    public Rectangle Cut(Rectangle other) =>
        new(
            Math.Max(Left, other.Left),
            Math.Max(Bottom, other.Bottom),
            Math.Min(Right, other.Right),
            Math.Min(Top, other.Top)
        );

    /// <summary>Grown by so much on each side.</summary>
    public Rectangle Grown(double x, double y) => new(Left - x, Bottom - y, Right + x, Top + y);

    public (Rectangle, Rectangle) SplitAtX(double x) => (this with { Right = x }, this with { Left = x });

    public (Rectangle, Rectangle) SplitAtY(double y) => (this with { Top = y }, this with { Bottom = y });

    public Cell ToCell() => new([Left, Bottom], [Right, Top]);
}
