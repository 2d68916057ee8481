using Qnn.Runtime.Execution;

namespace Qnn.Runtime.Kernels.Convolution;

/// <summary>
/// Float matrix products in the orders of MKL's kernels of vectors of 16 bytes, for each index of the leading axes, which broadcast: <see cref="MatMulOrder.Dots"/>, <see cref="MatMulOrder.Columns"/> (with an addend, if there is one)
/// and <see cref="MatMulOrder.Vector"/>. Found by trial on libtorch. An item is a row of the result.
/// </summary>
internal sealed unsafe class MklMatMulKernel(TensorInfo a, TensorInfo b, TensorInfo output, TensorInfo? addend, BatchMatMulParameters p, int[] batchesA, int[] batchesB, bool vectors) : Kernel
{
    private readonly MklRows _rows = new(p.K, p.N, vectors);

    public override string Name { get; } = $"batch_matmul.f32.mkl.{(vectors ? "vector" : "scalar")}";

    public override int WorkItems => batchesA.Length * p.M;

    public override void Run(in KernelContext context, int begin, int end, byte* scratch)
    {
        for (int item = begin; item < end; item++)
        {
            int batch = item / p.M, row = item % p.M;
            float* left = context.Pointer<float>(a) + ((nint)batchesA[batch] * p.M + row) * p.K;
            float* right = context.Pointer<float>(b) + (nint)batchesB[batch] * p.K * p.N;
            float* to = context.Pointer<float>(output) + (nint)item * p.N;
            switch (p.FusedRun)
            {
                case MatMulOrder.Dots: _rows.Dots(left, right, to, MklRows.BeforeBoundary((p.Alignment >> 4) + (long)batch * (p.Alignment >> 2 & 3) + (long)row * (p.Alignment & 3))); break;
                case MatMulOrder.Vector: _rows.Vector(left, right, to); break;
                default: _rows.Columns(left, right, to, addend is { } start ? context.Pointer<float>(start) + (start.Count == p.N ? 0 : (nint)item * p.N) : null, MklRows.BeforeBoundary(p.Alignment == 0 ? (long)item * p.N : p.Alignment + (long)row * p.N)); break;
            }
        }
    }
}
