namespace Qnn.Runtime.Kernels.Elementwise;

/// <summary>Functions as XNNPACK's kernels for 128-bit vectors without fused operations compute them.</summary>
internal static class XnnMath
{
    /// <summary>exp(x) for x &lt;= 0: x less a multiple of log 2 in two parts, a polynomial of degree 5; 0 where the result would not be normal.</summary>
    public static float ExpOfNegative(float x)
    {
        if (x < -87.33654022216797f) return 0;
        const float Magic = 12583039f;
        float n = x * 1.4426950216293335f + Magic;
        float s = BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(n) << 23);
        n -= Magic;
        float t = n * -0.693145751953125f + x;
        t = n * -1.428606765330187e-06f + t;
        float p = 0.008289290592074394f * t + 0.04189782217144966f;
        p = p * t + 0.16667652130126953f;
        p = p * t + 0.4999915063381195f;
        p = p * t + 0.9999997019767761f;
        t *= s;
        return t * p + s;
    }
}
