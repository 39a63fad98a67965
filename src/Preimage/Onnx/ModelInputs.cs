using System.Collections.Immutable;
using Preimage.Networks;

namespace Preimage.Onnx;

/// <summary>The inputs of a model under a question: which one is free, and what the others are.</summary>
internal sealed class ModelInputs
{
    private readonly Exploration _question;
    private readonly InputShapes _shapes;
    private readonly Dictionary<string, ModelTensor> _declared;

    /// <summary>Settles the free tensor and the shapes.</summary>
    /// <exception cref="ArgumentException">A name is unknown, or a value does not fit its input.</exception>
    public ModelInputs(OnnxModel model, Exploration question)
    {
        _question = question;
        _declared = model.Declared.DistinctBy(i => i.Name).ToDictionary(i => i.Name, StringComparer.Ordinal);
        foreach (string name in question.Given.Keys)
        {
            if (!_declared.ContainsKey(name) && !IsItem(name))
            {
                throw new ArgumentException(
                    $"{model.Path} has no input '{name}'; it has {Names.Nearest(model.Inputs.Select(i => i.Name), name)}."
                );
            }
        }

        Free =
            question.From
            ?? model
                .Inputs.FirstOrDefault(i => i.Kind == ElementKind.Real && !question.Given.ContainsKey(i.Name))
                ?.Name;
        Dictionary<string, ImmutableArray<int>> given = question.Given.ToDictionary(
            g => g.Key,
            g => g.Value.Shape,
            StringComparer.Ordinal
        );
        if (Free is not null && !question.PointShape.IsDefaultOrEmpty)
        {
            given.TryAdd(Free, question.PointShape);
        }

        _shapes = new InputShapes(model, question, given);
    }

    /// <summary>The name of the free tensor; null where everything is constant.</summary>
    public string? Free { get; }

    /// <summary>Whether the model declares an input of that name.</summary>
    public bool Declares(string name) => _declared.ContainsKey(name);

    /// <summary>Whether the question gives the input a value.</summary>
    public bool IsGiven(string name) => _question.Given.ContainsKey(name);

    /// <summary>The declaration of an input.</summary>
    public ModelTensor this[string name] => _declared[name];

    /// <summary>The shape of an input.</summary>
    /// <exception cref="ModelException">A dimension is open and nothing says its size, or the input is no tensor of numbers, or is too large.</exception>
    public int[] Shape(string name) => _shapes.Of(_declared[name]);

    /// <summary>The value that the question gives an input.</summary>
    /// <exception cref="ArgumentException">It does not fit the input's shape or type.</exception>
    public Tensor Given(string name)
    {
        ModelTensor input = _declared[name];
        GivenTensor given = _question.Given[name];
        int[] shape = Shape(name);
        if (!Fits(given.Shape.AsSpan(), shape) || given.Values.Length != Shapes.Product(shape))
        {
            throw new ArgumentException(
                $"The input '{name}' is given as {given.Values.Length} numbers of shape {Shapes.Text(given.Shape.AsSpan())}, but the model declares {input}, here {Shapes.Text(shape)}."
            );
        }

        double[] elements = [.. given.Values];
        int bad = Array.FindIndex(elements, e => !Allows(input.Kind!.Value, e));
        return bad < 0
            ? new Tensor(shape, elements, input.Kind!.Value) { Type = input.ElementType }
            : throw new ArgumentException(
                $"The input '{name}' is given {elements[bad]} at index {bad}, but its elements are of type {input.Type}."
            );
    }

    /// <summary>The tensors that the question gives a sequence, by the names "input[0]", "input[1]" and so on.</summary>
    /// <exception cref="ArgumentException">One has elements that do not fit its type.</exception>
    public IEnumerable<Tensor> Items(string name)
    {
        ModelTensor input = _declared[name];
        ElementKind kind = ElementTypes.Kind(input.ElementType);
        for (int i = 0; _question.Given.TryGetValue($"{name}[{i}]", out GivenTensor? given); i++)
        {
            double[] elements = [.. given.Values];
            if (
                elements.Length != Shapes.Product(given.Shape.AsSpan())
                || !Array.TrueForAll(elements, e => Allows(kind, e))
            )
            {
                throw new ArgumentException(
                    $"The tensor '{name}[{i}]' is given as {elements.Length} numbers of shape {Shapes.Text(given.Shape.AsSpan())}, which are not that many, or do not fit its type."
                );
            }

            yield return new Tensor([.. given.Shape], elements, kind) { Type = input.ElementType };
        }
    }

    /// <summary>Whether the name is that of a tensor in a sequence, such as "input[2]".</summary>
    private bool IsItem(string name) =>
        name.EndsWith(']')
        && name.LastIndexOf('[') is > 0 and var place
        && _declared.TryGetValue(name[..place], out ModelTensor? input)
        && input.IsSequence;

    private static bool Allows(ElementKind kind, double element) =>
        kind switch
        {
            ElementKind.Real => !double.IsNaN(element),
            ElementKind.Integer => element == Math.Floor(element) && double.IsFinite(element),
            _ => element is 0 or 1,
        };

    /// <summary>A list of as many numbers, or the same shape but for axes of length 1.</summary>
    private static bool Fits(ReadOnlySpan<int> given, ReadOnlySpan<int> shape) =>
        given.Length == 1 || given.ToArray().Where(d => d != 1).SequenceEqual(shape.ToArray().Where(d => d != 1));
}
