using Qnn.Runtime;

namespace Qnn.Compiler.Ir.Operators;

/// <summary>Samples the bins of regions bilinearly. Operands: images f32[N,C,H,W], regions f32[R,4] (x1, y1, x2, y2), the image of each s64[R], how many regions there are (int64 scalar; absent: R). Result: zeros for the others, f32[R,C,Height,Width].</summary>
/// <param name="Height">Bins of a column.</param>
/// <param name="Width">Bins of a row.</param>
/// <param name="Samples">Samples along each axis of a bin; 0: as many as its extent, rounded up.</param>
/// <param name="Greatest">Whether a bin is the greatest of its weighted neighbours rather than the mean of its samples.</param>
/// <param name="Scale">Image pixels for a unit of a region.</param>
/// <param name="HalfPixel">Whether pixels are at their centres, half a unit off.</param>
internal sealed record RoiAlign(int Height, int Width, int Samples, bool Greatest, float Scale, bool HalfPixel) : Operator
{
    /// <inheritdoc/>
    public override string Mnemonic => "roi_align";

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType?> inputs)
    {
        var (images, regions, indices) = (Required(inputs, 0), Required(inputs, 1), Required(inputs, 2));
        Require(images.Element == ElementType.F32 && images.Shape.Rank == 4 && images.Shape.ElementCount > 0, $"does not take {images}");
        Require(regions.Element == ElementType.F32 && regions.Shape.Rank == 2 && regions.Shape[1] == 4, $"does not take regions {regions}");
        Require(indices.Element == ElementType.S64 && indices.Shape.ElementCount == regions.Shape[0], $"does not take {indices} for regions {regions}");
        Require(inputs.Count < 4 || inputs[3] is null or { Element: ElementType.S64, Shape.ElementCount: 1 }, "the count is malformed");
        Require(Height > 0 && Width > 0 && Samples is >= 0 and <= 4096, "its bins are malformed");
        return [new TensorType(ElementType.F32, new Shape(regions.Shape[0], images.Shape[1], Height, Width))];
    }
}
