using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Qnn.Runtime.Execution;

namespace Qnn.Runtime.Kernels.Reduction;

/// <summary>
/// The Euclidean norm of each row of a float matrix, in the order of PyTorch's kernel (norm_kernel_tensor_iterator_impl of ReduceOpsKernel.cpp, vectors of eight). Input: [A, R]; output: [A].
/// An item is a row.
/// </summary>
internal sealed unsafe class RowNormKernel : Kernel
{
    private const int Lanes = 8;

    private readonly TensorInfo _input, _output;
    private readonly int _length;

    private RowNormKernel(StepInfo step)
    {
        (_input, _output) = (step.Input(0), step.Output(0));
        step.Require(_input.Type == ElementType.F32 && _output.Type == ElementType.F32 && _input.Rank == 2 && _output.Rank == 1 && _output.Shape[0] == _input.Shape[0], "the operands do not fit");
        _length = _input.Shape[1];
    }

    public static Kernel Create(StepInfo step) => new RowNormKernel(step);

    public override string Name => "row_norm";

    public override int WorkItems => _input.Shape[0];

    public override int Grain => Math.Max(1, 4096 / Math.Max(1, _length));

    public override Region Reads(TensorInfo input, int begin, int end) => Region.Items(input, begin, end, _length);

    public override Region Writes(TensorInfo output, int begin, int end) => Region.Items(output, begin, end, 1);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Run(in KernelContext context, int begin, int end, byte* scratch)
    {
        float* x = context.Pointer<float>(_input) + (nint)begin * _length, y = context.Pointer<float>(_output);
        for (int row = begin; row < end; row++, x += _length)
        {
            var lanes = Vector256<float>.Zero;
            int i = 0;
            for (; i <= _length - Lanes; i += Lanes)
            {
                var eight = Vector256.Load(x + i);
                lanes = Vector256.FusedMultiplyAdd(eight, eight, lanes);
            }
            float sum = lanes[0];
            for (int lane = 1; lane < Lanes; lane++) sum += lanes[lane];
            for (; i < _length; i++) sum = MathF.FusedMultiplyAdd(x[i], x[i], sum);
            y[row] = MathF.Sqrt(sum);
        }
    }
}
