using System.Runtime.Intrinsics;
using Qnn.Runtime.Execution;

namespace Qnn.Runtime.Kernels.Convolution;

/// <summary>
/// Float matrix products in the orders of MKL's kernels of vectors of 16 bytes, for each index of the leading axes, which broadcast: <see cref="MatMulOrder.Dots"/>, <see cref="MatMulOrder.Columns"/> (with an addend, if there is one)
/// and <see cref="MatMulOrder.Vector"/>. Found by trial on libtorch. An item is a row of the result.
/// </summary>
internal sealed unsafe class MklMatMulKernel(TensorInfo a, TensorInfo b, TensorInfo output, TensorInfo? addend, BatchMatMulParameters p, int[] batchesA, int[] batchesB, bool vectors) : Kernel
{
    private const int Width = 8, Lanes = 4;

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
                case MatMulOrder.Dots: Dots(left, right, to, BeforeBoundary((p.Alignment >> 4) + (long)batch * (p.Alignment >> 2 & 3) + (long)row * (p.Alignment & 3))); break;
                case MatMulOrder.Vector: Vector(left, right, to); break;
                default: Columns(left, right, to, addend is { } start ? context.Pointer<float>(start) + (start.Count == p.N ? 0 : (nint)item * p.N) : null, BeforeBoundary((long)item * p.N)); break;
            }
        }
    }

    // Elements in front of the next one on a boundary of 16 bytes.
    private static int BeforeBoundary(long place) => (int)(-place & 3);

    private void Dots(float* left, float* right, float* to, int before)
    {
        before = Math.Min(before, p.K);
        int whole = p.N / Lanes * Lanes;
        Fours(left, right, to, whole, before, before + (p.K - before) / Lanes * Lanes);
        for (int n = whole; n < p.N; n++) to[n] = Dot(left, right + n, before, before + (p.K - before) / Width * Width, Width);
    }

    private void Vector(float* left, float* right, float* to)
    {
        int whole = p.N / Lanes * Lanes, left4 = Math.Min(Lanes, p.K), end = left4 + (p.K - left4) / Width * Width;
        Fours(left, right, to, whole, p.K % Lanes == 0 ? left4 : p.K % Lanes, p.K);
        for (int n = whole; n < p.N; n++) to[n] = Dot(left, right + n, left4, end, n == whole + 1 ? Lanes : Width);
    }

    // Columns of four lanes.
    private void Fours(float* left, float* right, float* to, int columns, int before, int end)
    {
        int n = 0;
        if (vectors) for (; n <= columns - Width; n += Width) Eight(left, right + n, before, end).Store(to + n);
        for (; n < columns; n++) to[n] = Dot(left, right + n, before, end, Lanes);
    }

    private Vector256<float> Eight(float* left, float* right, int before, int end)
    {
        Vector256<float> sum0 = default, sum1 = default, sum2 = default, sum3 = default;
        nint step = p.N;
        int k = 0;
        for (; k < before; k++, right += step) sum0 += Vector256.Create(left[k]) * Vector256.Load(right);
        for (; k < end; k += Lanes, right += Lanes * step)
        {
            sum0 += Vector256.Create(left[k]) * Vector256.Load(right);
            sum1 += Vector256.Create(left[k + 1]) * Vector256.Load(right + step);
            sum2 += Vector256.Create(left[k + 2]) * Vector256.Load(right + 2 * step);
            sum3 += Vector256.Create(left[k + 3]) * Vector256.Load(right + 3 * step);
        }
        var sum = sum0 + sum2 + (sum1 + sum3);
        for (; k < p.K; k++, right += step) sum += Vector256.Create(left[k]) * Vector256.Load(right);
        return sum;
    }

    private float Dot(float* left, float* right, int before, int end, int lanes)
    {
        float* sums = stackalloc float[Width];
        new Span<float>(sums, Width).Clear();
        int k = 0;
        for (; k < before; k++) sums[0] += left[k] * right[(nint)k * p.N];
        for (; k < end; k++) sums[(k - before) % lanes] += left[k] * right[(nint)k * p.N];
        float sum = sums[0] + sums[4] + (sums[2] + sums[6]) + (sums[1] + sums[5] + (sums[3] + sums[7]));
        for (; k < p.K; k++) sum += left[k] * right[(nint)k * p.N];
        return sum;
    }

    private void Columns(float* left, float* right, float* to, float* start, int before)
    {
        int n = 0;
        if (before <= p.N - Lanes) for (; n < before; n++) to[n] = ByFours(left, right + n, start is null ? 0 : start[n]);
        if (vectors)
        {
            for (; n <= p.N - Width; n += Width)
            {
                var sum = start is null ? default : Vector256.Load(start + n);
                for (int k = 0; k < p.K; k++) sum += Vector256.Create(left[k]) * Vector256.Load(right + n + (nint)k * p.N);
                sum.Store(to + n);
            }
        }
        for (; n < p.N; n++)
        {
            float sum = start is null ? 0 : start[n];
            for (int k = 0; k < p.K; k++) sum += left[k] * right[n + (nint)k * p.N];
            to[n] = sum;
        }
    }

    private float ByFours(float* left, float* right, float sum)
    {
        int k = 0;
        for (; k <= p.K - Width; k += Width)
        {
            for (int i = k; i < k + Lanes; i++) sum += left[i] * right[(nint)i * p.N];
            float part = left[k + Lanes] * right[(nint)(k + Lanes) * p.N];
            for (int i = k + Lanes + 1; i < k + Width; i++) part += left[i] * right[(nint)i * p.N];
            sum += part;
        }
        for (; k < p.K; k++) sum += left[k] * right[(nint)k * p.N];
        return sum;
    }
}
