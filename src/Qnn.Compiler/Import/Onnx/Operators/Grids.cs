using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Elementwise;

namespace Qnn.Compiler.Import.Onnx.Operators;

/// <summary>Places of images, by affine maps.</summary>
internal static class Grids
{
    /// <summary>
    /// Where each pixel of a result lies, -1 to 1 along every axis: matrix * place + shift, every operation rounded (<c>affine_grid.cc</c>). Operands: maps [N, 2, 3] or [N, 3, 4], the result's extents.
    /// </summary>
    [OnnxOperator("AffineGrid")]
    public static void AffineGrid(OnnxNode node)
    {
        var maps = node.Input(0);
        int[] size = node.ConstantInts(1, "size");
        int axes = size.Length - 2;
        // As many numbers as there are can be stored.
        _ = new Shape([.. size, axes]);
        if (axes is not (2 or 3) || maps.Type is not { Element: ElementType.F32, Shape: { Rank: 3 } shape } || shape[0] != size[0] || shape[1] != axes || shape[2] != axes + 1) throw node.Malformed($"has maps {maps.Type} for {string.Join('x', size)}");
        bool aligns = node.Int("align_corners", 0) != 0;
        int[] spatial = size[2..], one = [.. Enumerable.Repeat(1, axes)];
        Value Element(int row, int column) => node.Reshape(node.Emit(StridedSlice.OfAxis(new Shape(shape[0], shape[1] * shape[2]), 1, row * (axes + 1) + column, 1), node.Reshape(maps, shape[0], shape[1] * shape[2])), [shape[0], .. one]);
        // The last axis comes first in a place.
        var places = Enumerable.Range(0, axes).Select(i => Places(axes, axes - 1 - i, spatial[axes - 1 - i], aligns)).ToArray();
        var parts = new Value[axes];
        for (int row = 0; row < axes; row++)
        {
            Value Product(int i) => node.Emit(new Binary(BinaryKind.Multiply), Element(row, i), places[i]);
            Value Sum(Value left, Value right) => node.Emit(new Binary(BinaryKind.Add), left, right);
            // Eigen adds the later half of three first.
            var sum = Sum(Product(0), axes == 2 ? Product(1) : Sum(Product(1), Product(2)));
            sum = Sum(sum, Element(row, axes));
            parts[row] = node.Reshape(sum, [size[0], .. spatial, 1]);
        }
        node.Result(node.Emit(new Concat(axes + 1), parts));
    }

    // Eigen's LinSpaced from -1 to 1, drawn in to the pixels' centres where corners are not aligned.
    private static Value Places(int axes, int axis, int extent, bool aligns)
    {
        var places = new float[extent];
        float step = extent > 1 ? 2f / (extent - 1) : 0;
        for (int i = 0; i < extent; i++)
        {
            places[i] = i == extent - 1 ? 1 : -1 + i * step;
            if (!aligns) places[i] = places[i] * (extent - 1) / extent;
        }
        int[] shape = [1, .. Enumerable.Repeat(1, axes)];
        shape[axis + 1] = extent;
        return Value.Of("places", Tensor.Of<float>(new Shape(shape), places));
    }
}
