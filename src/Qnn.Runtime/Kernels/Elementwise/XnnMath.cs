namespace Qnn.Runtime.Kernels.Elementwise;

/// <summary>Functions as XNNPACK's kernels for 128-bit vectors without fused operations compute them.</summary>
internal static class XnnMath
{
    // Added to and taken off a number, it rounds to an integer, whose low bits become an exponent.
    private const float Magic = 12583039f;

    /// <summary>exp(x) for x &lt;= 0: x less a multiple of log 2 in two parts, a polynomial of degree 5; 0 where the result would not be normal.</summary>
    public static float ExpOfNegative(float x)
    {
        if (x < -87.33654022216797f) return 0;
        float n = x * 1.4426950216293335f + Magic, s = Power(n);
        n -= Magic;
        float t = n * -1.428606765330187e-06f + (n * -0.693145751953125f + x);
        float p = 0.008289290592074394f * t + 0.04189782217144966f;
        p = p * t + 0.16667652130126953f;
        p = p * t + 0.4999915063381195f;
        p = p * t + 0.9999997019767761f;
        return t * s * p + s;
    }

    /// <summary>e / (e + 1), e being exp(-abs x), mirrored.</summary>
    public static float Logistic(float x)
    {
        float e = ExpOfNegative(-MathF.Abs(x)), y = e / (e + 1);
        return x < 0 ? y : 1 - y;
    }

    /// <summary>A quotient of polynomials in x, clamped to where it is 1.</summary>
    public static float Tanh(float x)
    {
        const float Most = 7.8522667885f;
        x = x < Most ? x : Most;
        x = x > -Most ? x : -Most;
        float x2 = x * x;
        float p = x2 * 1.4248920266e-08f + 2.1235626264e-05f;
        p = x2 * p + 3.5330520477e-03f;
        p = x2 * p + 1.3412411511e-01f;
        p = x2 * p + 1;
        float q = x2 * 8.1365948290e-07f + 3.3472978976e-04f;
        q = x2 * q + 2.6018999517e-02f;
        q = x2 * q + 4.6745735407e-01f;
        q = x2 * q + 1;
        return x * p / q;
    }

    /// <summary>x, or exp(x) - 1 where x is negative.</summary>
    public static float Elu(float x)
    {
        if (!(x < 0)) return x;
        float z = MathF.Max(x, -17.32868003845215f);
        float n = z * 1.4426950216293335f + Magic, s = Power(n);
        n -= Magic;
        float t = n * 4.787418106388941e-07f + (n * -0.6931476593017578f + z);
        float p = 0.0013864520005881786f * t + 0.008366531692445278f;
        p = p * t + 0.041667502373456955f;
        p = p * t + 0.1666654348373413f;
        p = p * t + 0.4999999701976776f;
        p *= t;
        t *= s;
        return p * t + t + (s - 1);
    }

    /// <summary>x * min(max(x / 6 + 1/2, 0), 1), x / 6 being a multiplication.</summary>
    public static float HardSwish(float x) => x * MathF.Min(MathF.Max(x * 0.1666666716337204f + 0.5f, 0), 1);

    private static float Power(float n) => BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(n) << 23);
}
