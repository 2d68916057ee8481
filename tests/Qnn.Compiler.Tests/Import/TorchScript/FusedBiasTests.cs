using Qnn.Compiler.Import.TorchScript.Operators;

namespace Qnn.Compiler.Tests.Import.TorchScript;

/// <summary>The float that stands for a fused bias gives every accumulator FBGEMM's integer.</summary>
public sealed class FusedBiasTests
{
    [Fact]
    public void EveryAccumulatorGetsTheIntegerOfTheFusedSum()
    {
        var random = new Random(7);
        int moved = 0;
        for (int channel = 0; channel < 400; channel++)
        {
            float scale = 0.0001f + random.NextSingle() * 0.001f, bias = random.NextSingle() * 4 - 2, reciprocal = 1 / scale, multiplier = scale / (0.005f + random.NextSingle() * 0.05f);
            float fitted = FusedBias.Fit(bias, reciprocal, multiplier, -128, 127);
            if (fitted != bias * reciprocal) moved++;
            Assert.Equal(0, FusedBias.Mismatches(bias, reciprocal, multiplier, -128, 127, fitted));
            for (int sum = -40_000; sum <= 40_000; sum++)
            {
                float exact = Math.Clamp(MathF.Round(MathF.FusedMultiplyAdd(bias, reciprocal, sum) * multiplier), -128, 127), ours = Math.Clamp(MathF.Round((sum + fitted) * multiplier), -128, 127);
                if (exact != ours) Assert.Fail($"bias {bias:R}, reciprocal {reciprocal:R}, multiplier {multiplier:R}, sum {sum}: {ours} instead of {exact}");
            }
        }
        // The rounded product does for most channels, not for all.
        Assert.InRange(moved, 1, 100);
    }
}
