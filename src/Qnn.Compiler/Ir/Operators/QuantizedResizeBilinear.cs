using Qnn.Runtime;
using Qnn.Runtime.Kernels.DataMovement;

namespace Qnn.Compiler.Ir.Operators;

/// <summary>
/// Scales an NHWC tensor of quantized numbers to another height and width by bilinear interpolation; scale and zero point stay.
/// The center of a result's element i lies at (i + 0.5) * in / out - 0.5 with HalfPixelCenters, at i * (in - 1) / (out - 1) with AlignCorners, else at i * in / out.
/// Operand: data (uint8, int8 or int16).
/// </summary>
/// <param name="Arithmetic">The framework's computation.</param>
/// <param name="Height">Rows of the result.</param>
/// <param name="Width">Columns of the result.</param>
/// <param name="AlignCorners">Whether corner elements lie on corner elements.</param>
/// <param name="HalfPixelCenters">Whether elements are squares rather than points.</param>
/// <param name="Origin">The number that stands for 0 where halves are rounded away from it: 128 for int8 that travels as uint8.</param>
internal sealed record QuantizedResizeBilinear(ResizeArithmetic Arithmetic, int Height, int Width, bool AlignCorners, bool HalfPixelCenters, int Origin = 0) : Operator
{
    /// <inheritdoc/>
    public override string Mnemonic => "qnn.resize_bilinear";

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType?> inputs)
    {
        var data = Required(inputs, 0);
        Require(data.Element is ElementType.U8 or ElementType.S8 or ElementType.S16 && data.Shape.Rank == 4 && data.Shape[1] > 0 && data.Shape[2] > 0, $"does not take {data}");
        Require(data.Element != ElementType.S16 || Arithmetic == ResizeArithmetic.Fixed10, $"{Arithmetic} does not take {data.Element.Name()}");
        Require(Origin == 0 || Origin == 128 && Arithmetic == ResizeArithmetic.Fixed10 && data.Element == ElementType.U8, $"has origin {Origin} for {data.Element.Name()}");
        Require(Height > 0 && Width > 0, $"cannot make {Height}x{Width}");
        return [new TensorType(data.Element, new Shape(data.Shape[0], Height, Width, data.Shape[3]))];
    }
}
