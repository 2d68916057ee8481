using System.Runtime.Intrinsics;
using Qnn.Runtime.Execution;
using Qnn.Runtime.Kernels.Lanes;

namespace Qnn.Runtime.Kernels.Convolution;

/// <summary>Makes the kernel of a float product with a matrix in panels.</summary>
internal static class FloatPanelMatMulKernel
{
    public static Kernel Create(StepInfo step, BatchMatMulParameters p)
    {
        var (a, b, output, addend) = (step.Input(0), step.Input(1), step.Output(0), step.OptionalInput(2));
        step.Require(a.Type == ElementType.F32 && b.Type == ElementType.F32 && output.Type == ElementType.F32, "the element types are not float32");
        step.Require(p.M > 0 && p.K > 0 && p.N > 0 && p.FusedRun >= 0 && p.Alignment == 0 && a.Count > 0 && a.Count % p.K == 0, "an extent is not positive");
        step.Require(b.Count == (long)p.K * MatrixPanels.Padded(p.N) && output.Count == (long)(a.Count / p.K) * p.N, "the shapes do not fit");
        step.Require(addend is null || p.FusedRun > 0 && addend.Type == ElementType.F32 && (addend.Count == p.N || addend.Count == output.Count), "the addend does not fit");
        if (step.Tier.HasAvx512() && Vector512.IsHardwareAccelerated)
        {
            return p.FusedRun == 0 ? new FloatPanelMatMulKernel<FloatPanelTiles512<RoundedProducts>>(a, b, output, null, p) : new FloatPanelMatMulKernel<FloatPanelTiles512<FusedProducts>>(a, b, output, addend, p);
        }
        if (step.Tier == KernelTier.Scalar || p.FusedRun > 0 && !FusedProducts.IsSupported)
        {
            return p.FusedRun == 0 ? new FloatPanelMatMulKernel<FloatPanelTilesScalar<RoundedProducts>>(a, b, output, null, p) : new FloatPanelMatMulKernel<FloatPanelTilesScalar<FusedProducts>>(a, b, output, addend, p);
        }
        return p.FusedRun == 0 ? new FloatPanelMatMulKernel<FloatPanelTiles256<RoundedProducts>>(a, b, output, null, p) : new FloatPanelMatMulKernel<FloatPanelTiles256<FusedProducts>>(a, b, output, addend, p);
    }
}

/// <summary>The sums of <see cref="FloatBatchMatMulKernel{TProducts}"/>, in the same order, of rows of all batches and a constant matrix as <see cref="MatrixPanels"/> has it. An item is some rows and some panels.</summary>
internal sealed unsafe class FloatPanelMatMulKernel<TTiles>(TensorInfo a, TensorInfo b, TensorInfo output, TensorInfo? addend, BatchMatMulParameters p) : Kernel where TTiles : struct, IFloatPanelTiles
{
    private const int ItemRows = 64, Together = 4, ItemColumns = Together * MatrixPanels.Columns;

    private readonly int _rows = a.Count / p.K, _run = p.FusedRun == 0 ? p.K : p.FusedRun, _parts = (p.N + ItemColumns - 1) / ItemColumns;

    public override string Name { get; } = $"panel_matmul.f32.{TTiles.Name}";

    public override int WorkItems => checked((_rows + ItemRows - 1) / ItemRows * _parts);

    // Sums of a panel that is not full.
    public override nint ScratchBytes => p.N % MatrixPanels.Half == 0 ? 0 : Math.Min(ItemRows, _rows) * MatrixPanels.Columns * sizeof(float);

    public override void Run(in KernelContext context, int begin, int end, byte* scratch)
    {
        float* sums = (float*)scratch, terms = addend is null ? null : context.Pointer<float>(addend);
        for (int item = begin; item < end; item++)
        {
            int row = item / _parts * ItemRows, rows = Math.Min(ItemRows, _rows - row), first = item % _parts * ItemColumns, last = Math.Min(first + ItemColumns, p.N);
            float* left = context.Pointer<float>(a) + (nint)row * p.K;
            if (rows == 1 && last - first == ItemColumns)
            {
                float* panels = context.Pointer<float>(b) + (nint)first * p.K, result = context.Pointer<float>(output) + (nint)row * p.N + first;
                if (terms != null) new Span<float>(terms + (addend!.Count == p.N ? 0 : (nint)row * p.N) + first, ItemColumns).CopyTo(new Span<float>(result, ItemColumns));
                for (int k = 0, count; k < p.K; k += count)
                {
                    count = Math.Min(_run, p.K - k);
                    TTiles.AddFour(left + k, panels + (nint)k * MatrixPanels.Columns, (nint)p.K * MatrixPanels.Columns, count, result, terms == null && k == 0);
                }
                continue;
            }
            for (int n = first; n < last; n += MatrixPanels.Columns)
            {
                int width = MatrixPanels.Width(n, p.N), columns = Math.Min(width, p.N - n);
                float* panel = context.Pointer<float>(b) + (nint)n * p.K, to = context.Pointer<float>(output) + (nint)row * p.N + n;
                for (int r = 0; terms != null && r < rows; r++) new Span<float>(terms + (addend!.Count == p.N ? 0 : (nint)(row + r) * p.N) + n, columns).CopyTo(new Span<float>(to + (nint)r * p.N, columns));
                for (int k = 0, count; k < p.K; k += count)
                {
                    count = Math.Min(_run, p.K - k);
                    bool begins = terms == null && k == 0;
                    if (columns == width)
                    {
                        TTiles.Add(left + k, p.K, rows, panel + (nint)k * width, width, count, to, p.N, begins);
                        continue;
                    }
                    TTiles.Add(left + k, p.K, rows, panel + (nint)k * width, width, count, sums, MatrixPanels.Columns, true);
                    for (int r = 0; r < rows; r++) FloatBatchMatMulKernel.Put(sums + r * MatrixPanels.Columns, columns, to + (nint)r * p.N, begins);
                }
            }
        }
    }
}
