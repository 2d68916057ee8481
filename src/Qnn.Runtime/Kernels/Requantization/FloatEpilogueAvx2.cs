using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Qnn.Runtime.Kernels.Requantization;

/// <summary>Requantization in floats, two rows of sixteen channels at a time: of the float arithmetics, and by estimates of the fixed-point ones.</summary>
/// <remarks>
/// With x = accumulator * q * 2^(e - 31) and e below 0, <see cref="RequantizeArithmetic.FixedPointSingle"/> is floor(x + 1/2) and
/// <see cref="RequantizeArithmetic.FixedPointDouble"/> floor(x + 1/2 + sign(x) * 2^(e - 1)): its two roundings are one.
/// A float estimate of the sum errs by less than <see cref="Doubt"/> where results are not clamped. So where the estimate less the doubt and the estimate plus the doubt
/// round to the same integer, that is the result, since rounding is monotonic; the rare rows in which they do not are redone in integers.
/// </remarks>
internal static unsafe class FloatEpilogueAvx2
{
    // Three roundings of 24 bits err by 512 * 3 * 2^-24 at most, and one of the sum with the doubt by 2^-16: less than 2^-13. Results beyond 512 are clamped.
    private const float Doubt = 1f / 8192;

    // Rows for which there are flags, one for two.
    private const int FlaggedRows = 128;

    /// <summary>The method for an arithmetic, which must not be <see cref="RequantizeArithmetic.None"/>.</summary>
    public static EpilogueStore For(RequantizeArithmetic arithmetic) => arithmetic switch
    {
        RequantizeArithmetic.FixedPointDouble => new(&StoreDouble),
        RequantizeArithmetic.FixedPointSingle => new(&StoreSingle),
        RequantizeArithmetic.Float32NearestEven => new(&Store<Scaled>),
        RequantizeArithmetic.Float32Stepped => new(&Store<Stepped>),
        _ => new(&Store<BiasedScaled>),
    };

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void StoreDouble(in Epilogue epilogue, int* sums, int rows, byte* output, nint stride, int channels)
    {
        // Rounding up below 0 makes a difference only where results below 0 survive.
        if (!CanEstimate(epilogue, channels)) EpilogueAvx2.StoreDouble(epilogue, sums, rows, output, stride, channels);
        else if (epilogue.Minimum >= epilogue.ZeroPoint) Estimate<Twice>(epilogue, sums, rows, output, stride, channels);
        else Estimate<TwiceWithSign>(epilogue, sums, rows, output, stride, channels);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void StoreSingle(in Epilogue epilogue, int* sums, int rows, byte* output, nint stride, int channels)
    {
        if (CanEstimate(epilogue, channels)) Estimate<Once>(epilogue, sums, rows, output, stride, channels);
        else EpilogueAvx2.StoreSingle(epilogue, sums, rows, output, stride, channels);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Store<TFunction>(in Epilogue epilogue, int* sums, int rows, byte* output, nint stride, int channels) where TFunction : struct, IFunction
    {
        bool fits = TFunction.Fits(epilogue, 0) && TFunction.Fits(epilogue, 8);
        if (epilogue.Minimum >= 0)
        {
            if (fits) Store<TFunction, UnsignedBytes>(epilogue, sums, rows, output, stride, channels);
            else Store<Capped<TFunction>, UnsignedBytes>(epilogue, sums, rows, output, stride, channels);
        }
        else
        {
            if (fits) Store<TFunction, SignedBytes>(epilogue, sums, rows, output, stride, channels);
            else Store<Capped<TFunction>, SignedBytes>(epilogue, sums, rows, output, stride, channels);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Store<TFunction, TBytes>(in Epilogue epilogue, int* sums, int rows, byte* output, nint stride, int channels)
        where TFunction : struct, IFunction
        where TBytes : struct, IBytes
    {
        var (scale0, scale1) = (TFunction.Scale(epilogue, 0), TFunction.Scale(epilogue, 8));
        var (addend0, addend1) = (TFunction.Addend(epilogue, 0), TFunction.Addend(epilogue, 8));
        var (bias0, bias1) = (Vector256.Load(epilogue.Bias), Vector256.Load(epilogue.Bias + 8));
        var steps = (Vector256.Create(epilogue.Reciprocal), Vector256.Create((float)epilogue.ZeroPoint));
        var zeroPoint = Vector256.Create((short)(TFunction.AddsZeroPoint ? 0 : epilogue.ZeroPoint));
        var (minimum, maximum) = (Vector256.Create((byte)epilogue.Minimum), Vector256.Create((byte)epilogue.Maximum));
        for (; rows > 0; rows -= 2, sums += 32, output += 2 * stride)
        {
            // A last row alone is taken twice.
            int* other = rows > 1 ? sums + 16 : sums;
            var first = Avx2.PackSignedSaturate(Round<TFunction>(sums, bias0, scale0, addend0, steps), Round<TFunction>(sums + 8, bias1, scale1, addend1, steps));
            var second = Avx2.PackSignedSaturate(Round<TFunction>(other, bias0, scale0, addend0, steps), Round<TFunction>(other + 8, bias1, scale1, addend1, steps));
            Write<TBytes>(first, second, zeroPoint, minimum, maximum, output, stride, rows, channels);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Round<TFunction>(int* sums, Vector256<int> bias, Vector256<float> scale, Vector256<float> addend, (Vector256<float>, Vector256<float>) steps) where TFunction : struct, IFunction =>
        Avx.ConvertToVector256Int32(TFunction.Result(Avx.ConvertToVector256Single(Vector256.Load(sums) + bias), scale, addend, steps));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Estimate<TRounding>(in Epilogue epilogue, int* sums, int rows, byte* output, nint stride, int channels) where TRounding : struct, IRounding
    {
        if (epilogue.Minimum >= 0) Estimate<TRounding, UnsignedBytes>(epilogue, sums, rows, output, stride, channels);
        else Estimate<TRounding, SignedBytes>(epilogue, sums, rows, output, stride, channels);
    }

    private static void Estimate<TRounding, TBytes>(in Epilogue epilogue, int* sums, int rows, byte* output, nint stride, int channels)
        where TRounding : struct, IRounding
        where TBytes : struct, IBytes
    {
        for (; rows > 0; rows -= FlaggedRows, sums += FlaggedRows * 16, output += FlaggedRows * stride)
        {
            for (ulong doubted = StoreEstimates<TRounding, TBytes>(epilogue, sums, Math.Min(rows, FlaggedRows), output, stride, channels); doubted != 0; doubted &= doubted - 1)
            {
                int row = 2 * BitOperations.TrailingZeroCount(doubted);
                TRounding.Exact(epilogue, sums + row * 16, Math.Min(rows - row, 2), output + row * stride, stride, channels);
            }
        }
    }

    // Stores the rows as estimated and returns a flag for each two that are to be redone: a call in this loop would keep its constants in memory.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static ulong StoreEstimates<TRounding, TBytes>(in Epilogue epilogue, int* sums, int rows, byte* output, nint stride, int channels)
        where TRounding : struct, IRounding
        where TBytes : struct, IBytes
    {
        var (scale0, scale1) = (Scale(epilogue, 0), Scale(epilogue, 8));
        var (addend0, addend1) = (TRounding.Addend(epilogue, 0), TRounding.Addend(epilogue, 8));
        var doubt = Vector256.Create(Doubt);
        var (below0, below1) = TRounding.HasSign ? (addend0, addend1) : (addend0 - doubt, addend1 - doubt);
        var (above0, above1) = (addend0 + doubt, addend1 + doubt);
        var (bias0, bias1) = (Vector256.Load(epilogue.Bias), Vector256.Load(epilogue.Bias + 8));
        var zeroPoint = Vector256.Create((short)epilogue.ZeroPoint);
        var (minimum, maximum) = (Vector256.Create((byte)epilogue.Minimum), Vector256.Create((byte)epilogue.Maximum));
        ulong doubted = 0;
        for (ulong flag = 1; rows > 0; rows -= 2, sums += 32, output += 2 * stride, flag <<= 1)
        {
            int* other = rows > 1 ? sums + 16 : sums;
            var (low0, high0) = Bounds<TRounding>(sums, bias0, scale0, below0, above0);
            var (low1, high1) = Bounds<TRounding>(sums + 8, bias1, scale1, below1, above1);
            var first = Avx2.PackSignedSaturate(low0, low1);
            var differences = first ^ Avx2.PackSignedSaturate(high0, high1);
            (low0, high0) = Bounds<TRounding>(other, bias0, scale0, below0, above0);
            (low1, high1) = Bounds<TRounding>(other + 8, bias1, scale1, below1, above1);
            var second = Avx2.PackSignedSaturate(low0, low1);
            differences |= second ^ Avx2.PackSignedSaturate(high0, high1);
            if (differences != Vector256<short>.Zero) doubted |= flag;
            Write<TBytes>(first, second, zeroPoint, minimum, maximum, output, stride, rows, channels);
        }
        return doubted;
    }

    // The least and the greatest integer that a result can be.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<int> Low, Vector256<int> High) Bounds<TRounding>(int* sums, Vector256<int> bias, Vector256<float> scale, Vector256<float> below, Vector256<float> above)
        where TRounding : struct, IRounding
    {
        var value = Avx.ConvertToVector256Single(Vector256.Load(sums) + bias);
        if (!TRounding.HasSign) return (Avx.ConvertToVector256Int32(Fma.MultiplyAdd(value, scale, below)), Avx.ConvertToVector256Int32(Fma.MultiplyAdd(value, scale, above)));
        var estimate = Fma.MultiplyAdd(value, scale, below | value & Vector256.Create(-0f));
        return (Avx.ConvertToVector256Int32(estimate - Vector256.Create(Doubt)), Avx.ConvertToVector256Int32(estimate + Vector256.Create(Doubt)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Write<TBytes>(
        Vector256<short> first, Vector256<short> second, Vector256<short> zeroPoint, Vector256<byte> minimum, Vector256<byte> maximum, byte* output, nint stride, int rows, int channels)
        where TBytes : struct, IBytes
    {
        var bytes = TBytes.Clamp(TBytes.Narrow(Avx2.AddSaturate(first, zeroPoint), Avx2.AddSaturate(second, zeroPoint)), minimum, maximum);
        bytes = Avx2.PermuteVar8x32(bytes.AsInt32(), Vector256.Create(0, 4, 1, 5, 2, 6, 3, 7)).AsByte();
        Write(bytes.GetLower(), output, channels);
        if (rows > 1) Write(bytes.GetUpper(), output + stride, channels);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Write(Vector128<byte> bytes, byte* output, int channels)
    {
        if (channels == 16) bytes.Store(output);
        else EpilogueScalar.StorePart(bytes, output, channels);
    }

    // Negative exponents and positive multipliers can be estimated.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool CanEstimate(in Epilogue epilogue, int channels)
    {
        uint fit = Fit(epilogue, 0) | Fit(epilogue, 8) << 8, wanted = (1u << channels) - 1;
        return (fit & wanted) == wanted;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Fit(in Epilogue epilogue, int channel) =>
        Vector256.AndNot(Vector256.Load(epilogue.Exponents + channel), Vector256.Load(epilogue.Multipliers + channel)).ExtractMostSignificantBits();

    // q * 2^(e - 31).
    private static Vector256<float> Scale(in Epilogue epilogue, int channel) =>
        Avx.ConvertToVector256Single(Vector256.Load(epilogue.Multipliers + channel)) * PowerOfTwo(Vector256.Load(epilogue.Exponents + channel) - Vector256.Create(31));

    private static Vector256<float> PowerOfTwo(Vector256<int> exponent) => ((exponent + Vector256.Create(127)) << 23).AsSingle();

    /// <summary>Which bytes results are: narrowed from 16 bits with saturation, and clamped.</summary>
    private interface IBytes
    {
        static abstract Vector256<byte> Narrow(Vector256<short> first, Vector256<short> second);

        static abstract Vector256<byte> Clamp(Vector256<byte> bytes, Vector256<byte> minimum, Vector256<byte> maximum);
    }

    private readonly struct UnsignedBytes : IBytes
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<byte> Narrow(Vector256<short> first, Vector256<short> second) => Avx2.PackUnsignedSaturate(first, second);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<byte> Clamp(Vector256<byte> bytes, Vector256<byte> minimum, Vector256<byte> maximum) => Avx2.Min(Avx2.Max(bytes, minimum), maximum);
    }

    private readonly struct SignedBytes : IBytes
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<byte> Narrow(Vector256<short> first, Vector256<short> second) => Avx2.PackSignedSaturate(first, second).AsByte();

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<byte> Clamp(Vector256<byte> bytes, Vector256<byte> minimum, Vector256<byte> maximum) =>
            Avx2.Min(Avx2.Max(bytes.AsSByte(), minimum.AsSByte()), maximum.AsSByte()).AsByte();
    }

    /// <summary>A fixed-point arithmetic as floor(x + 1/2 + addend).</summary>
    private interface IRounding
    {
        /// <summary>Whether the addend takes the sign of x.</summary>
        static abstract bool HasSign { get; }

        static abstract Vector256<float> Addend(in Epilogue epilogue, int channel);

        /// <summary>The arithmetic in integers.</summary>
        static abstract void Exact(in Epilogue epilogue, int* sums, int rows, byte* output, nint stride, int channels);
    }

    private readonly struct Once : IRounding
    {
        public static bool HasSign => false;

        public static Vector256<float> Addend(in Epilogue epilogue, int channel) => default;

        public static void Exact(in Epilogue epilogue, int* sums, int rows, byte* output, nint stride, int channels) => EpilogueAvx2.StoreSingle(epilogue, sums, rows, output, stride, channels);
    }

    private readonly struct Twice : IRounding
    {
        public static bool HasSign => false;

        // 2^(e - 1), what the first rounding adds to a value's size.
        public static Vector256<float> Addend(in Epilogue epilogue, int channel) => PowerOfTwo(Vector256.Load(epilogue.Exponents + channel) - Vector256<int>.One);

        public static void Exact(in Epilogue epilogue, int* sums, int rows, byte* output, nint stride, int channels) => EpilogueAvx2.StoreDouble(epilogue, sums, rows, output, stride, channels);
    }

    private readonly struct TwiceWithSign : IRounding
    {
        public static bool HasSign => true;

        public static Vector256<float> Addend(in Epilogue epilogue, int channel) => Twice.Addend(epilogue, channel);

        public static void Exact(in Epilogue epilogue, int* sums, int rows, byte* output, nint stride, int channels) => EpilogueAvx2.StoreDouble(epilogue, sums, rows, output, stride, channels);
    }

    /// <summary>A float arithmetic, each result from an accumulator and two numbers of its channel.</summary>
    private interface IFunction
    {
        /// <summary>Whether results have the zero point in them.</summary>
        static abstract bool AddsZeroPoint { get; }

        static abstract Vector256<float> Scale(in Epilogue epilogue, int channel);

        static abstract Vector256<float> Addend(in Epilogue epilogue, int channel);

        /// <summary>Whether no accumulator's result can leave 32 bits.</summary>
        static abstract bool Fits(in Epilogue epilogue, int channel);

        static abstract Vector256<float> Result(Vector256<float> value, Vector256<float> scale, Vector256<float> addend, (Vector256<float> Reciprocal, Vector256<float> ZeroPoint) steps);
    }

    private readonly struct Scaled : IFunction
    {
        public static bool AddsZeroPoint => false;

        public static Vector256<float> Scale(in Epilogue epilogue, int channel) => Vector256.Load((float*)epilogue.Multipliers + channel);

        public static Vector256<float> Addend(in Epilogue epilogue, int channel) => default;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static bool Fits(in Epilogue epilogue, int channel) => Vector256.LessThanAll(Vector256.Abs(Scale(epilogue, channel)), Vector256.Create(0.5f));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> Result(Vector256<float> value, Vector256<float> scale, Vector256<float> addend, (Vector256<float> Reciprocal, Vector256<float> ZeroPoint) steps) => value * scale;
    }

    private readonly struct BiasedScaled : IFunction
    {
        public static bool AddsZeroPoint => false;

        public static Vector256<float> Scale(in Epilogue epilogue, int channel) => Scaled.Scale(epilogue, channel);

        public static Vector256<float> Addend(in Epilogue epilogue, int channel) => Vector256.Load((float*)epilogue.Exponents + channel);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static bool Fits(in Epilogue epilogue, int channel) =>
            Scaled.Fits(epilogue, channel) && Vector256.LessThanAll(Vector256.Abs(Addend(epilogue, channel)), Vector256.Create(2147483648f));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> Result(Vector256<float> value, Vector256<float> scale, Vector256<float> addend, (Vector256<float> Reciprocal, Vector256<float> ZeroPoint) steps) => (value + addend) * scale;
    }

    private readonly struct Stepped : IFunction
    {
        public static bool AddsZeroPoint => true;

        public static Vector256<float> Scale(in Epilogue epilogue, int channel) => Scaled.Scale(epilogue, channel);

        public static Vector256<float> Addend(in Epilogue epilogue, int channel) => BiasedScaled.Addend(epilogue, channel);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static bool Fits(in Epilogue epilogue, int channel)
        {
            var reciprocal = Vector256.Create(epilogue.Reciprocal);
            return Vector256.LessThanAll(Vector256.Abs(Scale(epilogue, channel) * reciprocal), Vector256.Create(0.25f))
                && Vector256.LessThanAll(Vector256.Abs(Addend(epilogue, channel) * reciprocal), Vector256.Create((float)(1 << 30)));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> Result(Vector256<float> value, Vector256<float> scale, Vector256<float> addend, (Vector256<float> Reciprocal, Vector256<float> ZeroPoint) steps) =>
            (value * scale + addend) * steps.Reciprocal + steps.ZeroPoint;
    }

    /// <summary>What is beyond an integer would turn negative; what is below one stays.</summary>
    private readonly struct Capped<TFunction> : IFunction where TFunction : struct, IFunction
    {
        public static bool AddsZeroPoint => TFunction.AddsZeroPoint;

        public static Vector256<float> Scale(in Epilogue epilogue, int channel) => TFunction.Scale(epilogue, channel);

        public static Vector256<float> Addend(in Epilogue epilogue, int channel) => TFunction.Addend(epilogue, channel);

        public static bool Fits(in Epilogue epilogue, int channel) => true;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> Result(Vector256<float> value, Vector256<float> scale, Vector256<float> addend, (Vector256<float> Reciprocal, Vector256<float> ZeroPoint) steps) =>
            Avx.Min(TFunction.Result(value, scale, addend, steps), Vector256.Create(32768f));
    }
}
