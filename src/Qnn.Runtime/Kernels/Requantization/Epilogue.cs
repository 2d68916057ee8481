using System.Runtime.InteropServices;
using Qnn.Runtime.Execution;

namespace Qnn.Runtime.Kernels.Requantization;

/// <summary>What happens to an accumulator, beside the numbers of each channel: part of a convolution's parameters.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct EpilogueParameters
{
    /// <summary>A <see cref="RequantizeArithmetic"/>.</summary>
    public int Arithmetic;
    public int OutputZeroPoint;
    /// <summary>The least result: the type's, or the activation's.</summary>
    public int Minimum;
    public int Maximum;
    /// <summary>Of <see cref="RequantizeArithmetic.Float32Stepped"/>: the reciprocal of the result's scale.</summary>
    public float Reciprocal;
}

/// <summary>
/// Accumulators to results: out = clamp(requantize(sum + bias) + zero point), each channel with its own numbers.
/// A plain structure of pointers and numbers, so that assembled code can take the same.
/// </summary>
internal unsafe struct Epilogue
{
    /// <summary>An accumulator's bias, input zero point folded in. One number for each packed channel, as for the next two.</summary>
    public int* Bias;
    /// <summary>q of the fixed-point arithmetics, or the float multiplier's bits.</summary>
    public int* Multipliers;
    /// <summary>e of the fixed-point arithmetics, or the float bias' bits.</summary>
    public int* Exponents;
    public RequantizeArithmetic Arithmetic;
    public int ZeroPoint;
    public int Minimum;
    public int Maximum;
    /// <summary>Of <see cref="RequantizeArithmetic.Float32Stepped"/>: the reciprocal of the result's scale.</summary>
    public float Reciprocal;

    /// <summary>Bytes of a result.</summary>
    public readonly int OutputSize => Arithmetic == RequantizeArithmetic.None ? 4 : 1;

    /// <summary>Reads and checks a step's epilogue: inputs <paramref name="first"/>... are bias, multipliers, exponents, <paramref name="channels"/> of each.</summary>
    public static Epilogue Create(StepInfo step, in EpilogueParameters parameters, int first, long channels, TensorInfo output)
    {
        var arithmetic = (RequantizeArithmetic)parameters.Arithmetic;
        var epilogue = new Epilogue
        {
            Bias = (int*)step.ConstantInput(first, ElementType.S32, channels).Constant,
            Arithmetic = arithmetic,
            ZeroPoint = parameters.OutputZeroPoint,
            Minimum = parameters.Minimum,
            Maximum = parameters.Maximum,
            Reciprocal = parameters.Reciprocal,
        };
        if (arithmetic == RequantizeArithmetic.None)
        {
            step.Require(output.Type == ElementType.S32, "an accumulator's result is 32-bit");
            return epilogue;
        }
        step.Require(
            arithmetic is RequantizeArithmetic.FixedPointDouble or RequantizeArithmetic.FixedPointSingle or RequantizeArithmetic.Float32NearestEven or RequantizeArithmetic.Float32Bias or RequantizeArithmetic.Float32Stepped,
            "unknown arithmetic");
        step.Require(float.IsFinite(parameters.Reciprocal), "bad scale");
        step.Require(output.Type is ElementType.U8 or ElementType.S8, "a requantized result is 8-bit");
        var (least, greatest) = output.Type == ElementType.U8 ? (0, (int)byte.MaxValue) : (sbyte.MinValue, sbyte.MaxValue);
        step.Require(parameters.Minimum >= least && parameters.Maximum >= parameters.Minimum && parameters.Maximum <= greatest, "bad clamp");
        step.Require(parameters.OutputZeroPoint is >= sbyte.MinValue and <= byte.MaxValue, "bad zero point");
        epilogue.Multipliers = (int*)step.ConstantInput(first + 1, ElementType.S32, channels).Constant;
        var exponents = step.ConstantInput(first + 2, ElementType.S32, channels);
        epilogue.Exponents = (int*)exponents.Constant;
        if (arithmetic is RequantizeArithmetic.Float32Bias or RequantizeArithmetic.Float32Stepped)
        {
            foreach (float bias in exponents.ConstantSpan<float>()) step.Require(float.IsFinite(bias), "bad bias");
            return epilogue;
        }
        foreach (int exponent in exponents.ConstantSpan<int>()) step.Require(exponent is >= -31 and <= 30, "bad exponent");
        return epilogue;
    }

    /// <summary>The same for channels from <paramref name="channel"/> on.</summary>
    public readonly Epilogue From(nint channel)
    {
        var shifted = this;
        shifted.Bias += channel;
        if (Arithmetic != RequantizeArithmetic.None)
        {
            shifted.Multipliers += channel;
            shifted.Exponents += channel;
        }
        return shifted;
    }
}
