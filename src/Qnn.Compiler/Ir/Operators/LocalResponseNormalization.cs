using Qnn.Runtime;

namespace Qnn.Compiler.Ir.Operators;

/// <summary>Over the last axis: y_i = x_i * (Bias + Alpha * sum of x_j^2 over |j - i| &lt;= Radius)^-Beta. Operand: data (float32).</summary>
/// <param name="Radius">How far neighbours count.</param>
/// <param name="Alpha">The factor of the squares.</param>
/// <param name="Beta">The exponent, negated.</param>
/// <param name="Bias">The offset.</param>
internal sealed record LocalResponseNormalization(int Radius, float Alpha, float Beta, float Bias) : Operator
{
    /// <inheritdoc/>
    public override string Mnemonic => "local_response_normalization";

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType?> inputs)
    {
        var data = Required(inputs, 0);
        Require(data.Element == ElementType.F32 && data.Shape.Rank >= 1 && Radius >= 0, $"does not take {data}");
        return [new TensorType(ElementType.F32, data.Shape)];
    }
}
