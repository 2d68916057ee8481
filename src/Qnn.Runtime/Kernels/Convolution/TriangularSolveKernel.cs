using Qnn.Runtime.Execution;

namespace Qnn.Runtime.Kernels.Convolution;

/// <summary>
/// x[i] = b[i] - sum over k below i of a[i, k] * x[k], the sums in the order of MKL's strsm (<see cref="MklRows.Fours(float*, float*, float*)"/>). Found by trial on libtorch.
/// Inputs: a [.., N, N], b [.., N, M]. Output: [.., N, M]. An item is a pair of matrices.
/// </summary>
internal sealed unsafe class TriangularSolveKernel : Kernel
{
    private readonly TensorInfo _a, _b, _output;
    private readonly int _rows, _columns, _batches;
    private readonly bool _vectors;

    private TriangularSolveKernel(StepInfo step)
    {
        (_a, _b, _output) = (step.Input(0), step.Input(1), step.Output(0));
        step.Require(_a.Type == ElementType.F32 && _b.Type == ElementType.F32 && _output.Type == ElementType.F32, "the element types are not float32");
        step.Require(_a.Rank >= 2 && _b.Rank >= 2 && _a.Count > 0 && _b.Count > 0, "the ranks do not fit");
        (_rows, _columns) = (_a.Shape[^1], _b.Shape[^1]);
        _batches = _a.Count / _rows / _rows;
        step.Require(_a.Shape[^2] == _rows && _b.Shape[^2] == _rows && _a.Count == (long)_batches * _rows * _rows && _b.Count == (long)_batches * _rows * _columns && _output.Count == _b.Count, "the shapes do not fit");
        _vectors = step.Tier != KernelTier.Scalar;
    }

    public static Kernel Create(StepInfo step) => new TriangularSolveKernel(step);

    public override string Name => "triangular_solve.f32";

    public override int WorkItems => _batches;

    public override void Run(in KernelContext context, int begin, int end, byte* scratch)
    {
        for (int batch = begin; batch < end; batch++)
        {
            float* a = context.Pointer<float>(_a) + (nint)batch * _rows * _rows, b = context.Pointer<float>(_b) + (nint)batch * _rows * _columns, x = context.Pointer<float>(_output) + (nint)batch * _rows * _columns;
            for (int i = 0; i < _rows; i++, a += _rows, b += _columns)
            {
                float* to = x + (nint)i * _columns;
                new MklRows(i, _columns, _vectors).Fours(a, x, to);
                for (int n = 0; n < _columns; n++) to[n] = b[n] - to[n];
            }
        }
    }
}
