using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime.Kernels.Requantization;

namespace Qnn.Compiler.Lowering;

/// <summary>A convolution's epilogue as the kernels take it: <see cref="Epilogue"/>.</summary>
internal static class EpilogueLowering
{
    /// <summary>The parameters; of no arithmetic where the accumulators are the result.</summary>
    public static EpilogueParameters Parameters(Requantize? epilogue) => epilogue is null ? default : new EpilogueParameters
    {
        Arithmetic = (int)epilogue.Arithmetic,
        OutputZeroPoint = epilogue.OutputZeroPoint,
        Minimum = epilogue.Minimum,
        Maximum = epilogue.Maximum,
        Reciprocal = epilogue.Reciprocal,
    };

    /// <summary>The three inputs: bias less what the input's zero point contributes, multipliers, exponents. Each group's outputs are padded to blocks of sixteen.</summary>
    /// <param name="context">The program in the making.</param>
    /// <param name="name">Names the constants.</param>
    /// <param name="epilogue">The epilogue, or null.</param>
    /// <param name="bias">The bias, or null.</param>
    /// <param name="weightSums">For each output, the sum of its weights less their zero points.</param>
    /// <param name="zeroPoint">The input's zero point.</param>
    /// <param name="groups">Groups.</param>
    public static int[] Channels(LoweringContext context, string name, Requantize? epilogue, Tensor? bias, ReadOnlySpan<int> weightSums, int zeroPoint, int groups)
    {
        int outputs = weightSums.Length / groups, padded = (outputs + 15) / 16 * 16;
        var biases = bias?.ToInt32();
        var (folded, multipliers, exponents) = (new int[groups * padded], new int[groups * padded], new int[groups * padded]);
        for (int o = 0; o < weightSums.Length; o++)
        {
            int at = o / outputs * padded + o % outputs;
            folded[at] = unchecked((biases?[o] ?? 0) - zeroPoint * weightSums[o]);
            if (epilogue is not null) (multipliers[at], exponents[at]) = Multiplier(epilogue, o);
        }
        int biasInput = context.Constant<int>(folded, $"{name}/bias");
        return epilogue is null ? [biasInput] : [biasInput, context.Constant<int>(multipliers, $"{name}/multipliers"), context.Constant<int>(exponents, $"{name}/exponents")];
    }

    /// <summary>A channel's multiplier and exponent as its arithmetic takes them; float multipliers and biases by their bits, multipliers in double precision by both halves of them.</summary>
    public static (int Multiplier, int Exponent) Multiplier(Requantize op, int channel)
    {
        double multiplier = op.Multipliers[op.Multipliers.Count == 1 ? 0 : channel];
        if (op.Arithmetic == RequantizeArithmetic.Float32NearestEven) return (BitConverter.SingleToInt32Bits((float)multiplier), 0);
        if (op.Arithmetic == RequantizeArithmetic.Float64Away) return ((int)BitConverter.DoubleToInt64Bits(multiplier), (int)(BitConverter.DoubleToInt64Bits(multiplier) >> 32));
        if (op.FloatBias is { } bias) return (BitConverter.SingleToInt32Bits((float)multiplier), BitConverter.SingleToInt32Bits((float)bias[bias.Count == 1 ? 0 : channel]));
        var (q, e) = FixedPointMultiplier.From(multiplier);
        return (q, e);
    }
}
