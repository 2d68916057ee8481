using System.Numerics;
using Qnn.Compiler.MachineCode;

namespace Qnn.Compiler.Tests.MachineCode;

public sealed class RequantizationStepsTests
{
    // acc * q * 2^(-r-31) in one rounding, ties up; and in gemmlowp's two.
    private static BigInteger Exact(bool twice, BigInteger acc, int q, int r)
    {
        if (!twice) return Floor(2 * acc * q + (BigInteger.One << (31 + r)), BigInteger.One << (32 + r));
        var high = Floor(acc * q + (BigInteger.One << 30), BigInteger.One << 31);
        BigInteger power = BigInteger.One << r, floor = Floor(high, power), remainder = high - floor * power;
        return floor + (remainder > (power - 1) / 2 + (high < 0 ? 1 : 0) ? 1 : 0);
    }

    private static BigInteger Floor(BigInteger a, BigInteger b) => (a - ((a % b + b) % b)) / b;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void EachStepIsTheLeastAccumulatorOfItsResult(bool twice)
    {
        var random = new Random(3);
        for (int i = 0; i < 400; i++)
        {
            int q = i % 8 == 0 ? random.Next(1, 1 << 20) : random.Next(1 << 30, int.MaxValue), r = random.Next(twice ? 1 : -8, 32), low = random.Next(-255, 1), count = random.Next(0, 256);
            int least = random.Next(-(1 << 28), 1 << 20), greatest = random.Next(least, 1 << 28), origin = i % 3 == 0 ? (least + greatest) / 2 : 0;
            Span<int> room = new int[RequantizationSteps.Padded(count)];
            var steps = new RequantizationSteps(room, twice, q, r, low + 1, count, least, greatest, origin);
            Assert.Equal((count, low + 1, least - origin, greatest - origin), (steps.Count, steps.First, steps.Least, steps.Greatest));
            for (int k = 0; k < count; k++)
            {
                int at = steps.Accumulators[k] + origin, wanted = low + 1 + k;
                Assert.InRange(at, least, greatest + 1);
                if (at <= greatest) Assert.True(Exact(twice, at, q, r) >= wanted, $"{q} {r}: {at} gives less than {wanted}");
                if (at > least) Assert.True(Exact(twice, at - 1, q, r) < wanted, $"{q} {r}: {at - 1} gives {wanted} already");
            }
        }
    }
}
