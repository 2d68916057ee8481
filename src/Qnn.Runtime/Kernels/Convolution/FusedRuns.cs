using System.Runtime.Intrinsics;

namespace Qnn.Runtime.Kernels.Convolution;

/// <summary>Products of a row and rows of weights that join their run's sum with one rounding.</summary>
internal static unsafe class FusedRuns
{
    /// <summary>result[n] += the sum of state[k] * weights[k, n], from 0 and in the order of k, for <paramref name="count"/> elements and rows of <paramref name="pitch"/> elements.</summary>
    public static void Add(float* state, float* weights, int count, int columns, int pitch, float* result, bool vectors)
    {
        int n = 0;
        if (vectors)
        {
            for (; n <= columns - 32; n += 32)
            {
                float* to = result + n, row = weights + n;
                Vector256<float> a = default, b = default, c = default, d = default;
                for (int k = 0; k < count; k++, row += pitch)
                {
                    var v = Vector256.Create(state[k]);
                    a = Vector256.FusedMultiplyAdd(v, Vector256.Load(row), a);
                    b = Vector256.FusedMultiplyAdd(v, Vector256.Load(row + 8), b);
                    c = Vector256.FusedMultiplyAdd(v, Vector256.Load(row + 16), c);
                    d = Vector256.FusedMultiplyAdd(v, Vector256.Load(row + 24), d);
                }
                Put(a, to);
                Put(b, to + 8);
                Put(c, to + 16);
                Put(d, to + 24);
            }
            for (; n <= columns - 8; n += 8)
            {
                Vector256<float> sum = default;
                for (int k = 0; k < count; k++) sum = Vector256.FusedMultiplyAdd(Vector256.Create(state[k]), Vector256.Load(weights + (nint)k * pitch + n), sum);
                Put(sum, result + n);
            }
        }
        for (; n < columns; n++)
        {
            float sum = 0;
            for (int k = 0; k < count; k++) sum = MathF.FusedMultiplyAdd(state[k], weights[(nint)k * pitch + n], sum);
            result[n] += sum;
        }
    }

    private static void Put(Vector256<float> sum, float* to) => (Vector256.Load(to) + sum).Store(to);
}
