using System.Runtime.Intrinsics;
using Qnn.Runtime.Execution;

namespace Qnn.Runtime.Kernels.Elementwise;

/// <summary>y = a * factor + c, rounded once. Inputs: a; factor and c: one element, one for each index of the last axis, or a's count. All float32.</summary>
internal sealed unsafe class MultiplyAddKernel : Kernel
{
    private const int Piece = 4096;

    private readonly TensorInfo _a, _factor, _c, _output;
    private readonly int _last;
    private readonly bool _vectors;

    private MultiplyAddKernel(StepInfo step)
    {
        (_a, _factor, _c, _output) = (step.Input(0), step.Input(1), step.Input(2), step.Output(0));
        foreach (var tensor in (TensorInfo[])[_a, _factor, _c, _output]) step.Require(tensor.Type == ElementType.F32, "an operand is not float32");
        _last = _output.Rank == 0 ? 1 : _output.Shape[_output.Rank - 1];
        step.Require(_a.Count == _output.Count && (_factor.Count == 1 || _factor.Count == _last || _factor.Count == _output.Count) && (_c.Count == 1 || _c.Count == _last || _c.Count == _output.Count), "the shapes do not fit");
        // Where the CPU has no fused multiply-add, the vector form would not be faster.
        _vectors = step.Tier != KernelTier.Scalar && (System.Runtime.Intrinsics.X86.Fma.IsSupported || System.Runtime.Intrinsics.Arm.AdvSimd.IsSupported);
    }

    public static Kernel Create(StepInfo step) => new MultiplyAddKernel(step);

    public override string Name => "multiply_add";

    public override int WorkItems => (int)(((long)_output.Count + Piece - 1) / Piece);

    public override int Grain => 8;

    public override Region Reads(TensorInfo input, int begin, int end) => input.Count == _output.Count ? Region.Items(input, begin, end, Piece) : Region.All(input);

    public override Region Writes(TensorInfo output, int begin, int end) => Region.Items(output, begin, end, Piece);

    public override void Run(in KernelContext context, int begin, int end, byte* scratch)
    {
        float* a = context.Pointer<float>(_a), factor = context.Pointer<float>(_factor), c = context.Pointer<float>(_c), y = context.Pointer<float>(_output);
        bool full = _c.Count == _output.Count, fullFactor = _factor.Count == _output.Count;
        int factorStep = _factor.Count == 1 ? 0 : 1, cStep = _c.Count == 1 ? 0 : 1;
        int stop = (int)Math.Min((long)end * Piece, _output.Count);
        for (int i = begin * Piece; i < stop;)
        {
            int index = i % _last, count = Math.Min(_last - index, stop - i);
            Row(a + i, fullFactor ? factor + i : factor + index * factorStep, factorStep, full ? c + i : c + index * cStep, cStep, y + i, count);
            i += count;
        }
    }

    private void Row(float* a, float* factor, int factorStep, float* c, int cStep, float* y, int count)
    {
        int i = 0;
        if (_vectors)
        {
            for (; i <= count - 4; i += 4)
            {
                var f = factorStep == 0 ? Vector128.Create(*factor) : Vector128.Load(factor + i);
                var d = cStep == 0 ? Vector128.Create(*c) : Vector128.Load(c + i);
                Vector128.FusedMultiplyAdd(Vector128.Load(a + i), f, d).Store(y + i);
            }
        }
        for (; i < count; i++) y[i] = MathF.FusedMultiplyAdd(a[i], factor[i * factorStep], c[i * cStep]);
    }
}
