using System.Runtime.InteropServices;
using Qnn.Runtime.Execution;
using Qnn.Runtime.Kernels.Requantization;

namespace Qnn.Runtime.Kernels.Normalization;

/// <summary>Parameters of <see cref="OpCode.QuantizedLogSoftmax"/>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct QuantizedLogSoftmaxParameters
{
    public SoftmaxArithmetic Arithmetic;

    // With a table of floats.
    public float InputScale, OutputScale;
    public int OutputZeroPoint;

    // In fixed point: the scale as a number of 5 integer bits, its inverse, and the least difference to the greatest element that counts.
    public int Multiplier, Shift, ReverseMultiplier, ReverseShift, DiffMin;
}

/// <summary>
/// y = rint(x * (sx / sy) - (sx * max + log(sum of exp(sx * (x - max)))) / sy) + zy over rows of uint8 or int8, every operation in single precision.
/// Inputs: data, table of 256 floats: entry 255 - d is exp(-sx * d). Or in fixed point, without a table. An item is one row.
/// </summary>
internal sealed unsafe class QuantizedLogSoftmaxKernel : Kernel
{
    private readonly TensorInfo _input, _output;
    private readonly TensorInfo? _table;
    private readonly QuantizedLogSoftmaxParameters _p;
    private readonly int _length;

    private QuantizedLogSoftmaxKernel(StepInfo step)
    {
        (_input, _output, _p) = (step.Input(0), step.Output(0), step.ReadParameters<QuantizedLogSoftmaxParameters>());
        step.Require(_input.Type == _output.Type && _input.Type is ElementType.U8 or ElementType.S8 && _input.Count == _output.Count && _input.Rank > 0, "the operands do not fit");
        _length = _input.Shape[^1];
        if (_p.Arithmetic == SoftmaxArithmetic.FixedPoint)
        {
            step.Require(_p.Multiplier >= 0 && _p.ReverseMultiplier >= 0 && _p.Shift is >= -31 and <= 30 && _p.ReverseShift is >= -31 and <= 30 && _p.DiffMin <= 0, "a factor is out of range");
            return;
        }
        step.Require(_p.Arithmetic == SoftmaxArithmetic.FloatTable, "the arithmetic is unknown");
        _table = step.ConstantInput(1, ElementType.F32, 256);
        step.Require(_p.InputScale > 0 && float.IsFinite(_p.InputScale) && _p.OutputScale > 0 && float.IsFinite(_p.OutputScale) && _p.OutputZeroPoint is >= sbyte.MinValue and <= byte.MaxValue, "a scale is out of range");
    }

    public static Kernel Create(StepInfo step) => new QuantizedLogSoftmaxKernel(step);

    public override string Name => "qlogsoftmax";

    public override int WorkItems => _output.Count == 0 ? 0 : _output.Count / _length;

    public override void Run(in KernelContext context, int begin, int end, byte* scratch)
    {
        byte* x = context.Pointer<byte>(_input), y = context.Pointer<byte>(_output);
        float* table = _table is null ? null : context.Pointer<float>(_table);
        bool signed = _input.Type == ElementType.S8;
        int low = signed ? sbyte.MinValue : byte.MinValue, high = signed ? sbyte.MaxValue : byte.MaxValue;
        float factor = _p.InputScale / _p.OutputScale;
        for (int row = begin; row < end; row++)
        {
            byte* from = x + (nint)row * _length, to = y + (nint)row * _length;
            int max = low;
            for (int i = 0; i < _length; i++) max = Math.Max(max, Value(from[i], signed));
            if (table == null)
            {
                FixedPointRow(from, to, max, signed);
                continue;
            }
            float sum = 0;
            for (int i = 0; i < _length; i++) sum += table[255 - max + Value(from[i], signed)];
            float shift = (_p.InputScale * max + (float)Math.Log(sum)) / _p.OutputScale;
            for (int i = 0; i < _length; i++)
            {
                float log = factor * Value(from[i], signed) - shift;
                to[i] = (byte)Math.Clamp((int)MathF.Round(log, MidpointRounding.ToEven) + _p.OutputZeroPoint, low, high);
            }
        }
    }

    // Sums have 12 integer bits, differences and logarithms 5; the result has 4, and 0 is its greatest number.
    private void FixedPointRow(byte* from, byte* to, int max, bool signed)
    {
        int sum = 0;
        for (int i = 0; i < _length; i++)
        {
            int difference = Value(from[i], signed) - max;
            if (difference >= _p.DiffMin) sum = unchecked(sum + FixedPoint.DivideByPowerOfTwo(FixedPointMath.ExponentialOfNegative5(Scaled(difference)), 12));
        }
        int log = FixedPointMath.LogarithmOf12To5(sum);
        int least = Math.Max(_p.DiffMin - 1, FixedPoint.MultiplyDouble(unchecked(log + int.MinValue), _p.ReverseMultiplier, _p.ReverseShift));
        int low = signed ? sbyte.MinValue : byte.MinValue, high = signed ? sbyte.MaxValue : byte.MaxValue;
        for (int i = 0; i < _length; i++)
        {
            int difference = Value(from[i], signed) - max;
            to[i] = (byte)(difference > least ? Math.Clamp(FixedPoint.DivideByPowerOfTwo(unchecked(Scaled(difference) - log), 22) + high, low, high) : low);
        }
    }

    private int Scaled(int difference) => FixedPoint.MultiplyDouble(difference, _p.Multiplier, _p.Shift);

    private static int Value(byte value, bool signed) => signed ? (sbyte)value : value;
}
