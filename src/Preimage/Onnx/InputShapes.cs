using System.Collections.Immutable;

namespace Preimage.Onnx;

/// <summary>
/// The shapes of a model's inputs. An open dimension has the size that the question gives it, by its symbol or as "input:axis", or that a given value
/// has there; the same symbol is the same size everywhere. A leading one that nothing settles is one sample, and so is every other of its symbol.
/// </summary>
internal sealed class InputShapes
{
    private readonly string _path;
    private readonly Dictionary<string, int> _sizes = new(StringComparer.Ordinal);
    private readonly HashSet<string> _leading;
    private readonly Dictionary<string, int[]> _shapeless = new(StringComparer.Ordinal);

    /// <summary>Settles what can be settled.  given: the shapes of the inputs whose values or points are known.</summary>
    /// <exception cref="ArgumentException">A dimension is not the model's, is smaller than 1, or is asked to have two sizes.</exception>
    public InputShapes(OnnxModel model, Exploration question, IReadOnlyDictionary<string, ImmutableArray<int>> given)
    {
        _path = model.Path;
        _leading =
        [
            .. model.Inputs.Select(i => i.Shape is [var first, ..] && first.Size is null ? Key(i, 0, first) : ""),
        ];
        string[] open = [.. model.Inputs.SelectMany(OpenKeys).Distinct(StringComparer.Ordinal)];
        foreach ((string key, int size) in question.Dimensions)
        {
            if (!open.Contains(key, StringComparer.Ordinal) || size < 1)
            {
                string known = open.Length == 0 ? "it has none" : $"open are {string.Join(", ", open)}";
                throw new ArgumentException(
                    size < 1
                        ? $"The dimension {key} is {size}; give a size of 1 or more."
                        : $"{_path} has no open dimension '{key}'; {known}."
                );
            }

            _sizes[key] = size;
        }

        // Full shapes say more than counts, and so go first.
        foreach (ModelTensor input in model.Inputs.OrderBy(i => !given.TryGetValue(i.Name, out var g) || g.Length == 1))
        {
            if (given.TryGetValue(input.Name, out ImmutableArray<int> shape))
            {
                Learn(input, shape);
            }
        }
    }

    /// <summary>The shape of an input.</summary>
    /// <exception cref="ModelException">A dimension is open and nothing says its size, or the input is no tensor of numbers, or is too large.</exception>
    public int[] Of(ModelTensor input)
    {
        if (input.Kind is null)
        {
            throw new ModelException(
                $"{_path} has the input '{input.Name}' of type {input.Type}, which is not supported; tensors of numbers are."
            );
        }

        if (input.Shape is not { } axes)
        {
            return _shapeless.TryGetValue(input.Name, out int[]? known)
                ? known
                : throw new ModelException(
                    $"{_path} does not say the shape of its input '{input.Name}'; give a value that has one, as in --input {input.Name}=file.npy."
                );
        }

        long[] shape = [.. axes.Select((axis, i) => Size(input, i, axis) ?? throw Open(input, i, axis))];
        return Shapes.Count(shape) >= 0 && shape.All(d => d <= int.MaxValue) && shape.Length <= Limits.Rank
            ? Array.ConvertAll(shape, d => checked((int)d))
            : throw new ModelException(
                $"{_path} has the input '{input.Name}' of shape {Shapes.Text(shape)}, which is not a shape of at most {Limits.TensorElements} elements."
            );
    }

    private ModelException Open(ModelTensor input, int i, ModelDimension axis)
    {
        string symbol = axis.Symbol.Length == 0 ? "" : $" '{axis.Symbol}'";
        return new ModelException(
            $"{_path} has the input '{input.Name}' whose axis {i}{symbol} is open; say its size, as in --dimension {Key(input, i, axis)}=48."
        );
    }

    private long? Size(ModelTensor input, int i, ModelDimension axis) =>
        axis.Size
        ?? (
            _sizes.TryGetValue(Key(input, i, axis), out int size) ? size
            : _leading.Contains(Key(input, i, axis)) ? 1
            : null
        );

    private void Learn(ModelTensor input, ImmutableArray<int> given)
    {
        if (input.Shape is not { } axes)
        {
            _shapeless[input.Name] = [.. given];
            return;
        }

        if (given.Length == axes.Length)
        {
            for (int i = 0; i < axes.Length; i++)
            {
                Agree(input, i, given);
            }
        }
        else if (given.Length == 1)
        {
            Count(input, axes, given[0]);
        }
    }

    private void Agree(ModelTensor input, int i, ImmutableArray<int> given)
    {
        ModelDimension axis = input.Shape!.Value[i];
        string key = Key(input, i, axis);
        long? known = axis.Size ?? (_sizes.TryGetValue(key, out int size) ? size : null);
        if (known is { } other && other != given[i])
        {
            throw new ArgumentException(
                $"The input '{input.Name}' is given with the shape {Shapes.Text(given.AsSpan())}, where its dimension {i + 1} is {other}; the model declares {input}."
            );
        }

        if (axis.Size is null)
        {
            _sizes[key] = given[i];
        }
    }

    /// <summary>As many numbers settle the one dimension that is left when the leading one is one sample.</summary>
    private void Count(ModelTensor input, ImmutableArray<ModelDimension> axes, int count)
    {
        long known = 1;
        string? left = null;
        for (int i = 0; i < axes.Length; i++)
        {
            if (Size(input, i, axes[i]) is { } size)
            {
                known *= Math.Clamp(size, 1, int.MaxValue / known);
            }
            else if (left is not null && left != Key(input, i, axes[i]))
            {
                return;
            }
            else
            {
                left = Key(input, i, axes[i]);
            }
        }

        if (left is not null && count % known == 0 && count > 0)
        {
            _sizes[left] = (int)(count / known);
        }
    }

    private static IEnumerable<string> OpenKeys(ModelTensor input) =>
        input.Shape is { } axes
            ? axes.Select((axis, i) => (axis, i)).Where(a => a.axis.Size is null).Select(a => Key(input, a.i, a.axis))
            : [];

    private static string Key(ModelTensor input, int i, ModelDimension axis) =>
        axis.Symbol.Length > 0 ? axis.Symbol : $"{input.Name}:{i}";
}
