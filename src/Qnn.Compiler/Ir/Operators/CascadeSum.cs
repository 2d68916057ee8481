using Qnn.Runtime;

namespace Qnn.Compiler.Ir.Operators;

/// <summary>
/// y[a, b] = sum of x[a, r, b] over r, in the order of PyTorch's kernel: lines along r by vectors of eight, each the sum of every fourth vector; columns likewise, in blocks of 32 row after row;
/// every sum of many by levels, of 16 and more each. Operand: data f32[A,R,B].
/// </summary>
internal sealed record CascadeSum : Operator
{
    /// <inheritdoc/>
    public override string Mnemonic => "cascade_sum";

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType?> inputs)
    {
        var data = Required(inputs, 0);
        Require(data.Element == ElementType.F32 && data.Shape.Rank == 3, $"does not take {data}");
        return [new TensorType(ElementType.F32, new Shape(data.Shape[0], data.Shape[2]))];
    }
}
