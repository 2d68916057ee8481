using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Qnn.Runtime.Kernels.Elementwise;

/// <summary>
/// gelu(x) = x / 2 * (1 + erf(x / sqrt(2))) as oneDNN's AVX-512 code computes it, operation by operation: erf(x / sqrt(2)) of a magnitude is one of 24 polynomials of degree 5,
/// four to each power of two; the first covers all that is small, the last two all beyond 5.54.
/// </summary>
internal static class OneDnnGelu
{
    private const int Pieces = 24, Degree = 5;
    private const float Bound = 5.542594f;

    // The bits of the magnitude from which pieces are counted.
    private const int FirstBits = 1040187393;

    // A row for each power of x, a number for each piece.
    private static ReadOnlySpan<float> Coefficients =>
    [
        1.5188366e-8f, 6.0441465e-8f, 1.9580071e-7f, 5.7655126e-7f, 1.8136789e-6f, 7.1081054e-6f, 2.2010752e-5f, 5.5225635e-5f, 1.831175e-4f, 6.498413e-4f, 1.7345067e-3f, 3.7866202e-3f, 8.343051e-3f, 1.27789555e-2f, -3.176821e-3f, -6.91192e-2f, -2.7097204e-1f, -5.472661e-1f, -3.9980435e-1f, 1.4787646e-1f, 7.7755123e-1f, 9.794183e-1f, 1f, 0f,
        7.978839e-1f, 7.978825e-1f, 7.978789e-1f, 7.9787034e-1f, 7.978466e-1f, 7.977628e-1f, 7.9756546e-1f, 7.971865e-1f, 7.959481e-1f, 7.922447e-1f, 7.850465e-1f, 7.733578e-1f, 7.511906e-1f, 7.32789e-1f, 7.846672e-1f, 9.714677e-1f, 1.4611516f, 2.0251584f, 1.790736f, 1.0093725f, 2.3098189e-1f, 1.867352e-2f, 0f, 1f,
        1.0841714e-5f, 2.896764e-5f, 6.682378e-5f, 1.4431536e-4f, 3.2647466e-4f, 8.582302e-4f, 1.9052438e-3f, 3.6366323e-3f, 8.441632e-3f, 2.0222925e-2f, 3.9360855e-2f, 6.602445e-2f, 1.0923457e-1f, 1.3979976e-1f, 7.2266184e-2f, -1.396405e-1f, -6.155817e-1f, -1.0770063f, -9.281096e-1f, -4.816873e-1f, -9.61774e-2f, -6.786839e-3f, 0f, 0f,
        -1.3307738e-1f, -1.3319246e-1f, -1.3339315e-1f, -1.3374342e-1f, -1.344436e-1f, -1.3613439e-1f, -1.3891616e-1f, -1.4287555e-1f, -1.5221408e-1f, -1.709968e-1f, -1.9647883e-1f, -2.269277e-1f, -2.6911446e-1f, -2.9452354e-1f, -2.5052387e-1f, -1.301916e-1f, 1.0148359e-1f, 2.905895e-1f, 2.4336384e-1f, 1.1568559e-1f, 2.0067886e-2f, 1.2350094e-3f, 0f, 0f,
        4.5889345e-4f, 8.250156e-4f, 1.3578596e-3f, 2.1505188e-3f, 3.4977621e-3f, 6.191868e-3f, 9.893196e-3f, 1.4425337e-2f, 2.3517137e-2f, 3.852472e-2f, 5.551665e-2f, 7.292371e-2f, 9.355366e-2f, 1.0412485e-1f, 8.9776866e-2f, 5.557131e-2f, -9.112102e-4f, -3.973237e-2f, -3.2254163e-2f, -1.3974587e-2f, -2.0977375e-3f, -1.12510286e-4f, 0f, 0f,
        1.8966824e-2f, 1.8499883e-2f, 1.793304e-2f, 1.7214557e-2f, 1.617638e-2f, 1.4455351e-2f, 1.2482236e-2f, 1.0404875e-2f, 6.857343e-3f, 2.0495458e-3f, -2.4900034e-3f, -6.475404e-3f, -1.0517931e-2f, -1.2278704e-2f, -1.0405218e-2f, -6.5113325e-3f, -9.935636e-4f, 2.1998081e-3f, 1.72694e-3f, 6.788905e-4f, 8.7863686e-5f, 4.1047288e-6f, 0f, 0f,
    ];

    /// <summary>Whether vectors look up their coefficients in hardware.</summary>
    public static bool HasVector => Avx2.IsSupported && Vector<float>.Count == Vector256<float>.Count;

    /// <summary>The function of eight numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Vector256<float> Apply(Vector256<float> x)
    {
        var magnitude = Vector256.Abs(x);
        var piece = Vector256.Min(Vector256.Max(magnitude.AsInt32() - Vector256.Create(FirstBits) >> 21, Vector256<int>.Zero), Vector256.Create(Pieces - 1));
        piece = Vector256.ConditionalSelect(Vector256.GreaterThan(magnitude, Vector256.Create(Bound)).AsInt32(), Vector256.Create(Pieces - 2), piece);
        float* coefficients = (float*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(Coefficients));
        var erf = Avx2.GatherVector256(coefficients + Degree * Pieces, piece, sizeof(float));
        for (int power = Degree - 1; power >= 0; power--) erf = Vector256.FusedMultiplyAdd(erf, magnitude, Avx2.GatherVector256(coefficients + power * Pieces, piece, sizeof(float)));
        return x * ((erf ^ (x & Vector256.Create(-0f))) + Vector256<float>.One) * 0.5f;
    }

    /// <summary>The function.</summary>
    public static float Apply(float x)
    {
        float magnitude = MathF.Abs(x);
        int piece = magnitude > Bound ? Pieces - 2 : Math.Clamp((BitConverter.SingleToInt32Bits(magnitude) - FirstBits) >> 21, 0, Pieces - 1);
        var coefficients = Coefficients;
        float erf = coefficients[Degree * Pieces + piece];
        for (int power = Degree - 1; power >= 0; power--) erf = MathF.FusedMultiplyAdd(erf, magnitude, coefficients[power * Pieces + piece]);
        if (float.IsNegative(x)) erf = -erf;
        return x * (erf + 1) * 0.5f;
    }
}
