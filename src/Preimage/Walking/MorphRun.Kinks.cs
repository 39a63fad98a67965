using Preimage.Geometry;

namespace Preimage.Walking;

/// <summary>What a run does at kinks of the map.</summary>
internal sealed partial class MorphRun
{
    /// <summary>Whether there is a kink on the step that is not yet known: it becomes a wall.</summary>
    private bool Meets()
    {
        if (_looks++ > MostLooks || _ground.Walls.Count >= MostWalls)
        {
            return false;
        }

        _ground.Step(_here, _time, _step);
        if (_kinks.First(_here, _step) is not { } found)
        {
            return false;
        }

        (MorphWall wall, double place) = found;
        double here = Vectors.Dot(wall.Normal, _here.X);
        wall.Bound = Math.Max(here, here + place * Vectors.Dot(wall.Normal, _step) - _ground.Margin);
        _ground.Add(wall);
        return true;
    }

    /// <summary>
    /// Goes through the wall whose other side leads on, if there is one. With b - x - d = J^T lambda + mu w this side pushes against it (mu > 0); with J + u w^T
    /// the other side pushes back only while mu &lt;= u . lambda.
    /// </summary>
    /// <returns>Whether anything has changed.</returns>
    private bool GoesThrough()
    {
        int m = _here.Value.Length;
        for (int j = 0; j < _ground.Walls.Count; j++)
        {
            if (!LeadsOn(j) || _looks++ > MostLooks)
            {
                continue;
            }

            if (_kinks.Again(_here, _ground.Walls[j], 2 * _ground.Margin) is not { } again)
            {
                _ground.RemoveWall(j);
                return true;
            }

            _ground.Replace(j, again);
            if (LeadsOn(j))
            {
                Hop(j);
                return true;
            }
        }

        return false;
    }

    private bool LeadsOn(int j)
    {
        ReadOnlySpan<double> multipliers = _ground.Multipliers;
        double[] jump = _ground.Walls[j].Jump;
        double push = -multipliers[jump.Length + j];
        return push > 0 && push > -Vectors.Dot(jump, multipliers[..jump.Length]) * (1 + 1e-9);
    }

    /// <summary>To the other side of a wall, which is then gone.</summary>
    private void Hop(int j)
    {
        MorphWall wall = _ground.Walls[j];
        _here.Jacobian.CopyTo(_jacobian, 0);
        for (int k = 0; k < wall.Jump.Length; k++)
        {
            Vectors.AddScaled(_jacobian.AsSpan(k * _step.Length, _step.Length), wall.Jump[k], wall.Normal);
        }

        bool found = _ground.Through(_here, j, _jacobian, _step);
        _ground.RemoveWall(j);
        _here.X.CopyTo(_there.X, 0);
        _ground.Add(_there.X, _step);
        if (!found || !double.IsFinite(_ground.Correct(_there.X, _jacobian)) || !_there.Linearize(_problem.Map))
        {
            return;
        }

        _debt += Math.Max(0, -Fall(_here.X, _there.X));
        (_here, _there) = (_there, _here);
        _distance = Vectors.Distance(_here.X, _problem.Target);
    }

    /// <summary>Looks again at the walls that hold the path.</summary>
    /// <returns>Whether one is gone.</returns>
    private bool Refresh()
    {
        bool changed = false;
        int m = _here.Value.Length;
        double[] multipliers = _ground.Multipliers.ToArray();
        for (int j = _ground.Walls.Count - 1; j >= 0; j--)
        {
            if (multipliers[m + j] != 0 && _kinks.Again(_here, _ground.Walls[j], 2 * _ground.Margin) is null)
            {
                _ground.RemoveWall(j);
                changed = true;
            }
        }

        return changed;
    }
}
