namespace Preimage.Enclosing;

/// <summary>K(X) for the gradient of f, and the gradient in the middle of X.</summary>
internal readonly record struct KrawczykStep(Interval X, Interval Y, Slopes Middle)
{
    /// <summary>The step around a rectangle, which may be a point: then it is Newton's; null where the Hessian is singular or infinite.</summary>
    public static KrawczykStep? Around(CurvedPlaneEnclosure f, Rectangle r)
    {
        Bends bends = f.Hessian(r).Bends;
        double xx = bends.XX.Middle;
        double xy = bends.XY.Middle;
        double yy = bends.YY.Middle;
        double determinant = xx * yy - xy * xy;
        double size = bends.XX.Magnitude + bends.XY.Magnitude + bends.YY.Magnitude;
        if (determinant == 0 || !double.IsFinite(size) || !double.IsFinite(1 / determinant))
        {
            return null;
        }

        (double a, double b, double c) = (yy / determinant, -xy / determinant, xx / determinant);
        Rectangle middle = r.ToMiddle();
        Slopes slopes = f.Gradient(middle);
        Interval dx = r.X - middle.Left;
        Interval dy = r.Y - middle.Bottom;
        Interval x =
            middle.Left
            - (slopes.DX * a + slopes.DY * b)
            + (1 - (bends.XX * a + bends.XY * b)) * dx
            - (bends.XY * a + bends.YY * b) * dy;
        Interval y =
            middle.Bottom
            - (slopes.DX * b + slopes.DY * c)
            - (bends.XX * b + bends.XY * c) * dx
            + (1 - (bends.XY * b + bends.YY * c)) * dy;
        return new KrawczykStep(x, y, slopes);
    }

    /// <summary>Whether no zero lies in the rectangle.</summary>
    public bool IsEmpty(Rectangle r) => !X.Meets(r.X) || !Y.Meets(r.Y);

    /// <summary>Whether exactly one zero lies in the rectangle.</summary>
    public bool IsInside(Rectangle r) => X.IsInside(r.X) && Y.IsInside(r.Y);

    /// <summary>Where a zero that lies in the rectangle is.</summary>
    public Rectangle Cut(Rectangle r)
    {
        Interval x = X.Cut(r.X);
        Interval y = Y.Cut(r.Y);
        return new Rectangle(x.Low, y.Low, x.High, y.High);
    }
}
