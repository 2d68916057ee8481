using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Qnn.Runtime.Kernels.Requantization;

/// <summary>
/// Requantization in floats, two rows of sixteen channels at a time: of the float arithmetics, and by estimates of the fixed-point ones.
/// A float multiply errs by less than <see cref="Doubt"/> where results are not clamped, so an estimate farther than that from a half rounds as the integers do;
/// the rare rows that have one nearer are redone in integers.
/// </summary>
/// <remarks>
/// With x = accumulator * q * 2^(e - 31) and e below 0, <see cref="RequantizeArithmetic.FixedPointSingle"/> is floor(x + 1/2) and
/// <see cref="RequantizeArithmetic.FixedPointDouble"/> floor(x + 1/2 + sign(x) * 2^(e - 1)): its two roundings are one.
/// </remarks>
internal static unsafe class FloatEpilogueAvx2
{
    // Three roundings of 24 bits err by 512 * 3 * 2^-24 < 2^-13 at most: results beyond 512 are clamped.
    private const float Doubt = 1f / 8192;

    /// <summary>A store of an arithmetic; <paramref name="exact"/> takes the doubtful rows of estimates, and channels that they cannot serve.</summary>
    public static EpilogueStore For(RequantizeArithmetic arithmetic, EpilogueStore exact) => arithmetic switch
    {
        RequantizeArithmetic.FixedPointDouble when Fma.IsSupported => Make<Twice>(exact),
        RequantizeArithmetic.FixedPointSingle when Fma.IsSupported => Make<Once>(exact),
        RequantizeArithmetic.Float32NearestEven => Make<Scaled>(exact),
        RequantizeArithmetic.Float32Bias => Make<BiasedScaled>(exact),
        _ => exact,
    };

    private static EpilogueStore Make<TRounding>(EpilogueStore exact) where TRounding : struct, IRounding =>
        (in Epilogue epilogue, int* sums, int rows, byte* output, nint stride, int channels) => Store<TRounding>(epilogue, sums, rows, output, stride, channels, exact);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Store<TRounding>(in Epilogue epilogue, int* sums, int rows, byte* output, nint stride, int channels, EpilogueStore exact)
        where TRounding : struct, IRounding
    {
        if (!TRounding.CanTake(epilogue, channels))
        {
            exact(epilogue, sums, rows, output, stride, channels);
            return;
        }
        var (scale0, scale1) = (TRounding.Scale(epilogue, 0), TRounding.Scale(epilogue, 8));
        var (addend0, addend1) = (TRounding.Addend(epilogue, 0), TRounding.Addend(epilogue, 8));
        var (bias0, bias1) = (Vector256.Load(epilogue.Bias), Vector256.Load(epilogue.Bias + 8));
        var zeroPoint = Vector256.Create((short)epilogue.ZeroPoint);
        var minimum = Vector256.Create((short)epilogue.Minimum);
        var maximum = Vector256.Create((short)epilogue.Maximum);
        for (; rows > 0; rows -= 2, sums += 32, output += 2 * stride)
        {
            // A last row alone is taken twice.
            int* other = rows > 1 ? sums + 16 : sums;
            var doubt = Vector256<float>.Zero;
            var first = Avx2.PackSignedSaturate(Round<TRounding>(sums, bias0, scale0, addend0, ref doubt), Round<TRounding>(sums + 8, bias1, scale1, addend1, ref doubt));
            var second = Avx2.PackSignedSaturate(Round<TRounding>(other, bias0, scale0, addend0, ref doubt), Round<TRounding>(other + 8, bias1, scale1, addend1, ref doubt));
            if (TRounding.Estimates && IsDoubtful(doubt))
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
    private static Vector256<int> Round<TRounding>(int* sums, Vector256<int> bias, Vector256<float> scale, Vector256<float> addend, ref Vector256<float> doubt)
        where TRounding : struct, IRounding
    {
        var result = TRounding.Result(Avx.ConvertToVector256Single(Vector256.Load(sums) + bias), scale, addend);
        if (TRounding.Estimates) doubt = Avx.Max(doubt, Vector256.Abs(result - Avx.RoundToNearestInteger(result)));
        return Avx.ConvertToVector256Int32(result);
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

    /// <summary>An arithmetic, each result from an accumulator and two numbers of its channel.</summary>
    private interface IRounding
    {
        /// <summary>Whether results may be off, so that those near a half are doubtful.</summary>
        static abstract bool Estimates { get; }

        static abstract bool CanTake(in Epilogue epilogue, int channels);

        static abstract Vector256<float> Scale(in Epilogue epilogue, int channel);

        static abstract Vector256<float> Addend(in Epilogue epilogue, int channel);

        static abstract Vector256<float> Result(Vector256<float> value, Vector256<float> scale, Vector256<float> addend);
    }

    private static class Estimate
    {
        // A negative exponent and a positive multiplier fit.
        public static bool CanTake(in Epilogue epilogue, int channels)
        {
            uint fit = Fit(epilogue, 0) | Fit(epilogue, 8) << 8, wanted = (1u << channels) - 1;
            return (fit & wanted) == wanted;
        }

        // q * 2^(e - 31).
        public static Vector256<float> Scale(in Epilogue epilogue, int channel) =>
            Avx.ConvertToVector256Single(Vector256.Load(epilogue.Multipliers + channel)) * PowerOfTwo(Vector256.Load(epilogue.Exponents + channel) - Vector256.Create(31));

        public static Vector256<float> PowerOfTwo(Vector256<int> exponent) => ((exponent + Vector256.Create(127)) << 23).AsSingle();

        private static uint Fit(in Epilogue epilogue, int channel) =>
            Vector256.AndNot(Vector256.Load(epilogue.Exponents + channel), Vector256.Load(epilogue.Multipliers + channel)).ExtractMostSignificantBits();
    }

    private readonly struct Once : IRounding
    {
        public static bool Estimates => true;

        public static bool CanTake(in Epilogue epilogue, int channels) => Estimate.CanTake(epilogue, channels);

        public static Vector256<float> Scale(in Epilogue epilogue, int channel) => Estimate.Scale(epilogue, channel);

        public static Vector256<float> Addend(in Epilogue epilogue, int channel) => default;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> Result(Vector256<float> value, Vector256<float> scale, Vector256<float> addend) => value * scale;
    }

    private readonly struct Twice : IRounding
    {
        public static bool Estimates => true;

        public static bool CanTake(in Epilogue epilogue, int channels) => Estimate.CanTake(epilogue, channels);

        public static Vector256<float> Scale(in Epilogue epilogue, int channel) => Estimate.Scale(epilogue, channel);

        // 2^(e - 1), what the first rounding adds to a value's size.
        public static Vector256<float> Addend(in Epilogue epilogue, int channel) => Estimate.PowerOfTwo(Vector256.Load(epilogue.Exponents + channel) - Vector256<int>.One);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> Result(Vector256<float> value, Vector256<float> scale, Vector256<float> addend) =>
            Fma.MultiplyAdd(value, scale, addend | value & Vector256.Create(-0f));
    }

    private readonly struct Scaled : IRounding
    {
        public static bool Estimates => false;

        public static bool CanTake(in Epilogue epilogue, int channels) => true;

        public static Vector256<float> Scale(in Epilogue epilogue, int channel) => Vector256.Load((float*)epilogue.Multipliers + channel);

        public static Vector256<float> Addend(in Epilogue epilogue, int channel) => default;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> Result(Vector256<float> value, Vector256<float> scale, Vector256<float> addend) => AtMost(value * scale);

        // What is beyond an integer would turn negative; what is below one stays.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> AtMost(Vector256<float> result) => Avx.Min(result, Vector256.Create(32768f));
    }

    private readonly struct BiasedScaled : IRounding
    {
        public static bool Estimates => false;

        public static bool CanTake(in Epilogue epilogue, int channels) => true;

        public static Vector256<float> Scale(in Epilogue epilogue, int channel) => Vector256.Load((float*)epilogue.Multipliers + channel);

        public static Vector256<float> Addend(in Epilogue epilogue, int channel) => Vector256.Load((float*)epilogue.Exponents + channel);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> Result(Vector256<float> value, Vector256<float> scale, Vector256<float> addend) => Scaled.AtMost((value + addend) * scale);
    }
}
