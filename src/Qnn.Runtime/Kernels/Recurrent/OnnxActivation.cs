using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
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
        var vectors = MemoryMarshal.Cast<float, Vector<float>>(values);
        switch (Kind)
        {
            case OnnxActivationKind.Logistic:
                foreach (ref var v in vectors) v = MlasFunctions.Logistic(v);
                return;
            case OnnxActivationKind.Tanh:
                foreach (ref var v in vectors) v = MlasFunctions.Tanh(v);
                return;
            case OnnxActivationKind.Relu:
                foreach (ref var v in vectors) v = Vector.Max(v, Vector<float>.Zero);
                return;
            default:
                foreach (ref var v in vectors) v = Vector.Min(Vector.Max(v * Alpha + new Vector<float>(Beta), Vector<float>.Zero), Vector<float>.One);
                return;
        }
    }

    /// <summary>The rational approximations that a GRU's reset gate and candidate take, every operation rounded.</summary>
    public readonly void ApplyUnfused(Span<float> values)
    {
        var vectors = MemoryMarshal.Cast<float, Vector<float>>(values);
        switch (Kind)
        {
            case OnnxActivationKind.Logistic:
                foreach (ref var v in vectors) v = new Vector<float>(0.5f) * (Vector<float>.One + Quotient(new Vector<float>(0.5f) * Clamp(v, 20)));
                return;
            case OnnxActivationKind.Tanh:
                foreach (ref var v in vectors) v = Quotient(Clamp(v, 10));
                return;
            default:
                Apply(values);
                return;
        }
    }

    /// <summary>The quotient of polynomials of degree 13 and 6 for tanh x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Quotient(Vector<float> x)
    {
        var square = x * x;
        var p = square * new Vector<float>(-2.76076847742355e-16f) + new Vector<float>(2.00018790482477e-13f);
        p = square * p + new Vector<float>(-8.60467152213735e-11f);
        p = square * p + new Vector<float>(5.12229709037114e-08f);
        p = square * p + new Vector<float>(1.48572235717979e-05f);
        p = square * p + new Vector<float>(6.37261928875436e-04f);
        p = square * p + new Vector<float>(4.89352455891786e-03f);
        var q = square * new Vector<float>(1.19825839466702e-06f) + new Vector<float>(1.18534705686654e-04f);
        q = square * q + new Vector<float>(2.26843463243900e-03f);
        q = square * q + new Vector<float>(4.89352518554385e-03f);
        return x * p / q;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Clamp(Vector<float> v, float bound) => Vector.Min(Vector.Max(v, new Vector<float>(-bound)), new Vector<float>(bound));

    /// <summary>As the simple cell computes it: tanh x = 2 / (1 + exp(-2x)) - 1, exp being the C library's.</summary>
    public readonly unsafe void ApplyPlain(float* values, int count)
    {
        double* powers = FloatMath.Powers;
        var (two, one) = (Vector256.Create(2f), Vector256<float>.One);
        for (int i = 0; i < count; i += Vector256<float>.Count)
        {
            var x = Vector256.Load(values + i);
            switch (Kind)
            {
                case OnnxActivationKind.Logistic: x = PlainLogistic(x, powers); break;
                case OnnxActivationKind.Tanh: x = two * PlainLogistic(two * x, powers) - one; break;
                case OnnxActivationKind.Relu: x = Vector256.Max(Vector256<float>.Zero, x); break;
                default: x = Vector256.Min(one, Vector256.Max(Vector256<float>.Zero, Vector256.Create(Alpha) * x + Vector256.Create(Beta))); break;
            }
            x.Store(values + i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe Vector256<float> PlainLogistic(Vector256<float> x, double* powers)
    {
        var isPositive = Vector256.GreaterThanOrEqual(x, Vector256<float>.Zero);
        var e = LibraryExpVectors.Apply(Vector256.ConditionalSelect(isPositive, -x, x), powers);
        return Vector256.ConditionalSelect(isPositive, Vector256<float>.One, e) / (Vector256<float>.One + e);
    }
}
