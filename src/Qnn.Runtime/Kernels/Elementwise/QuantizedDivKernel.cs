using System.Numerics;
using System.Runtime.InteropServices;
using Qnn.Runtime.Execution;
using Qnn.Runtime.Kernels.Normalization;
using Qnn.Runtime.Kernels.Requantization;

namespace Qnn.Runtime.Kernels.Elementwise;

/// <summary>Parameters of <see cref="OpCode.QuantizedDiv"/>: y = clamp(factor * (a + OffsetA) / (b + OffsetB) + OffsetOut, Min, Max).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct QuantizedDivParameters
{
    public int OffsetA, OffsetB, OffsetOut;
    public int Multiplier, Shift;
    public int Min, Max;
}

/// <summary>Divides two uint8 tensors, broadcast by NumPy's rule, by gemmlowp's fixed-point reciprocal. What is divided by 0 is the greatest or the least result.</summary>
internal sealed unsafe class QuantizedDivKernel : Kernel
{
    private readonly TensorInfo _a, _b, _output;
    private readonly QuantizedDivParameters _p;
    private readonly BroadcastRows _rows;

    private QuantizedDivKernel(StepInfo step)
    {
        (_a, _b, _output, _p) = (step.Input(0), step.Input(1), step.Output(0), step.ReadParameters<QuantizedDivParameters>());
        step.Require(_a.Type == ElementType.U8 && _b.Type == ElementType.U8 && _output.Type == ElementType.U8, "the operands are not uint8");
        step.Require(_p.Multiplier >= 0 && _p.Shift is >= -31 and <= 30 && _p.Min <= _p.Max && _p.Min >= byte.MinValue && _p.Max <= byte.MaxValue, "the factor or the range is out of range");
        step.Require(_p.OffsetA is >= -255 and <= 0 && _p.OffsetB is >= -255 and <= 0 && _p.OffsetOut is >= 0 and <= 255, "a zero point is out of range");
        _rows = new BroadcastRows(step, _a, _b, _output);
    }

    public static Kernel Create(StepInfo step) => new QuantizedDivKernel(step);

    public override string Name => "qdiv";

    public override int WorkItems => _rows.WorkItems;

    public override int Grain => _rows.Grain;

    public override Region Reads(TensorInfo input, int begin, int end) => _rows.Region(input, begin, end);

    public override Region Writes(TensorInfo output, int begin, int end) => _rows.Region(output, begin, end);

    public override void Run(in KernelContext context, int begin, int end, byte* scratch)
    {
        byte* a = context.Pointer<byte>(_a), b = context.Pointer<byte>(_b), y = context.Pointer<byte>(_output);
        for (int item = begin; item < end;)
        {
            item = _rows.Locate(item, end, out int at, out int bt, out int yt, out int count);
            for (int i = 0; i < count; i++, at += _rows.StepA, bt += _rows.StepB) y[yt + i] = (byte)Divide(a[at] + _p.OffsetA, b[bt] + _p.OffsetB);
        }
    }

    private int Divide(int a, int b)
    {
        if (b == 0) return a < 0 ? _p.Min : _p.Max;
        if (b < 0) (a, b) = (-a, -b);
        int reciprocal = FixedPointMath.Reciprocal(b, 31, out int bitsOverUnit);
        int headroom = BitOperations.LeadingZeroCount((uint)(a >= 0 ? a : -a - 1)) - 1;
        int quotient = FixedPoint.DoublingHighMultiply(a << headroom, reciprocal);
        int shift = headroom + bitsOverUnit - _p.Shift;
        long scaled = FixedPoint.DoublingHighMultiply(quotient, _p.Multiplier);
        // Beyond 31 bits, where less than a quarter is left, x86 shifts by what is over 32, and so does TensorFlow Lite's answer.
        scaled = shift >= 0 ? FixedPoint.DivideByPowerOfTwo((int)scaled, shift) : scaled << -shift;
        return (int)Math.Clamp(scaled + _p.OffsetOut, _p.Min, _p.Max);
    }
}
