using Qnn.Runtime;

namespace Qnn.Compiler.Ir.Operators;

/// <summary>The index of the greatest or least element along an axis, the first of equal ones. Operand: data of any integer type, bool or float32.</summary>
/// <param name="Axis">The axis, from 0; it goes.</param>
/// <param name="Least">Whether the least is wanted.</param>
/// <param name="Index">The type of the result: int32 or int64.</param>
internal sealed record ArgReduce(int Axis, bool Least, ElementType Index) : Operator
{
    /// <inheritdoc/>
    public override string Mnemonic => "arg_reduce";

    /// <inheritdoc/>
    internal override int? CarriedAxis(int operand, int axis, IReadOnlyList<TensorType?> inputs, IReadOnlyList<TensorType> outputs) => axis == Axis ? null : axis < Axis ? axis : axis - 1;

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType?> inputs)
    {
        var data = Required(inputs, 0);
        Require(data.Element is ElementType.F32 or ElementType.S32 or ElementType.S64 or ElementType.S16 or ElementType.S8 or ElementType.U8 or ElementType.Bool, $"does not take {data}");
        Require(Index is ElementType.S32 or ElementType.S64, "the result holds no indices");
        Require((uint)Axis < (uint)data.Shape.Rank && data.Shape[Axis] > 0, $"axis {Axis} of {data.Shape} has no element");
        return [new TensorType(Index, new Shape([.. data.Shape.Where((_, axis) => axis != Axis)]))];
    }
}
