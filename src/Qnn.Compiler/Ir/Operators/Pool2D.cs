using Qnn.Runtime;
using Qnn.Runtime.Kernels.Reduction;

namespace Qnn.Compiler.Ir.Operators;

/// <summary>Pools windows of an NHWC float tensor: y = min(max(pool(window), Min), Max). Padding takes no part. Operand: data (float32).</summary>
/// <param name="Kind">What a window's elements become.</param>
/// <param name="Window">The window; its dilation is 1.</param>
/// <param name="Min">The least result: a fused activation.</param>
/// <param name="Max">The greatest result.</param>
/// <param name="Order">The order in which averages are summed.</param>
internal sealed record Pool2D(PoolKind Kind, Window2D Window, float Min = float.NegativeInfinity, float Max = float.PositiveInfinity, PoolOrder Order = PoolOrder.Rows) : Operator
{
    /// <inheritdoc/>
    public override string Mnemonic => "pool2d";

    /// <inheritdoc/>
    internal override int? CarriedAxis(int operand, int axis, IReadOnlyList<TensorType?> inputs, IReadOnlyList<TensorType> outputs) => operand == 0 ? Window.Carried(axis) : null;

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType?> inputs)
    {
        var data = Required(inputs, 0);
        Require(data.Element == ElementType.F32 && data.Shape.Rank == 4, $"does not take {data}");
        Require(Order == PoolOrder.Rows || Kind == PoolKind.Average, "only averages have an order of summation");
        Require(Window.IsValid && Window is { DilationHeight: 1, DilationWidth: 1 }, "the window is malformed");
        int height = Window.OutputHeight(data.Shape[1]), width = Window.OutputWidth(data.Shape[2]);
        Require(height > 0 && width > 0, $"the window does not fit {data.Shape}");
        return [new TensorType(ElementType.F32, new Shape(data.Shape[0], height, width, data.Shape[3]))];
    }
}
