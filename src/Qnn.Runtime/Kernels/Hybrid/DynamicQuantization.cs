using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Qnn.Runtime.Kernels.Hybrid;

/// <summary>TensorFlow Lite's quantization of float activations at run time (portable_tensor_utils.cc), to int8.</summary>
internal static unsafe class DynamicQuantization
{
    // Numbers that are quantized together.
    private const int Step = 32;

    /// <summary>SymmetricQuantizeFloats: the scale is the largest magnitude / 127, halves round away from zero; 1 where all are zero.</summary>
    public static float Symmetric(float* values, int count, sbyte* result)
    {
        var (low, high) = Range(values, count);
        float range = MathF.Max(MathF.Abs(low), MathF.Abs(high));
        if (range == 0)
        {
            new Span<sbyte>(result, count).Clear();
            return 1;
        }
        float inverse = 127 / range;
        for (int i = 0; i < count; i++) result[i] = (sbyte)Clamp(MathF.Round(values[i] * inverse, MidpointRounding.AwayFromZero), -127);
        return range / 127;
    }

    /// <summary>AsymmetricQuantizeFloats: the range is widened to hold 0, which is exactly <paramref name="zeroPoint"/>.</summary>
    public static float Asymmetric(float* values, int count, sbyte* result, out int zeroPoint)
    {
        var (low, high) = Range(values, count);
        double least = Math.Min(0, low), most = Math.Max(0, high);
        zeroPoint = 0;
        if (least == most)
        {
            new Span<sbyte>(result, count).Clear();
            return 1;
        }
        double scale = (most - least) / 255;
        double fromLeast = -128 - least / scale, fromMost = 127 - most / scale;
        double point = 128 + Math.Abs(least / scale) < 127 + Math.Abs(most / scale) ? fromLeast : fromMost;
        zeroPoint = point <= -128 ? -128 : point >= 127 ? 127 : (int)Math.Round(point, MidpointRounding.AwayFromZero);
        float scaleFloat = (float)scale, inverse = 1 / scaleFloat;
        for (int i = 0; i < count; i++) result[i] = (sbyte)Clamp(MathF.Round(zeroPoint + values[i] * inverse, MidpointRounding.AwayFromZero), -128);
        return scaleFloat;
    }

    /// <summary>
    /// PyTorch's ChooseQuantizationParams to 0..<paramref name="greatest"/>, then rint(x * (1 / scale)) + zero point, or rint(x * (1 / scale) + zero point), to 0..255; results and zero point are moved by -128 to int8.
    /// </summary>
    /// <param name="values">The data.</param>
    /// <param name="count">How many.</param>
    /// <param name="result">The integers.</param>
    /// <param name="greatest">The integer that the greatest number becomes.</param>
    /// <param name="byReciprocal">Whether the scale that is returned goes by its reciprocal, as oneDNN takes it: 1 / (1 / scale in double precision). The zero point is added before rounding.</param>
    /// <param name="fused">Whether the zero point is added before rounding, and before the product is rounded, as FBGEMM packs data.</param>
    /// <param name="zeroPoint">The integer of 0.</param>
    public static float Torch(float* values, int count, sbyte* result, int greatest, bool byReciprocal, bool fused, out int zeroPoint)
    {
        var (low, high) = Range(values, count);
        float least = MathF.Min(low, 0), most = MathF.Max(high, 0);
        double scale = ((double)most - least) / greatest;
        if ((float)scale == 0 || float.IsInfinity(1 / (float)scale)) scale = 0.1;
        const float Smallest = 6.1e-5f;
        if (scale < Smallest)
        {
            float amplifier = Smallest / (float)scale;
            scale = Smallest;
            if (least == 0) most = Smallest * greatest;
            else if (most == 0) least = -Smallest * greatest;
            else (least, most) = (least * amplifier, most * amplifier);
        }
        double fromLeast = -least / scale, fromMost = greatest - most / scale;
        double point = -Math.Abs(least / scale) < greatest - Math.Abs(most / scale) ? fromLeast : fromMost;
        int origin = point < 0 ? 0 : point > greatest ? greatest : double.IsNaN(point) ? 0 : (int)Math.Round(point, MidpointRounding.ToEven);
        float scaleFloat = (float)scale, inverse = 1 / scaleFloat, inside = fused || byReciprocal ? origin : 0;
        int vectors = Vector256.IsHardwareAccelerated ? count & ~(Step - 1) : 0;
        for (int i = 0; i < vectors; i += Step)
        {
            Vector256<int> a = Integers(values + i), b = Integers(values + i + 8), c = Integers(values + i + 16), d = Integers(values + i + 24);
            Vector256.Narrow(Vector256.Narrow(a, b), Vector256.Narrow(c, d)).Store(result + i);
        }
        for (int i = vectors; i < count; i++)
        {
            float moved = fused ? MathF.FusedMultiplyAdd(values[i], inverse, inside) : values[i] * inverse + inside;
            float whole = MathF.Min(MathF.Max(MathF.Round(moved, MidpointRounding.ToEven), -1024), 1024);
            result[i] = (sbyte)(Math.Clamp((int)whole + (origin - (int)inside), 0, 255) - 128);
        }
        zeroPoint = origin - 128;
        return byReciprocal ? 1 / (float)(1 / scale) : scaleFloat;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        Vector256<int> Integers(float* from)
        {
            Vector256<float> x = Vector256.Load(from), factor = Vector256.Create(inverse), addend = Vector256.Create(inside), most = Vector256.Create(1024f);
            var whole = Vector256.Round(fused ? Vector256.FusedMultiplyAdd(x, factor, addend) : x * factor + addend);
            // What is no number becomes 0, as in the cast.
            whole = Vector256.ConditionalSelect(Vector256.Equals(whole, whole), Vector256.MinNative(Vector256.MaxNative(whole, -most), most), Vector256<float>.Zero);
            var steps = Vector256.ConvertToInt32Native(whole) + Vector256.Create(origin - (int)inside);
            return Vector256.Min(Vector256.Max(steps, Vector256<int>.Zero), Vector256.Create(255)) - Vector256.Create(128);
        }
    }

    /// <summary>XNNPACK's xnn_f32_qd8_asymmetric_quantization_params: rint(x * scale) + zero point, all in single precision; returns the reciprocal of the scale.</summary>
    public static float Xnnpack(float* values, int count, sbyte* result, out int zeroPoint)
    {
        var (low, high) = Range(values, count);
        float least = MathF.Min(0, low), most = MathF.Max(0, high);
        float scale = least == most ? 1 : 255 / (most - least), scaledLeast = least * scale, scaledMost = most * scale;
        float point = -128 + scaledLeast + (127 + scaledMost) > 0 ? -128 - scaledLeast : 127 - scaledMost;
        zeroPoint = float.IsNaN(point) ? 0 : (int)MathF.Round(MathF.Min(MathF.Max(point, -128), 127), MidpointRounding.ToEven);
        for (int i = 0; i < count; i++) result[i] = (sbyte)Clamp(MathF.Round(values[i] * scale, MidpointRounding.ToEven) + zeroPoint, -128);
        return 1 / scale;
    }

    private static float Clamp(float value, float least) => MathF.Min(MathF.Max(value, least), 127);

    private static (float Low, float High) Range(float* values, int count)
    {
        float low = count > 0 ? values[0] : 0, high = low;
        int i = 0;
        if (Vector256.IsHardwareAccelerated && count >= Step)
        {
            Vector256<float> least0 = Vector256.Create(low), least1 = least0, most0 = least0, most1 = least0;
            for (; i <= count - 16; i += 16)
            {
                Vector256<float> a = Vector256.Load(values + i), b = Vector256.Load(values + i + 8);
                (least0, most0) = (Vector256.Min(least0, a), Vector256.Max(most0, a));
                (least1, most1) = (Vector256.Min(least1, b), Vector256.Max(most1, b));
            }
            (least0, most0) = (Vector256.Min(least0, least1), Vector256.Max(most0, most1));
            for (int lane = 0; lane < 8; lane++) (low, high) = (MathF.Min(low, least0[lane]), MathF.Max(high, most0[lane]));
        }
        for (; i < count; i++)
        {
            low = MathF.Min(low, values[i]);
            high = MathF.Max(high, values[i]);
        }
        return (low, high);
    }
}
