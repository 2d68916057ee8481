using System.Runtime.Intrinsics;

namespace Qnn.Runtime.Kernels.Recurrent;

/// <summary>Products of a state and rows of weights that join their run's sum with one rounding.</summary>
internal static unsafe class FusedRuns
{
    /// <summary>result[n] += the sum of state[k] * weights[k, n], from 0 and in the order of k, for <paramref name="count"/> elements and rows of <paramref name="pitch"/> elements.</summary>
    public static void Add(float* state, float* weights, int count, int columns, int pitch, float* result, bool vectors) => Sum(state, weights, count, columns, pitch, result, vectors, continues: false);

    /// <summary>The same, but that the products join what is there one by one.</summary>
    public static void Continue(float* state, float* weights, int count, int columns, int pitch, float* result, bool vectors) => Sum(state, weights, count, columns, pitch, result, vectors, continues: true);

    private static void Sum(float* state, float* weights, int count, int columns, int pitch, float* result, bool vectors, bool continues)
    {
        int n = 0;
        if (vectors)
        {
            for (; n <= columns - 32; n += 32)
            {
                float* to = result + n, row = weights + n;
                Vector256<float> a = Start(to, continues), b = Start(to + 8, continues), c = Start(to + 16, continues), d = Start(to + 24, continues);
                for (int k = 0; k < count; k++, row += pitch)
                {
                    var v = Vector256.Create(state[k]);
                    a = Vector256.FusedMultiplyAdd(v, Vector256.Load(row), a);
                    b = Vector256.FusedMultiplyAdd(v, Vector256.Load(row + 8), b);
                    c = Vector256.FusedMultiplyAdd(v, Vector256.Load(row + 16), c);
                    d = Vector256.FusedMultiplyAdd(v, Vector256.Load(row + 24), d);
                }
                Put(a, to, continues);
                Put(b, to + 8, continues);
                Put(c, to + 16, continues);
                Put(d, to + 24, continues);
            }
            for (; n <= columns - 8; n += 8)
            {
                var sum = Start(result + n, continues);
                for (int k = 0; k < count; k++) sum = Vector256.FusedMultiplyAdd(Vector256.Create(state[k]), Vector256.Load(weights + (nint)k * pitch + n), sum);
                Put(sum, result + n, continues);
            }
        }
        for (; n < columns; n++)
        {
            float sum = continues ? result[n] : 0;
            for (int k = 0; k < count; k++) sum = MathF.FusedMultiplyAdd(state[k], weights[(nint)k * pitch + n], sum);
            result[n] = continues ? sum : result[n] + sum;
        }
    }

    private static Vector256<float> Start(float* from, bool continues) => continues ? Vector256.Load(from) : default;

    private static void Put(Vector256<float> sum, float* to, bool continues) => (continues ? sum : Vector256.Load(to) + sum).Store(to);
}
