using Preimage.Enclosing;
using Preimage.Tests.Laws;

namespace Preimage.Tests.Enclosing;

/// <summary>The laws catch an enclosure that is wrong, each in one place.</summary>
public class WrongEnclosureTests
{
    [Fact]
    public void TheRightOne_IsNotCaught() => new Suspect(Spoil.Nothing).AllLaws();

    [Fact]
    public void ATooNarrowValue_IsCaught() => Caught(Spoil.Value, laws => laws.Value_LiesInItsEnclosure());

    [Fact]
    public void ATooNarrowJacobian_IsCaught() => Caught(Spoil.Jacobian, laws => laws.Jacobian_LiesInItsEnclosure());

    [Fact]
    public void ATooNarrowDerivativeAlong_IsCaught()
    {
        Caught(Spoil.Tangent, laws => laws.DirectionalDerivative_LiesInItsEnclosure());
        Caught(Spoil.Tangent, laws => laws.Differences_LieInTheDerivativeAlongThem());
    }

    [Fact]
    public void ATooNarrowSecondDerivative_IsCaught() =>
        Caught(Spoil.Hessian, laws => laws.DifferencesOfTheJacobian_LieInTheSecondDerivatives());

    [Fact]
    public void NaN_IsCaught() => Caught(Spoil.NotANumber, laws => laws.InfiniteBoxes_HaveAnswers());

    [Fact]
    public void AWideAnswer_IsCaught()
    {
        Caught(Spoil.Wide, laws => laws.APoint_HasANarrowAnswer());
        Caught(Spoil.Wide, laws => laws.TheExcess_FallsWithTheWidth());
    }

    [Fact]
    public void AnAnswerThatGrowsInSmallBoxes_IsCaught() =>
        Caught(Spoil.Upside, laws => laws.ASmallerBox_HasASmallerAnswer());

    private static void Caught(Spoil spoil, Action<Suspect> law) => Assert.ThrowsAny<Exception>(() => law(new(spoil)));

    private enum Spoil
    {
        Nothing,
        Value,
        Jacobian,
        Tangent,
        Hessian,
        NotANumber,
        Wide,
        Upside,
    }

    private sealed class Suspect(Spoil spoil) : EnclosedMapLaws
    {
        protected override IReadOnlyList<EnclosedSubject> Subjects { get; } =
        [EnclosedNetworks.Mixed[0] with { Enclosure = new Spoilt(EnclosedNetworks.Mixed[0].Enclosure, spoil) }];

        public void AllLaws()
        {
            Value_LiesInItsEnclosure();
            Jacobian_LiesInItsEnclosure();
            DirectionalDerivative_LiesInItsEnclosure();
            Differences_LieInTheDerivativeAlongThem();
            DifferencesOfTheJacobian_LieInTheSecondDerivatives();
            InfiniteBoxes_HaveAnswers();
            APoint_HasANarrowAnswer();
            TheExcess_FallsWithTheWidth();
            ASmallerBox_HasASmallerAnswer();
        }
    }

    /// <summary>An enclosure whose answers are too narrow on one side, or wrong in another way.</summary>
    private sealed class Spoilt(ICurvedEnclosedMap map, Spoil spoil) : ICurvedEnclosedMap
    {
        private const double Thousandth = 1e-3;
        private const double Half = 0.5;

        public int Inputs => map.Inputs;

        public int Outputs => map.Outputs;

        public void Enclose(ReadOnlySpan<Interval> x, Span<Interval> y)
        {
            map.Enclose(x, y);
            SpoilValue(x, y);
        }

        public void EncloseJacobian(ReadOnlySpan<Interval> x, Span<Interval> y, Span<Interval> jacobian)
        {
            map.EncloseJacobian(x, y, jacobian);
            SpoilValue(x, y);
            Narrow(jacobian, Spoil.Jacobian);
        }

        public void EncloseTangent(
            ReadOnlySpan<Interval> x,
            ReadOnlySpan<double> v,
            Span<Interval> y,
            Span<Interval> derivative
        )
        {
            map.EncloseTangent(x, v, y, derivative);
            SpoilValue(x, y);
            Narrow(derivative, Spoil.Tangent);
        }

        public void EncloseHessian(
            ReadOnlySpan<Interval> x,
            Span<Interval> y,
            Span<Interval> jacobian,
            Span<Interval> hessian
        )
        {
            map.EncloseHessian(x, y, jacobian, hessian);
            SpoilValue(x, y);
            Narrow(jacobian, Spoil.Jacobian);
            Narrow(hessian, Spoil.Hessian);
        }

        private void SpoilValue(ReadOnlySpan<Interval> x, Span<Interval> y)
        {
            Narrow(y, Spoil.Value);
            double width = x[0].Width;
            y[0] = spoil switch
            {
                Spoil.NotANumber when !double.IsFinite(width) => new Interval(double.NaN, y[0].High),
                Spoil.Wide => new Interval(y[0].Low - 1e-9 - Math.Sqrt(width), y[0].High),
                Spoil.Upside => new Interval(y[0].Low - 1 / (1 + width), y[0].High),
                _ => y[0],
            };
        }

        private void Narrow(Span<Interval> y, Spoil which)
        {
            for (int i = 0; i < y.Length && spoil == which; i++)
            {
                // Differences, of values and of Jacobians, lie near the middle of their range.
                double less = (which is Spoil.Hessian or Spoil.Tangent ? Half : Thousandth) * (y[i].High - y[i].Low);
                y[i] = new Interval(y[i].Low, y[i].High - (double.IsFinite(less) ? less : 0));
            }
        }
    }
}
