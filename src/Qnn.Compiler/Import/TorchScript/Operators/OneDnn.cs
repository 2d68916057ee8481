using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Elementwise;
using Qnn.Runtime.Kernels.Quantization;

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
    public static Value Requantize(TorchCall call, TensorType data, Value sums, Quantization weights, float[]? bias, Quantization output, bool relu)
    {
        float[] scales = [.. weights.Scales.Select(s => Handed(data.Scale) * s)];
        float inverse = 1f / output.Scale;
        if (scales.Any(s => !float.IsFinite(s)) || !float.IsFinite(inverse) || bias?.Any(b => !float.IsFinite(b)) == true) throw call.Malformed("has scales or a bias that are no numbers");
        float least = relu ? 0 : float.NegativeInfinity;
        var real = call.Emit(new Binary(BinaryKind.Multiply, bias is null ? least : float.NegativeInfinity), call.Emit(new Cast(ElementType.F32), sums), Last(scales));
        if (bias is not null) real = call.Emit(new Binary(BinaryKind.Add, least), real, Last(bias));
        real = call.Emit(new Binary(BinaryKind.Multiply), real, TorchCall.Constant(inverse));
        if (output.ZeroPoint != 0) real = call.Emit(new Binary(BinaryKind.Add), real, TorchCall.Constant((float)output.ZeroPoint));
        var whole = call.EmitQuantized(new Quantize(data.Element, QuantizeArithmetic.MultiplyEven), new Quantization(1, 0), real);
        return call.EmitQuantized(new Reshape(whole.Type.Shape), output, whole);
    }

    /// <summary>A scale as it arrives: the reciprocal of its reciprocal.</summary>
    public static float Handed(float scale) => 1f / (1f / scale);

    private static Value Last(float[] numbers) => numbers.Length == 1 ? TorchCall.Constant(numbers[0]) : TorchCall.Constant(Tensor.Of<float>(new Shape(numbers.Length), numbers));
}
