using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Qnn.Runtime.Kernels.Requantization;

/// <summary>
/// Requantization by a float estimate, two rows of sixteen channels at a time. A float multiply errs by less than <see cref="Doubt"/> where results are not clamped,
/// so an estimate farther than that from a half rounds as the integers do; the rare rows that have one nearer are redone in integers.
/// </summary>
/// <remarks>
/// With x = accumulator * q * 2^(e - 31) and e below 0, <see cref="RequantizeArithmetic.FixedPointSingle"/> is floor(x + 1/2) and
/// <see cref="RequantizeArithmetic.FixedPointDouble"/> floor(x + 1/2 + sign(x) * 2^(e - 1)): its two roundings are one.
/// </remarks>
internal static unsafe class EstimateAvx2
{
    // Three roundings of 24 bits err by 512 * 3 * 2^-24 < 2^-13 at most: results beyond 512 are clamped.
    private const float Doubt = 1f / 8192;

    /// <summary>A store by estimates; <paramref name="exact"/> takes the doubtful rows, and channels that estimates cannot serve.</summary>
    public static EpilogueStore For(RequantizeArithmetic arithmetic, EpilogueStore exact) => arithmetic switch
    {
        RequantizeArithmetic.FixedPointDouble when Fma.IsSupported => (in Epilogue epilogue, int* sums, int rows, byte* output, nint stride, int channels) =>
            Store<Twice>(epilogue, sums, rows, output, stride, channels, exact),
        RequantizeArithmetic.FixedPointSingle when Fma.IsSupported => (in Epilogue epilogue, int* sums, int rows, byte* output, nint stride, int channels) =>
            Store<Once>(epilogue, sums, rows, output, stride, channels, exact),
        _ => exact,
    };

    private static void Store<TRounding>(in Epilogue epilogue, int* sums, int rows, byte* output, nint stride, int channels, EpilogueStore exact)
        where TRounding : struct, IRounding
    {
        var (e0, e1) = (Vector256.Load(epilogue.Exponents), Vector256.Load(epilogue.Exponents + 8));
        var (q0, q1) = (Vector256.Load(epilogue.Multipliers), Vector256.Load(epilogue.Multipliers + 8));
        // The sign bits of channels that a negative exponent and a positive multiplier make fit.
        uint fit = Vector256.AndNot(e0, q0).ExtractMostSignificantBits() | Vector256.AndNot(e1, q1).ExtractMostSignificantBits() << 8;
        uint wanted = (1u << channels) - 1;
        if ((fit & wanted) != wanted)
        {
            exact(epilogue, sums, rows, output, stride, channels);
            return;
        }
        var (scale0, scale1) = (Scale(q0, e0), Scale(q1, e1));
        var (nudge0, nudge1) = (PowerOfTwo(e0 - Vector256<int>.One), PowerOfTwo(e1 - Vector256<int>.One));
        var (bias0, bias1) = (Vector256.Load(epilogue.Bias), Vector256.Load(epilogue.Bias + 8));
        var zeroPoint = Vector256.Create((short)epilogue.ZeroPoint);
        var minimum = Vector256.Create((short)epilogue.Minimum);
        var maximum = Vector256.Create((short)epilogue.Maximum);
        for (; rows > 0; rows -= 2, sums += 32, output += 2 * stride)
        {
            // A last row alone is taken twice.
            int* other = rows > 1 ? sums + 16 : sums;
            var doubt = Vector256<float>.Zero;
            var first = Avx2.PackSignedSaturate(Round<TRounding>(sums, bias0, scale0, nudge0, ref doubt), Round<TRounding>(sums + 8, bias1, scale1, nudge1, ref doubt));
            var second = Avx2.PackSignedSaturate(Round<TRounding>(other, bias0, scale0, nudge0, ref doubt), Round<TRounding>(other + 8, bias1, scale1, nudge1, ref doubt));
            if (IsDoubtful(doubt))
            {
                exact(epilogue, sums, Math.Min(rows, 2), output, stride, channels);
                continue;
            }
            var bytes = Avx2.PackUnsignedSaturate(Clamp(first, zeroPoint, minimum, maximum), Clamp(second, zeroPoint, minimum, maximum)).AsInt32();
            bytes = Avx2.PermuteVar8x32(bytes, Vector256.Create(0, 4, 1, 5, 2, 6, 3, 7));
            Write(bytes.GetLower().AsByte(), output, channels);
            if (rows > 1) Write(bytes.GetUpper().AsByte(), output + stride, channels);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Round<TRounding>(int* sums, Vector256<int> bias, Vector256<float> scale, Vector256<float> nudge, ref Vector256<float> doubt)
        where TRounding : struct, IRounding
    {
        var value = Avx.ConvertToVector256Single(Vector256.Load(sums) + bias);
        var estimate = TRounding.Estimate(value, scale, nudge);
        doubt = Avx.Max(doubt, Vector256.Abs(estimate - Avx.RoundToNearestInteger(estimate)));
        return Avx.ConvertToVector256Int32(estimate);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsDoubtful(Vector256<float> distance) => Avx.MoveMask(Avx.CompareGreaterThan(distance, Vector256.Create(0.5f - Doubt))) != 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<short> Clamp(Vector256<short> value, Vector256<short> zeroPoint, Vector256<short> minimum, Vector256<short> maximum) =>
        Avx2.Min(Avx2.Max(Avx2.AddSaturate(value, zeroPoint), minimum), maximum) & Vector256.Create((short)0xFF);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Write(Vector128<byte> bytes, byte* output, int channels)
    {
        if (channels == 16) bytes.Store(output);
        else EpilogueScalar.StorePart(bytes, output, channels);
    }

    // q * 2^(e - 31).
    private static Vector256<float> Scale(Vector256<int> q, Vector256<int> e) => Avx.ConvertToVector256Single(q) * PowerOfTwo(e - Vector256.Create(31));

    private static Vector256<float> PowerOfTwo(Vector256<int> exponent) => ((exponent + Vector256.Create(127)) << 23).AsSingle();

    private interface IRounding
    {
        static abstract Vector256<float> Estimate(Vector256<float> value, Vector256<float> scale, Vector256<float> nudge);
    }

    private readonly struct Once : IRounding
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> Estimate(Vector256<float> value, Vector256<float> scale, Vector256<float> nudge) => value * scale;
    }

    private readonly struct Twice : IRounding
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> Estimate(Vector256<float> value, Vector256<float> scale, Vector256<float> nudge) =>
            Fma.MultiplyAdd(value, scale, nudge | value & Vector256.Create(-0f));
    }
}
