using System.Numerics;
using System.Runtime.Intrinsics;
using Qnn.Runtime.Execution;

namespace Qnn.Runtime.Kernels.Reduction;

/// <summary>
/// Sums along the middle axis of a float tensor of three, in the order of PyTorch's kernel (cascade_sum of SumKernel.cpp, vectors of eight). Input: [A, R, B]; output: [A, B].
/// An item is a block of up to 32 columns of one of the A matrices.
/// </summary>
internal sealed unsafe class CascadeSumKernel : Kernel
{
    private const int Lanes = 8;
    // Sums that run side by side, of columns or of every fourth row.
    private const int Interleaved = 4;
    private const int Block = Interleaved * Lanes;
    private const int Levels = 4;

    private readonly TensorInfo _input, _output;
    private readonly int _rows, _columns, _blocks;

    private CascadeSumKernel(StepInfo step)
    {
        (_input, _output) = (step.Input(0), step.Output(0));
        step.Require(_input.Type == ElementType.F32 && _output.Type == ElementType.F32 && _input.Rank == 3 && _output.Rank == 2, "the operands do not fit");
        step.Require(_output.Shape[0] == _input.Shape[0] && _output.Shape[1] == _input.Shape[2], "the result does not fit");
        (_rows, _columns) = (_input.Shape[1], _input.Shape[2]);
        _blocks = (_columns + Block - 1) / Block;
    }

    public static Kernel Create(StepInfo step) => new CascadeSumKernel(step);

    public override string Name => "cascade_sum";

    public override int WorkItems => _input.Shape[0] * _blocks;

    public override void Run(in KernelContext context, int begin, int end, byte* scratch)
    {
        for (int item = begin; item < end; item++)
        {
            int matrix = item / _blocks, first = item % _blocks * Block, count = Math.Min(Block, _columns - first);
            float* x = context.Pointer<float>(_input) + (nint)matrix * _rows * _columns + first, y = context.Pointer<float>(_output) + (nint)matrix * _columns + first;
            if (_columns == 1) *y = Line(x);
            else Columns(x, y, count);
        }
    }

    // Whole blocks of columns are summed row after row; of what is left, eights and single columns are by every fourth row. Fewer than eight columns go four by four.
    private void Columns(float* x, float* y, int count)
    {
        int c = 0;
        if (_columns >= Lanes)
        {
            if (count == Block) for (; c < Block; c += Lanes) Cascade(x + c, _columns, _rows, true).Store(y + c);
            for (; c <= count - Lanes; c += Lanes) EveryFourth(x + c, _columns, _rows, true).Store(y + c);
        }
        else if (count >= Interleaved) for (; c < Interleaved; c++) y[c] = Cascade(x + c, _columns, _rows, false)[0];
        for (; c < count; c++) y[c] = EveryFourth(x + c, _columns, _rows, false)[0];
    }

    // A line of eights; what is left over comes before the eight sums.
    private float Line(float* x)
    {
        if (_rows < Lanes) return EveryFourth(x, 1, _rows, false)[0];
        int vectors = _rows / Lanes;
        var sums = EveryFourth(x, Lanes, vectors, true);
        float sum = 0;
        for (int i = vectors * Lanes; i < _rows; i++) sum += x[i];
        for (int lane = 0; lane < Lanes; lane++) sum += sums[lane];
        return sum;
    }

    private static Vector256<float> EveryFourth(float* x, nint stride, int count, bool vector)
    {
        int whole = count / Interleaved;
        var first = Cascade(x, Interleaved * stride, whole, vector);
        Vector256<float> second = Cascade(x + stride, Interleaved * stride, whole, vector), third = Cascade(x + 2 * stride, Interleaved * stride, whole, vector), fourth = Cascade(x + 3 * stride, Interleaved * stride, whole, vector);
        for (int i = whole * Interleaved; i < count; i++) first += Load(x + i * stride, vector);
        return first + second + third + fourth;
    }

    // Sums of steps of 16 rows and more, these of as many steps, and so on: errors grow with the logarithm of the count.
    private static Vector256<float> Cascade(float* x, nint stride, int count, bool vector)
    {
        int power = Math.Max(4, (count <= 2 ? 1 : 32 - BitOperations.LeadingZeroCount((uint)count - 1)) / Levels), step = 1 << power;
        Vector256<float> level0 = default, level1 = default, level2 = default, level3 = default;
        int i = 0;
        while (i <= count - step)
        {
            for (int end = i + step; i < end; i++) level0 += Load(x + i * stride, vector);
            (level1, level0) = (level1 + level0, default);
            if ((i & (step - 1) << power) != 0) continue;
            (level2, level1) = (level2 + level1, default);
            if ((i & (step - 1) << 2 * power) != 0) continue;
            (level3, level2) = (level3 + level2, default);
        }
        for (; i < count; i++) level0 += Load(x + i * stride, vector);
        return level0 + level1 + level2 + level3;
    }

    private static Vector256<float> Load(float* x, bool vector) => vector ? Vector256.Load(x) : Vector256.CreateScalar(*x);
}
