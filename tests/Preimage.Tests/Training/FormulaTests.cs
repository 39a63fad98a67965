using CsCheck;
using Preimage.Maps;
using Preimage.Training.Data;

namespace Preimage.Tests.Training;

public class FormulaTests
{
    private static readonly string[] Names = ["x", "y"];

    private static double At(string text, double x = 3, double y = 5) => Formula.Parse(text, Names).Value([x, y]);

    private static string Refusal(string text) =>
        Assert.Throws<ArgumentException>(() => Formula.Parse(text, Names)).Message;

    [Theory]
    [InlineData("2^3", 8)]
    [InlineData("2^-1", 0.5)]
    [InlineData("2^3^2", 512)]
    [InlineData("-2^2", -4)]
    [InlineData("(-2)^2", 4)]
    [InlineData("-x^2", -9)]
    [InlineData("-x^-2", -1.0 / 9)]
    [InlineData("2*-x", -6)]
    [InlineData("x - -x", 6)]
    [InlineData("--x", 3)]
    [InlineData("+x", 3)]
    [InlineData("1-2-3", -4)]
    [InlineData("8/4/2", 1)]
    [InlineData("2+3*x", 11)]
    [InlineData("(2+3)*x", 15)]
    [InlineData("2*x^2", 18)]
    [InlineData("x/2*4", 6)]
    [InlineData("-x*y", -15)]
    [InlineData("1e-3", 1e-3)]
    [InlineData("2.5E2", 250)]
    [InlineData(".5", 0.5)]
    [InlineData("5.", 5)]
    [InlineData("1e+2", 100)]
    [InlineData("1E2-1", 99)]
    [InlineData("2*e", 2 * Math.E)]
    [InlineData("0.1", 0.1)]
    [InlineData("123456789.123456789", 123456789.123456789)]
    [InlineData("pi", Math.PI)]
    [InlineData("e", Math.E)]
    [InlineData("min(x, y)", 3)]
    [InlineData("max(x, y)", 5)]
    [InlineData("step(y-x)", 1)]
    [InlineData("step(x-y)", 0)]
    [InlineData("step(x-3)", 0)]
    [InlineData("pow(x, 2)", 9)]
    [InlineData(" x\t+ y ", 8)]
    public void Value_OfAnExpression_FollowsThePrecedenceOfPaper(string text, double expected) =>
        Assert.Equal(expected, At(text));

    [Fact]
    public void Value_OfEachFunction_IsThatOfTheBaseLibrary() =>
        Gen.Double[0.01, 0.99]
            .Sample(x =>
            {
                Assert.Equal(Math.Exp(x), At("exp(x)", x));
                Assert.Equal(Math.Log(x), At("log(x)", x));
                Assert.Equal(Math.Log(x), At("ln(x)", x));
                Assert.Equal(Math.Sqrt(x), At("sqrt(x)", x));
                Assert.Equal(Math.Abs(-x), At("abs(-x)", x));
                Assert.Equal(Math.Sin(x), At("sin(x)", x));
                Assert.Equal(Math.Cos(x), At("cos(x)", x));
                Assert.Equal(Math.Tan(x), At("tan(x)", x));
                Assert.Equal(Math.Asin(x), At("asin(x)", x));
                Assert.Equal(Math.Acos(x), At("acos(x)", x));
                Assert.Equal(Math.Atan(x), At("atan(x)", x));
                Assert.Equal(Math.Atan2(x, 5), At("atan2(x, y)", x));
                Assert.Equal(Math.Sinh(x), At("sinh(x)", x));
                Assert.Equal(Math.Cosh(x), At("cosh(x)", x));
                Assert.Equal(Math.Tanh(x), At("tanh(x)", x));
            });

    /// <summary>Every operation and function: the derivative against the central difference, whose error is of second order in the step.</summary>
    [Theory]
    [InlineData("x + y*x - 2/y")]
    [InlineData("-(x-y)*(x+3)")]
    [InlineData("(x-5)^2 + x^y + 2^x")]
    [InlineData("exp(x*y) + log(x) + ln(y)")]
    [InlineData("sqrt(x) + abs(x-2)")]
    [InlineData("sin(x) + cos(y) + tan(x)")]
    [InlineData("asin(x) + acos(x) + atan(y)")]
    [InlineData("sinh(x) + cosh(y) + tanh(x*y)")]
    [InlineData("step(x)*y + min(x, y+5) + max(x, y+5)")]
    [InlineData("pow(x, 3) + atan2(y, x)")]
    public void Map_Linearized_GivesTheSlopesOfTheFormula(string text) =>
        Gen.Select(Gen.Double[0.3, 0.9], Gen.Double[0.3, 0.9])
            .Sample(
                (x, y) =>
                {
                    const double Step = 1e-5;
                    double[] value = new double[1];
                    double[] gradient = new double[2];
                    Formula.Parse(text, Names).Map.Linearize([x, y], value, gradient);
                    Assert.Equal(At(text, x, y), value[0]);
                    double byX = (At(text, x + Step, y) - At(text, x - Step, y)) / (2 * Step);
                    double byY = (At(text, x, y + Step) - At(text, x, y - Step)) / (2 * Step);
                    // Third derivatives stay below 2000 here.
                    Assert.Equal(byX, gradient[0], 1e-6);
                    Assert.Equal(byY, gradient[1], 1e-6);
                }
            );

    [Fact]
    public void Value_OfTheCompactClass_IsTheWrittenFormula() =>
        Gen.Select(Gen.Double[-1, 1], Gen.Double[-1, 1])
            .Sample((x, y) => Assert.Equal(Math.Exp(Math.Pow(x, 2) + Math.Pow(y, 2) - 2), At("exp(x^2+y^2-2)", x, y)));

    [Fact]
    public void Parse_WithAnEqualsSign_NamesTheTarget()
    {
        Assert.Equal(new Variable("T", "K"), Formula.Parse("T [K] = x*y", Names).Target);
        Assert.Equal(new Variable("y"), Formula.Parse("x", ["x"]).Target);
        Assert.Equal(new Variable("z"), Formula.Parse("x", Names).Target);
    }

    [Fact]
    public void Parse_OfAVariableNamedE_HidesTheConstant() => Assert.Equal(7, Formula.Parse("e", ["e"]).Value([7]));

    [Theory]
    [InlineData("2+", "from its character 2 on")]
    [InlineData("2e", "from its character 2 on")]
    [InlineData("1e+", "from its character 2 on")]
    [InlineData(".", "from its character 1 on")]
    [InlineData("2x", "from its character 2 on")]
    [InlineData("(x", "from its character 1 on")]
    [InlineData("1.5.2", "from its character 4 on")]
    [InlineData("", "ends too early")]
    [InlineData("w", "uses 'w'")]
    [InlineData("X", "uses 'X'")]
    [InlineData("foo(x)", "calls 'foo'")]
    [InlineData("exp(x, y)", "gives exp 2 arguments, but it takes 1")]
    [InlineData("min(x)", "gives min 1 argument, but it takes 2")]
    [InlineData("[K] = x", "'[K] '")]
    public void Parse_OfWhatIsNoFormula_SaysWhatAndWhere(string text, string fragment) =>
        Assert.Contains(fragment, Refusal(text), StringComparison.Ordinal);

    [Fact]
    public void Parse_OfDeepNesting_IsRefusedBeforeItCanExhaustTheStack()
    {
        string brackets = new('(', 100_000);
        Assert.Contains("at most 200", Refusal(brackets + "x"), StringComparison.Ordinal);
        Assert.Contains("at most 200", Refusal(new string('-', 100_000) + "x"), StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_OfAnyText_ThrowsNothingButItsRefusal() =>
        Gen.String[Gen.Char["xy0123456789.+-*/^(), epi"], 0, 40]
            .Sample(text =>
            {
                try
                {
                    Formula.Parse(text, Names).Value([0.5, 2]);
                }
                catch (ArgumentException)
                {
                    // the one refusal that is meant
                }
            });

    [Fact]
    public void ParseRange_ReadsNameUnitAndBounds()
    {
        Assert.Equal(new Variable("P", "Pa", 1e5, 2e5), Formula.ParseRange("P [Pa] in 1e5,2e5"));
        Assert.Equal(new Variable("x", "", -1, 1), Formula.ParseRange("x in -1, 1"));
    }

    [Theory]
    [InlineData("x")]
    [InlineData("x in 1")]
    [InlineData("x in 1,-1")]
    [InlineData("x in 1,1")]
    [InlineData("x in a,b")]
    [InlineData("x in 0,NaN")]
    [InlineData("x in 0,Infinity")]
    public void ParseRange_OfAnythingElse_IsRefused(string text) =>
        Assert.Contains(
            "x in -1,1",
            Assert.Throws<ArgumentException>(() => Formula.ParseRange(text)).Message,
            StringComparison.Ordinal
        );
}
