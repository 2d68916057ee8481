using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;

namespace Qnn.Compiler.Import.TorchScript.Operators;

/// <summary>Linear layers on floats that are quantized at run time: one scale for the whole tensor, exact integer sums times the product of the scales, plus the bias.</summary>
internal static class DynamicLinears
{
    [TorchOperator("quantized::linear_dynamic", "quantized::linear_relu_dynamic")]
    public static object? Import(TorchCall call)
    {
        // QNNPACK does not keep a bit free, whatever it is told.
        bool reduced = call.Flag(2, "reduce_range") && call.Numerics != TorchNumerics.Qnnpack;
        return Apply(call, call.Tensor(0), PackedParameters.LinearOf(call, 1), reduced, call.Operator.Contains("relu", StringComparison.Ordinal));
    }

    /// <summary>Adds a layer.</summary>
    public static Value Apply(TorchCall call, Value data, PackedLinear packed, bool reduced, bool relu)
    {
        var weights = packed.Weights;
        if (weights.Type.Element != ElementType.S8 || weights.Type.Quantization is not { Axis: -1 or 0 } quantization || weights.Constant is null) throw call.Unsupported($"its weights are {weights.Type}");
        if (quantization.ZeroPoints.Any(z => z != 0)) throw call.Unsupported("its weights have a zero point");
        var shape = data.Type.Shape;
        int depth = weights.Type.Shape[1], outputs = weights.Type.Shape[0];
        if (data.Type.Element != ElementType.F32 || shape.Rank == 0 || shape[-1] != depth || depth == 0) throw call.Malformed($"has data {data.Type} and weights {weights.Type}");
        var rows = call.Reshape(data, 1, shape.ElementCount / depth, 1, depth);
        var quantized = call.EmitSeveral(new DynamicQuantize(true, reduced ? 127 : 255), [], rows);
        var filter = TorchCall.Constant(new Tensor(new TensorType(ElementType.S8, new Shape(outputs, 1, 1, depth), quantization), weights.Constant.Bytes));
        var layer = new HybridConv2D(new Window2D(1, 1), 1, WeightScaleFirst: false, relu ? 0 : float.NegativeInfinity, Fused: call.Numerics != TorchNumerics.Qnnpack);
        var sums = call.Emit(layer, quantized[0], quantized[1], quantized[2], filter, packed.Bias);
        return call.Reshape(sums, [.. shape.Span[..^1], outputs]);
    }
}
