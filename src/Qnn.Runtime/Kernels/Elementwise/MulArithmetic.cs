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
    /// <summary>PyTorch: as Float32NearestEven, the factor being sa * sb * (1 / sy).</summary>
    Float32Inverse = 22,
}
