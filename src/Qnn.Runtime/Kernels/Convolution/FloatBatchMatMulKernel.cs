using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Qnn.Runtime.Execution;

namespace Qnn.Runtime.Kernels.Convolution;

/// <summary>The shapes of <see cref="FloatBatchMatMulKernel"/>; the leading axes are those of the operands.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct BatchMatMulParameters
{
    public int M, K, N;
}

/// <summary>y[m, n] = sum of a[m, k] * b[k, n] in the order of k, for each index of the leading axes, which broadcast. An item is one row of the result.</summary>
internal sealed unsafe class FloatBatchMatMulKernel : Kernel
{
    private readonly TensorInfo _a, _b, _output;
    private readonly BatchMatMulParameters _p;
    private readonly int[] _batchesA, _batchesB;
    private readonly bool _vectors;

    private FloatBatchMatMulKernel(TensorInfo a, TensorInfo b, TensorInfo output, BatchMatMulParameters p, int[] batchesA, int[] batchesB, bool vectors) =>
        (_a, _b, _output, _p, _batchesA, _batchesB, _vectors) = (a, b, output, p, batchesA, batchesB, vectors);

    public static Kernel Create(StepInfo step)
    {
        var (a, b, output) = (step.Input(0), step.Input(1), step.Output(0));
        var p = step.ReadParameters<BatchMatMulParameters>();
        step.Require(a.Type == ElementType.F32 && b.Type == ElementType.F32 && output.Type == ElementType.F32, "the element types are not float32");
        step.Require(a.Rank >= 2 && b.Rank >= 2 && output.Rank == Math.Max(a.Rank, b.Rank), "the ranks do not fit");
        step.Require(p.M > 0 && p.K > 0 && p.N > 0 && output.Count > 0, "an extent is not positive");
        step.Require(a.Shape[^2] == p.M && a.Shape[^1] == p.K && b.Shape[^2] == p.K && b.Shape[^1] == p.N && output.Shape[^2] == p.M && output.Shape[^1] == p.N, "the shapes do not fit");
        int batches = output.Count / (p.M * p.N);
        var batchesA = new int[batches];
        var batchesB = new int[batches];
        for (int batch = 0; batch < batches; batch++) (batchesA[batch], batchesB[batch]) = (Of(a, batch), Of(b, batch));
        return new FloatBatchMatMulKernel(a, b, output, p, batchesA, batchesB, step.Tier != KernelTier.Scalar);

        int Of(TensorInfo operand, int batch)
        {
            int index = 0, stride = 1;
            for (int i = 3; i <= output.Rank; i++)
            {
                int extent = output.Shape[^i], at = batch % extent;
                batch /= extent;
                if (i > operand.Rank) continue;
                step.Require(operand.Shape[^i] == extent || operand.Shape[^i] == 1, "the leading axes do not broadcast");
                if (operand.Shape[^i] != 1) index += at * stride;
                stride *= operand.Shape[^i];
            }
            return index;
        }
    }

    public override string Name => _vectors ? "batch_matmul.f32.vector" : "batch_matmul.f32.scalar";

    public override int WorkItems => _batchesA.Length * _p.M;

    public override void Run(in KernelContext context, int begin, int end, byte* scratch)
    {
        float* a = context.Pointer<float>(_a), b = context.Pointer<float>(_b), output = context.Pointer<float>(_output);
        for (int item = begin; item < end; item++)
        {
            int batch = item / _p.M, row = item % _p.M;
            float* left = a + ((nint)_batchesA[batch] * _p.M + row) * _p.K;
            float* right = b + (nint)_batchesB[batch] * _p.K * _p.N;
            float* to = output + (nint)item * _p.N;
            int n = 0;
            if (_vectors)
            {
                for (; n <= _p.N - 32; n += 32) ThirtyTwo(left, right + n, to + n);
                for (; n <= _p.N - 8; n += 8)
                {
                    Vector256<float> sum = default;
                    for (int k = 0; k < _p.K; k++) sum += Vector256.Create(left[k]) * Vector256.Load(right + n + (nint)k * _p.N);
                    sum.Store(to + n);
                }
            }
            for (; n < _p.N; n++)
            {
                float sum = 0;
                for (int k = 0; k < _p.K; k++) sum += left[k] * right[n + (nint)k * _p.N];
                to[n] = sum;
            }
        }
    }

    private void ThirtyTwo(float* left, float* right, float* to)
    {
        Vector256<float> sum0 = default, sum1 = default, sum2 = default, sum3 = default;
        for (int k = 0; k < _p.K; k++, right += _p.N)
        {
            var v = Vector256.Create(left[k]);
            sum0 += v * Vector256.Load(right);
            sum1 += v * Vector256.Load(right + 8);
            sum2 += v * Vector256.Load(right + 16);
            sum3 += v * Vector256.Load(right + 24);
        }
        sum0.Store(to);
        sum1.Store(to + 8);
        sum2.Store(to + 16);
        sum3.Store(to + 24);
    }
}
