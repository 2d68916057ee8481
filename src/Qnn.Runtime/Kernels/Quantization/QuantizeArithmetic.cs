namespace Qnn.Runtime.Kernels.Quantization;

/// <summary>How a real number becomes a quantized one. The numbers are part of the artifact format.</summary>
internal enum QuantizeArithmetic
{
    /// <summary>TensorFlow Lite's reference kernel: x / scale, to the nearest integer, ties away from zero.</summary>
    DivideAway = 1,
    /// <summary>XNNPACK and others: x * (1 / scale), to the nearest integer, ties to even.</summary>
    MultiplyEven = 2,
    /// <summary>x / scale, to the nearest integer, ties to even.</summary>
    DivideEven = 3,
    /// <summary>TensorFlow Lite's optimised kernel: x / scale in double precision, to the nearest integer, ties away from zero.</summary>
    DivideDoubleAway = 4,
}
