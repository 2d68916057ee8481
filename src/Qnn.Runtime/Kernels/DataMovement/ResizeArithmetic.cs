namespace Qnn.Runtime.Kernels.DataMovement;

/// <summary>How a quantized bilinear resize interpolates. The numbers are part of the artifact format.</summary>
internal enum ResizeArithmetic
{
    /// <summary>TensorFlow Lite, int8 and int16: weights of 10 fractional bits, halves away from zero.</summary>
    Fixed10 = 1,
    /// <summary>XNNPACK: weights of 11 fractional bits, first across, then down, halves up.</summary>
    Fixed11 = 2,
    /// <summary>TensorFlow Lite, reference kernel of uint8: in float, plus one half, truncated.</summary>
    Float32 = 3,
    /// <summary>TensorFlow Lite's optimised kernel, uint8: likewise, the weights of row and column multiplied first.</summary>
    Float32Products = 4,
}
