using System.Numerics;
using System.Runtime.CompilerServices;

namespace Qnn.Runtime.Kernels.Elementwise;

/// <summary>
/// Functions that XNNPACK computes by a quotient of polynomials (<c>rational-3-2.c.in</c> and the like), for vectors without fused operations: every operation is rounded.
/// </summary>
internal static class XnnRationals
{
    private const float Pi = 3.1415927f;

    /// <summary>exp x: 2^(x log2 e), the fraction by the quotient.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Exp(Vector<float> x)
    {
        const float Magic = 12582912f;
        var z = Vector.Min(Vector.Max(x * 1.44269504089f, new Vector<float>(-127)), new Vector<float>(128));
        var whole = z + new Vector<float>(Magic) - new Vector<float>(Magic);
        var r = z - whole;
        var power = Vector.AsVectorSingle(Vector.ShiftLeft(Vector.AsVectorInt32(whole + new Vector<float>(8388735f)), 23));
        var p = ((r * 5.5380910635e-03f + new Vector<float>(7.2068706155e-02f)) * r + new Vector<float>(4.1594290733e-01f)) * r + Vector<float>.One;
        var q = (r * 2.3986088112e-02f + new Vector<float>(-2.7720427513e-01f)) * r + Vector<float>.One;
        return power * (p / q);
    }

    /// <summary>log x: the exponent of x sqrt 2, and the quotient of what is left.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Log(Vector<float> x)
    {
        var bits = Vector.AsVectorInt32(x * 1.4142134190e+00f);
        // A sign or no number is shifted into the exponent of what the exponent is read from: logarithms of what is not positive are none.
        var zero = Vector.BitwiseAnd(Vector.Equals(bits, Vector<int>.Zero), new Vector<int>(int.MinValue));
        var shifted = Vector.ShiftRightArithmetic(Vector.BitwiseAnd(Vector.BitwiseOr(bits, zero), new Vector<int>(unchecked((int)0xff800000))), 8);
        var exponent = Vector.AsVectorSingle(Vector.BitwiseOr(shifted, Vector.AsVectorInt32(new Vector<float>(256)))) - new Vector<float>(383);
        var m = Vector.AsVectorSingle(Vector.BitwiseOr(Vector.BitwiseAnd(bits, new Vector<int>(0x007FFFFF)), Vector.AsVectorInt32(Vector<float>.One))) * 7.0710688829e-01f - Vector<float>.One;
        var p = ((m * 1.824996918440e-01f + Vector<float>.One) * m + Vector<float>.One) * m;
        var q = ((m * 0.049584995955f + new Vector<float>(0.599170029163f)) * m + new Vector<float>(1.5f)) * m + Vector<float>.One;
        return exponent * 0.69314718055994531f + p / q;
    }

    /// <summary>sin x, x taken into [-pi / 2, pi / 2] first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Sin(Vector<float> x) => Sine(WithoutTurns(x));

    /// <summary>cos x, as the sine of pi / 2 - x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Cos(Vector<float> x) => Sine(new Vector<float>(1.5707964f) - WithoutTurns(x));

    /// <summary>x / 2 * (1 + erf(x / sqrt 2)), erf by the quotient.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Gelu(Vector<float> x)
    {
        var bounded = Bounded(x, 5.1158981323e+00f);
        var square = bounded * bounded;
        var p = ((((square * 4.5835321316e-08f + new Vector<float>(1.2609783880e-05f)) * square + new Vector<float>(3.2973114867e-04f)) * square + new Vector<float>(9.3065137044e-03f)) * square + new Vector<float>(6.6972173750e-02f)) * square + new Vector<float>(7.9788452387e-01f);
        var q = ((((square * 1.1988805682e-06f + new Vector<float>(7.2267655923e-05f)) * square + new Vector<float>(1.8622842617e-03f)) * square + new Vector<float>(2.8431978077e-02f)) * square + new Vector<float>(2.5060352683e-01f)) * square + Vector<float>.One;
        return x * 0.5f * (bounded * p / q + Vector<float>.One);
    }

    /// <summary>x / 2 * (1 + tanh(sqrt(2 / pi) * (x + 0.044715 x^3))), tanh by the quotient.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> GeluTanh(Vector<float> x)
    {
        var bounded = Bounded(x, 4.86115026e+00f);
        var square = bounded * bounded;
        var p = ((((square * 4.9544411240e-08f + new Vector<float>(1.4302649106e-05f)) * square + new Vector<float>(2.6887017884e-04f)) * square + new Vector<float>(7.2898347862e-03f)) * square + new Vector<float>(6.0803253204e-02f)) * square + new Vector<float>(7.9788458347e-01f);
        var q = ((((square * 1.3433452750e-06f + new Vector<float>(7.6477612311e-05f)) * square + new Vector<float>(1.3060354395e-03f)) * square + new Vector<float>(2.4381054565e-02f)) * square + new Vector<float>(2.4369759858e-01f)) * square + Vector<float>.One;
        return x * 0.5f * (bounded * p / q + Vector<float>.One);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Bounded(Vector<float> x, float most) => Vector.Max(new Vector<float>(-most), Vector.Min(new Vector<float>(most), x));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> WithoutTurns(Vector<float> x)
    {
        var turns = Vector.Round(x * 0.15915494f);
        return x - turns * 6.28125f - turns * 1.9353072e-3f;
    }

    // Mirrored where the angle is beyond a right one, on both sides.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Sine(Vector<float> x)
    {
        x = Vector.Min(x, new Vector<float>(Pi) - x);
        x = Vector.Max(x, new Vector<float>(-Pi) - x);
        x = Vector.Min(x, new Vector<float>(Pi) - x);
        var square = x * x;
        var p = ((square * 3.2340581529e-03f + new Vector<float>(-1.3314664364e-01f)) * square + Vector<float>.One) * x;
        var q = (square * 4.8770775902e-04f + new Vector<float>(3.3519912511e-02f)) * square + Vector<float>.One;
        return p / q;
    }
}
