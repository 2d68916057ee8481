using Qnn.Runtime;
using Qnn.Runtime.Kernels.Sampling;

namespace Qnn.Compiler.Ir.Operators;

/// <summary>
/// Images resized to a height and a width that are computed at run time, in float: to the nearest pixel, linearly (wl * wt * topLeft + wr * wt * topRight + wl * wb * bottomLeft + wr * wb * bottomRight) or by Keys' cubic (columns of each row, then rows).
/// Operands: data f32[N,C,H,W]; height and width of the result (int64 scalars); height and width of the data (absent: all of it). Result: f32[N,C,Height,Width], zeros behind what is there.
/// </summary>
/// <param name="Height">The greatest height.</param>
/// <param name="Width">The greatest width.</param>
/// <param name="Mode">How pixels are read.</param>
/// <param name="Coordinates">Where pixels of the result lie on the data.</param>
/// <param name="Nearest">How a place is rounded to the nearest pixel.</param>
/// <param name="Cubic">The cubic's coefficient.</param>
internal sealed record CountedResize(int Height, int Width, CountedResizeMode Mode, ResizeCoordinates Coordinates, ResizeNearest Nearest, float Cubic) : Operator
{
    /// <inheritdoc/>
    public override string Mnemonic => "counted_resize";

    /// <inheritdoc/>
    internal override int? CarriedAxis(int operand, int axis, IReadOnlyList<TensorType?> inputs, IReadOnlyList<TensorType> outputs) => operand == 0 ? axis < 2 ? axis : Dropped : null;

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType?> inputs)
    {
        var data = Required(inputs, 0);
        Require(data.Element == ElementType.F32 && data.Shape.Rank == 4 && data.Shape[2] > 0 && data.Shape[3] > 0 && Height > 0 && Width > 0, $"does not take {data}");
        for (int i = 1; i < 5; i++) Require(i > 2 && (i >= inputs.Count || inputs[i] is null) || Required(inputs, i) is { Element: ElementType.S64, Shape.ElementCount: 1 }, "a size is malformed");
        return [new TensorType(ElementType.F32, new Shape(data.Shape[0], data.Shape[1], Height, Width))];
    }
}
