using System.Runtime.Intrinsics;
using Qnn.Runtime.Execution;

namespace Qnn.Runtime.Kernels.Convolution;

/// <summary>
/// y[m, n] = sum of a[m, k] * b[k, n] as a dot product by vectors of four: product k joins sum k mod 4, the sums are added as (0 + 2) + (1 + 3), and the products that do not fill four follow in order;
/// everything is rounded. An item is a row of the result.
/// </summary>
internal sealed unsafe class LaneBatchMatMulKernel(TensorInfo a, TensorInfo b, TensorInfo output, BatchMatMulParameters p, int[] batchesA, int[] batchesB, bool vectors) : Kernel
{
    private const int Lanes = 4;

    public override string Name { get; } = $"batch_matmul.f32.lanes.{(vectors ? "vector" : "scalar")}";

    public override int WorkItems => batchesA.Length * p.M;

    public override void Run(in KernelContext context, int begin, int end, byte* scratch)
    {
        for (int item = begin; item < end; item++)
        {
            int batch = item / p.M, row = item % p.M, n = 0;
            float* left = context.Pointer<float>(a) + ((nint)batchesA[batch] * p.M + row) * p.K;
            float* right = context.Pointer<float>(b) + (nint)batchesB[batch] * p.K * p.N;
            float* to = context.Pointer<float>(output) + (nint)item * p.N;
            if (vectors) for (; n <= p.N - 8; n += 8) Eight(left, right + n).Store(to + n);
            for (; n < p.N; n++) to[n] = One(left, right + n);
        }
    }

    private Vector256<float> Eight(float* left, float* right)
    {
        Vector256<float> sum0 = default, sum1 = default, sum2 = default, sum3 = default;
        int k = 0;
        for (; k <= p.K - Lanes; k += Lanes)
        {
            sum0 += left[k] * Vector256.Load(right + (nint)k * p.N);
            sum1 += left[k + 1] * Vector256.Load(right + (nint)(k + 1) * p.N);
            sum2 += left[k + 2] * Vector256.Load(right + (nint)(k + 2) * p.N);
            sum3 += left[k + 3] * Vector256.Load(right + (nint)(k + 3) * p.N);
        }
        var sum = sum0 + sum2 + (sum1 + sum3);
        for (; k < p.K; k++) sum += left[k] * Vector256.Load(right + (nint)k * p.N);
        return sum;
    }

    private float One(float* left, float* right)
    {
        float sum0 = 0, sum1 = 0, sum2 = 0, sum3 = 0;
        int k = 0;
        for (; k <= p.K - Lanes; k += Lanes)
        {
            sum0 += left[k] * right[(nint)k * p.N];
            sum1 += left[k + 1] * right[(nint)(k + 1) * p.N];
            sum2 += left[k + 2] * right[(nint)(k + 2) * p.N];
            sum3 += left[k + 3] * right[(nint)(k + 3) * p.N];
        }
        float sum = sum0 + sum2 + (sum1 + sum3);
        for (; k < p.K; k++) sum += left[k] * right[(nint)k * p.N];
        return sum;
    }
}
