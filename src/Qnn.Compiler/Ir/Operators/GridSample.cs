using Qnn.Runtime;
using Qnn.Runtime.Kernels.Sampling;

namespace Qnn.Compiler.Ir.Operators;

/// <summary>Reads images at the points of a grid, (x, y) from -1 to 1. Operands: images f32[N,C,H,W], grid f32[N,OH,OW,2]. Result: f32[N,C,OH,OW].</summary>
/// <param name="Mode">How a point between pixels is read.</param>
/// <param name="Padding">What lies around an image.</param>
/// <param name="AlignCorners">Whether -1 and 1 are the centres of the corner pixels.</param>
internal sealed record GridSample(GridSampleMode Mode, GridSamplePadding Padding, bool AlignCorners) : Operator
{
    /// <inheritdoc/>
    public override string Mnemonic => "grid_sample";

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType?> inputs)
    {
        var (images, grid) = (Required(inputs, 0), Required(inputs, 1));
        Require(images.Element == ElementType.F32 && images.Shape.Rank == 4 && images.Shape.ElementCount > 0, $"does not take {images}");
        Require(grid.Element == ElementType.F32 && grid.Shape.Rank == 4 && grid.Shape[3] == 2 && grid.Shape[0] == images.Shape[0], $"does not take grid {grid} with {images}");
        return [new TensorType(ElementType.F32, new Shape(images.Shape[0], images.Shape[1], grid.Shape[1], grid.Shape[2]))];
    }
}
