using System.Runtime.Intrinsics;

namespace Qnn.Runtime.Kernels.Recurrent;

/// <summary>Products of a state and rows of weights that join their run's sum with one rounding.</summary>
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
                Vector256<float> a = default, b = default, c = default, d = default;
                float* row = weights + n;
                for (int k = 0; k < count; k++, row += pitch)
                {
                    var v = Vector256.Create(state[k]);
                    a = Vector256.FusedMultiplyAdd(v, Vector256.Load(row), a);
                    b = Vector256.FusedMultiplyAdd(v, Vector256.Load(row + 8), b);
                    c = Vector256.FusedMultiplyAdd(v, Vector256.Load(row + 16), c);
                    d = Vector256.FusedMultiplyAdd(v, Vector256.Load(row + 24), d);
                }
                (Vector256.Load(result + n) + a).Store(result + n);
                (Vector256.Load(result + n + 8) + b).Store(result + n + 8);
                (Vector256.Load(result + n + 16) + c).Store(result + n + 16);
                (Vector256.Load(result + n + 24) + d).Store(result + n + 24);
            }
            for (; n <= columns - 8; n += 8)
            {
                Vector256<float> sum = default;
                for (int k = 0; k < count; k++) sum = Vector256.FusedMultiplyAdd(Vector256.Create(state[k]), Vector256.Load(weights + (nint)k * pitch + n), sum);
                (Vector256.Load(result + n) + sum).Store(result + n);
            }
        }
        for (; n < columns; n++)
        {
            float sum = 0;
            for (int k = 0; k < count; k++) sum = MathF.FusedMultiplyAdd(state[k], weights[(nint)k * pitch + n], sum);
            result[n] += sum;
        }
    }

    /// <summary>The same, but that the products join what is there one by one.</summary>
    public static void Continue(float* state, float* weights, int count, int columns, int pitch, float* result, bool vectors)
    {
        int n = 0;
        if (vectors)
        {
            for (; n <= columns - 32; n += 32)
            {
                Vector256<float> a = Vector256.Load(result + n), b = Vector256.Load(result + n + 8), c = Vector256.Load(result + n + 16), d = Vector256.Load(result + n + 24);
                float* row = weights + n;
                for (int k = 0; k < count; k++, row += pitch)
                {
                    var v = Vector256.Create(state[k]);
                    a = Vector256.FusedMultiplyAdd(v, Vector256.Load(row), a);
                    b = Vector256.FusedMultiplyAdd(v, Vector256.Load(row + 8), b);
                    c = Vector256.FusedMultiplyAdd(v, Vector256.Load(row + 16), c);
                    d = Vector256.FusedMultiplyAdd(v, Vector256.Load(row + 24), d);
                }
                a.Store(result + n);
                b.Store(result + n + 8);
                c.Store(result + n + 16);
                d.Store(result + n + 24);
            }
        }
        for (; n < columns; n++)
        {
            float sum = result[n];
            for (int k = 0; k < count; k++) sum = MathF.FusedMultiplyAdd(state[k], weights[(nint)k * pitch + n], sum);
            result[n] = sum;
        }
    }
}
