using System.Collections.Immutable;
using System.Text.Json;
using Preimage.Figures;

namespace Preimage.Cli.Metric;

/// <summary>A spectrum of the pullback metric with what is known beside it: at a point, its largest part, or over many points.</summary>
internal abstract record MetricAnswer
{
    /// <summary>Matrices of more numbers are left out of a JSON object; --out name.npy has the directions.</summary>
    protected const int MostNumbers = 1_000_000;

    /// <summary>Eigenvalues of g, largest first.</summary>
    public abstract ImmutableArray<double> Spectrum { get; }

    /// <summary>The directions that belong to them, the most visible first: arrays of [n].</summary>
    public abstract ImmutableArray<ImmutableArray<double>> Directions { get; }

    /// <summary>How many eigenvalues are above rounding, as far as is known.</summary>
    public abstract int Rank { get; }

    /// <summary>The directions that the map ignores, where they were asked for.</summary>
    public virtual ImmutableArray<ImmutableArray<double>> Ignored => [];

    /// <summary>What a person is told first.</summary>
    public abstract IEnumerable<(string Name, string Value)> Facts { get; }

    /// <summary>The spectra of a figure.</summary>
    public virtual IEnumerable<NamedSpectrum> Drawn(string name) => [new NamedSpectrum(name, Spectrum)];

    /// <summary>The answer's part of a JSON object.</summary>
    public abstract void WriteJson(Utf8JsonWriter json);

    /// <summary>The same without what grows with the number of inputs, where that is large.</summary>
    public abstract MetricAnswer Slim();

    /// <summary>Whether so many vectors of such a length are too much to keep for every layer.</summary>
    protected static bool IsLarge(int vectors, int length) => (long)vectors * length > 1 << 16;
}
