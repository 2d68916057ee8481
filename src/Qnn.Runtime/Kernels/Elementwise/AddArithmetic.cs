namespace Qnn.Runtime.Kernels.Elementwise;

/// <summary>How a quantized addition or subtraction rounds. The numbers are part of the artifact format.</summary>
internal enum AddArithmetic
{
    /// <summary>TensorFlow Lite: operands shifted left by 20 bits (16-bit ones by 15), each scaled by a <c>FixedPoint</c> factor, added, and scaled again.</summary>
    FixedPoint = 1,
    /// <summary>XNNPACK: a * multiplierA + b * multiplierB + bias, shifted right with half rounding up. 8-bit operands.</summary>
    Shift = 2,
    /// <summary>TensorFlow Lite, 16-bit operands whose scales are powers of two: operands rounded to the result's scale, then added with saturation.</summary>
    PowerOfTwo = 3,
    /// <summary>QNNPACK: as Shift, but multipliers have 22 bits, and halves round away from zero. 8-bit operands.</summary>
    ShiftAway = 4,
    /// <summary>
    /// ONNX Runtime (MLAS, FMA3): rint(a * ra + (b * rb + fixed)), ra and rb the operands' scales over the result's, fixed = zy - (ra * za + rb * zb); products of ra, and of b, are added with one rounding.
    /// </summary>
    Linear = 10,
    /// <summary>PyTorch's vector kernels: operands dequantized by fma(q, s, -z * s), added as floats, times the inverse of the result's scale, to the nearest integer, ties to even.</summary>
    DequantizedFused = 20,
    /// <summary>PyTorch's scalar kernels: as DequantizedFused, but operands dequantized by (q - z) * s.</summary>
    Dequantized = 21,
    /// <summary>rint(fma(b, rb, fma(a, ra, fixed))): what the compiler makes of FixedPoint where it has found the results of all pairs of 8-bit operands to be equal.</summary>
    LinearFused = 40,
}
