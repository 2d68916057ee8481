namespace Qnn.Runtime.Kernels.Hybrid;

/// <summary>TensorFlow Lite's quantization of float activations at run time (portable_tensor_utils.cc), to int8.</summary>
internal static unsafe class DynamicQuantization
{
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

    private static float Clamp(float value, float least) => MathF.Min(MathF.Max(value, least), 127);

    private static (float Low, float High) Range(float* values, int count)
    {
        float low = count > 0 ? values[0] : 0, high = low;
        for (int i = 1; i < count; i++)
        {
            low = MathF.Min(low, values[i]);
            high = MathF.Max(high, values[i]);
        }
        return (low, high);
    }
}
