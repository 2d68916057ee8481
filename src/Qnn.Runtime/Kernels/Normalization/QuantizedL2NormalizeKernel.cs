using System.Runtime.InteropServices;
using Qnn.Runtime.Execution;
using Qnn.Runtime.Kernels.Requantization;

namespace Qnn.Runtime.Kernels.Normalization;

/// <summary>Parameters of <see cref="OpCode.QuantizedL2Normalize"/>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct QuantizedL2NormalizeParameters
{
    public int InputZeroPoint;
}

/// <summary>
/// Rows of uint8 or int8 divided by their length, in steps of 1/128 around 128 or 0: TensorFlow Lite's fixed-point inverse root of the sum of squares.
/// Both types scale with two roundings, but shift at different places. An item is one row.
/// </summary>
internal sealed unsafe class QuantizedL2NormalizeKernel : Kernel
{
    private const int OutputBits = 7;

    private readonly TensorInfo _input, _output;
    private readonly int _zeroPoint, _length;

    private QuantizedL2NormalizeKernel(StepInfo step, int zeroPoint)
    {
        (_input, _output, _zeroPoint) = (step.Input(0), step.Output(0), zeroPoint);
        step.Require(_input.Type == _output.Type && _input.Type is ElementType.U8 or ElementType.S8 && _input.Count == _output.Count && _input.Rank > 0, "the operands do not fit");
        step.Require(zeroPoint is >= sbyte.MinValue and <= byte.MaxValue, "the zero point is out of range");
        _length = _input.Shape[^1];
    }

    public static Kernel Create(StepInfo step) => new QuantizedL2NormalizeKernel(step, step.ReadParameters<QuantizedL2NormalizeParameters>().InputZeroPoint);

    public override string Name => "ql2normalize";

    public override int WorkItems => _output.Count == 0 ? 0 : _output.Count / _length;

    public override void Run(in KernelContext context, int begin, int end, byte* scratch)
    {
        byte* x = context.Pointer<byte>(_input), y = context.Pointer<byte>(_output);
        bool signed = _input.Type == ElementType.S8;
        for (int row = begin; row < end; row++)
        {
            byte* from = x + (nint)row * _length, to = y + (nint)row * _length;
            int squares = 0;
            for (int i = 0; i < _length; i++)
            {
                int v = Difference(from[i], signed);
                squares = unchecked(squares + v * v);
            }
            var (multiplier, exponent) = InverseSquareRoot.Of(squares);
            for (int i = 0; i < _length; i++)
            {
                int v = Difference(from[i], signed);
                if (signed) to[i] = (byte)(sbyte)Math.Clamp(FixedPoint.MultiplyDouble(v, multiplier, exponent + OutputBits), sbyte.MinValue, sbyte.MaxValue);
                else to[i] = (byte)Math.Clamp((1 << OutputBits) + FixedPoint.DivideByPowerOfTwo(FixedPoint.DoublingHighMultiply(v << OutputBits, multiplier), -exponent), byte.MinValue, byte.MaxValue);
            }
        }
    }

    private int Difference(byte value, bool signed) => (signed ? (sbyte)value : value) - _zeroPoint;
}
