using System.Numerics;
using System.Runtime.InteropServices;
using Qnn.Runtime.Kernels.Elementwise;

namespace Qnn.Runtime.Kernels.Recurrent;

/// <summary>The functions of gates. The numbers are part of the artifact format.</summary>
internal enum OnnxActivationKind
{
    Logistic = 1,
    Tanh = 2,
    Relu = 3,
    /// <summary>clamp(alpha * x + beta, 0, 1)</summary>
    HardLogistic = 4,
}

/// <summary>A function of a gate, as ONNX Runtime computes it: in place, rows being as long as whole vectors.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct OnnxActivation
{
    public OnnxActivationKind Kind;
    public float Alpha, Beta;

    /// <summary>Whether the kind is one of the known.</summary>
    public readonly bool IsKnown => Kind is >= OnnxActivationKind.Logistic and <= OnnxActivationKind.HardLogistic;

    /// <summary>MLAS's approximations.</summary>
    public readonly void Apply(Span<float> values)
    {
        foreach (ref var v in MemoryMarshal.Cast<float, Vector<float>>(values)) v = Of(v);
    }

    private readonly Vector<float> Of(Vector<float> v) => Kind switch
    {
        OnnxActivationKind.Logistic => MlasFunctions.Logistic(v),
        OnnxActivationKind.Tanh => MlasFunctions.Tanh(v),
        OnnxActivationKind.Relu => Vector.Max(v, Vector<float>.Zero),
        _ => Vector.Min(Vector.Max(v * Alpha + new Vector<float>(Beta), Vector<float>.Zero), Vector<float>.One),
    };

    /// <summary>The rational approximations that a GRU's reset gate and candidate take, every operation rounded.</summary>
    public readonly void ApplyUnfused(Span<float> values)
    {
        foreach (ref var v in MemoryMarshal.Cast<float, Vector<float>>(values))
        {
            v = Kind switch
            {
                OnnxActivationKind.Logistic => new Vector<float>(0.5f) * (Vector<float>.One + Quotient(new Vector<float>(0.5f) * Clamp(v, 20))),
                OnnxActivationKind.Tanh => Quotient(Clamp(v, 10)),
                _ => Of(v),
            };
        }
    }

    /// <summary>The quotient of polynomials of degree 13 and 6 for tanh x.</summary>
    private static Vector<float> Quotient(Vector<float> x)
    {
        var square = x * x;
        var p = square * -2.76076847742355e-16f + new Vector<float>(2.00018790482477e-13f);
        foreach (float term in (ReadOnlySpan<float>)[-8.60467152213735e-11f, 5.12229709037114e-08f, 1.48572235717979e-05f, 6.37261928875436e-04f, 4.89352455891786e-03f]) p = square * p + new Vector<float>(term);
        var q = square * 1.19825839466702e-06f + new Vector<float>(1.18534705686654e-04f);
        foreach (float term in (ReadOnlySpan<float>)[2.26843463243900e-03f, 4.89352518554385e-03f]) q = square * q + new Vector<float>(term);
        return x * p / q;
    }

    private static Vector<float> Clamp(Vector<float> v, float bound) => Vector.Min(Vector.Max(v, new Vector<float>(-bound)), new Vector<float>(bound));

    /// <summary>As the simple cell computes it, element by element: tanh x = 2 / (1 + exp(-2x)) - 1, exp being the C library's.</summary>
    public readonly float ApplyPlain(float x) => Kind switch
    {
        OnnxActivationKind.Logistic => PlainLogistic(x),
        OnnxActivationKind.Tanh => 2 * PlainLogistic(2 * x) - 1,
        OnnxActivationKind.Relu => MathF.Max(0, x),
        _ => MathF.Min(1, MathF.Max(0, Alpha * x + Beta)),
    };

    private static float PlainLogistic(float x) => x >= 0 ? 1 / (1 + FloatMath.LibraryExp(-x)) : FloatMath.LibraryExp(x) / (1 + FloatMath.LibraryExp(x));
}
