using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Requantization;

namespace Qnn.Compiler.Import.TorchScript.Operators;

/// <summary>oneDNN's requantization, which PyTorch's engine of that name uses, and its x86 engine for most convolutions.</summary>
internal static class OneDnn
{
    private const int MaxGroups = 100;

    /// <summary>Whether oneDNN computes a convolution, on a CPU with AVX512-VNNI.</summary>
    public static bool Takes(TorchNumerics numerics, PackedConvolution packed) => numerics switch
    {
        TorchNumerics.OneDnn => true,
        TorchNumerics.X86 => packed.OutputPadding.All(p => p == 0) && IsFaster(packed.Groups, packed.Weights.Type.Quantization!),
        _ => false,
    };

    /// <summary>Whether the x86 engine prefers oneDNN to FBGEMM (should_use_onednn_quant).</summary>
    public static bool IsFaster(int groups, Quantization weights) => groups <= MaxGroups && weights.ZeroPoints.All(z => z == 0);

    /// <summary>rint((sum * (input scale * weight scale) + bias) * (1 / output scale) + zero point), every step rounded; the zero point is added before rounding to an integer. PyTorch hands the scale of data over by its reciprocal.</summary>
    public static Requantize Epilogue(TorchCall call, TensorType data, Quantization weights, float[]? bias, Quantization output, bool relu)
    {
        float[] scales = [.. weights.Scales.Select(s => Handed(data.Scale) * s)];
        float reciprocal = 1f / output.Scale;
        if (scales.Any(s => !float.IsFinite(s)) || !float.IsFinite(reciprocal) || bias?.Any(b => !float.IsFinite(b)) == true) throw call.Malformed("has scales or a bias that are no numbers");
        var (low, high) = TorchCall.RangeOf(data.Element);
        // What a relu takes to 0 is at the zero point or below, and so is its integer.
        return new Requantize(
            RequantizeArithmetic.Float32Stepped, new Doubles([.. scales.Select(s => (double)s)]), data.Element, output.ZeroPoint, relu ? Math.Max(low, output.ZeroPoint) : low, high,
            new Doubles(bias is null ? [0] : [.. bias.Select(b => (double)b)]), reciprocal);
    }

    /// <summary>A scale as it arrives: the reciprocal of its reciprocal.</summary>
    public static float Handed(float scale) => 1f / (1f / scale);
}
