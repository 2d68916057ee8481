namespace Qnn.Compiler.Import.TorchScript.Operators;

/// <summary>
/// FBGEMM's bias where all channels share a weight scale: bias * (1 / (sx * sw)), whose product its compiler fuses with the sum of the accumulator, so that it is not rounded by itself.
/// Kernels add a float. This is the float with which every accumulator gets the same integer, found by trying the accumulators at which the integer changes.
/// </summary>
internal static class FusedBias
{
    // Beyond this floats do not hold every accumulator, and no layer gets there.
    private const double Reach = 1 << 24;

    private static readonly int[] s_candidates = [0, 1, -1, 2, -2];

    /// <summary>The bias of one channel.</summary>
    /// <param name="bias">The bias as a real number.</param>
    /// <param name="reciprocal">1 / (sx * sw)</param>
    /// <param name="multiplier">sx * sw / sy</param>
    /// <param name="least">The least result before the zero point is added.</param>
    /// <param name="greatest">The greatest.</param>
    public static float Fit(float bias, float reciprocal, float multiplier, int least, int greatest)
    {
        float rounded = bias * reciprocal, best = rounded;
        // Products that are floats need no fusing.
        if ((double)bias * reciprocal == rounded || !float.IsFinite(rounded) || !(multiplier > 0)) return rounded;
        int fewest = int.MaxValue;
        foreach (int steps in s_candidates)
        {
            float candidate = Moved(rounded, steps);
            int wrong = Mismatches(bias, reciprocal, multiplier, least, greatest, candidate, fewest);
            if (wrong < fewest) (fewest, best) = (wrong, candidate);
            if (fewest == 0) break;
        }
        return best;
    }

    /// <summary>How many of the accumulators around which the result changes get another one by adding a float; at most <paramref name="limit"/> are counted.</summary>
    public static int Mismatches(float bias, float reciprocal, float multiplier, int least, int greatest, float candidate, int limit = int.MaxValue)
    {
        int wrong = 0;
        for (int result = least; result < greatest && wrong < limit; result++)
        {
            double change = (result + 0.5) / multiplier - (double)bias * reciprocal;
            if (Math.Abs(change) > Reach) continue;
            for (int i = -1; i <= 2; i++)
            {
                float sum = (float)(Math.Floor(change) + i);
                if (MathF.Round(MathF.FusedMultiplyAdd(bias, reciprocal, sum) * multiplier) != MathF.Round((sum + candidate) * multiplier)) wrong++;
            }
        }
        return wrong;
    }

    private static float Moved(float number, int steps)
    {
        for (; steps > 0; steps--) number = MathF.BitIncrement(number);
        for (; steps < 0; steps++) number = MathF.BitDecrement(number);
        return number;
    }
}
