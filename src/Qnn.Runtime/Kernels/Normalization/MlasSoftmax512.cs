using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Qnn.Runtime.Kernels.Elementwise;

namespace Qnn.Runtime.Kernels.Normalization;

/// <summary>ONNX Runtime's softmax of a row as its AVX-512 kernel computes it: exponentials in sixteen running sums, those eight apart added, then in pairs, and one division.</summary>
internal static unsafe class MlasSoftmax512
{
    /// <summary>y = exp(x - max x) / sum of the same.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Run(float* x, float* y, int length)
    {
        var max = Vector512.Create(Greatest(x, length));
        var sixteen = Vector512<float>.Zero;
        int i = 0;
        for (; i <= length - 16; i += 16)
        {
            var e = MlasFunctions512.ExpNegative(Vector512.Load(x + i) - max);
            e.Store(y + i);
            sixteen += e;
        }
        int left = length - i;
        if (left > 0)
        {
            var e = MlasFunctions512.ExpNegative(LoadFirst(x + i, left, max) - max);
            float* rest = stackalloc float[16];
            e.Store(rest);
            for (int n = 0; n < left; n++) y[i + n] = rest[n];
            sixteen += LoadFirst(rest, left, Vector512<float>.Zero);
        }
        var sums = sixteen.GetLower() + sixteen.GetUpper();
        float sum = (sums[0] + sums[1]) + (sums[2] + sums[3]) + ((sums[4] + sums[5]) + (sums[6] + sums[7]));
        float factor = 1 / sum;
        for (i = 0; i <= length - 16; i += 16) (Vector512.Load(y + i) * factor).Store(y + i);
        for (; i < length; i++) y[i] *= factor;
    }

    private static float Greatest(float* x, int length)
    {
        var start = Vector512.Create(float.MinValue);
        var sixteen = start;
        int i = 0;
        // What is no number is passed over: the second operand is taken then.
        for (; i <= length - 16; i += 16) sixteen = Avx512F.Max(Vector512.Load(x + i), sixteen);
        if (i < length) sixteen = Avx512F.Max(LoadFirst(x + i, length - i, start), sixteen);
        var eight = Avx.Max(sixteen.GetLower(), sixteen.GetUpper());
        var four = Sse.Max(eight.GetLower(), eight.GetUpper());
        four = Sse.Max(four, Sse.MoveHighToLow(four, four));
        return Sse.MaxScalar(four, Sse.Shuffle(four, four, 1)).ToScalar();
    }

    // Numbers that are there, and others in the places beyond.
    private static Vector512<float> LoadFirst(float* x, int count, Vector512<float> others)
    {
        float* sixteen = stackalloc float[16];
        others.Store(sixteen);
        for (int i = 0; i < count; i++) sixteen[i] = x[i];
        return Vector512.Load(sixteen);
    }
}
