using Qnn.Runtime;
using Qnn.Runtime.Kernels.Reduction;

namespace Qnn.Compiler.Ir.Operators;

/// <summary>
/// Pools windows of an NHWC tensor of quantized numbers, whose scale stays. Padding takes no part.
/// Average: y = clamp(round(sum of (x - Origin) / count) + Origin, Min, Max), halves away from zero; max: y = clamp(max x, Min, Max). Operand: data (uint8, int8 or int16).
/// </summary>
/// <param name="Kind">Average or maximum.</param>
/// <param name="Window">The window; its dilation is 1.</param>
/// <param name="Min">The least result: the type's, or that of a fused activation.</param>
/// <param name="Max">The greatest result.</param>
/// <param name="Origin">What counts as zero for the rounding of averages; 0 but where data travel with an offset.</param>
internal sealed record QuantizedPool2D(PoolKind Kind, Window2D Window, int Min, int Max, int Origin = 0) : Operator
{
    /// <inheritdoc/>
    public override string Mnemonic => "qnn.pool2d";

    /// <inheritdoc/>
    internal override int? CarriedAxis(int operand, int axis, IReadOnlyList<TensorType?> inputs, IReadOnlyList<TensorType> outputs) => operand == 0 ? Window.Carried(axis) : null;

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType?> inputs)
    {
        var data = Required(inputs, 0);
        Require(data.Element is ElementType.U8 or ElementType.S8 or ElementType.S16 && data.Shape.Rank == 4, $"does not take {data}");
        Require(Kind is PoolKind.Average or PoolKind.Max, $"does not pool by {Kind}");
        Require(Window.IsValid && Window is { DilationHeight: 1, DilationWidth: 1 }, "the window is malformed");
        Require(Min <= Max, "the range of results is empty");
        int height = Window.OutputHeight(data.Shape[1]), width = Window.OutputWidth(data.Shape[2]);
        Require(height > 0 && width > 0, $"the window does not fit {data.Shape}");
        return [new TensorType(data.Element, new Shape(data.Shape[0], height, width, data.Shape[3]))];
    }
}
