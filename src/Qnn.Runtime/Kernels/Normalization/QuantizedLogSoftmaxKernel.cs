using System.Runtime.InteropServices;
using Qnn.Runtime.Execution;

namespace Qnn.Runtime.Kernels.Normalization;

/// <summary>Parameters of <see cref="OpCode.QuantizedLogSoftmax"/>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct QuantizedLogSoftmaxParameters
{
    public float InputScale, OutputScale;
    public int OutputZeroPoint;
}

/// <summary>
/// y = rint(x * (sx / sy) - (sx * max + log(sum of exp(sx * (x - max)))) / sy) + zy over rows of uint8 or int8, every operation in single precision.
/// Inputs: data, table of 256 floats: entry 255 - d is exp(-sx * d). An item is one row.
/// </summary>
internal sealed unsafe class QuantizedLogSoftmaxKernel : Kernel
{
    private readonly TensorInfo _input, _table, _output;
    private readonly QuantizedLogSoftmaxParameters _p;
    private readonly int _length;

    private QuantizedLogSoftmaxKernel(StepInfo step)
    {
        (_input, _table, _output, _p) = (step.Input(0), step.ConstantInput(1, ElementType.F32, 256), step.Output(0), step.ReadParameters<QuantizedLogSoftmaxParameters>());
        step.Require(_input.Type == _output.Type && _input.Type is ElementType.U8 or ElementType.S8 && _input.Count == _output.Count && _input.Rank > 0, "the operands do not fit");
        step.Require(_p.InputScale > 0 && float.IsFinite(_p.InputScale) && _p.OutputScale > 0 && float.IsFinite(_p.OutputScale) && _p.OutputZeroPoint is >= sbyte.MinValue and <= byte.MaxValue, "a scale is out of range");
        _length = _input.Shape[^1];
    }

    public static Kernel Create(StepInfo step) => new QuantizedLogSoftmaxKernel(step);

    public override string Name => "qlogsoftmax";

    public override int WorkItems => _output.Count == 0 ? 0 : _output.Count / _length;

    public override void Run(in KernelContext context, int begin, int end, byte* scratch)
    {
        byte* x = context.Pointer<byte>(_input), y = context.Pointer<byte>(_output);
        float* table = context.Pointer<float>(_table);
        bool signed = _input.Type == ElementType.S8;
        int low = signed ? sbyte.MinValue : byte.MinValue, high = signed ? sbyte.MaxValue : byte.MaxValue;
        float factor = _p.InputScale / _p.OutputScale;
        for (int row = begin; row < end; row++)
        {
            byte* from = x + (nint)row * _length, to = y + (nint)row * _length;
            int max = low;
            for (int i = 0; i < _length; i++) max = Math.Max(max, Value(from[i], signed));
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

    private static int Value(byte value, bool signed) => signed ? (sbyte)value : value;
}
