using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;

namespace Qnn.Compiler.Import.Onnx.Operators;

/// <summary>
/// Weights and biases of a Conv, ConvTranspose or Gemm that the file leaves in float although its data come from a DequantizeLinear and its result goes to a QuantizeLinear: ONNX Runtime quantizes them when it loads the model.
/// Weights: int8, their range widened to hold 0 spread over 255 steps. Biases: rint(bias / (scale of the data * scale of the weights)), int32.
/// </summary>
/// <param name="Weights">Weights of 8 bits, stored or quantized late; null where they are real.</param>
/// <param name="Bias">The bias in int32, stored or quantized late; null where it is real, or absent.</param>
/// <param name="RealWeights">The weights as real numbers.</param>
/// <param name="RealBias">The bias as real numbers; null where there is none.</param>
internal sealed record LateQuantization(Value? Weights, Value? Bias, Value RealWeights, Value? RealBias)
{
    /// <summary>The weights and bias of a node, its operands 1 and 2, quantized late where ONNX Runtime does so.</summary>
    public static LateQuantization Of(OnnxNode node)
    {
        var stored = new LateQuantization(node.Quantized(1), node.Quantized(2), node.Input(1), node.OptionalInput(2));
        if (node.Quantized(0) is not { Type: { Quantization: { IsPerChannel: false } data, Shape: var shape } } || !node.Importer.LeadsToQuantize(node, node.Proto.OpType == "Gemm" && shape.Rank > 2) || node.StandsBehindReshapedConstant) return stored;
        if (stored.Weights is null && stored.RealWeights is not { IsConstant: true, Type.Element: ElementType.F32 }) return stored;
        bool isLate = stored is { Bias: null, RealBias: { IsConstant: true, Type: { Element: ElementType.F32, Shape.Rank: 1 } } };
        if (stored.RealBias is not null && !isLate) return stored;
        if (stored.Weights is not null && !isLate) return stored;
        var weights = stored.Weights ?? Quantized(node, stored.RealWeights);
        var scales = weights.Type.Quantization!;
        if (scales.IsPerChannel && (scales.Scales.Length != stored.RealBias!.Type.Shape[0] || scales.Axis != (node.Proto.OpType == "ConvTranspose" || node.Proto.OpType == "Gemm" && node.Int("transB", 0) == 0 ? 1 : 0))) return stored;
        var real = stored.Weights is null ? node.Emit(new Dequantize(), weights) : stored.RealWeights;
        if (!isLate) return stored with { Weights = weights, RealWeights = real };
        float[] values = stored.RealBias!.Constant!.Span<float>().ToArray();
        float[] steps = [.. values.Select((_, i) => data.Scales[0] * scales.Scales[scales.IsPerChannel ? i : 0])];
        int[] rounded = [.. values.Select((v, i) => (int)MathF.Round(v / steps[i], MidpointRounding.ToEven))];
        var bias = Value.Of("bias", Tensor.Of<int>(new Shape(values.Length), rounded));
        return new LateQuantization(weights, bias, real, Value.Of("bias", Tensor.Of<float>(new Shape(values.Length), [.. rounded.Select((r, i) => r * steps[i])])));
    }

    private static Value Quantized(OnnxNode node, Value weights)
    {
        var values = weights.Constant!.Span<float>();
        float least = 0, most = 0;
        foreach (float v in values) (least, most) = (MathF.Min(least, v), MathF.Max(most, v));
        float scale = least == most ? 1 : (most - least) / 255;
        int zero = (int)MathF.Round(Math.Clamp(-128 - least / scale, -128, 127), MidpointRounding.ToEven);
        var q = new sbyte[values.Length];
        for (int i = 0; i < q.Length; i++) q[i] = (sbyte)Math.Clamp((int)MathF.Round(values[i] / scale, MidpointRounding.ToEven) + zero, -128, 127);
        return node.WithQuantization(Value.Of("weights", Tensor.Of<sbyte>(weights.Type.Shape, q)), new Ir.Quantization(scale, zero));
    }
}
