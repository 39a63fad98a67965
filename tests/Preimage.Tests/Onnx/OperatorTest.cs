using System.Collections.Immutable;
using Preimage.Maps;
using Preimage.Networks;
using Preimage.Onnx;

namespace Preimage.Tests.Onnx;

/// <summary>What came of one test.</summary>
internal enum OperatorVerdict
{
    /// <summary>Nothing was compared.</summary>
    Unknown,

    /// <summary>Every output was right, for every real input as the free one, or all but those that Note names.</summary>
    Passed,

    /// <summary>The model was refused; Note says why.</summary>
    Refused,

    /// <summary>An output was wrong, or a derivative, or the refusal was no good one.</summary>
    Failed,
}

/// <summary>One test's name, what came of it, and why or but for what.</summary>
internal sealed record OperatorResult(string Test, OperatorVerdict Verdict, string Note);

/// <summary>
/// One operator test of the ONNX project: a model, and stored inputs with their outputs. Each real input in turn is free and the others are given;
/// where there is none, everything is given and the map has no inputs. Every output is compared.
/// </summary>
internal sealed class OperatorTest(string folder)
{
    /// <summary>Stored outputs of 32 bits: some hundred roundings of 2^-24 on the way.</summary>
    private const double FloatRounding = 1e-5;

    /// <summary>16 bits have 11 of mantissa, and so a rounding is 5e-4.</summary>
    private const double HalfRounding = 1e-3;

    /// <summary>The upper half of a float has 8 bits of mantissa, and so a rounding is 4e-3.</summary>
    private const double BrainRounding = 8e-3;

    /// <summary>Stored outputs of 64 bits, of which some were computed from constants of 32.</summary>
    private const double DoubleRounding = 1e-7;

    /// <summary>Points near the stored one that a derivative is checked at: one of them keeps clear of kinks, jumps and edges of a domain.</summary>
    private const int Points = 16;

    /// <summary>The stored outputs of windows are those of 3.1415 in place of pi, which moves them by up to 1e-4.</summary>
    private const double ShortPi = 1e-4;

    /// <summary>A value that is rounded to 24 bits, as the format prescribes, climbs in steps: it has a slope, and no differences that show it.</summary>
    private const string Steps = "test_dynamicquantizelinear";

    private int _compared;
    private int _derivatives;
    private readonly SortedSet<string> _refused = new(StringComparer.Ordinal);

    /// <summary>Its name.</summary>
    public string Name => System.IO.Path.GetFileName(folder);

    /// <summary>How many derivatives were checked.</summary>
    public int Derivatives => _derivatives;

    /// <summary>Runs it.</summary>
    public OperatorResult Run()
    {
        try
        {
            OnnxModel model = OnnxFile.Open(
                File.ReadAllBytes(System.IO.Path.Combine(folder, "model.onnx")),
                "model.onnx"
            );
            foreach (string data in System.IO.Directory.GetDirectories(folder, "test_data_set_*"))
            {
                Run(model, data);
            }
        }
        catch (OperatorFailure failure)
        {
            return new(Name, OperatorVerdict.Failed, failure.Message);
        }
        catch (ModelException e)
        {
            _refused.Add(e.Message);
        }
        catch (Exception e) when (e is not ModelException)
        {
            return new(Name, OperatorVerdict.Failed, $"{e}");
        }

        return _compared > 0 ? new(Name, OperatorVerdict.Passed, string.Join(" ", _refused))
            : _refused.Count > 0 ? new(Name, OperatorVerdict.Refused, string.Join(" ", _refused))
            : new(Name, OperatorVerdict.Failed, "nothing was compared");
    }

    private void Run(OnnxModel model, string data)
    {
        ImmutableDictionary<string, GivenTensor> given = model
            .Declared.Select((input, k) => (input, File: System.IO.Path.Combine(data, $"input_{k}.pb")))
            .Where(i => i.input.Kind is not null && File.Exists(i.File))
            .Select(i => (i.input, Value: Given(i.File)))
            .Where(i => Fits(i.input, i.Value))
            .ToImmutableDictionary(i => i.input.Name, i => i.Value, StringComparer.Ordinal)
            .AddRange(Items(model, data));
        string?[] free =
        [
            .. model
                .Declared.Where(i =>
                    given.TryGetValue(i.Name, out GivenTensor? value)
                    && i.Kind == ElementKind.Real
                    && value.Values.Length > 0
                )
                .Select(i => i.Name),
        ];
        foreach (string? name in free.Length > 0 ? free : (string?[])[null])
        {
            Exploration question = new()
            {
                From = name,
                Given = name is null ? given : given.Remove(name),
                PointShape = name is null ? [] : given[name].Shape,
            };
            try
            {
                Run(model, question, name is null ? [] : [.. given[name].Values], data);
            }
            catch (ModelException e)
            {
                _refused.Add($"{(name is null || free.Length == 1 ? "" : $"{name} free: ")}{e.Message}");
            }
            catch (ArgumentException e)
            {
                throw new OperatorFailure($"{name} free: {e.Message}");
            }
        }

        if (_compared == 0 && free.Length > 0)
        {
            RunConstant(model, given, data);
        }
    }

    /// <summary>The tensors of the sequences among the inputs.</summary>
    private static IEnumerable<KeyValuePair<string, GivenTensor>> Items(OnnxModel model, string data) =>
        model
            .Declared.Select((input, k) => (input, File: System.IO.Path.Combine(data, $"input_{k}.pb")))
            .Where(i => i.input.IsSequence && File.Exists(i.File))
            .SelectMany(i =>
                StoredTensors
                    .ReadSequence(i.File)
                    .Select((t, k) => KeyValuePair.Create($"{i.input.Name}[{k}]", Given(t)))
            );

    /// <summary>Where no input can be free, the value of everything.</summary>
    private void RunConstant(OnnxModel model, ImmutableDictionary<string, GivenTensor> given, string data)
    {
        try
        {
            Run(model, new Exploration { Given = given }, [], data);
            _refused.Add("value only");
        }
        catch (ModelException)
        {
            // The reasons that are listed already hold.
        }
    }

    /// <summary>Some tests store a value of another shape than their model declares, for an input of which only the type matters.</summary>
    private static bool Fits(ModelTensor input, GivenTensor value) =>
        input.Shape is not { } axes
        || (
            axes.Length == value.Shape.Length
            && axes.Zip(value.Shape).All(a => a.First.Size is null || a.First.Size == a.Second)
        );

    private void Run(OnnxModel model, Exploration question, double[] x, string data)
    {
        ImmutableArray<Network> networks = model.Networks(question);
        _refused.UnionWith(networks[0].Assumptions);
        foreach (Network network in networks)
        {
            int j = model.Outputs.Select(o => o.Name).ToList().IndexOf(network.OutputTensor.Name);
            string what = $"{question.From ?? "nothing"} free, {network.OutputTensor.Name}";
            Tensor expected = Expected(System.IO.Path.Combine(data, $"output_{j}.pb"), model.Outputs[j]);
            double[] y = new double[network.Outputs];
            // A compiled dense layer multiplies by zeros, which only finite numbers bear; nothing else is let in at the door.
            IMap map = x.All(double.IsFinite) ? network.Map : network.PlainMap;
            map.Evaluate(x, y);
            Compare(y, expected, Tolerance(model, j), what);
            if (!network.OutputTensor.Shape.SequenceEqual(expected.Shape))
            {
                throw new OperatorFailure(
                    $"{what} is of shape {Shapes.Text(network.OutputTensor.Shape.AsSpan())}, not {Shapes.Text(expected.Shape)}"
                );
            }

            _compared++;
            if (network.OutputKind == ElementKind.Real && x.Length > 0 && Name != Steps)
            {
                CheckDerivative(network, x, what);
            }
        }
    }

    /// <summary>A stored output; the upper halves of floats are stored as the integers of their bits.</summary>
    private static Tensor Expected(string file, ModelTensor output)
    {
        Tensor tensor = output.IsSequence ? StoredTensors.ReadFlat(file) : StoredTensors.Read(file);
        return output.Type == "bfloat16" && tensor.Kind == ElementKind.Integer
            ? tensor with
            {
                Elements = Array.ConvertAll(tensor.Elements, e => ElementTypes.FromBfloat16((ushort)e)),
            }
            : tensor;
    }

    private double Tolerance(OnnxModel model, int output) =>
        Name.Contains("window", StringComparison.Ordinal) ? ShortPi
        : model.Outputs[output].Kind != ElementKind.Real ? 0
        : model
            .Declared.Append(model.Outputs[output])
            .Max(t =>
                t.Type switch
                {
                    "float16" => HalfRounding,
                    "bfloat16" => BrainRounding,
                    "float" => FloatRounding,
                    _ => DoubleRounding,
                }
            );

    private static void Compare(double[] y, Tensor expected, double tolerance, string what)
    {
        if (y.Length != expected.Elements.Length)
        {
            throw new OperatorFailure($"{what} has {y.Length} elements, not {expected.Elements.Length}");
        }

        double scale = expected.Elements.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(0).Max();
        for (int i = 0; i < y.Length; i++)
        {
            // Equal infinities, and NaN where the standard gives NaN, are equal.
            double error = y[i].Equals(expected.Elements[i]) ? 0 : Math.Abs(y[i] - expected.Elements[i]);
            if (!(error <= tolerance * scale))
            {
                throw new OperatorFailure($"{what}[{i}] is {y[i]}, not {expected.Elements[i]}");
            }
        }
    }

    /// <summary>Taylor slope and dot products at a point near the stored one. Where no such point has a finite value and derivative there is nothing to check.</summary>
    private void CheckDerivative(Network network, double[] x, string what)
    {
        var random = new Random(7);
        string? wrong = null;
        for (int k = 0; k < Points; k++)
        {
            double[] p = [.. x.Select(e => e + 0.01 * (random.NextDouble() - 0.5) * (0.1 + Math.Abs(e)))];
            double[] v = [.. x.Select(_ => random.NextDouble() * 2 - 1)];
            double[] w = [.. Enumerable.Range(0, network.Outputs).Select(_ => random.NextDouble() * 2 - 1)];
            try
            {
                if (Laws.Derivatives.TryProducts(network.Map, p, v, w, what))
                {
                    _derivatives++;
                    return;
                }
            }
            catch (ModelException e) // a derivative that is refused is no derivative
            {
                _refused.Add($"derivative: {e.Message}");
                return;
            }
            catch (Xunit.Sdk.XunitException e)
            {
                wrong = e.Message;
            }
        }

        if (wrong is not null)
        {
            throw new OperatorFailure(wrong);
        }
    }

    private static GivenTensor Given(string file) => Given(StoredTensors.Read(file));

    private static GivenTensor Given(Tensor tensor) => new([.. tensor.Shape], [.. tensor.Elements]);

    private sealed class OperatorFailure(string message) : Exception(message);
}
