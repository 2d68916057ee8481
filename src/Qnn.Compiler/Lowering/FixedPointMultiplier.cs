namespace Qnn.Compiler.Lowering;

/// <summary>A real factor as gemmlowp has it: Value * 2^(Exponent - 31), the magnitude of Value in [2^30, 2^31) or 0. TensorFlow Lite's QuantizeMultiplier.</summary>
internal readonly record struct FixedPointMultiplier(int Value, int Exponent)
{
    /// <summary>The nearest one to a factor. Magnitudes below 2^-32 become 0.</summary>
    public static FixedPointMultiplier From(double factor)
    {
        if (factor < 0)
        {
            var opposite = From(-factor);
            return opposite with { Value = -opposite.Value };
        }
        if (!(factor > 0) || !double.IsFinite(factor)) return new(0, 0);
        // factor = fraction * 2^exponent with fraction in [0.5, 1).
        int exponent = Math.ILogB(factor) + 1;
        double fraction = Math.ScaleB(factor, -exponent);
        long value = (long)Math.Round(fraction * (1L << 31), MidpointRounding.AwayFromZero);
        if (value == 1L << 31)
        {
            value /= 2;
            exponent++;
        }
        return exponent < -31 ? new(0, 0) : new((int)value, exponent);
    }
}
