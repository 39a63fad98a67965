using Preimage.Networks;

namespace Preimage.Tests;

public class SmokeTests
{
    [Fact]
    public void Sigmoid_AtZero_IsOneHalf() => Assert.Equal(0.5, SpecialFunctions.Sigmoid(0));
}
