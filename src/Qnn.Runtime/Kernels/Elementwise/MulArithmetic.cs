namespace Qnn.Runtime.Kernels.Elementwise;

/// <summary>How a quantized product rounds. The numbers are part of the artifact format.</summary>
internal enum MulArithmetic
{
    /// <summary>TensorFlow Lite: the exact product, scaled by a <c>FixedPoint</c> factor.</summary>
    FixedPoint = 1,
    /// <summary>XNNPACK: the product as float, times a float factor, to the nearest integer, ties to even.</summary>
    Float32NearestEven = 2,
    /// <summary>ONNX Runtime (MLAS): rint(float(product) * (sa * sb / sy) + zy), rounded after each operation.</summary>
    Linear = 10,
    /// <summary>PyTorch's vector kernels: operands dequantized by fma(q, s, -z * s), multiplied as floats, times the inverse of the result's scale, to the nearest integer, ties to even.</summary>
    DequantizedFused = 20,
    /// <summary>PyTorch's scalar kernels: as DequantizedFused, but operands dequantized by (q - z) * s.</summary>
    Dequantized = 21,
}
