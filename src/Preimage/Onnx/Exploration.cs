using System.Collections.Immutable;

namespace Preimage.Onnx;

/// <summary>The value of a tensor, row-major.  Values: [product of Shape].</summary>
public sealed record GivenTensor(ImmutableArray<int> Shape, ImmutableArray<double> Values)
{
    /// <summary>Numbers without a shape: they take the shape that the model declares.</summary>
    public static GivenTensor Flat(ImmutableArray<double> values) => new([values.Length], values);
}

/// <summary>
/// The question with which a model is read: which tensor is free, which is looked at, and what all the others are. What does not depend on the
/// free tensor is a constant, and is computed while reading.
/// </summary>
public sealed record Exploration
{
    /// <summary>
    /// The free tensor: an input of real numbers, a weight, or any inner tensor; whatever reaches the output by another way is held at its value.
    /// null for the first input of real numbers that is not given; where there is none, everything is constant and the map has no inputs.
    /// </summary>
    public string? From { get; init; }

    /// <summary>The tensor that is looked at: an output or any inner tensor. null for the first output.</summary>
    public string? To { get; init; }

    /// <summary>The values of inputs, by name. Inputs that are neither free nor given are held at zeros, and the network says so. The value of the free one is the network's start.</summary>
    public ImmutableDictionary<string, GivenTensor> Given { get; init; } =
        ImmutableDictionary<string, GivenTensor>.Empty;

    /// <summary>The sizes of open dimensions: by their symbol, or as "input:axis" (from 0) where they have none.</summary>
    public ImmutableDictionary<string, int> Dimensions { get; init; } = ImmutableDictionary<string, int>.Empty;

    /// <summary>The shape of the points that will be asked about, where it is known: it settles the open dimensions of the free input. Of one axis, only their number.</summary>
    public ImmutableArray<int> PointShape { get; init; } = [];

    /// <summary>Whether nothing is asked: the first input is free and the first output is looked at.</summary>
    internal bool IsDefault =>
        From is null && To is null && Given.IsEmpty && Dimensions.IsEmpty && PointShape.IsDefaultOrEmpty;
}
