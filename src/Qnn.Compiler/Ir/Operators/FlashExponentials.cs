using Qnn.Runtime;

namespace Qnn.Compiler.Ir.Operators;

/// <summary>
/// A block of the columns of a softmax that is taken block by block, in the arithmetic of PyTorch's attention (FlashAttentionKernel.cpp): m = max(m', max x), y = exp(x - m), t = exp(m' - m), s = s' * t + sum y.
/// Of a row's elements that fill vectors of 512 bits the exponential is a polynomial of degree 5 (exp_u20), of those left it is rounded from double; the sum is taken in 16 lanes that are added in pairs, then those left. Rows of -inf become 0 and leave s and m.
/// Operands: x f32[..., N]; m' and s' f32[..., 1] of the blocks before (none: -inf and 0). Results: y f32[..., N]; m, s and t f32[..., 1].
/// </summary>
internal sealed record FlashExponentials : Operator
{
    /// <inheritdoc/>
    public override string Mnemonic => "flash_exponentials";

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType?> inputs)
    {
        var data = Required(inputs, 0);
        Require(data.Element == ElementType.F32 && data.Shape.Rank > 0 && data.Shape[-1] > 0, $"does not take {data}");
        var row = new TensorType(ElementType.F32, new Shape([.. data.Shape.Span[..^1], 1]));
        Require(inputs.Count is 1 or 3 && inputs.Skip(1).All(i => i is not null && i.Element == ElementType.F32 && i.Shape.Equals(row.Shape)), "does not go on from what it is given");
        return [new TensorType(ElementType.F32, data.Shape), row, row, row];
    }
}
