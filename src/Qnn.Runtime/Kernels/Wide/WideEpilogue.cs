using Qnn.Runtime.Execution;
using Qnn.Runtime.Kernels.Requantization;

namespace Qnn.Runtime.Kernels.Wide;

/// <summary>
/// What follows 64-bit accumulators: bias, requantization channel by channel, zero point, clamp. In 32-bit arithmetics the accumulator wraps to 32 bits first,
/// as the framework's does. Takes three inputs of a step: biases (int64), multipliers, exponents, one each a channel.
/// </summary>
internal readonly unsafe struct WideEpilogue
{
    private readonly long* _bias;
    private readonly int* _multipliers, _exponents;
    private readonly RequantizeArithmetic _arithmetic;
    private readonly int _zeroPoint, _min, _max;

    /// <summary>Verifies and takes inputs <paramref name="first"/> to first + 2.</summary>
    public WideEpilogue(StepInfo step, int first, int channels, in WideEpilogueParameters parameters, ElementType output)
    {
        (_arithmetic, _zeroPoint, _min, _max) = ((RequantizeArithmetic)parameters.Arithmetic, parameters.ZeroPoint, parameters.Min, parameters.Max);
        step.Require(_arithmetic is RequantizeArithmetic.FixedPointDouble or RequantizeArithmetic.FixedPointSingle or RequantizeArithmetic.Float32NearestEven or RequantizeArithmetic.FixedPointWide, "unknown arithmetic");
        step.Require(output is ElementType.U8 or ElementType.S8 or ElementType.S16, "bad result type");
        step.Require(_min <= _max && _min >= short.MinValue && _max <= short.MaxValue && _zeroPoint is >= short.MinValue and <= short.MaxValue, "bad clamp");
        _bias = (long*)step.ConstantInput(first, ElementType.S64, channels).Constant;
        _multipliers = (int*)step.ConstantInput(first + 1, ElementType.S32, channels).Constant;
        var exponents = step.ConstantInput(first + 2, ElementType.S32, channels);
        _exponents = (int*)exponents.Constant;
        int most = _arithmetic == RequantizeArithmetic.FixedPointWide ? 14 : 30;
        foreach (int exponent in exponents.ConstantSpan<int>()) step.Require(exponent >= -31 && exponent <= most, "bad exponent");
    }

    /// <summary>A channel's sum, finished.</summary>
    public int Finish(long sum, nint channel)
    {
        sum += _bias[channel];
        int multiplier = _multipliers[channel], exponent = _exponents[channel];
        if (_arithmetic == RequantizeArithmetic.Float32NearestEven)
        {
            float product = (int)sum * BitConverter.Int32BitsToSingle(multiplier);
            product = MathF.Min(MathF.Max(product, _min - _zeroPoint), _max - _zeroPoint);
            return (int)MathF.Round(product, MidpointRounding.ToEven) + _zeroPoint;
        }
        int scaled = _arithmetic switch
        {
            RequantizeArithmetic.FixedPointDouble => FixedPoint.MultiplyDouble((int)sum, multiplier, exponent),
            RequantizeArithmetic.FixedPointSingle => FixedPoint.MultiplySingle((int)sum, multiplier, exponent),
            _ => MultiplyWide(sum, multiplier, exponent),
        };
        return Math.Min(Math.Max(scaled + _zeroPoint, _min), _max);
    }

    /// <summary>TensorFlow Lite's MultiplyByQuantizedMultiplier of 64-bit numbers: the multiplier's top 16 bits, one rounding, halves up.</summary>
    public static int MultiplyWide(long value, int multiplier, int exponent)
    {
        int reduced = multiplier < 0x7FFF0000 ? (multiplier + (1 << 15)) >> 16 : 0x7FFF;
        int shift = 15 - exponent;
        return (int)((value * reduced + (1L << (shift - 1))) >> shift);
    }
}
