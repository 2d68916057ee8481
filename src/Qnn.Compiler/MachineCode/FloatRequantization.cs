namespace Qnn.Compiler.MachineCode;

/// <summary>
/// A channel's fixed-point requantization at the price of a float multiply: rint(fma(acc, Scale, sign(acc) * Offset)), with at most <see cref="MaxCorrections"/>
/// accumulator values at which that is one off and is corrected. Found by search and proved for every accumulator.
/// </summary>
/// <remarks>
/// Both functions are monotonic and leave the clamp range after at most 255 steps, so they are equal everywhere if each step comes at the same accumulator.
/// The proof compares those positions, 510 evaluations, instead of 2^32 values.
/// </remarks>
/// <param name="Scale">The float multiplier.</param>
/// <param name="Offset">Added with the accumulator's sign when <paramref name="Signed"/>, else as it is; breaks ties the way the exact function does.</param>
/// <param name="Signed">Whether the offset takes the accumulator's sign.</param>
/// <param name="Corrections">Accumulators and what to add to the result there; -1 or 1.</param>
internal readonly record struct FloatRequantization(float Scale, float Offset, bool Signed, IReadOnlyList<(int Accumulator, int Delta)> Corrections)
{
    /// <summary>Corrections that a kernel applies for each channel.</summary>
    public const int MaxCorrections = 2;

    // What breaks ties: half a unit in the last place of results of some size.
    private static readonly float[] s_ties = [0, 1f / (1 << 17), 1f / (1 << 16), 1f / (1 << 15), 1f / (1 << 14), 1f / (1 << 13)];

    /// <summary>Searches a form for a channel.</summary>
    /// <param name="exact">The exact function of the accumulator, before zero point and clamp; monotonic.</param>
    /// <param name="scale">The real multiplier, about.</param>
    /// <param name="low">The least result that survives the clamp, without the zero point.</param>
    /// <param name="high">The greatest.</param>
    /// <param name="bound">No accumulator exceeds it in magnitude.</param>
    /// <param name="offset">
    /// What the exact function adds, with the accumulator's sign, before it rounds: 2^-(r+1) for gemmlowp's double rounding with a last shift of r
    /// (RoundingDivideByPOT(SaturatingRoundingDoublingHighMul(acc, q), r) = floor(acc*q/2^(31+r) + 1/2 + sign(acc) * 2^-(r+1))). 0 for a single rounding.
    /// </param>
    /// <returns>Null when no form with few enough corrections is found.</returns>
    public static FloatRequantization? Find(Func<int, int> exact, double scale, int low, int high, int bound, float offset = 0)
    {
        // Float accumulators are exact below 2^24; larger results than int16 would saturate wrongly where results are packed.
        if (!(scale > 0) || scale >= 1 || bound > 1 << 30) return null;
        FloatRequantization? best = null;
        float nearest = (float)scale;
        var steps = Steps(exact, scale, low, high, bound);
        foreach (float tie in s_ties)
        {
            foreach (float candidate in (ReadOnlySpan<float>)[nearest, MathF.BitIncrement(nearest), MathF.BitDecrement(nearest)])
            {
                var form = new FloatRequantization(candidate, offset + tie, offset > 0, []);
                if (form.Prove(steps, low, bound) is not { } corrections) continue;
                if (corrections.Count == 0) return form with { Corrections = corrections };
                if (best is null || corrections.Count < best.Value.Corrections.Count) best = form with { Corrections = corrections };
            }
        }
        return best;
    }

    /// <summary>The float form without its corrections, as the machine computes it.</summary>
    public float Approximate(int accumulator)
    {
        float value = accumulator;
        return MathF.Round(MathF.FusedMultiplyAdd(value, Scale, Signed && accumulator < 0 ? -Offset : Offset), MidpointRounding.ToEven);
    }

    /// <summary>The result, corrections included.</summary>
    public int Evaluate(int accumulator)
    {
        int result = (int)Approximate(accumulator);
        foreach (var (at, delta) in Corrections)
        {
            if (at == accumulator) result += delta;
        }
        return result;
    }

    /// <summary>For each result above <paramref name="low"/>, the least accumulator that reaches it; bound + 1 when none does.</summary>
    private static int[] Steps(Func<int, int> exact, double scale, int low, int high, int bound)
    {
        var steps = new int[Math.Max(0, high - low)];
        for (int i = 0; i < steps.Length; i++)
        {
            int wanted = low + 1 + i;
            steps[i] = FirstReaching(a => exact(a) >= wanted, (wanted - 0.5) / scale, bound);
        }
        return steps;
    }

    private List<(int, int)>? Prove(int[] steps, int low, int bound)
    {
        var corrections = new List<(int, int)>();
        var self = this;
        for (int i = 0; i < steps.Length; i++)
        {
            int wanted = low + 1 + i, exact = steps[i];
            if (IsStep(exact, wanted, bound)) continue;
            int actual = FirstReaching(a => self.Approximate(a) >= wanted, exact, bound);
            if (Math.Abs((long)actual - exact) > MaxCorrections) return null;
            // Between the two steps the float form is one too low, or one too high.
            for (int a = Math.Min(actual, exact); a < Math.Max(actual, exact); a++)
            {
                corrections.Add((a, exact < actual ? 1 : -1));
                if (corrections.Count > MaxCorrections) return null;
            }
        }
        return corrections;
    }

    private bool IsStep(int step, int wanted, int bound) =>
        (step > bound || Approximate(step) >= wanted) && (step <= -bound || Approximate(step - 1) < wanted);

    // The least accumulator in [-bound, bound] at which a monotonic predicate holds, sought around a guess; bound + 1 when it never holds.
    private static int FirstReaching(Func<int, bool> reached, double guess, int bound)
    {
        long low = -(long)bound, high = (long)bound + 1;
        long at = (long)Math.Clamp(Math.Ceiling(guess), low, high);
        for (long stride = 1; ; stride *= 2)
        {
            if (at <= bound && !reached((int)at))
            {
                low = Math.Max(low, at + 1);
                if (low >= high) return (int)high;
                at = Math.Min(at + stride, high);
                if (at == high) break;
            }
            else
            {
                high = Math.Min(high, at);
                if (low >= high) return (int)high;
                at = Math.Max(at - stride, low);
                if (at == low && low == high) break;
            }
            if (stride > 64) break;
        }
        while (low < high)
        {
            long middle = low + (high - low) / 2;
            if (middle > bound || reached((int)middle)) high = middle;
            else low = middle + 1;
        }
        return (int)high;
    }
}
