using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Qnn.Runtime.Kernels.Requantization;

/// <summary>The fixed-point arithmetics in integers, eight channels at a time, requantized in place with their numbers in registers for all rows; then each row's sixteen are narrowed and stored.</summary>
internal static unsafe class EpilogueAvx2
{
    /// <summary>The method for an arithmetic.</summary>
    public static EpilogueStore For(RequantizeArithmetic arithmetic) => arithmetic switch
    {
        RequantizeArithmetic.None => new(&StoreSums),
        RequantizeArithmetic.FixedPointDouble when !Fma.IsSupported => new(&StoreDouble),
        RequantizeArithmetic.FixedPointSingle when !Fma.IsSupported => new(&StoreSingle),
        _ => FloatEpilogueAvx2.For(arithmetic),
    };

    // The accumulators are the results.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void StoreSums(in Epilogue epilogue, int* sums, int rows, byte* output, nint stride, int channels)
    {
        if (channels < 16)
        {
            EpilogueScalar.Store(epilogue, sums, rows, output, stride, channels);
            return;
        }
        var (bias0, bias1) = (Vector256.Load(epilogue.Bias), Vector256.Load(epilogue.Bias + 8));
        for (; rows > 0; rows--, sums += 16, output += stride)
        {
            (Vector256.Load(sums) + bias0).Store((int*)output);
            (Vector256.Load(sums + 8) + bias1).Store((int*)output + 8);
        }
    }

    /// <summary>gemmlowp's two roundings. See <see cref="EpilogueStore"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void StoreDouble(in Epilogue epilogue, int* sums, int rows, byte* output, nint stride, int channels)
    {
        for (int c = 0; c < channels; c += 8)
        {
            var bias = Vector256.Load(epilogue.Bias + c);
            var even = Vector256.Load(epilogue.Multipliers + c);
            var odd = (even.AsUInt64() >> 32).AsInt32();
            var exponent = Vector256.Load(epilogue.Exponents + c);
            var left = Vector256.Max(exponent, Vector256<int>.Zero).AsUInt32();
            var right = Vector256.Max(-exponent, Vector256<int>.Zero).AsUInt32();
            var mask = Avx2.ShiftLeftLogicalVariable(Vector256<int>.One, right) - Vector256<int>.One;
            var half = mask >>> 1;
            var nudge = Vector256.Create(1L << 30);
            int* to = sums + c;
            for (int row = 0; row < rows; row++, to += 16)
            {
                var value = Avx2.ShiftLeftLogicalVariable(Vector256.Load(to) + bias, left);
                var productEven = Avx2.Multiply(value, even) + nudge;
                var productOdd = Avx2.Multiply((value.AsUInt64() >> 32).AsInt32(), odd) + nudge;
                var high = Interleave((productEven >>> 31).AsInt32(), (productOdd + productOdd).AsInt32());
                var up = Avx2.CompareGreaterThan(high & mask, half - (high >> 31));
                (Avx2.ShiftRightArithmeticVariable(high, right) - up).Store(to);
            }
        }
        Clamp(epilogue, sums, rows, output, stride, channels);
    }

    /// <summary>One rounding of the 64-bit product. See <see cref="EpilogueStore"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void StoreSingle(in Epilogue epilogue, int* sums, int rows, byte* output, nint stride, int channels)
    {
        for (int c = 0; c < channels; c += 8)
        {
            var bias = Vector256.Load(epilogue.Bias + c);
            var even = Vector256.Load(epilogue.Multipliers + c);
            var odd = (even.AsUInt64() >> 32).AsInt32();
            var shift = (Vector256.Create(31) - Vector256.Load(epilogue.Exponents + c)).AsUInt64();
            var (shiftEven, shiftOdd) = (shift & Vector256.Create((ulong)uint.MaxValue), shift >> 32);
            // There is no arithmetic shift of 64 bits: products are made positive by 2^63, and what that leaves after a logical shift is taken off.
            var top = Vector256.Create(1UL << 63);
            var roundEven = (Avx2.ShiftLeftLogicalVariable(Vector256<ulong>.One, shiftEven - Vector256<ulong>.One) + top).AsInt64();
            var roundOdd = (Avx2.ShiftLeftLogicalVariable(Vector256<ulong>.One, shiftOdd - Vector256<ulong>.One) + top).AsInt64();
            var excess = Interleave(Avx2.ShiftRightLogicalVariable(top, shiftEven).AsInt32(), (Avx2.ShiftRightLogicalVariable(top, shiftOdd) << 32).AsInt32());
            int* to = sums + c;
            for (int row = 0; row < rows; row++, to += 16)
            {
                var value = Vector256.Load(to) + bias;
                var productEven = Avx2.ShiftRightLogicalVariable((Avx2.Multiply(value, even) + roundEven).AsUInt64(), shiftEven);
                var productOdd = Avx2.ShiftRightLogicalVariable((Avx2.Multiply((value.AsUInt64() >> 32).AsInt32(), odd) + roundOdd).AsUInt64(), shiftOdd);
                (Interleave(productEven.AsInt32(), (productOdd << 32).AsInt32()) - excess).Store(to);
            }
        }
        Clamp(epilogue, sums, rows, output, stride, channels);
    }

    /// <summary>Adds the zero point, clamps, narrows and stores.</summary>
    private static void Clamp(in Epilogue epilogue, int* values, int rows, byte* output, nint stride, int channels)
    {
        var (zeroPoint, minimum, maximum) = (Vector256.Create(epilogue.ZeroPoint), Vector256.Create(epilogue.Minimum), Vector256.Create(epilogue.Maximum));
        var low = Vector256.Create(0xFF);
        for (; rows > 0; rows--, values += 16, output += stride)
        {
            var first = Vector256.Min(Vector256.Max(Vector256.Load(values) + zeroPoint, minimum), maximum) & low;
            var second = Vector256.Min(Vector256.Max(Vector256.Load(values + 8) + zeroPoint, minimum), maximum) & low;
            var words = Avx2.Permute4x64(Avx2.PackUnsignedSaturate(first, second).AsInt64(), 0b11_01_10_00).AsInt16();
            var bytes = Sse2.PackUnsignedSaturate(words.GetLower(), words.GetUpper());
            if (channels == 16) bytes.Store(output);
            else EpilogueScalar.StorePart(bytes, output, channels);
        }
    }

    // Even places from the first, odd ones from the second.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Interleave(Vector256<int> even, Vector256<int> odd) => Avx2.Blend(even, odd, 0b10101010);
}
