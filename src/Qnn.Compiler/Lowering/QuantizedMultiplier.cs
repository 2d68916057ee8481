namespace Qnn.Compiler.Lowering;

/// <summary>A real multiplier as TensorFlow Lite's kernels take it: Multiplier * 2^(Exponent - 31), Multiplier in [2^30, 2^31), or both 0.</summary>
internal readonly record struct QuantizedMultiplier(int Multiplier, int Exponent)
{
    /// <summary>TensorFlow Lite's QuantizeMultiplier: the mantissa rounded to 31 bits, halves away from zero; what is below 2^-32 becomes 0.</summary>
    public static QuantizedMultiplier From(double multiplier)
    {
        if (multiplier == 0) return default;
        int exponent = Math.ILogB(multiplier) + 1;
        long mantissa = (long)Math.Round(Math.ScaleB(multiplier, 31 - exponent), MidpointRounding.AwayFromZero);
        if (mantissa == 1L << 31) (mantissa, exponent) = (mantissa / 2, exponent + 1);
        return exponent < -31 ? default : new QuantizedMultiplier((int)mantissa, exponent);
    }
}
