using System.Runtime.InteropServices;
using Qnn.Runtime.Execution;

namespace Qnn.Runtime.Kernels.Convolution;

/// <summary>Parameters of GroupedMatMul.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct GroupedMatMulParameters
{
    /// <summary>Products of a run, in groups of four rows and more.</summary>
    public int FusedRun;

    /// <summary>1 where the matrices are transposes of what lies in the framework's memory.</summary>
    public int IsTurned;
}

/// <summary>
/// Rows in groups, each times a matrix of its own, as PyTorch's _grouped_mm has it on CPUs: a product by MKL for each group, whose order follows from how many rows there are.
/// Inputs: rows [R, K], matrices [E, K, N], ends of the groups [E]. Output: [R, N]. An item is a row.
/// </summary>
internal sealed unsafe class GroupedMatMulKernel : Kernel
{
    private const int FewRows = 4;

    private readonly TensorInfo _a, _b, _ends, _output;
    private readonly int _depth, _columns, _groups, _run;
    private readonly bool _isTurned, _vectors;
    private readonly MklRows _rows;

    private GroupedMatMulKernel(StepInfo step)
    {
        var p = step.ReadParameters<GroupedMatMulParameters>();
        (_a, _b, _ends, _output) = (step.Input(0), step.Input(1), step.Input(2), step.Output(0));
        step.Require(_a.Type == ElementType.F32 && _b.Type == ElementType.F32 && _output.Type == ElementType.F32 && _ends.Type == ElementType.S32, "the element types are others");
        step.Require(_a.Rank == 2 && _b.Rank == 3 && p.FusedRun > 0 && _a.Count > 0 && _b.Count > 0, "the extents do not fit");
        (_groups, _depth, _columns, _run) = (_b.Shape[0], _b.Shape[1], _b.Shape[2], p.FusedRun);
        step.Require(_a.Shape[1] == _depth && _ends.Count == _groups && _output.Count == (long)_a.Shape[0] * _columns, "the shapes do not fit");
        (_isTurned, _vectors) = (p.IsTurned != 0, step.Tier != KernelTier.Scalar);
        _rows = new MklRows(_depth, _columns, _vectors);
    }

    public static Kernel Create(StepInfo step) => new GroupedMatMulKernel(step);

    public override string Name => "grouped_matmul.f32";

    public override int WorkItems => _a.Shape[0];

    public override void Run(in KernelContext context, int begin, int end, byte* scratch)
    {
        int* ends = context.Pointer<int>(_ends);
        for (int row = begin; row < end; row++)
        {
            float* to = context.Pointer<float>(_output) + (nint)row * _columns, left = context.Pointer<float>(_a) + (nint)row * _depth;
            int group = 0;
            while (group < _groups && ends[group] <= row) group++;
            new Span<float>(to, _columns).Clear();
            if (group < _groups) Multiply(left, context.Pointer<float>(_b) + (nint)group * _depth * _columns, to, ends[group] - (group == 0 ? 0L : ends[group - 1]));
        }
    }

    private void Multiply(float* left, float* right, float* to, long rows)
    {
        if (rows >= FewRows)
        {
            for (int k = 0; k < _depth; k += _run) FusedRuns.Add(left + k, right + (nint)k * _columns, Math.Min(_run, _depth - k), _columns, _columns, to, _vectors);
        }
        else if (!_isTurned) _rows.Columns(left, right, to, null, 0);
        else if (rows == 1) _rows.Vector(left, right, to);
        else _rows.Dots(left, right, to, 0);
    }
}
