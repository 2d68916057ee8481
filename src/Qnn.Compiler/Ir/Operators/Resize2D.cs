using Qnn.Runtime;
using Qnn.Runtime.Kernels.DataMovement;

namespace Qnn.Compiler.Ir.Operators;

/// <summary>
/// Resizes NHWC images. With s = input / output extent (corners aligned: (input - 1) / (output - 1)), output i samples at i * s; with half-pixel centres at (i + 0.5) * s, less 0.5 when interpolating.
/// Nearest takes the element at the floor (corners aligned: rounded, ties away from 0); bilinear weighs the four neighbours. Operand: data of any type; float32 for bilinear.
/// </summary>
/// <param name="Order">Whether and how to interpolate.</param>
/// <param name="Height">Rows of the result.</param>
/// <param name="Width">Columns of the result.</param>
/// <param name="AlignCorners">Whether the corners' centres coincide.</param>
/// <param name="HalfPixelCenters">Whether elements are areas with their centres at halves.</param>
internal sealed record Resize2D(BilinearOrder Order, int Height, int Width, bool AlignCorners, bool HalfPixelCenters) : Operator
{
    /// <inheritdoc/>
    public override string Mnemonic => "resize2d";

    /// <inheritdoc/>
    internal override int? CarriedAxis(int operand, int axis, IReadOnlyList<TensorType?> inputs, IReadOnlyList<TensorType> outputs) => operand == 0 && axis == 0 ? 0 : null;

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType?> inputs)
    {
        var data = Required(inputs, 0);
        Require(data.Shape.Rank == 4 && data.Shape.ElementCount > 0 && (Order == BilinearOrder.None || data.Element == ElementType.F32), $"does not take {data}");
        Require(Height > 0 && Width > 0, "the result is empty");
        return [new TensorType(data.Element, new Shape(data.Shape[0], Height, Width, data.Shape[3]))];
    }
}
