using System.Runtime.Intrinsics;
using Qnn.Runtime.Execution;

namespace Qnn.Runtime.Kernels.Convolution;

/// <summary>Products of a row and a matrix, or of a matrix and a column, in the orders of <see cref="MatMulOrder"/>, for each index of the leading axes, which broadcast. An item is such an index.</summary>
internal sealed unsafe class FloatVectorMatrixKernel(TensorInfo a, TensorInfo b, TensorInfo output, BatchMatMulParameters p, int[] batchesA, int[] batchesB, bool vectors) : Kernel
{
    private const int Width = 8;

    public override string Name { get; } = $"vector_matmul.f32.{(vectors ? "vector" : "scalar")}";

    public override int WorkItems => batchesA.Length;

    public override void Run(in KernelContext context, int begin, int end, byte* scratch)
    {
        for (int batch = begin; batch < end; batch++)
        {
            float* left = context.Pointer<float>(a) + (nint)batchesA[batch] * p.M * p.K, right = context.Pointer<float>(b) + (nint)batchesB[batch] * p.K * p.N;
            float* to = context.Pointer<float>(output) + (nint)batch * p.M * p.N;
            if (p.FusedRun == MatMulOrder.Quads) Row(left, right, to);
            else Column(left, right, to);
        }
    }

    private void Row(float* x, float* matrix, float* to)
    {
        int n = 0;
        if (vectors)
        {
            for (; n <= p.N - Width; n += Width)
            {
                Vector256<float> sum = default;
                for (int k = 0, count; k < p.K; k += count)
                {
                    count = MatMulOrder.QuadLength(p.K - k);
                    var part = Vector256.Create(x[k]) * Vector256.Load(matrix + (nint)k * p.N + n);
                    for (int i = 1; i < count; i++) part += Vector256.Create(x[k + i]) * Vector256.Load(matrix + (nint)(k + i) * p.N + n);
                    sum = part + sum;
                }
                sum.Store(to + n);
            }
        }
        for (; n < p.N; n++)
        {
            float sum = 0;
            for (int k = 0, count; k < p.K; k += count)
            {
                count = MatMulOrder.QuadLength(p.K - k);
                float part = x[k] * matrix[(nint)k * p.N + n];
                for (int i = 1; i < count; i++) part += x[k + i] * matrix[(nint)(k + i) * p.N + n];
                sum = part + sum;
            }
            to[n] = sum;
        }
    }

    private void Column(float* matrix, float* x, float* to)
    {
        float* l = stackalloc float[Width];
        for (int m = 0; m < p.M; m++)
        {
            float* row = matrix + (nint)m * p.K;
            new Span<float>(l, Width).Clear();
            for (int k = 0; k < p.K; k++) l[k % Width] += row[k] * x[k];
            int left = p.M - m / 4 * 4;
            to[m] = left >= 4 ? l[0] + l[1] + l[2] + l[3] + (l[4] + l[5] + l[6] + l[7])
                : left >= 2 && m % 4 < 2 ? l[0] + l[2] + (l[4] + l[6]) + (l[1] + l[3] + (l[5] + l[7]))
                : l[0] + l[1] + (l[2] + l[3]) + (l[4] + l[5] + (l[6] + l[7]));
        }
    }
}
