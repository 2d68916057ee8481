using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Qnn.Runtime.Kernels.Requantization;

/// <summary>The reference epilogue, one accumulator at a time.</summary>
internal static unsafe class EpilogueScalar
{
    /// <summary>One accumulator of a channel, requantized.</summary>
    public static int Requantize(in Epilogue epilogue, int sum, nint channel)
    {
        int value = sum + epilogue.Bias[channel];
        if (epilogue.Arithmetic is RequantizeArithmetic.Float32NearestEven or RequantizeArithmetic.Float32Bias)
        {
            float real = epilogue.Arithmetic == RequantizeArithmetic.Float32Bias ? value + BitConverter.Int32BitsToSingle(epilogue.Exponents[channel]) : value;
            float product = real * BitConverter.Int32BitsToSingle(epilogue.Multipliers[channel]);
            float low = epilogue.Minimum - epilogue.ZeroPoint, high = epilogue.Maximum - epilogue.ZeroPoint;
            return (int)MathF.Round(MathF.Min(MathF.Max(product, low), high), MidpointRounding.ToEven) + epilogue.ZeroPoint;
        }
        if (epilogue.Arithmetic == RequantizeArithmetic.Float32Stepped)
        {
            float real = value * BitConverter.Int32BitsToSingle(epilogue.Multipliers[channel]) + BitConverter.Int32BitsToSingle(epilogue.Exponents[channel]);
            real = real * epilogue.Reciprocal + epilogue.ZeroPoint;
            return (int)MathF.Round(MathF.Min(MathF.Max(real, epilogue.Minimum), epilogue.Maximum), MidpointRounding.ToEven);
        }
        int scaled = epilogue.Arithmetic == RequantizeArithmetic.FixedPointDouble
            ? FixedPoint.MultiplyDouble(value, epilogue.Multipliers[channel], epilogue.Exponents[channel])
            : FixedPoint.MultiplySingle(value, epilogue.Multipliers[channel], epilogue.Exponents[channel]);
        return Math.Min(Math.Max(scaled + epilogue.ZeroPoint, epilogue.Minimum), epilogue.Maximum);
    }

    /// <summary>Rows of up to 16 channels. See <see cref="EpilogueStore"/>.</summary>
    public static void Store(in Epilogue epilogue, int* sums, int rows, byte* output, nint stride, int channels)
    {
        for (int row = 0; row < rows; row++, sums += 16, output += stride)
        {
            if (epilogue.Arithmetic == RequantizeArithmetic.None)
            {
                for (int c = 0; c < channels; c++) ((int*)output)[c] = sums[c] + epilogue.Bias[c];
            }
            else
            {
                for (int c = 0; c < channels; c++) output[c] = (byte)Requantize(epilogue, sums[c], c);
            }
        }
    }

    /// <summary>Writes the first 1 to 15 of sixteen bytes. Inlined into loops over rows: a call would keep their constants in memory.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void StorePart(Vector128<byte> bytes, byte* output, int channels)
    {
        if (channels >= 8)
        {
            *(ulong*)output = bytes.AsUInt64().GetElement(0);
            if (channels == 8) return;
            bytes = Vector128.CreateScalar(bytes.AsUInt64().GetElement(1)).AsByte();
            output += 8;
            channels -= 8;
        }
        ulong rest = bytes.AsUInt64().GetElement(0);
        for (; channels > 0; channels--, rest >>= 8) *output++ = (byte)rest;
    }
}
