using Qnn.Runtime;

namespace Qnn.Compiler.Ir.Operators;

/// <summary>
/// The first entries of an axis as a tensor of only these would lie in memory, row-major, from the beginning of the result; the rest of it is 0. Where it makes an output of the graph, that output ends with them.
/// Operands: data of any type, how many entries there are (int64 scalar). Result: the data's shape, which is the bound.
/// </summary>
/// <param name="Axis">The axis, from 0.</param>
internal sealed record PackCounted(int Axis) : Operator
{
    /// <inheritdoc/>
    public override string Mnemonic => "pack_counted";

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType?> inputs)
    {
        var data = Required(inputs, 0);
        Require((uint)Axis < (uint)data.Shape.Rank, $"axis {Axis} is none of {data.Shape}");
        Require(Required(inputs, 1) is { Element: ElementType.S64, Shape.ElementCount: 1 }, "the count is malformed");
        return [data with { Quantization = null }];
    }

    /// <inheritdoc/>
    internal override int? CarriedAxis(int operand, int axis, IReadOnlyList<TensorType?> inputs, IReadOnlyList<TensorType> outputs) => axis == Axis ? Dropped : null;
}
