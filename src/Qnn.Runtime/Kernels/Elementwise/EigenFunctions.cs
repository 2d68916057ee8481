using System.Numerics;
using System.Runtime.CompilerServices;

namespace Qnn.Runtime.Kernels.Elementwise;

/// <summary>
/// The functions that ONNX Runtime takes from Eigen, in the operations of Eigen's vectors without fused multiply-add (<c>GenericPacketMathFunctions.h</c>): each step is rounded once, on every CPU.
/// </summary>
internal static class EigenFunctions
{
    /// <summary>Elements of a vector; those that are left go to the C library.</summary>
    public const int Block = 4;

    private const float HalfPi = MathF.PI / 2;

    // Beyond these Eigen reduces angles with more digits of pi.
    private const float LargestSine = 25966, LargestCosine = 18838;

    /// <summary>exp x</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Exp(Vector<float> x)
    {
        var bounded = Vector.ConditionalSelect(Vector.LessThan(x, new Vector<float>(88.723f)), x, new Vector<float>(88.723f));
        bounded = Vector.ConditionalSelect(Vector.GreaterThan(bounded, new Vector<float>(-105)), bounded, new Vector<float>(-105));
        var m = Vector.Floor(bounded * 1.44269504088896341f + new Vector<float>(0.5f));
        var r = m * 2.12194440e-4f + (m * -0.693359375f + bounded);
        var square = r * r;
        var even = square * (square * 1.37449637986719608306884765625e-3f + new Vector<float>(4.166965186595916748046875e-2f)) + new Vector<float>(0.49999988079071044921875f);
        var odd = square * 8.36894474923610687255859375e-3f + new Vector<float>(0.16666518151760101318359375f);
        var y = square * (r * odd + even) + (r + Vector<float>.One);
        // Two powers of two, so that results too small for a normal number are met.
        var power = Vector.ConvertToInt32Native(m);
        var half = Vector.ShiftRightArithmetic(power, 1);
        y = y * Power(half) * Power(power - half);
        y = Vector.ConditionalSelect(Vector.LessThan(x, new Vector<float>(-104)), Vector<float>.Zero, y);
        return Vector.ConditionalSelect(Vector.Equals(x, x), Vector.ConditionalSelect(Vector.GreaterThan(x, y), x, y), x);
    }

    /// <summary>log x</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Log(Vector<float> x)
    {
        var small = Vector.LessThan(x, new Vector<float>(1.17549435e-38f));
        var scaled = Vector.ConditionalSelect(small, x * 16777216f, x);
        var bits = Vector.AsVectorInt32(scaled);
        var exponent = Vector.ConvertToSingle(Vector.ShiftRightLogical(bits, 23) - new Vector<int>(126)) - Vector.ConditionalSelect(small, new Vector<float>(24), Vector<float>.Zero);
        var part = Vector.AsVectorSingle(Vector.BitwiseOr(Vector.BitwiseAnd(bits, new Vector<int>(0x007FFFFF)), new Vector<int>(0x3F000000)));
        var low = Vector.LessThan(part, new Vector<float>(0.707106781186547524f));
        var t = part - Vector<float>.One + Vector.ConditionalSelect(low, part, Vector<float>.Zero);
        exponent -= Vector.ConditionalSelect(low, Vector<float>.One, Vector<float>.Zero);
        var p = t * ((t * 0.18256296349849254f + new Vector<float>(1.0000000190281063f)) * t + new Vector<float>(1.0000000190281136f));
        var q = ((t * 0.049616247954120038f + new Vector<float>(0.59923249590823520f)) * t + new Vector<float>(1.4999999999999927f)) * t + Vector<float>.One;
        var y = exponent * 0.69314718055994530942f + p / q;
        y = Vector.ConditionalSelect(Vector.Equals(x, Vector<float>.Zero), new Vector<float>(float.NegativeInfinity), y);
        y = Vector.ConditionalSelect(Vector.Equals(x, new Vector<float>(float.PositiveInfinity)), x, y);
        return Vector.ConditionalSelect(Vector.GreaterThanOrEqual(x, Vector<float>.Zero), y, new Vector<float>(float.NaN));
    }

    /// <summary>log(1 + x), corrected by what the sum loses.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Log1P(Vector<float> x)
    {
        var sum = x + Vector<float>.One;
        var log = Log(sum);
        var same = Vector.BitwiseOr(Vector.Equals(sum, Vector<float>.One), Vector.Equals(sum, log));
        return Vector.ConditionalSelect(same, x, x * (log / (sum - Vector<float>.One)));
    }

    /// <summary>sin x</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Sin(Vector<float> x)
    {
        if (Vector.GreaterThanOrEqualAny(Vector.Abs(x), new Vector<float>(LargestSine))) return Each(x, v => (float)Math.Sin(v), LargestSine, Sin);
        var (sine, cosine, quarter) = Quarter(x);
        var even = Vector.Equals(Vector.BitwiseAnd(quarter, Vector<int>.One), Vector<int>.Zero);
        return Signed(Vector.ConditionalSelect(Vector.AsVectorSingle(even), sine, cosine), Vector.Xor(Vector.AsVectorInt32(x), Vector.ShiftLeft(quarter, 30)));
    }

    /// <summary>cos x</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Cos(Vector<float> x)
    {
        if (Vector.GreaterThanOrEqualAny(Vector.Abs(x), new Vector<float>(LargestCosine))) return Each(x, v => (float)Math.Cos(v), LargestCosine, Cos);
        var (sine, cosine, quarter) = Quarter(x);
        var even = Vector.Equals(Vector.BitwiseAnd(quarter, Vector<int>.One), Vector<int>.Zero);
        return Signed(Vector.ConditionalSelect(Vector.AsVectorSingle(even), cosine, sine), Vector.ShiftLeft(quarter + Vector<int>.One, 30));
    }

    /// <summary>arcsin x</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Asin(Vector<float> x)
    {
        var magnitude = Vector.Abs(x);
        var large = Vector.GreaterThan(magnitude, new Vector<float>(0.5f));
        var t = Vector.ConditionalSelect(large, Vector.SquareRoot(new Vector<float>(0.5f) - magnitude * 0.5f), magnitude);
        var square = t * t;
        var p = ((square * 5.08838854730129241943359375e-2f + new Vector<float>(3.95139865577220916748046875e-2f)) * square + new Vector<float>(7.550220191478729248046875e-2f)) * square + new Vector<float>(0.16664917767047882080078125f);
        p = (p * square + new Vector<float>(1.00000011920928955078125f)) * t;
        return Signed(Vector.ConditionalSelect(large, new Vector<float>(HalfPi) - p * 2, p), Vector.AsVectorInt32(x));
    }

    /// <summary>arccos x</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Acos(Vector<float> x)
    {
        var magnitude = Vector.Abs(x);
        var square = x * x;
        var even = ((square * 2.36423197202384471893310546875e-3f + new Vector<float>(2.717843465507030487060546875e-2f)) * square + new Vector<float>(8.8804088532924652099609375e-2f)) * square + new Vector<float>(1.57079637050628662109375f);
        var odd = (square * -1.1368644423782825469970703125e-2f + new Vector<float>(-4.8969544470310211181640625e-2f)) * square + new Vector<float>(-0.214591205120086669921875f);
        var y = Vector.SquareRoot(Vector<float>.One - magnitude) * (odd * magnitude + even);
        return Vector.ConditionalSelect(Vector.LessThan(Vector.AsVectorInt32(x), Vector<int>.Zero), new Vector<float>(MathF.PI) - y, y);
    }

    /// <summary>arctan x</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Atan(Vector<float> x)
    {
        var magnitude = Vector.Abs(x);
        var large = Vector.GreaterThan(magnitude, Vector<float>.One);
        var t = Vector.ConditionalSelect(large, Vector<float>.One / magnitude, magnitude);
        var square = t * t;
        var p = (square * 1.12026982009410858154296875e-01f + new Vector<float>(7.296695709228515625e-01f)) * square + new Vector<float>(8.109951019287109375e-01f);
        var q = ((square * 1.00917108356952667236328125e-02f + new Vector<float>(2.8318560123443603515625e-01f)) * square + Vector<float>.One) * square + new Vector<float>(8.109951019287109375e-01f);
        var y = t * (p / q);
        return Signed(Vector.ConditionalSelect(large, new Vector<float>(HalfPi) - y, y), Vector.AsVectorInt32(x));
    }

    // The number of quarter turns in |x|, and sine and cosine of what is left.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector<float> Sine, Vector<float> Cosine, Vector<int> Quarter) Quarter(Vector<float> x)
    {
        const float Magic = 12582912f;
        var left = Vector.Abs(x);
        var rounded = left * 0.636619746685028076171875f + new Vector<float>(Magic);
        var turns = rounded - new Vector<float>(Magic);
        left = turns * -1.5703125f + left;
        left = turns * -0.000483989715576171875f + left;
        left = turns * 1.62865035235881805419921875e-07f + left;
        left = turns * 5.5644315544167710640977020375430583953857421875e-11f + left;
        var square = left * left;
        var cosine = (((square * 2.4372266125283204019069671630859375e-05f + new Vector<float>(-0.00138865201734006404876708984375f)) * square + new Vector<float>(0.041666619479656219482421875f)) * square + new Vector<float>(-0.5f)) * square + Vector<float>.One;
        var sine = ((square * -0.0001959234114083702898469196984621021329634822905063629150390625f + new Vector<float>(0.00833268736556168516937949987128435f)) * square + new Vector<float>(-0.16666662039822982555037356178218f)) * square;
        return (sine * left + left, cosine, Vector.AsVectorInt32(rounded));
    }

    private static Vector<float> Each(Vector<float> x, Func<double, float> large, float largest, Func<Vector<float>, Vector<float>> small)
    {
        for (int i = 0; i < Vector<float>.Count; i++) x = x.WithElement(i, MathF.Abs(x[i]) < largest ? small(new Vector<float>(x[i]))[0] : large(x[i]));
        return x;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Signed(Vector<float> y, Vector<int> sign) => Vector.AsVectorSingle(Vector.Xor(Vector.AsVectorInt32(y), Vector.BitwiseAnd(sign, new Vector<int>(int.MinValue))));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Power(Vector<int> exponent) => Vector.AsVectorSingle(Vector.ShiftLeft(exponent + new Vector<int>(127), 23));
}
