using Qnn.Runtime;

namespace Qnn.Compiler.Ir.Operators;

/// <summary>
/// Dense layer of 8-bit values: acc[...,o] = bias[o] + sum over i of (data[...,i] - zd) * (weights[o,i] - zw[o]), exact in int32.
/// Operands: data (uint8 or int8, per-tensor quantization), weights (uint8 or int8, O x I; quantized per tensor or along axis 0), bias (int32, optional).
/// Result: the int32 accumulators, or what the epilogue makes of them; the data's shape with O in place of I.
/// </summary>
/// <param name="Epilogue">A requantization of the accumulators, or null.</param>
internal sealed record QnnDense(Requantize? Epilogue = null) : Operator
{
    /// <inheritdoc/>
    public override string Mnemonic => "qnn.dense";

    /// <inheritdoc/>
    internal override int? CarriedAxis(int operand, int axis, IReadOnlyList<TensorType?> inputs, IReadOnlyList<TensorType> outputs) => operand == 0 && axis < Required(inputs, 0).Shape.Rank - 1 ? axis : null;

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType?> inputs)
    {
        var (data, weights, bias) = (Required(inputs, 0), Required(inputs, 1), inputs.ElementAtOrDefault(2));
        Require(data.Element is ElementType.S8 or ElementType.U8 && data.Shape.Rank > 0, $"does not take data {data}");
        Require(weights.Element is ElementType.S8 or ElementType.U8 && weights.Shape.Rank == 2, $"does not take weights {weights}");
        Require(data.Quantization is not { IsPerChannel: true }, "data is quantized per channel");
        Require(weights.Quantization is not { IsPerChannel: true, Axis: not 0 }, $"weights are quantized along axis {weights.Quantization?.Axis}");
        Require(data.Shape[-1] > 0 && data.Shape[-1] == weights.Shape[1], $"data {data.Shape} and weights {weights.Shape} do not fit");
        Require(bias is null || bias.Element == ElementType.S32 && bias.Shape.ElementCount == weights.Shape[0], $"does not take bias {bias}");
        var shape = data.Shape.ToArray();
        shape[^1] = weights.Shape[0];
        var result = new Shape(shape);
        Epilogue?.CheckFor(result);
        return [new TensorType(Epilogue?.Output ?? ElementType.S32, result)];
    }

    /// <inheritdoc/>
    public override long MultiplyAdds(IReadOnlyList<TensorType?> inputs, IReadOnlyList<TensorType> outputs) =>
        (long)outputs[0].Shape.ElementCount * inputs[1]!.Shape[1];
}
