using Qnn.Runtime;

namespace Qnn.Compiler.Ir.Operators;

/// <summary>Over the last axis: y_i = x_i / max(sqrt(sum_j x_j^2), 1e-6). Operand: data (float32).</summary>
internal sealed record L2Normalize : Operator
{
    /// <inheritdoc/>
    public override string Mnemonic => "l2_normalize";

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType?> inputs)
    {
        var data = Required(inputs, 0);
        Require(data.Element == ElementType.F32 && data.Shape.Rank >= 1, $"does not take {data}");
        return [new TensorType(ElementType.F32, data.Shape)];
    }
}
