using System.Runtime.InteropServices;
using Qnn.Runtime.Execution;
using Qnn.Runtime.Kernels.Wide;

namespace Qnn.Runtime.Kernels.Reduction;

/// <summary>Parameters of <see cref="OpCode.QuantizedProduct"/>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct QuantizedProductParameters
{
    /// <summary>Bit a: axis a is reduced.</summary>
    public int AxisMask;

    public int InputZeroPoint, OutputZeroPoint;

    /// <summary>The factor after every multiplication and once more at the end.</summary>
    public int Multiplier, Shift;
}

/// <summary>
/// The product over axes of int8 or int16: starting with the first element less its zero point, times the next and scaled in fixed point, in row-major order; scaled once more at the end.
/// An item is one result.
/// </summary>
internal sealed unsafe class QuantizedProductKernel : Kernel
{
    private readonly TensorInfo _input, _output;
    private readonly QuantizedProductParameters _p;
    private readonly ReducedAxes _axes;

    private QuantizedProductKernel(StepInfo step)
    {
        (_input, _output, _p) = (step.Input(0), step.Output(0), step.ReadParameters<QuantizedProductParameters>());
        step.Require(_input.Type == _output.Type && _input.Type is ElementType.S8 or ElementType.S16, "the element types are not int8 or int16");
        step.Require(_p.Multiplier >= 0 && _p.Shift is >= -31 and <= 14, "the factor is out of range");
        step.Require(_p.InputZeroPoint is >= short.MinValue and <= short.MaxValue && _p.OutputZeroPoint is >= short.MinValue and <= short.MaxValue, "a zero point is out of range");
        step.Require(_input.Count > 0 || _output.Count == 0, "the product of nothing has no scale");
        _axes = new ReducedAxes(step, _input, _output, _p.AxisMask);
    }

    public static Kernel Create(StepInfo step) => new QuantizedProductKernel(step);

    public override string Name => "qproduct";

    public override int WorkItems => _output.Count;

    public override int Grain => 64;

    public override void Run(in KernelContext context, int begin, int end, byte* scratch)
    {
        byte* x = context.Pointer<byte>(_input), y = context.Pointer<byte>(_output);
        bool wide = _input.Type == ElementType.S16;
        int low = wide ? short.MinValue : sbyte.MinValue, high = wide ? short.MaxValue : sbyte.MaxValue;
        for (int item = begin; item < end; item++)
        {
            nint from = _axes.KeptOffset(item / _axes.Run) + item % _axes.Run;
            int product = 0;
            bool first = true;
            for (int outer = 0; outer < _axes.OuterCount; outer++)
            {
                nint start = from + _axes.OuterOffset(outer);
                for (int i = 0; i < _axes.InnerCount; i++)
                {
                    nint at = start + (nint)i * _axes.InnerStride;
                    int value = (wide ? ((short*)x)[at] : ((sbyte*)x)[at]) - _p.InputZeroPoint;
                    product = first ? value : Scaled((long)product * value);
                    first = false;
                }
            }
            int result = (int)Math.Clamp((long)Scaled(product) + _p.OutputZeroPoint, low, high);
            if (wide) ((short*)y)[item] = (short)result;
            else ((sbyte*)y)[item] = (sbyte)result;
        }
    }

    private int Scaled(long value) => WideEpilogue.MultiplyWide(value, _p.Multiplier, _p.Shift);
}
