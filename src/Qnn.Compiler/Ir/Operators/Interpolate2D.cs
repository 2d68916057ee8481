using Qnn.Runtime;
using Qnn.Runtime.Kernels.DataMovement;

namespace Qnn.Compiler.Ir.Operators;

/// <summary>
/// Scales NHWC images between four neighbours: y = wl * wt * topLeft + wr * wt * topRight + wl * wb * bottomLeft + wr * wb * bottomRight, products of weights first, added in this order, in float.
/// Paired: the first two and the last two are added by themselves. Fused: y = wt * (wl * topLeft + wr * topRight) + wb * (wl * bottomLeft + wr * bottomRight), one product of each sum not rounded apart. Chained: no product but the first is.
/// Operands: data f32[N,H,W,C]; for each row of the result its two neighbours s32[OH,2] and their weights f32[OH,2]; the same for columns.
/// </summary>
/// <param name="Order">How the neighbours are added.</param>
internal sealed record Interpolate2D(InterpolationOrder Order = InterpolationOrder.InOrder) : Operator
{
    /// <inheritdoc/>
    public override string Mnemonic => "interpolate2d";

    /// <inheritdoc/>
    internal override int? CarriedAxis(int operand, int axis, IReadOnlyList<TensorType?> inputs, IReadOnlyList<TensorType> outputs) => operand == 0 && axis == 0 ? 0 : null;

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType?> inputs)
    {
        var data = Required(inputs, 0);
        Require(data.Element == ElementType.F32 && data.Shape.Rank == 4 && data.Shape.ElementCount > 0, $"does not take {data}");
        for (int i = 1; i < 5; i++)
        {
            var table = Required(inputs, i);
            Require(table.Element == (i % 2 == 1 ? ElementType.S32 : ElementType.F32) && table.Shape.Rank == 2 && table.Shape[1] == 2 && table.Shape[0] > 0, $"does not take {table}");
        }
        Require(Required(inputs, 1).Shape.Equals(Required(inputs, 2).Shape) && Required(inputs, 3).Shape.Equals(Required(inputs, 4).Shape), "neighbours and weights differ in number");
        return [new TensorType(ElementType.F32, new Shape(data.Shape[0], Required(inputs, 1).Shape[0], Required(inputs, 3).Shape[0], data.Shape[3]))];
    }
}
