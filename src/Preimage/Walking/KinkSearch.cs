using Preimage.Geometry;

namespace Preimage.Walking;

/// <summary>
/// Finds the first kink on a segment from a point: a place where the Jacobian jumps. It takes the map to be piecewise linear nearby, to within a share of the jump,
/// since then the value beyond a single kink says where it stands. A workspace: one per thread.
/// </summary>
internal sealed class KinkSearch
{
    /// <summary>Jacobians are the same up to this share of their jump.</summary>
    private const double Same = 0.02;

    /// <summary>A change of the Jacobian below this share of it is rounding.</summary>
    private const double Nothing = 1e-10;

    /// <summary>Where the Jacobian's change falls below this share of that over the whole segment, it is smooth.</summary>
    private const double Least = 1e-5;

    /// <summary>How far to each side of a kink it is looked whether it is one, as a share of the segment that is left.</summary>
    private const double Beside = 1e-5;

    private const int MostLooks = 48;

    private readonly MorphProblem _problem;
    private readonly double[] _point;
    private readonly double[] _value;
    private readonly double[] _far;
    private readonly double[] _farValue;
    private readonly double[] _near;
    private readonly double[] _along;

    public KinkSearch(MorphProblem problem)
    {
        _problem = problem;
        int n = problem.Map.Inputs;
        int m = problem.Map.Outputs;
        _point = new double[n];
        _value = new double[m];
        _farValue = new double[m];
        _far = new double[m * n];
        _near = new double[m * n];
        _along = new double[m];
    }

    /// <summary>The first kink on the way x + t p, 0 &lt; t &lt;= 1.  p: [n].</summary>
    /// <returns>The wall, without its bound, and t; null where there is none, or none that stands alone.</returns>
    public (MorphWall Wall, double Place)? First(MorphPoint here, ReadOnlySpan<double> p)
    {
        double size = Vectors.Norm(here.Jacobian);
        double low = 0;
        double high = 1;
        if (!Look(here, p, high, _far, _farValue) || Jump(here) <= Nothing * size)
        {
            return null;
        }

        double noise = Nothing * size;
        double least = Math.Max(Least * Jump(here), 100 * noise);
        for (int look = 0; look < MostLooks && high - low > 1e-13; look++)
        {
            double jump = Jump(here);
            if (jump < least)
            {
                return null;
            }

            double guess = look % 2 == 0 ? Single(here, p, high) : double.NaN;
            double beside = Beside * high;
            bool isGuess = guess > low - beside && guess < high;
            double t = isGuess ? Math.Max(guess - beside, 0) : 0.5 * (low + high);
            bool isNear = t == 0 || Look(here, p, t, _near, _value) && Change(here) <= Math.Max(Same * jump, noise);
            if (!isNear)
            {
                high = t;
                Keep();
                continue;
            }

            low = t;
            if (isGuess)
            {
                double beyond = Math.Min(guess + beside, high);
                Look(here, p, beyond, _near, _value);
                if (Vectors.Distance(_near, _far) <= Same * jump)
                {
                    Keep();
                    return (Wall(here, p), guess);
                }

                if (Change(here) > Math.Max(Same * jump, noise))
                {
                    high = beyond;
                    Keep();
                }
                else
                {
                    low = beyond;
                }
            }
        }

        return null;
    }

    /// <summary>Looks across a wall again: whether it still stands before the point, and which way. Null where it does not.</summary>
    public MorphWall? Again(MorphPoint here, MorphWall wall, double depth)
    {
        for (int i = 0; i < _point.Length; i++)
        {
            _point[i] = here.X[i] + depth * wall.Normal[i];
        }

        _problem.Map.Linearize(_point, _farValue, _far);
        double size = Vectors.Norm(here.Jacobian);
        if (!Vectors.AreFinite(_far) || Jump(here) <= Math.Max(Nothing * size, Same * Vectors.Norm(wall.Jump)))
        {
            return null;
        }

        MorphWall again = Wall(here, wall.Normal);
        again.Bound = wall.Bound;
        again.Idle = wall.Idle;
        return again;
    }

    private bool Look(MorphPoint here, ReadOnlySpan<double> p, double t, double[] jacobian, double[] value)
    {
        for (int i = 0; i < p.Length; i++)
        {
            _point[i] = here.X[i] + t * p[i];
        }

        _problem.Map.Linearize(_point, value, jacobian);
        return Vectors.AreFinite(jacobian) && Vectors.AreFinite(value);
    }

    private void Keep()
    {
        _near.CopyTo(_far, 0);
        _value.CopyTo(_farValue, 0);
    }

    private double Jump(MorphPoint here) => Vectors.Distance(_far, here.Jacobian);

    private double Change(MorphPoint here) => Vectors.Distance(_near, here.Jacobian);

    /// <summary>Where the kink stands if it is the only one before t: N(x + t p) - N(x) - t J p = (t - t*) (J_far - J) p.</summary>
    private double Single(MorphPoint here, ReadOnlySpan<double> p, double t)
    {
        int n = p.Length;
        double dot = 0;
        double square = 0;
        for (int k = 0; k < _along.Length; k++)
        {
            double slope = Vectors.Dot(here.Jacobian.AsSpan(k * n, n), p);
            double jump = Vectors.Dot(_far.AsSpan(k * n, n), p) - slope;
            dot += jump * (_farValue[k] - here.Value[k] - t * slope);
            square += jump * jump;
        }

        return square > 0 ? t - dot / square : double.NaN;
    }

    /// <summary>u w^T = J_far - J, w . p &gt; 0; of several kinks in one place what they are along p.</summary>
    private MorphWall Wall(MorphPoint here, ReadOnlySpan<double> p)
    {
        int n = p.Length;
        int m = _along.Length;
        double[] difference = _near;
        for (int i = 0; i < difference.Length; i++)
        {
            difference[i] = _far[i] - here.Jacobian[i];
        }

        double[] normal = new double[n];
        for (int k = 0; k < m; k++)
        {
            ReadOnlySpan<double> row = difference.AsSpan(k * n, n);
            Vectors.AddScaled(normal, Vectors.Dot(row, p), row);
        }

        Vectors.Scale(normal, 1 / Vectors.Norm(normal));
        double[] jump = new double[m];
        for (int k = 0; k < m; k++)
        {
            jump[k] = Vectors.Dot(difference.AsSpan(k * n, n), normal);
        }

        return new MorphWall(normal, jump);
    }
}
