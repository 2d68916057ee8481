using System.Runtime.Intrinsics;
using Qnn.Runtime.Execution;

namespace Qnn.Runtime.Kernels.Elementwise;

/// <summary>y = a * factor + c, rounded once. Inputs: a, factor (one element), c (a's count, or one element); all float32.</summary>
internal sealed unsafe class MultiplyAddKernel : Kernel
{
    private const int Piece = 4096;

    private readonly TensorInfo _a, _factor, _c, _output;
    private readonly bool _vectors;

    private MultiplyAddKernel(StepInfo step)
    {
        (_a, _factor, _c, _output) = (step.Input(0), step.Input(1), step.Input(2), step.Output(0));
        foreach (var tensor in (TensorInfo[])[_a, _factor, _c, _output]) step.Require(tensor.Type == ElementType.F32, "an operand is not float32");
        step.Require(_a.Count == _output.Count && _factor.Count == 1 && (_c.Count == _output.Count || _c.Count == 1), "the shapes do not fit");
        // Where the CPU has no fused multiply-add, the vector form would round twice.
        _vectors = step.Tier != KernelTier.Scalar && (System.Runtime.Intrinsics.X86.Fma.IsSupported || System.Runtime.Intrinsics.Arm.AdvSimd.IsSupported) && _c.Count == _output.Count;
    }

    public static Kernel Create(StepInfo step) => new MultiplyAddKernel(step);

    public override string Name => "multiply_add";

    public override int WorkItems => (int)(((long)_output.Count + Piece - 1) / Piece);

    public override int Grain => 8;

    public override void Run(in KernelContext context, int begin, int end, byte* scratch)
    {
        float* a = context.Pointer<float>(_a), c = context.Pointer<float>(_c), y = context.Pointer<float>(_output);
        float factor = *context.Pointer<float>(_factor);
        int step = _c.Count == _output.Count ? 1 : 0;
        int i = begin * Piece, stop = (int)Math.Min((long)end * Piece, _output.Count);
        if (_vectors)
        {
            var factors = Vector128.Create(factor);
            for (; i <= stop - 4; i += 4) Vector128.FusedMultiplyAdd(Vector128.Load(a + i), factors, Vector128.Load(c + i)).Store(y + i);
        }
        for (; i < stop; i++) y[i] = MathF.FusedMultiplyAdd(a[i], factor, c[i * step]);
    }
}
