using System.Numerics;
using System.Runtime.CompilerServices;

namespace Qnn.Compiler.MachineCode;

/// <summary>
/// A channel's fixed-point requantization at the price of a float multiply: rint(fma(acc, Scale, sign(acc) * Offset)), with at most <see cref="MaxCorrections"/>
/// accumulator values at which that is one off and is corrected. Found by search and proved for every accumulator that the channel can have.
/// </summary>
/// <remarks>
/// Both functions are monotonic and leave the clamp range after at most 255 steps, so they are equal everywhere if each step comes at the same accumulator.
/// The proof compares those positions, 510 evaluations, instead of 2^32 values. The exact steps come in closed form: with the multiplier q * 2^(e - 31), r = -e,
/// the single rounding is floor(acc*q/2^(31+r) + 1/2), and gemmlowp's two are one floor as well,
/// RoundingDivideByPOT(SaturatingRoundingDoublingHighMul(acc, q), r) = floor(acc*q/2^(31+r) + 1/2 + sign(acc) * 2^-(r+1)) for r >= 1, and with a shift to the left the single rounding.
/// </remarks>
/// <param name="Scale">The float multiplier.</param>
/// <param name="Offset">Added with the accumulator's sign when <paramref name="Signed"/>, else as it is; breaks ties the way the exact function does.</param>
/// <param name="Signed">Whether the offset takes the accumulator's sign. It is not negative then.</param>
/// <param name="Corrections">Accumulators and what to add to the result there; -1 or 1.</param>
/// <param name="Origin">What the accumulators given to the form are counted from: those of a channel with a large bias have no exact float otherwise.</param>
/// <param name="Form">Another form, that of a float arithmetic, which has no sign, corrections or origin.</param>
internal readonly record struct FloatRequantization(
    float Scale, float Offset, bool Signed, IReadOnlyList<(int Accumulator, int Delta)> Corrections, int Origin = 0, RequantizationForm Form = RequantizationForm.Multiply)
{
    /// <summary>Corrections that a kernel applies for each channel.</summary>
    public const int MaxCorrections = 32;

    /// <summary>Corrections that a kernel applies for each channel of a signed form, which leaves no register for a copy of the accumulators.</summary>
    public const int MaxSignedCorrections = 6;

    // Integers beyond it are not all floats.
    private const int ExactFloats = 1 << 24;

    private const int MaxShift = 31, MaxLeftShift = 8;

    // With larger shifts the closed form of a step leaves 64 bits.
    private const int LongShift = 20;

    private const float Grain = 1f / (1 << 19);

    // Units in the last place that the scale is moved, and the offset in grains. Each pair rounds differently, so each is a new draw; large offsets break ties between powers of two.
    private static readonly int[] s_scales = [0, 1, -1, 2, -2, 3, -3, 4, -4];
    private static readonly int[] s_offsets = [0, 1, -1, 2, -2, 3, -3, 4, -4, 6, -6, 8, -8, 16, 32, 64];

    /// <summary>Searches a form for a channel.</summary>
    /// <param name="twice">gemmlowp's two roundings instead of one.</param>
    /// <param name="q">The multiplier is q * 2^(e - 31).</param>
    /// <param name="e">Nearly always negative: multipliers from one half on are rare.</param>
    /// <param name="low">The least result that survives the clamp, without the zero point.</param>
    /// <param name="high">The greatest.</param>
    /// <param name="least">No accumulator of the channel is below.</param>
    /// <param name="greatest">No accumulator of the channel is above.</param>
    /// <returns>Null when no form with few enough corrections is found.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static FloatRequantization? Find(bool twice, int q, int e, int low, int high, int least, int greatest)
    {
        if (q == 0) return new FloatRequantization(0, 0, false, []);
        if (q < 0 || e is > MaxLeftShift or < -MaxShift) return null;
        double scale = Math.ScaleB(q, e - 31), farthest = Math.Max(-(double)least, greatest);
        // The exact functions wrap beyond 32 bits, and so does the conversion to integers.
        if (farthest * scale >= 1 << 30 || Math.ScaleB(farthest, Math.Max(e, 0)) > int.MaxValue) return null;
        // The sign only matters where results of both signs survive.
        bool nudged = twice && e < 0, signed = nudged && low < 0;
        int origin = signed || Math.Max(-(long)least, greatest) <= ExactFloats ? 0 : (int)(((long)least + greatest) / 2);
        Span<int> steps = stackalloc int[Math.Max(0, high - low)];
        for (int i = 0; i < steps.Length; i++) steps[i] = (int)(Math.Clamp(Step(nudged, q, -e, low + 1 + i), least, greatest + 1L) - origin);
        (least, greatest) = (least - origin, greatest - origin);
        float nearest = (float)scale, half = (float)((nudged ? Math.ScaleB(1, e - 1) : 0) + origin * scale);
        var best = Search(steps, low, least, greatest, nearest, half, signed);
        return best is { } form ? form with { Origin = origin } : null;
    }

    private static FloatRequantization? Search(ReadOnlySpan<int> steps, int low, int least, int greatest, float nearest, float half, bool signed)
    {
        FloatRequantization? best = null;
        // The grid's middle is nearly always good enough. Where it is not, most scales leave a range of offsets that is, or none at all.
        foreach (int ulps in s_scales)
        {
            float scale = BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(nearest) + ulps);
            if (ulps != 0 || new FloatRequantization(scale, half, signed, []).Prove(steps, low, least, greatest, 0) is null)
            {
                if (FitOffset(steps, low, least, greatest, scale, signed) is not { } offset) continue;
                if (new FloatRequantization(scale, offset, signed, []).Prove(steps, low, least, greatest, 0) is not null) return new FloatRequantization(scale, offset, signed, []);
                continue;
            }
            return new FloatRequantization(scale, half, signed, []);
        }
        foreach (int offset in s_offsets)
        {
            if (signed && half + offset * Grain < 0) continue;
            foreach (int ulps in s_scales)
            {
                var form = new FloatRequantization(BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(nearest) + ulps), half + offset * Grain, signed, []);
                int allowed = best is null ? (signed ? MaxSignedCorrections : MaxCorrections) : best.Value.Corrections.Count - 1;
                if (form.Prove(steps, low, least, greatest, allowed) is not { } corrections) continue;
                best = form with { Corrections = corrections };
                if (corrections.Count == 0) return best;
            }
        }
        return best;
    }

    // An offset with which a scale gives every step its place, if there seems to be one.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float? FitOffset(ReadOnlySpan<int> steps, int low, int least, int greatest, float scale, bool signed)
    {
        double from = signed ? 0 : double.NegativeInfinity, to = double.PositiveInfinity;
        for (int i = 0; i < steps.Length && from < to; i++)
        {
            // Rounding to a float, then to an even integer: the step to an even result comes half a unit in the last place early, to an odd one late.
            float tie = low + 0.5f + i, half = (MathF.BitIncrement(MathF.Abs(tie)) - MathF.Abs(tie)) / 2;
            double crossing = ((low + 1 + i) & 1) == 0 ? (double)tie - half : (double)tie + half;
            int at = steps[i];
            if (at <= greatest) Bound(at, crossing, atLeast: true);
            if (at > least) Bound(at - 1, crossing, atLeast: false);
        }
        if (!(from < to) || double.IsInfinity(from) || double.IsInfinity(to)) return null;
        // None at all saves an instruction.
        return from < 0 && to > 0 ? 0 : (float)((from + to) / 2);

        void Bound(int accumulator, double crossing, bool atLeast)
        {
            double bound = crossing - (double)scale * accumulator;
            bool negated = signed && accumulator < 0;
            if (negated) bound = -bound;
            if (atLeast != negated) from = Math.Max(from, bound);
            else to = Math.Min(to, bound);
        }
    }

    /// <summary>The float form without its corrections, as the machine computes it, for an accumulator counted from the origin.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Approximate(int accumulator)
    {
        float value = accumulator;
        return MathF.Round(MathF.FusedMultiplyAdd(value, Scale, Signed && accumulator < 0 ? -Offset : Offset), MidpointRounding.ToEven);
    }

    /// <summary>The result, corrections included.</summary>
    public int Evaluate(int accumulator)
    {
        accumulator -= Origin;
        int result = (int)Approximate(accumulator);
        foreach (var (at, delta) in Corrections)
        {
            if (at == accumulator) result += delta;
        }
        return result;
    }

    /// <summary>The least accumulator that the exact function takes to at least <paramref name="wanted"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static long Step(bool nudged, int q, int r, int wanted) => r <= LongShift ? Step<long>(nudged, q, r, wanted) : (long)Step<Int128>(nudged, q, r, wanted);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Step<T>(bool nudged, int q, int r, int wanted) where T : IBinaryInteger<T>
    {
        T bound = (T.CreateTruncating(wanted) << (31 + r)) - (T.One << (30 + r)), nudge = T.One << 30, divisor = T.CreateTruncating(q);
        if (!nudged) return CeilingDivide(bound, divisor);
        // Positive results come from positive accumulators only. Negative accumulators give at most 0, which 0 gives as well.
        return wanted > 0 ? CeilingDivide(bound - nudge, divisor) : T.Min(CeilingDivide(bound + nudge, divisor), T.Zero);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T CeilingDivide<T>(T a, T b) where T : IBinaryInteger<T> => a > T.Zero ? (a + b - T.One) / b : a / b;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private List<(int, int)>? Prove(ReadOnlySpan<int> steps, int low, int least, int greatest, int allowed)
    {
        List<(int, int)> corrections = [];
        // Errors are largest where results are, so the ends come first.
        for (int n = 0; n < steps.Length; n++)
        {
            int i = n % 2 == 0 ? steps.Length - 1 - n / 2 : n / 2;
            int wanted = low + 1 + i, at = steps[i];
            // Between the two functions' steps the float form is one too low, or one too high.
            for (; at <= greatest && Approximate(at) < wanted; at++)
            {
                if (corrections.Count == allowed) return null;
                corrections.Add((at, 1));
            }
            for (at = steps[i] - 1; at >= least && Approximate(at) >= wanted; at--)
            {
                if (corrections.Count == allowed) return null;
                corrections.Add((at, -1));
            }
        }
        return corrections;
    }
}
