using Qnn.Runtime;

namespace Qnn.Compiler.Ir.Operators;

/// <summary>Running sums, or products, along an axis. Operand: data (float32, float64, int32, int64).</summary>
/// <param name="Axis">The axis, from 0.</param>
/// <param name="Exclusive">Whether an element's own value does not count.</param>
/// <param name="Reverse">Whether the sums run from the end.</param>
/// <param name="IsProduct">Whether elements are multiplied instead.</param>
internal sealed record CumulativeSum(int Axis, bool Exclusive, bool Reverse, bool IsProduct = false) : Operator
{
    /// <inheritdoc/>
    public override string Mnemonic => "cumulative_sum";

    /// <inheritdoc/>
    internal override int? CarriedAxis(int operand, int axis, IReadOnlyList<TensorType?> inputs, IReadOnlyList<TensorType> outputs) => axis != Axis || !Reverse ? axis : null;

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType?> inputs)
    {
        var data = Required(inputs, 0);
        Require(data.Element is ElementType.F32 or ElementType.F64 or ElementType.S32 or ElementType.S64, $"does not take {data}");
        Require((uint)Axis < (uint)data.Shape.Rank, $"axis {Axis} is none of {data.Shape}");
        return [data with { Quantization = null }];
    }
}
