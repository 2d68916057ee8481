using Qnn.Runtime;

namespace Qnn.Compiler.Ir.Operators;

/// <summary>Over the last axis: y_i = exp(Beta * (x_i - max x)) / sum_j exp(Beta * (x_j - max x)). Operand: data (float32).</summary>
/// <param name="Beta">The factor in the exponent.</param>
/// <param name="Mlas">Whether it is computed as ONNX Runtime does: exponentials by polynomial, eight running sums, one division; Beta is 1 then.</param>
internal sealed record Softmax(float Beta, bool Mlas = false) : Operator
{
    /// <inheritdoc/>
    public override string Mnemonic => "softmax";

    /// <inheritdoc/>
    public override Operator? OnTransposed(Ints axes) => axes[^1] == axes.Count - 1 ? this : null;

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType?> inputs)
    {
        var data = Required(inputs, 0);
        Require(data.Element == ElementType.F32 && data.Shape.Rank >= 1, $"does not take {data}");
        return [new TensorType(ElementType.F32, data.Shape)];
    }
}
