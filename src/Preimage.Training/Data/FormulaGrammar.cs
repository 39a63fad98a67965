using System.Globalization;
using Parlot;
using Parlot.Fluent;
using static Parlot.Fluent.Parsers;

namespace Preimage.Training.Data;

/// <summary>
/// The grammar of formulas, loosest first: sums; products; sign; power (right to left, binding tighter than a sign on its left); calls, names, numbers.
/// So -x^2 = -(x^2), 2^-1 = 1/2 and 2^3^2 = 2^9, as on paper.
/// </summary>
internal static class FormulaGrammar
{
    /// <summary>Deeper nesting than any formula needs, refused so that no text can exhaust the stack.</summary>
    private const int DeepestNesting = 200;

    private static readonly Parser<Func<IReadOnlyList<string>, Expression>> Sum = Build();

    /// <summary>Reads an expression whose names are the given variables (which may hide a constant).</summary>
    /// <exception cref="ArgumentException">The text does not parse, or uses an unknown name or function.</exception>
    public static Expression Parse(string text, IReadOnlyList<string> variables)
    {
        RefuseDeepNesting(text);
        var context = new ParseContext(new Scanner(text));
        var result = new ParseResult<Func<IReadOnlyList<string>, Expression>>();
        bool parsed = Sum.Parse(context, ref result);
        context.SkipWhiteSpace();
        int stopped = context.Scanner.Cursor.Offset;
        if (!parsed || stopped < text.Length)
        {
            throw new ArgumentException(
                stopped < text.Length
                    ? $"The formula '{text}' cannot be read from its character {stopped + 1} on ('{text[stopped..]}'); write sums, products, powers and calls such as exp(x^2+y^2-2)."
                    : $"The formula '{text}' ends too early; write an expression such as exp(x^2+y^2-2)."
            );
        }

        return result.Value(variables);
    }

    private static void RefuseDeepNesting(string text)
    {
        int signs = text.Count(c => c is '(' or '^' or '-' or '+');
        if (signs > DeepestNesting)
        {
            throw new ArgumentException(
                $"The formula has {signs} brackets, powers and signs, and at most {DeepestNesting} are read; sample it elsewhere and give the points as CSV."
            );
        }
    }

    private static Parser<Func<IReadOnlyList<string>, Expression>> Build()
    {
        Deferred<Func<IReadOnlyList<string>, Expression>> sum = Deferred<Func<IReadOnlyList<string>, Expression>>();
        Deferred<Func<IReadOnlyList<string>, Expression>> signed = Deferred<Func<IReadOnlyList<string>, Expression>>();

        var number = NumberText()
            .Then<Func<IReadOnlyList<string>, Expression>>(span =>
            {
                double value = double.Parse(span.Span, NumberStyles.Float, CultureInfo.InvariantCulture);
                return _ => new Number(value);
            });
        var bracketed = Between(Terms.Char('('), sum, Terms.Char(')'));
        var call = Terms
            .Identifier()
            .And(Between(Terms.Char('('), Separated(Terms.Char(','), sum), Terms.Char(')')))
            .Then(parts => Call(parts.Item1.ToString()!, parts.Item2));
        var name = Terms.Identifier().Then(span => Name(span.ToString()!));
        var primary = OneOf(number, call, name, bracketed);
        var power = primary
            .And(ZeroOrOne(Terms.Char('^').SkipAnd(signed)))
            .Then(parts =>
                parts.Item2.Count == 0 ? parts.Item1 : Join(FormulaFunctions.Power, parts.Item1, parts.Item2[0])
            );
        signed.Parser = Terms
            .Char('-')
            .SkipAnd(signed)
            .Then<Func<IReadOnlyList<string>, Expression>>(operand =>
                names => new Unary(FormulaFunctions.Negative, operand(names))
            )
            .Or(Terms.Char('+').SkipAnd(signed))
            .Or(power);
        var product = signed.LeftAssociative(
            (Terms.Char('*'), (a, b) => Join(FormulaFunctions.Times, a, b)),
            (Terms.Char('/'), (a, b) => Join(FormulaFunctions.Over, a, b))
        );
        sum.Parser = product.LeftAssociative(
            (Terms.Char('+'), (a, b) => Join(FormulaFunctions.Plus, a, b)),
            (Terms.Char('-'), (a, b) => Join(FormulaFunctions.Minus, a, b))
        );
        return sum;
    }

    /// <summary>12, 1.5, .5, 5., 2e-3: by hand, because the library's own numbers are found by reflection, which a trimmed program lacks.</summary>
    private static Parser<TextSpan> NumberText()
    {
        var digits = Literals.Pattern(char.IsAsciiDigit);
        var whole = Capture(digits.And(ZeroOrOne(Literals.Char('.').And(ZeroOrOne(digits)))));
        var fraction = Capture(Literals.Char('.').And(digits));
        var sign = ZeroOrOne(OneOf(Literals.Char('+'), Literals.Char('-')));
        var exponent = OneOf(Literals.Char('e'), Literals.Char('E')).And(sign).And(digits);
        return SkipWhiteSpace(Capture(OneOf(whole, fraction).And(ZeroOrOne(exponent))));
    }

    private static Func<IReadOnlyList<string>, Expression> Join(
        TwoOperands operation,
        Func<IReadOnlyList<string>, Expression> left,
        Func<IReadOnlyList<string>, Expression> right
    ) => names => new Binary(operation, left(names), right(names));

    private static Func<IReadOnlyList<string>, Expression> Name(string name) =>
        variables =>
        {
            for (int i = 0; i < variables.Count; i++)
            {
                if (string.Equals(variables[i], name, StringComparison.Ordinal))
                {
                    return new Coordinate(i);
                }
            }

            return FormulaFunctions.Constants.TryGetValue(name, out double constant)
                ? new Number(constant)
                : throw new ArgumentException(
                    $"The formula uses '{name}', which is neither a constant (pi, e) nor one of the box's variables ({string.Join(", ", variables)})."
                );
        };

    private static Func<IReadOnlyList<string>, Expression> Call(
        string function,
        IReadOnlyList<Func<IReadOnlyList<string>, Expression>> arguments
    )
    {
        if (FormulaFunctions.OneArgument.TryGetValue(function, out OneOperand? unary))
        {
            RequireArguments(function, arguments.Count, 1);
            return names => new Unary(unary, arguments[0](names));
        }

        if (FormulaFunctions.TwoArguments.TryGetValue(function, out TwoOperands? binary))
        {
            RequireArguments(function, arguments.Count, 2);
            return Join(binary, arguments[0], arguments[1]);
        }

        throw new ArgumentException(
            $"The formula calls '{function}', which is not a function here; there are {FormulaFunctions.Names}."
        );
    }

    private static void RequireArguments(string function, int given, int needed)
    {
        if (given != needed)
        {
            throw new ArgumentException(
                $"The formula gives {function} {given} argument{(given == 1 ? "" : "s")}, but it takes {needed}."
            );
        }
    }
}
