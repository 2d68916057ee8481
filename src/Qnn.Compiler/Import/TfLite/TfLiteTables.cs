using Qnn.Runtime;

namespace Qnn.Compiler.Import.TfLite;

/// <summary>The lookup tables of TensorFlow Lite's integer kernels (LUTPopulate in common.h).</summary>
internal static class TfLiteTables
{
    /// <summary>
    /// A function on 8-bit numbers by their reals: 256 entries in the order of the unsigned index. y = round(f(scale * (x - zero point)) * (1 / output scale)) + output zero point,
    /// in float, halves away from zero.
    /// </summary>
    public static byte[] Bytes(ElementType element, float inputScale, int inputZeroPoint, float outputScale, int outputZeroPoint, Func<float, float> function)
    {
        float inverse = 1f / outputScale;
        return Integers(element, value =>
        {
            float real = inputScale * (value - inputZeroPoint);
            float rounded = MathF.Round(function(real) * inverse, MidpointRounding.AwayFromZero);
            return (long)(rounded + outputZeroPoint);
        });
    }

    /// <summary>As XNNPACK makes them: the zero point is added in float, then rounded, ties to even.</summary>
    public static byte[] XnnpackBytes(ElementType element, float inputScale, int inputZeroPoint, float outputScale, int outputZeroPoint, Func<float, float> function)
    {
        float inverse = 1f / outputScale;
        return Integers(element, value => (long)MathF.Round(function(inputScale * (value - inputZeroPoint)) * inverse + outputZeroPoint, MidpointRounding.ToEven));
    }

    /// <summary>A function on 8-bit integers: 256 entries in the order of the unsigned index, clamped to the type.</summary>
    public static byte[] Integers(ElementType element, Func<int, long> function)
    {
        var (min, max) = Ir.IntegerRange.Of(element);
        var table = new byte[256];
        for (int value = min; value <= max; value++) table[(byte)value] = (byte)Math.Clamp(function(value), min, max);
        return table;
    }

    /// <summary>
    /// A function on 16-bit numbers: 513 entries between which is interpolated, each moved by half the error that interpolation would make midway to the next.
    /// In double precision, as the softmax tables.
    /// </summary>
    public static short[] Interpolated(double inputScale, int inputZeroPoint, double outputScale, int outputZeroPoint, Func<double, double> function)
    {
        const int Steps = 512;
        double inputMin = inputScale * (short.MinValue - inputZeroPoint), inputMax = inputScale * (short.MaxValue - inputZeroPoint);
        double outputMin = outputScale * (short.MinValue - outputZeroPoint), outputMax = outputScale * (short.MaxValue - outputZeroPoint);
        double step = (inputMax - inputMin) / Steps, inverse = 65536 / (outputMax - outputMin);
        static double Round(double x) => Math.Round(x, MidpointRounding.AwayFromZero);
        static short Clamp(double x) => (short)Math.Min(Math.Max(x, short.MinValue), short.MaxValue);
        var table = new short[Steps + 1];
        for (int i = 0; i < Steps; i++)
        {
            double value = function(inputMin + i * step), middle = function(inputMin + i * step + step / 2), next = function(inputMin + (i + 1) * step);
            double interpolated = Round((next * inverse + Round(value * inverse)) / 2);
            double bias = Round((interpolated - Round(middle * inverse)) / 2);
            table[i] = Clamp(Round(value * inverse) - bias);
        }
        table[Steps] = Clamp(Round(function(inputMax) * inverse));
        return table;
    }

    /// <summary>As the other, in single precision, as the elementwise operators' tables.</summary>
    public static short[] InterpolatedSingle(float inputScale, int inputZeroPoint, float outputScale, int outputZeroPoint, Func<float, float> function)
    {
        const int Steps = 512;
        float inputMin = inputScale * (short.MinValue - inputZeroPoint), inputMax = inputScale * (short.MaxValue - inputZeroPoint);
        float outputMin = outputScale * (short.MinValue - outputZeroPoint), outputMax = outputScale * (short.MaxValue - outputZeroPoint);
        float step = (inputMax - inputMin) / Steps, half = step / 2, inverse = 65536f / (outputMax - outputMin);
        static float Round(float x) => MathF.Round(x, MidpointRounding.AwayFromZero);
        static short Clamp(float x) => (short)Math.Min(Math.Max(x, short.MinValue), short.MaxValue);
        var table = new short[Steps + 1];
        for (int i = 0; i < Steps; i++)
        {
            float value = function(inputMin + i * step), middle = function(inputMin + i * step + half), next = function(inputMin + (i + 1) * step);
            float interpolated = Round((next * inverse + Round(value * inverse)) / 2);
            float bias = Round((interpolated - Round(middle * inverse)) / 2);
            table[i] = Clamp(Round(value * inverse) - bias);
        }
        table[Steps] = Clamp(Round(function(inputMax) * inverse));
        return table;
    }
}
