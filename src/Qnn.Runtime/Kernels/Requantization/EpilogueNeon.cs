using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;

namespace Qnn.Runtime.Kernels.Requantization;

/// <summary>Four channels at a time, requantized in place with their numbers in registers for all rows; then each row's sixteen are narrowed and stored.</summary>
internal static unsafe class EpilogueNeon
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
        for (int c = 0; c < channels; c += 4)
        {
            var bias = Vector128.Load(epilogue.Bias + c);
            var multiplier = Vector128.Load(epilogue.Multipliers + c);
            var exponent = Vector128.Load(epilogue.Exponents + c);
            var left = Vector128.Max(exponent, Vector128<int>.Zero);
            var right = Vector128.Min(exponent, Vector128<int>.Zero);
            var mask = AdvSimd.ShiftArithmetic(Vector128<int>.One, -right) - Vector128<int>.One;
            var half = mask >>> 1;
            int* to = sums + c;
            for (int row = 0; row < rows; row++, to += 16)
            {
                // sqrdmulh is gemmlowp's high multiply.
                var high = AdvSimd.MultiplyRoundedDoublingSaturateHigh(AdvSimd.ShiftArithmetic(Vector128.Load(to) + bias, left), multiplier);
                var up = Vector128.GreaterThan(high & mask, half - (high >> 31));
                (AdvSimd.ShiftArithmetic(high, right) - up).Store(to);
            }
        }
        Clamp(epilogue, epilogue.ZeroPoint, sums, rows, output, stride, channels);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void StoreSingle(in Epilogue epilogue, int* sums, int rows, byte* output, nint stride, int channels)
    {
        for (int c = 0; c < channels; c += 4)
        {
            var bias = Vector128.Load(epilogue.Bias + c);
            var multiplier = Vector128.Load(epilogue.Multipliers + c);
            var (shiftLow, shiftHigh) = Vector128.Widen(Vector128.Load(epilogue.Exponents + c) - Vector128.Create(31));
            int* to = sums + c;
            for (int row = 0; row < rows; row++, to += 16)
            {
                var value = Vector128.Load(to) + bias;
                // A negative count shifts right; srshl adds the half that is lost.
                var low = AdvSimd.ShiftArithmeticRounded(AdvSimd.MultiplyWideningLower(value.GetLower(), multiplier.GetLower()), shiftLow);
                var high = AdvSimd.ShiftArithmeticRounded(AdvSimd.MultiplyWideningUpper(value, multiplier), shiftHigh);
                Vector128.Narrow(low, high).Store(to);
            }
        }
        Clamp(epilogue, epilogue.ZeroPoint, sums, rows, output, stride, channels);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void StoreFloat(in Epilogue epilogue, int* sums, int rows, byte* output, nint stride, int channels)
    {
        var (low, high) = (Vector128.Create((float)(epilogue.Minimum - epilogue.ZeroPoint)), Vector128.Create((float)(epilogue.Maximum - epilogue.ZeroPoint)));
        for (int c = 0; c < channels; c += 4)
        {
            var bias = Vector128.Load(epilogue.Bias + c);
            var scale = Vector128.Load((float*)epilogue.Multipliers + c);
            int* to = sums + c;
            for (int row = 0; row < rows; row++, to += 16)
            {
                var product = AdvSimd.Min(AdvSimd.Max(AdvSimd.ConvertToSingle(Vector128.Load(to) + bias) * scale, low), high);
                AdvSimd.ConvertToInt32RoundToEven(product).Store(to);
            }
        }
        Clamp(epilogue, epilogue.ZeroPoint, sums, rows, output, stride, channels);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void StoreFloatBias(in Epilogue epilogue, int* sums, int rows, byte* output, nint stride, int channels)
    {
        var (low, high) = (Vector128.Create((float)(epilogue.Minimum - epilogue.ZeroPoint)), Vector128.Create((float)(epilogue.Maximum - epilogue.ZeroPoint)));
        for (int c = 0; c < channels; c += 4)
        {
            var bias = Vector128.Load(epilogue.Bias + c);
            var scale = Vector128.Load((float*)epilogue.Multipliers + c);
            var real = Vector128.Load((float*)epilogue.Exponents + c);
            int* to = sums + c;
            for (int row = 0; row < rows; row++, to += 16)
            {
                var product = AdvSimd.Min(AdvSimd.Max((AdvSimd.ConvertToSingle(Vector128.Load(to) + bias) + real) * scale, low), high);
                AdvSimd.ConvertToInt32RoundToEven(product).Store(to);
            }
        }
        Clamp(epilogue, epilogue.ZeroPoint, sums, rows, output, stride, channels);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void StoreStepped(in Epilogue epilogue, int* sums, int rows, byte* output, nint stride, int channels)
    {
        var (reciprocal, zeroPoint) = (Vector128.Create(epilogue.Reciprocal), Vector128.Create((float)epilogue.ZeroPoint));
        for (int c = 0; c < channels; c += 4)
        {
            var bias = Vector128.Load(epilogue.Bias + c);
            var scale = Vector128.Load((float*)epilogue.Multipliers + c);
            var real = Vector128.Load((float*)epilogue.Exponents + c);
            int* to = sums + c;
            // The conversion saturates.
            for (int row = 0; row < rows; row++, to += 16) AdvSimd.ConvertToInt32RoundToEven((AdvSimd.ConvertToSingle(Vector128.Load(to) + bias) * scale + real) * reciprocal + zeroPoint).Store(to);
        }
        Clamp(epilogue, 0, sums, rows, output, stride, channels);
    }

    /// <summary>Adds the zero point, if it is not in the values already, clamps, narrows and stores.</summary>
    private static void Clamp(in Epilogue epilogue, int added, int* values, int rows, byte* output, nint stride, int channels)
    {
        var (zeroPoint, minimum, maximum) = (Vector128.Create(added), Vector128.Create(epilogue.Minimum), Vector128.Create(epilogue.Maximum));
        for (; rows > 0; rows--, values += 16, output += stride)
        {
            var a = Vector128.Min(Vector128.Max(Vector128.Load(values) + zeroPoint, minimum), maximum);
            var b = Vector128.Min(Vector128.Max(Vector128.Load(values + 4) + zeroPoint, minimum), maximum);
            var c = Vector128.Min(Vector128.Max(Vector128.Load(values + 8) + zeroPoint, minimum), maximum);
            var d = Vector128.Min(Vector128.Max(Vector128.Load(values + 12) + zeroPoint, minimum), maximum);
            var bytes = Vector128.Narrow(Vector128.Narrow(a, b), Vector128.Narrow(c, d)).AsByte();
            if (channels == 16) bytes.Store(output);
            else EpilogueScalar.StorePart(bytes, output, channels);
        }
    }
}
