using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Qnn.Compiler.MachineCode;

/// <summary>
/// A channel's fixed-point requantization at the price of a float multiply: rint(fma(acc, Scale, sign(acc) * Offset)), with at most <see cref="MaxCorrections"/>
/// accumulator values at which that is one off and is corrected. Found by search and proved for every accumulator that the channel can have.
/// </summary>
/// <remarks>
/// Both functions are monotonic and leave the clamp range after at most 255 steps, so they are equal everywhere if each step comes at the same accumulator.
/// The proof compares those positions (<see cref="RequantizationSteps"/>), 510 evaluations, instead of 2^32 values.
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

    private const float Grain = 1f / (1 << 19);

    // Units in the last place that the scale is moved, and the offset in grains. Each pair rounds differently, so each is a new draw; large offsets break ties between powers of two.
    private static readonly int[] s_scales = [0, 1, -1, 2, -2, 3, -3, 4, -4];
    private static readonly int[] s_offsets = [0, 1, -1, 2, -2, 3, -3, 4, -4, 6, -6, 8, -8, 16, 32, 64];

    private static CrossingTable? s_crossings;

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
        Span<int> accumulators = stackalloc int[RequantizationSteps.Padded(high - low)];
        var steps = new RequantizationSteps(accumulators, nudged, q, -e, low + 1, Math.Max(0, high - low), least, greatest, origin);
        float nearest = (float)scale, half = (float)((nudged ? Math.ScaleB(1, e - 1) : 0) + origin * scale);
        var best = Search(steps, nearest, half, signed);
        return best is { } form ? form with { Origin = origin } : null;
    }

    private static FloatRequantization? Search(in RequantizationSteps steps, float nearest, float half, bool signed)
    {
        FloatRequantization? best = null;
        // The grid's middle is nearly always good enough. Where it is not, most scales leave a range of offsets that is, or none at all.
        foreach (int ulps in s_scales)
        {
            float scale = BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(nearest) + ulps);
            if (ulps != 0 || new FloatRequantization(scale, half, signed, []).Prove(steps, 0) is null)
            {
                if (FitOffset(steps, scale, signed) is not { } offset) continue;
                if (new FloatRequantization(scale, offset, signed, []).Prove(steps, 0) is not null) return new FloatRequantization(scale, offset, signed, []);
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
                if (form.Prove(steps, allowed) is not { } corrections) continue;
                best = form with { Corrections = corrections };
                if (corrections.Count == 0) return best;
            }
        }
        return best;
    }

    // An offset with which a scale gives every step its place, if there seems to be one.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float? FitOffset(in RequantizationSteps steps, float scale, bool signed)
    {
        var (froms, tos) = (Vector256.Create(signed ? 0 : double.NegativeInfinity), Vector256.Create(double.PositiveInfinity));
        double[] crossings = Crossings(steps.First, steps.Count);
        for (int i = 0; i < steps.Count; i += Vector256<double>.Count)
        {
            var inside = Vector256.LessThan(Vector256<long>.Indices + Vector256.Create((long)i), Vector256.Create((long)steps.Count));
            var at = Vector256.WidenLower(Vector128.LoadUnsafe(in steps.Accumulators[i]).ToVector256Unsafe());
            var crossing = Vector256.LoadUnsafe(ref crossings[i]);
            Bound(at, inside & Vector256.LessThanOrEqual(at, Vector256.Create((long)steps.Greatest)), ref froms, ref tos, isLeast: true);
            Bound(at - Vector256<long>.One, inside & Vector256.GreaterThan(at, Vector256.Create((long)steps.Least)), ref froms, ref tos, isLeast: false);

            void Bound(Vector256<long> accumulator, Vector256<long> counts, ref Vector256<double> froms, ref Vector256<double> tos, bool isLeast)
            {
                var bound = crossing - Vector256.Create((double)scale) * Vector256.ConvertToDouble(accumulator);
                var negated = signed ? Vector256.LessThan(accumulator, Vector256<long>.Zero) : default;
                bound = Vector256.ConditionalSelect(negated.AsDouble(), -bound, bound);
                var raises = counts & (isLeast ? ~negated : negated);
                froms = Vector256.ConditionalSelect(raises.AsDouble(), Vector256.Max(froms, bound), froms);
                tos = Vector256.ConditionalSelect((counts & ~raises).AsDouble(), Vector256.Min(tos, bound), tos);
            }
        }
        double from = double.NegativeInfinity, to = double.PositiveInfinity;
        for (int i = 0; i < Vector256<double>.Count; i++) (from, to) = (Math.Max(from, froms[i]), Math.Min(to, tos[i]));
        if (!(from < to) || double.IsInfinity(from) || double.IsInfinity(to)) return null;
        // None at all saves an instruction.
        return from < 0 && to > 0 ? 0 : (float)((from + to) / 2);
    }

    // The real numbers from which on a form gives each of some results, in whole vectors. A layer's channels have the same.
    private static double[] Crossings(int first, int count)
    {
        if (s_crossings is { } known && known.First == first && known.Count == count) return known.Values;
        var values = new double[RequantizationSteps.Padded(count)];
        for (int i = 0; i < count; i++)
        {
            // Rounding to a float, then to an even integer: the step to an even result comes half a unit in the last place early, to an odd one late.
            float tie = first - 0.5f + i, half = (MathF.BitIncrement(MathF.Abs(tie)) - MathF.Abs(tie)) / 2;
            values[i] = ((first + i) & 1) == 0 ? (double)tie - half : (double)tie + half;
        }
        s_crossings = new(first, count, values);
        return values;
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

    // What the form gives for accumulators counted from the origin.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector256<float> Approximate(Vector256<int> accumulators)
    {
        var offset = Vector256.Create(Offset);
        if (Signed) offset = Vector256.ConditionalSelect(Vector256.LessThan(accumulators, Vector256<int>.Zero).AsSingle(), -offset, offset);
        return Vector256.Round(Vector256.FusedMultiplyAdd(Vector256.ConvertToSingle(accumulators), Vector256.Create(Scale), offset));
    }

    // At how many of the steps the form is wrong just before or just after: each takes a correction, or more.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int CountFaults(in RequantizationSteps steps)
    {
        int faults = 0;
        for (int i = 0; i < steps.Count; i += Vector256<int>.Count)
        {
            var at = Vector256.LoadUnsafe(in steps.Accumulators[i]);
            var wanted = Vector256.ConvertToSingle(Vector256<int>.Indices + Vector256.Create(steps.First + i));
            var late = Vector256.LessThanOrEqual(at, Vector256.Create(steps.Greatest)) & Vector256.LessThan(Approximate(at), wanted).AsInt32();
            var early = Vector256.GreaterThan(at, Vector256.Create(steps.Least)) & Vector256.GreaterThanOrEqual(Approximate(at - Vector256<int>.One), wanted).AsInt32();
            uint inside = i + Vector256<int>.Count <= steps.Count ? 0xFF : (1u << (steps.Count - i)) - 1;
            faults += BitOperations.PopCount((late | early).ExtractMostSignificantBits() & inside);
        }
        return faults;
    }

    private List<(int, int)>? Prove(in RequantizationSteps steps, int allowed)
    {
        int faults = CountFaults(steps);
        return faults > allowed ? null : faults == 0 ? [] : Correct(steps, allowed);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private List<(int, int)>? Correct(in RequantizationSteps steps, int allowed)
    {
        List<(int, int)> corrections = [];
        // Errors are largest where results are, so the ends come first.
        for (int n = 0; n < steps.Count; n++)
        {
            int i = n % 2 == 0 ? steps.Count - 1 - n / 2 : n / 2;
            int wanted = steps.First + i, at = steps.Accumulators[i];
            // Between the two functions' steps the float form is one too low, or one too high.
            for (; at <= steps.Greatest && Approximate(at) < wanted; at++)
            {
                if (corrections.Count == allowed) return null;
                corrections.Add((at, 1));
            }
            for (at = steps.Accumulators[i] - 1; at >= steps.Least && Approximate(at) >= wanted; at--)
            {
                if (corrections.Count == allowed) return null;
                corrections.Add((at, -1));
            }
        }
        return corrections;
    }

    private sealed record CrossingTable(int First, int Count, double[] Values);
}
