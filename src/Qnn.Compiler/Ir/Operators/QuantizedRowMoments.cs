using Qnn.Runtime;

namespace Qnn.Compiler.Ir.Operators;

/// <summary>
/// What normalizes each row of quantized data, by its integers as PyTorch's kernels take them (quantized_normalize_kernel of QuantizedOpKernels.cpp): with the exact sums S of the integers and Q of their squares
/// m = S / n, v = max(fma(-m, m, Q / n), 0) in floats; the factor scale / sqrt(v * scale * scale + eps), from the root on in double precision, and the mean m - zero point.
/// Operand: rows u8 or s8 [R,N], quantized per tensor. Results: factors f32[R,1], means f32[R,1].
/// </summary>
/// <param name="Epsilon">What is added to the variance.</param>
internal sealed record QuantizedRowMoments(double Epsilon) : Operator
{
    /// <inheritdoc/>
    public override string Mnemonic => "quantized_row_moments";

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType?> inputs)
    {
        var rows = Required(inputs, 0);
        Require(rows is { Element: ElementType.U8 or ElementType.S8, Quantization: { IsPerChannel: false }, Shape.Rank: 2 } && rows.Shape[1] > 0, $"does not take {rows}");
        var each = new TensorType(ElementType.F32, new Shape(rows.Shape[0], 1));
        return [each, each];
    }
}
