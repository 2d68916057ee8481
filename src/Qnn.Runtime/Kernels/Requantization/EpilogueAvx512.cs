using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Qnn.Runtime.Kernels.Requantization;

/// <summary>Sixteen channels at a time; one method an arithmetic, its channels' numbers in registers for all rows.</summary>
internal static unsafe class EpilogueAvx512
{
    /// <summary>The method for an arithmetic.</summary>
    public static EpilogueStore For(RequantizeArithmetic arithmetic) => arithmetic switch
    {
        RequantizeArithmetic.FixedPointDouble => new(&StoreDouble),
        RequantizeArithmetic.FixedPointSingle => new(&StoreSingle),
        RequantizeArithmetic.Float32NearestEven => new(&StoreFloat),
        RequantizeArithmetic.Float32Bias => new(&StoreFloatBias),
        RequantizeArithmetic.Float32Stepped => new(&StoreStepped),
        _ => new(&EpilogueScalar.Store),
    };

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void StoreDouble(in Epilogue epilogue, int* sums, int rows, byte* output, nint stride, int channels)
    {
        var bias = Vector512.Load(epilogue.Bias);
        var even = Vector512.Load(epilogue.Multipliers);
        var odd = (even.AsUInt64() >> 32).AsInt32();
        var exponent = Vector512.Load(epilogue.Exponents);
        var left = Vector512.Max(exponent, Vector512<int>.Zero).AsUInt32();
        var right = Vector512.Max(-exponent, Vector512<int>.Zero).AsUInt32();
        var mask = Avx512F.ShiftLeftLogicalVariable(Vector512<int>.One, right) - Vector512<int>.One;
        var half = mask >>> 1;
        var nudge = Vector512.Create(1L << 30);
        var (zeroPoint, minimum, maximum) = (Vector512.Create(epilogue.ZeroPoint), Vector512.Create(epilogue.Minimum), Vector512.Create(epilogue.Maximum));
        for (; rows > 0; rows--, sums += 16, output += stride)
        {
            var value = Avx512F.ShiftLeftLogicalVariable(Vector512.Load(sums) + bias, left);
            var productEven = Avx512F.Multiply(value, even) + nudge;
            var productOdd = Avx512F.Multiply((value.AsUInt64() >> 32).AsInt32(), odd) + nudge;
            var high = Interleave((productEven >>> 31).AsInt32(), (productOdd + productOdd).AsInt32());
            var up = Avx512F.CompareGreaterThan(high & mask, half - (high >> 31));
            Store(Avx512F.ShiftRightArithmeticVariable(high, right) - up, zeroPoint, minimum, maximum, output, channels);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void StoreSingle(in Epilogue epilogue, int* sums, int rows, byte* output, nint stride, int channels)
    {
        var bias = Vector512.Load(epilogue.Bias);
        var even = Vector512.Load(epilogue.Multipliers);
        var odd = (even.AsUInt64() >> 32).AsInt32();
        var shift = (Vector512.Create(31) - Vector512.Load(epilogue.Exponents)).AsUInt64();
        var (shiftEven, shiftOdd) = (shift & Vector512.Create((ulong)uint.MaxValue), shift >> 32);
        var roundEven = Avx512F.ShiftLeftLogicalVariable(Vector512<long>.One, shiftEven - Vector512<ulong>.One);
        var roundOdd = Avx512F.ShiftLeftLogicalVariable(Vector512<long>.One, shiftOdd - Vector512<ulong>.One);
        var (zeroPoint, minimum, maximum) = (Vector512.Create(epilogue.ZeroPoint), Vector512.Create(epilogue.Minimum), Vector512.Create(epilogue.Maximum));
        for (; rows > 0; rows--, sums += 16, output += stride)
        {
            var value = Vector512.Load(sums) + bias;
            var productEven = Avx512F.ShiftRightArithmeticVariable(Avx512F.Multiply(value, even) + roundEven, shiftEven);
            var productOdd = Avx512F.ShiftRightArithmeticVariable(Avx512F.Multiply((value.AsUInt64() >> 32).AsInt32(), odd) + roundOdd, shiftOdd);
            Store(Interleave(productEven.AsInt32(), (productOdd << 32).AsInt32()), zeroPoint, minimum, maximum, output, channels);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void StoreFloat(in Epilogue epilogue, int* sums, int rows, byte* output, nint stride, int channels)
    {
        var bias = Vector512.Load(epilogue.Bias);
        var scale = Vector512.Load((float*)epilogue.Multipliers);
        var zeroPoint = Vector512.Create(epilogue.ZeroPoint);
        var (low, high) = (Vector512.Create((float)(epilogue.Minimum - epilogue.ZeroPoint)), Vector512.Create((float)(epilogue.Maximum - epilogue.ZeroPoint)));
        for (; rows > 0; rows--, sums += 16, output += stride)
        {
            // Clamped to whole numbers first, so that the conversion neither overflows nor leaves the range.
            var product = Avx512F.Min(Avx512F.Max(Avx512F.ConvertToVector512Single(Vector512.Load(sums) + bias) * scale, low), high);
            Store(Avx512F.ConvertToVector512Int32(product) + zeroPoint, output, channels);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void StoreFloatBias(in Epilogue epilogue, int* sums, int rows, byte* output, nint stride, int channels)
    {
        var bias = Vector512.Load(epilogue.Bias);
        var scale = Vector512.Load((float*)epilogue.Multipliers);
        var real = Vector512.Load((float*)epilogue.Exponents);
        var zeroPoint = Vector512.Create(epilogue.ZeroPoint);
        var (low, high) = (Vector512.Create((float)(epilogue.Minimum - epilogue.ZeroPoint)), Vector512.Create((float)(epilogue.Maximum - epilogue.ZeroPoint)));
        for (; rows > 0; rows--, sums += 16, output += stride)
        {
            // Clamped to whole numbers first, so that the conversion neither overflows nor leaves the range.
            var product = Avx512F.Min(Avx512F.Max((Avx512F.ConvertToVector512Single(Vector512.Load(sums) + bias) + real) * scale, low), high);
            Store(Avx512F.ConvertToVector512Int32(product) + zeroPoint, output, channels);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void StoreStepped(in Epilogue epilogue, int* sums, int rows, byte* output, nint stride, int channels)
    {
        var bias = Vector512.Load(epilogue.Bias);
        var scale = Vector512.Load((float*)epilogue.Multipliers);
        var real = Vector512.Load((float*)epilogue.Exponents);
        var (reciprocal, zeroPoint) = (Vector512.Create(epilogue.Reciprocal), Vector512.Create((float)epilogue.ZeroPoint));
        var (low, high) = (Vector512.Create((float)epilogue.Minimum), Vector512.Create((float)epilogue.Maximum));
        for (; rows > 0; rows--, sums += 16, output += stride)
        {
            var value = (Avx512F.ConvertToVector512Single(Vector512.Load(sums) + bias) * scale + real) * reciprocal + zeroPoint;
            Store(Avx512F.ConvertToVector512Int32(Avx512F.Min(Avx512F.Max(value, low), high)), output, channels);
        }
    }

    // Even places from the first, odd ones from the second.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<int> Interleave(Vector512<int> even, Vector512<int> odd) =>
        Vector512.ConditionalSelect(Vector512.Create(0xFFFF_FFFFL).AsInt32(), even, odd);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector512<int> value, Vector512<int> zeroPoint, Vector512<int> minimum, Vector512<int> maximum, byte* output, int channels) =>
        Store(Vector512.Min(Vector512.Max(value + zeroPoint, minimum), maximum), output, channels);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector512<int> value, byte* output, int channels)
    {
        var bytes = Avx512F.ConvertToVector128Byte(value);
        if (channels == 16) bytes.Store(output);
        else EpilogueScalar.StorePart(bytes, output, channels);
    }
}
