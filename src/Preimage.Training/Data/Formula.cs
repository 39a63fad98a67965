using System.Globalization;
using Preimage.Maps;

namespace Preimage.Training.Data;

/// <summary>A named expression of named variables, such as z = exp(x^2+y^2-2) or T [K] = P*V/8.314.</summary>
public sealed class Formula
{
    private static readonly string[] TargetNames = ["y", "z", "f"];

    private readonly Expression _expression;

    private Formula(string text, Variable target, Expression expression, int variables)
    {
        Text = text;
        Target = target;
        _expression = expression;
        Map = new FunctionMap(variables, 1, (x, y, jacobian) => y[0] = expression.Linearize(x, jacobian));
    }

    /// <summary>The text that was read.</summary>
    public string Text { get; }

    /// <summary>The name and unit left of the equals sign (y, z or f, the first that is free, where there is none).</summary>
    public Variable Target { get; }

    /// <summary>
    /// Reads a formula. Operations + - * / ^ (power, right to left, tighter than a sign: -x^2 = -(x^2), 2^-1 = 0.5), brackets, pi, e,
    /// exp, log = ln, sqrt, abs, sin, cos, tan, asin, acos, atan, sinh, cosh, tanh, step (1 above 0, else 0), and min, max, pow, atan2 of two arguments.
    /// </summary>
    /// <param name="text">"name [unit] = expression", or the expression alone.</param>
    /// <param name="variables">The names that the expression may use, in the order of the points that it will meet.</param>
    /// <exception cref="ArgumentException">The text does not parse, or uses an unknown name or function.</exception>
    public static Formula Parse(string text, IReadOnlyList<string> variables)
    {
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        Variable target = equals < 0 ? new Variable(FreeName(variables)) : ParseLabel(text[..equals]);
        Expression expression = FormulaGrammar.Parse(text[(equals + 1)..].Trim(), variables);
        return new Formula(text, target, expression, variables.Count);
    }

    private static string FreeName(IReadOnlyList<string> variables) =>
        TargetNames.FirstOrDefault(name => !variables.Contains(name, StringComparer.Ordinal)) ?? "output";

    /// <summary>The formula's value at a point; NaN or infinite where it has none.  point: [variables].</summary>
    public double Value(ReadOnlySpan<double> point) => _expression.Value(point);

    /// <summary>The formula as a map R^variables -> R, differentiated exactly; at kinks, one of the derivatives beside.</summary>
    public IMap Map { get; }

    /// <summary>Reads "name" or "name [unit]".</summary>
    /// <exception cref="ArgumentException">The name is empty or a bracket is missing.</exception>
    public static Variable ParseLabel(string label)
    {
        string text = label.Trim();
        int open = text.IndexOf('[', StringComparison.Ordinal);
        string name = (open < 0 ? text : text[..open]).TrimEnd();
        if (name.Length == 0 || (open >= 0 && text[^1] != ']'))
        {
            throw new ArgumentException(
                $"The label '{label}' is not a name with an optional unit; write it as P or P [Pa]."
            );
        }

        return new Variable(name, open < 0 ? "" : text[(open + 1)..^1].Trim());
    }

    /// <summary>Reads a variable with its range: "x in -1,1" or "P [Pa] in 1e5,2e5".</summary>
    /// <exception cref="ArgumentException">The text has another form, or the range is empty or not finite.</exception>
    public static Variable ParseRange(string text)
    {
        int at = text.LastIndexOf(" in ", StringComparison.Ordinal);
        string[] bounds = at < 0 ? [] : text[(at + 4)..].Split(',');
        if (
            bounds.Length != 2
            || !double.TryParse(bounds[0], NumberStyles.Float, CultureInfo.InvariantCulture, out double lower)
            || !double.TryParse(bounds[1], NumberStyles.Float, CultureInfo.InvariantCulture, out double upper)
            || !double.IsFinite(upper - lower)
            || lower >= upper
        )
        {
            throw new ArgumentException(
                $"The range '{text}' is not of the form 'x in -1,1' with a finite lower bound below a finite upper one."
            );
        }

        return ParseLabel(text[..at]) with
        {
            Lower = lower,
            Upper = upper,
        };
    }
}
