namespace Qnn.Runtime.Kernels.Normalization;

/// <summary>How a quantized softmax is computed. The numbers are part of the artifact format.</summary>
internal enum SoftmaxArithmetic
{
    /// <summary>TensorFlow Lite's optimised 8-bit kernel: exponentials from a table of 256 floats, summed in order.</summary>
    FloatTable = 1,
    /// <summary>TensorFlow Lite's reference 8-bit kernel: gemmlowp's fixed-point exponential and reciprocal.</summary>
    FixedPoint = 2,
    /// <summary>TensorFlow Lite's 16-bit kernel: exponential and reciprocal from tables of 513 entries.</summary>
    Table16 = 3,
    /// <summary>MLAS's 8-bit kernel: exponentials from a table of 256 floats, summed in order, then multiplied by the whole parts of one and divided by the sum.</summary>
    Parts = 4,
}
