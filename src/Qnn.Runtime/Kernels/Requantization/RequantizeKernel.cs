using Qnn.Runtime.Execution;

namespace Qnn.Runtime.Kernels.Requantization;

/// <summary>
/// Requantization by itself: y = clamp(requantize(x - input zero point) + output zero point). Scalar: where it is hot, it is an epilogue or a lookup table.
/// Inputs: x (int32, int16, int8 or uint8), multipliers, exponents. Output: int16, int8 or uint8.
/// </summary>
internal sealed unsafe class RequantizeKernel : Kernel
{
    private readonly TensorInfo _input, _output;
    private readonly RequantizeParameters _p;
    private readonly int* _multipliers, _exponents;

    private RequantizeKernel(StepInfo step)
    {
        _p = step.ReadParameters<RequantizeParameters>();
        (_input, _output) = (step.Input(0), step.Output(0));
        step.Require(_input.Count == _output.Count && _p.Channels > 0 && _input.Count % _p.Channels == 0, "bad shapes");
        step.Require(_input.Type is ElementType.S32 or ElementType.S16 or ElementType.S8 or ElementType.U8, "bad input type");
        step.Require(_output.Type is ElementType.S16 or ElementType.S8 or ElementType.U8, "bad output type");
        var arithmetic = (RequantizeArithmetic)_p.Arithmetic;
        bool floats = arithmetic is RequantizeArithmetic.Float32Bias or RequantizeArithmetic.Float32Stepped;
        step.Require(floats || arithmetic is RequantizeArithmetic.FixedPointDouble or RequantizeArithmetic.FixedPointSingle or RequantizeArithmetic.Float32NearestEven, "unknown arithmetic");
        step.Require(float.IsFinite(_p.Reciprocal), "bad scale");
        step.Require(_p.Minimum <= _p.Maximum && _p.Minimum >= short.MinValue && _p.Maximum <= short.MaxValue && Math.Abs((long)_p.OutputZeroPoint) <= short.MaxValue + 1L, "bad clamp");
        _multipliers = (int*)step.ConstantInput(1, ElementType.S32, _p.Channels).Constant;
        var exponents = step.ConstantInput(2, ElementType.S32, _p.Channels);
        _exponents = (int*)exponents.Constant;
        foreach (int exponent in exponents.ConstantSpan<int>()) step.Require(floats ? float.IsFinite(BitConverter.Int32BitsToSingle(exponent)) : exponent is >= -31 and <= 30, "bad exponent");
    }

    public static Kernel Create(StepInfo step) => new RequantizeKernel(step);

    public override string Name => "requantize.scalar";

    public override int WorkItems => _input.Count / _p.Channels;

    public override int Grain => Math.Max(1, 4096 / _p.Channels);

    public override Region Reads(TensorInfo input, int begin, int end) => Region.Items(input, begin, end, _p.Channels);

    public override Region Writes(TensorInfo output, int begin, int end) => Region.Items(output, begin, end, _p.Channels);

    public override void Run(in KernelContext context, int begin, int end, byte* scratch)
    {
        int bias = -_p.InputZeroPoint;
        var epilogue = new Epilogue
        {
            Bias = &bias,
            Arithmetic = (RequantizeArithmetic)_p.Arithmetic,
            ZeroPoint = _p.OutputZeroPoint,
            Minimum = _p.Minimum,
            Maximum = _p.Maximum,
            Reciprocal = _p.Reciprocal,
        };
        byte* input = context[_input], output = context[_output];
        for (int c = 0; c < _p.Channels; c++)
        {
            epilogue.Multipliers = _multipliers + c;
            epilogue.Exponents = _exponents + c;
            for (nint i = (nint)begin * _p.Channels + c; i < (nint)end * _p.Channels; i += _p.Channels)
            {
                int value = _input.Type switch
                {
                    ElementType.S32 => ((int*)input)[i],
                    ElementType.S16 => ((short*)input)[i],
                    ElementType.S8 => ((sbyte*)input)[i],
                    _ => input[i],
                };
                value = EpilogueScalar.Requantize(epilogue, value, 0);
                if (_output.Type == ElementType.S16) ((short*)output)[i] = (short)value;
                else output[i] = (byte)value;
            }
        }
    }
}
