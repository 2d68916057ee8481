using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Qnn.Compiler.MachineCode;

/// <summary>For each result of a fixed-point requantization but the least, the least accumulator that gives it or more.</summary>
/// <remarks>
/// In closed form: with the multiplier q * 2^(e - 31), r = -e, the single rounding is floor(acc*q/2^(31+r) + 1/2), and gemmlowp's two are one floor as well,
/// RoundingDivideByPOT(SaturatingRoundingDoublingHighMul(acc, q), r) = floor(acc*q/2^(31+r) + 1/2 + sign(acc) * 2^-(r+1)) for r >= 1, and with a shift to the left the single rounding.
/// So a step is the ceiling of a quotient whose dividend grows by 2^(31+r) from one to the next: only the first takes a division.
/// </remarks>
internal readonly ref struct RequantizationSteps
{
    // With larger shifts the dividends leave 64 bits.
    private const int LongShift = 20;

    /// <summary>Computes the steps.</summary>
    /// <param name="accumulators">Takes them; as long as <see cref="Padded"/> says.</param>
    /// <param name="nudged">gemmlowp's two roundings instead of one.</param>
    /// <param name="q">The multiplier is q * 2^(-r - 31); positive.</param>
    /// <param name="r">The shift to the right, -8 to 31.</param>
    /// <param name="first">The result of the first step.</param>
    /// <param name="count">How many.</param>
    /// <param name="least">No accumulator is below.</param>
    /// <param name="greatest">No accumulator is above; results that none gives have their step just there.</param>
    /// <param name="origin">What accumulators are counted from.</param>
    public RequantizationSteps(Span<int> accumulators, bool nudged, int q, int r, int first, int count, int least, int greatest, int origin)
    {
        Accumulators = accumulators;
        (First, Count, Least, Greatest) = (first, count, least - origin, greatest - origin);
        accumulators = accumulators[..count];
        // The nudge takes the accumulator's sign. Positive results come from positive accumulators only; negative ones give at most 0, which 0 gives as well.
        int split = nudged ? Math.Clamp(1 - first, 0, count) : 0, nudge = nudged ? 1 << 30 : 0;
        if (r <= LongShift)
        {
            Fill<long>(accumulators[..split], q, r, first, nudge, least, Math.Min(greatest + 1L, 0), origin);
            Fill<long>(accumulators[split..], q, r, first + split, -nudge, least, greatest + 1L, origin);
        }
        else
        {
            Fill<Int128>(accumulators[..split], q, r, first, nudge, least, Math.Min(greatest + 1L, 0), origin);
            Fill<Int128>(accumulators[split..], q, r, first + split, -nudge, least, greatest + 1L, origin);
        }
    }

    /// <summary>The steps, counted from the origin, and then what fills whole vectors.</summary>
    public ReadOnlySpan<int> Accumulators { get; }

    /// <summary>The result of the first step; each following one has one more.</summary>
    public int First { get; }

    /// <summary>How many steps there are.</summary>
    public int Count { get; }

    /// <summary>The least accumulator, counted from the origin.</summary>
    public int Least { get; }

    /// <summary>The greatest accumulator.</summary>
    public int Greatest { get; }

    /// <summary>The length of whole vectors for a number of steps.</summary>
    public static int Padded(int count) => (Math.Max(0, count) + Vector256<int>.Count - 1) / Vector256<int>.Count * Vector256<int>.Count;

    // Ceilings of (wanted * 2^(31+r) - 2^(30+r) + nudge) / q, from least to most.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Fill<T>(Span<int> steps, int q, int r, int wanted, int nudge, long least, long most, int origin) where T : IBinaryInteger<T>
    {
        T divisor = T.CreateTruncating(q), unit = T.One << (31 + r), dividend = T.CreateTruncating(wanted) * unit - (unit >> 1) + T.CreateTruncating(nudge) + divisor - T.One;
        var (quotient, remainder) = T.DivRem(dividend, divisor);
        if (T.IsNegative(remainder)) (quotient, remainder) = (quotient - T.One, remainder + divisor);
        var (quotients, remainders) = T.DivRem(unit, divisor);
        T low = T.CreateTruncating(least), high = T.CreateTruncating(most);
        for (int i = 0; i < steps.Length; i++)
        {
            steps[i] = int.CreateTruncating(T.Max(T.Min(quotient, high), low) - T.CreateTruncating(origin));
            quotient += quotients;
            remainder += remainders;
            if (remainder < divisor) continue;
            quotient += T.One;
            remainder -= divisor;
        }
    }
}
