using Qnn.Compiler.MachineCode;
using Qnn.Runtime.Kernels.Requantization;

namespace Qnn.Compiler.Tests.MachineCode;

public sealed class FloatRequantizationTests
{
    private const int Bound = 4_000_000;

    private static int Single(int acc, int q, int e) => (int)(((long)acc * q + (1L << (30 - e))) >> (31 - e));

    private static int Double(int acc, int q, int e)
    {
        int high = (int)(((long)acc * q + (1L << 30)) >> 31), shift = -e;
        int mask = (1 << shift) - 1, remainder = high & mask, threshold = (mask >> 1) + (high < 0 ? 1 : 0);
        return (high >> shift) + (remainder > threshold ? 1 : 0);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void FoundFormsAreExactForEveryAccumulatorAroundEveryStep(bool twice)
    {
        var random = new Random(7);
        int found = 0, total = 300;
        for (int i = 0; i < total; i++)
        {
            int q = random.Next(1 << 30, int.MaxValue), e = -random.Next(3, 12);
            double scale = q * Math.Pow(2, e - 31);
            int Exact(int acc) => twice ? Double(acc, q, e) : Single(acc, q, e);
            if (FloatRequantization.Find(twice, q, e, -128, 127, -Bound, Bound) is not { } form) continue;
            found++;
            for (int v = -129; v <= 129; v++)
            {
                int around = (int)Math.Clamp((v - 0.5) / scale, -Bound + 8, Bound - 8);
                for (int acc = around - 6; acc <= around + 6; acc++)
                {
                    Assert.Equal(Math.Clamp(Exact(acc), -128, 127), Math.Clamp(form.Evaluate(acc), -128, 127));
                }
            }
            for (int k = 0; k < 200; k++)
            {
                int acc = random.Next(-Bound, Bound);
                Assert.Equal(Math.Clamp(Exact(acc), -128, 127), Math.Clamp(form.Evaluate(acc), -128, 127));
            }
        }
        Assert.True(found > total * 0.97, $"{found} of {total}");
    }

    // Nearly dead channels have such multipliers.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void MultipliersFromOneHalfOnAreExactForEveryAccumulator(bool twice)
    {
        const int bound = 150_000;
        var random = new Random(8);
        int found = 0, total = 200;
        for (int i = 0; i < total; i++)
        {
            int q = random.Next(8) == 0 ? 1 << 30 : random.Next(1 << 30, int.MaxValue), e = random.Next(0, 5), low = random.Next(2) == 0 ? 0 : -128;
            if (FloatRequantization.Find(twice, q, e, low, low + 255, -bound, bound) is not { } form) continue;
            found++;
            for (int acc = -700; acc <= 700; acc++) Check(acc);
            for (int k = 0; k < 200; k++) Check(random.Next(-bound, bound));
            Check(-bound);
            Check(bound);

            void Check(int acc)
            {
                int exact = twice ? FixedPoint.MultiplyDouble(acc, q, e) : FixedPoint.MultiplySingle(acc, q, e);
                Assert.Equal(Math.Clamp(exact, low, low + 255), Math.Clamp(form.Evaluate(acc), low, low + 255));
            }
        }
        Assert.True(found > total * 0.97, $"{found} of {total}");
    }

    [Fact]
    public void MultipliersThatCouldWrapHaveNoForm()
    {
        Assert.Null(FloatRequantization.Find(true, 1 << 30, 3, -128, 127, -(1 << 29), 1 << 29));
        Assert.Null(FloatRequantization.Find(false, int.MaxValue, 1, -128, 127, 0, 1 << 30));
    }

    [Fact]
    public void PowersOfTwoAreTiesAndAreFoundByAnOffset()
    {
        var form = FloatRequantization.Find(false, 1 << 30, -4, -128, 127, -Bound, Bound);
        Assert.NotNull(form);
        for (int acc = -5000; acc < 5000; acc++) Assert.Equal(Math.Clamp(Single(acc, 1 << 30, -4), -128, 127), Math.Clamp(form.Value.Evaluate(acc), -128, 127));
    }

    // Channels that training left for dead have biases of hundreds of millions and multipliers below 2^-21.
    [Theory]
    [InlineData(1501199931, -21, -154995744)]
    [InlineData(1501199931, -21, 1116000000)]
    [InlineData(1896753568, -14, 404067)]
    [InlineData(1369916726, -17, -227618)]
    public void LargeBiasesAreCountedFromTheMiddleOfWhatIsReached(int q, int e, int bias)
    {
        const int spread = 27 * 255 * 127;
        int least = bias - spread, greatest = bias + spread;
        var form = FloatRequantization.Find(false, q, e, 0, 255, least, greatest);
        Assert.NotNull(form);
        for (int acc = least; acc <= greatest; acc++)
        {
            if (Math.Clamp(Single(acc, q, e), 0, 255) != Math.Clamp(form.Value.Evaluate(acc), 0, 255)) Assert.Fail($"{acc}: {Single(acc, q, e)}, {form.Value.Evaluate(acc)}");
        }
    }

    [Fact]
    public void SmallMultipliersTakeSeveralCorrections()
    {
        var form = FloatRequantization.Find(false, 1801758241, -14, -75, 180, -Bound, Bound);
        Assert.NotNull(form);
        Assert.InRange(form.Value.Corrections.Count, 7, FloatRequantization.MaxCorrections);
        for (int acc = -Bound; acc <= Bound; acc++)
        {
            if (Math.Clamp(Single(acc, 1801758241, -14), -75, 180) != Math.Clamp(form.Value.Evaluate(acc), -75, 180)) Assert.Fail($"{acc}");
        }
    }
}
