using System.Numerics.Tensors;
using Preimage.Networks;
using Preimage.Training.Data;
using Preimage.Training.Losses;

namespace Preimage.Training.Fitting;

/// <summary>
/// The mean loss of a family of networks over points of a data set, taken in the units of the model. The points of a batch are cut into shares whose number
/// depends on nothing but the sizes, and whose sums are added in their order: the same bits for any number of threads. A cross-entropy reads the logits.
/// </summary>
public sealed class FamilyObjective : IObjective
{
    private const int MostShares = 16;

    /// <summary>Most numbers that the shares hold together: 256 MiB.</summary>
    private const long MostRoom = 1L << 25;

    private readonly NetworkFamily _family;
    private readonly Dataset _data;
    private readonly int[] _points;
    private readonly Share[] _shares;
    private readonly ParallelOptions _threads;

    /// <summary>An objective.</summary>
    /// <param name="family">The networks.</param>
    /// <param name="loss">The loss at one point.</param>
    /// <param name="data">Points and targets.</param>
    /// <param name="points">Which rows; all of them by default.</param>
    /// <param name="threads">How many threads; as many as the machine has by default.</param>
    /// <exception cref="ArgumentException">Family, data and loss do not fit each other.</exception>
    public FamilyObjective(
        NetworkFamily family,
        ILoss loss,
        Dataset data,
        IEnumerable<int>? points = null,
        int? threads = null
    )
    {
        FamilyRules.Check(family, loss.Link, data);
        _family = loss.Link == Link.Direct ? family : family.BeforeEnd();
        (Loss, _data) = (loss, data);
        _points = [.. points ?? Enumerable.Range(0, data.Count)];
        long room = 2L * family.ParameterCount + family.Inputs;
        _shares = new Share[(int)Math.Clamp(MostRoom / room, 1, MostShares)];
        for (int i = 0; i < _shares.Length; i++)
        {
            _shares[i] = new Share(this);
        }

        _threads = new ParallelOptions { MaxDegreeOfParallelism = threads ?? Environment.ProcessorCount };
    }

    /// <inheritdoc/>
    public int ParameterCount => _family.ParameterCount;

    /// <inheritdoc/>
    public ReadOnlySpan<int> Points => _points;

    /// <summary>The loss at one point.</summary>
    public ILoss Loss { get; }

    /// <inheritdoc/>
    public long Evaluations { get; private set; }

    /// <inheritdoc/>
    public Standing Measure(ReadOnlySpan<double> parameters)
    {
        Work(parameters, _points, share => share.Measure());
        return new Standing(
            _shares.Sum(s => s.Sum) / _points.Length,
            (double)_shares.Sum(s => s.Agreeing) / _points.Length
        );
    }

    /// <inheritdoc/>
    public double Gradient(ReadOnlySpan<double> parameters, ReadOnlySpan<int> points, Span<double> gradient)
    {
        Work(parameters, points.ToArray(), share => share.PullBack());
        gradient.Clear();
        foreach (Share share in _shares)
        {
            TensorPrimitives.Add(gradient, share.Gradient, gradient);
        }

        TensorPrimitives.Divide(gradient, points.Length, gradient);
        return _shares.Sum(s => s.Sum) / points.Length;
    }

    private void Work(ReadOnlySpan<double> parameters, int[] points, Action<Share> work)
    {
        for (int i = 0; i < _shares.Length; i++)
        {
            (int first, int last) = (At(i), At(i + 1));
            _shares[i].Take(parameters, points.AsMemory(first, last - first));
        }

        Parallel.For(0, _shares.Length, _threads, i => work(_shares[i]));
        Evaluations += points.Length;

        int At(int share) => (int)((long)points.Length * share / _shares.Length);
    }

    /// <summary>Some points of a batch, with the sums over them.</summary>
    private sealed class Share(FamilyObjective whole)
    {
        private readonly double[] _point = new double[whole._family.Inputs + whole._family.ParameterCount];
        private readonly double[] _output = new double[whole._family.Outputs];
        private readonly double[] _covector = new double[whole._family.Outputs];
        private ReadOnlyMemory<int> _rows;

        /// <summary>The sum of the losses.</summary>
        public double Sum { get; private set; }

        /// <summary>Points whose class is right.</summary>
        public int Agreeing { get; private set; }

        /// <summary>The sum of the gradients.  [P].</summary>
        public double[] Gradient { get; } = new double[whole._family.ParameterCount];

        /// <summary>Takes points, and parameters.</summary>
        public void Take(ReadOnlySpan<double> parameters, ReadOnlyMemory<int> rows)
        {
            parameters.CopyTo(_point.AsSpan(whole._family.Inputs));
            (_rows, Sum, Agreeing) = (rows, 0, 0);
        }

        /// <summary>Sums losses.</summary>
        public void Measure()
        {
            foreach (int row in _rows.Span)
            {
                Go(row);
                whole._family.Evaluate(_point, _output);
                Answer(row, _output, _covector);
            }
        }

        /// <summary>Sums losses and gradients.</summary>
        public void PullBack()
        {
            Array.Clear(Gradient);
            foreach (int row in _rows.Span)
            {
                Go(row);
                whole._family.PullBack(_point, (output, covector) => Answer(row, output, covector), Gradient);
            }
        }

        private void Go(int row) =>
            whole._data.Inputs.AsSpan(row * whole._family.Inputs, whole._family.Inputs).CopyTo(_point);

        private void Answer(int row, ReadOnlySpan<double> output, Span<double> covector)
        {
            ReadOnlySpan<double> target = whole._data.Targets.AsSpan(row * output.Length, output.Length);
            Sum += whole.Loss.Evaluate(output, target, covector);
            Agreeing += Agreement.Holds(whole.Loss.Link, output, target) ? 1 : 0;
        }
    }
}
