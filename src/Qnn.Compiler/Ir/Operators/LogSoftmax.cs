using Qnn.Runtime;

namespace Qnn.Compiler.Ir.Operators;

/// <summary>Over the last axis: y_i = x_i - max x - log(sum_j exp(x_j - max x)). Operand: data (float32).</summary>
internal sealed record LogSoftmax : Operator
{
    /// <inheritdoc/>
    public override string Mnemonic => "log_softmax";

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
