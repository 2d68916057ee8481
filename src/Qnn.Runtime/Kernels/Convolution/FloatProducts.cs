using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Qnn.Runtime.Kernels.Convolution;

/// <summary>A product and its addition to a sum.</summary>
internal interface IFloatProducts
{
    /// <summary>sum + a * b.</summary>
    static abstract float Add(float sum, float a, float b);

    /// <summary>sum + a * b.</summary>
    static abstract Vector256<float> Add(Vector256<float> sum, Vector256<float> a, Vector256<float> b);

    /// <summary>sum + a * b.</summary>
    static abstract Vector512<float> Add(Vector512<float> sum, Vector512<float> a, Vector512<float> b);
}

/// <summary>Both operations rounded.</summary>
internal readonly struct RoundedProducts : IFloatProducts
{
    public static float Add(float sum, float a, float b) => sum + a * b;

    public static Vector256<float> Add(Vector256<float> sum, Vector256<float> a, Vector256<float> b) => sum + a * b;

    public static Vector512<float> Add(Vector512<float> sum, Vector512<float> a, Vector512<float> b) => sum + a * b;
}

/// <summary>Rounded once; on CPUs without such an instruction it is slow, not different.</summary>
internal readonly struct FusedProducts : IFloatProducts
{
    /// <summary>Whether vectors do it in hardware.</summary>
    public static bool IsSupported => Fma.IsSupported || AdvSimd.IsSupported;

    public static float Add(float sum, float a, float b) => MathF.FusedMultiplyAdd(a, b, sum);

    public static Vector256<float> Add(Vector256<float> sum, Vector256<float> a, Vector256<float> b) => Vector256.FusedMultiplyAdd(a, b, sum);

    public static Vector512<float> Add(Vector512<float> sum, Vector512<float> a, Vector512<float> b) => Vector512.FusedMultiplyAdd(a, b, sum);
}
