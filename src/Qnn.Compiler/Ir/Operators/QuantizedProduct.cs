using Qnn.Runtime;

namespace Qnn.Compiler.Ir.Operators;

/// <summary>
/// The product over axes of n elements each: p = x1 - zx, then p = fp(p * (x - zx)) for each next one, y = clamp(fp(p) + zy), fp the 64-bit fixed-point multiplication by sx / sy^(1/n).
/// Operand: data (int8 or int16).
/// </summary>
/// <param name="Axes">The reduced axes; negative ones count from the end.</param>
/// <param name="KeepDims">Whether reduced axes stay with extent 1.</param>
internal sealed record QuantizedProduct(Ints Axes, bool KeepDims) : Operator
{
    /// <inheritdoc/>
    public override string Mnemonic => "qnn.product";

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType?> inputs)
    {
        var data = Required(inputs, 0);
        Require(data.Element is ElementType.S8 or ElementType.S16 && data.Quantization is { IsPerChannel: false }, $"does not take {data}");
        Require(data.Shape.ElementCount > 0, "has nothing to multiply");
        return new Reduce(Runtime.Kernels.Reduction.ReduceKind.Max, Axes, KeepDims).InferTypes([data]);
    }
}
