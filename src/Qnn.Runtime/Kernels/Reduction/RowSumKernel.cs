using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Qnn.Runtime.Execution;

namespace Qnn.Runtime.Kernels.Reduction;

/// <summary>What <see cref="RowSumKernel"/> computes.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct RowSumParameters
{
    public RowSumOrder Order;
}

/// <summary>Sums of the rows along the last axis, in a library's order of additions, which gives the same bits on every CPU. An item is a row.</summary>
internal sealed unsafe class RowSumKernel : Kernel
{
    private const int Lanes = 4;

    private readonly TensorInfo _input, _output;
    private readonly int _length;
    private readonly RowSumOrder _order;

    private RowSumKernel(StepInfo step)
    {
        (_input, _output, _order) = (step.Input(0), step.Output(0), step.ReadParameters<RowSumParameters>().Order);
        step.Require(_order is >= RowSumOrder.Lanes and <= RowSumOrder.Sixteens, "the order is unknown");
        step.Require(_input.Type == ElementType.F32 && _output.Type == ElementType.F32 && _input.Rank > 0, "the operands are no float32 rows");
        _length = _input.Shape[^1];
        step.Require(_length > 0 && (long)_output.Count * _length == _input.Count, "the shapes do not fit");
    }

    public static Kernel Create(StepInfo step) => new RowSumKernel(step);

    public override string Name => "row_sum";

    public override int WorkItems => _output.Count;

    public override void Run(in KernelContext context, int begin, int end, byte* scratch)
    {
        float* x = context.Pointer<float>(_input), y = context.Pointer<float>(_output);
        for (int row = begin; row < end; row++)
        {
            nint at = (nint)row * _length;
            y[row] = _order switch
            {
                RowSumOrder.Lanes => InLanes(x + at, _length),
                RowSumOrder.Sixteens => InSixteens(x + at, _length),
                RowSumOrder.PairedLanes => InPairedLanes(x + at, _length, 0),
                _ => InPairedLanes(x + at, _length, (int)Math.Min(-at & Lanes - 1, _length)),
            };
        }
    }

    private static float InLanes(float* x, int length)
    {
        Vector128<float> sums = default;
        int i = 0;
        for (; i <= length - Lanes; i += Lanes) sums += Vector128.Load(x + i);
        float sum = Across(sums);
        for (; i < length; i++) sum += x[i];
        return sum;
    }

    private static float InSixteens(float* x, int length)
    {
        const int Wide = 16;
        float* sums = stackalloc float[Wide];
        Vector256<float> low = default, high = default;
        int i = 0;
        for (; i <= length - Wide; i += Wide)
        {
            low += Vector256.Load(x + i);
            high += Vector256.Load(x + i + Wide / 2);
        }
        low.Store(sums);
        high.Store(sums + Wide / 2);
        for (; i < length; i++) sums[i % Wide] += x[i];
        for (i = 0; i < Wide / 2; i++) sums[i] += sums[i + Wide / 2];
        return (sums[0] + sums[1]) + (sums[2] + sums[3]) + ((sums[4] + sums[5]) + (sums[6] + sums[7]));
    }

    private static float InPairedLanes(float* x, int length, int start)
    {
        int end = start + (length - start) / Lanes * Lanes, pairs = start + (length - start) / (2 * Lanes) * (2 * Lanes);
        float sum;
        if (end == start)
        {
            sum = x[0];
            for (int i = 1; i < length; i++) sum += x[i];
            return sum;
        }
        var even = Vector128.Load(x + start);
        if (end > start + Lanes)
        {
            var odd = Vector128.Load(x + start + Lanes);
            for (int i = start + 2 * Lanes; i < pairs; i += 2 * Lanes)
            {
                even += Vector128.Load(x + i);
                odd += Vector128.Load(x + i + Lanes);
            }
            even += odd;
            if (end > pairs) even += Vector128.Load(x + pairs);
        }
        sum = Across(even);
        for (int i = 0; i < start; i++) sum += x[i];
        for (int i = end; i < length; i++) sum += x[i];
        return sum;
    }

    private static float Across(Vector128<float> v) => v[0] + v[2] + (v[1] + v[3]);
}
