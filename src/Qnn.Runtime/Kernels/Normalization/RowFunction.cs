namespace Qnn.Runtime.Kernels.Normalization;

/// <summary>Functions of the rows of a float tensor's last axis. The numbers are part of the artifact format.</summary>
internal enum RowFunction
{
    /// <summary>exp(beta * (x - max)) / sum</summary>
    Softmax = 1,
    /// <summary>x - max - log(sum of exp(x - max))</summary>
    LogSoftmax = 2,
    /// <summary>x / max(sqrt(sum of squares), 1e-6)</summary>
    L2Normalize = 3,
    /// <summary>x * (bias + alpha * sum of squares of the neighbours up to radius away)^-beta</summary>
    LocalResponse = 4,
    /// <summary>exp(x - max) / sum, in ONNX Runtime's arithmetic</summary>
    MlasSoftmax = 5,
    /// <summary>exp(x - max) * (1 / sum), the exponential being oneDNN's polynomial, the sum taken in 16 lanes that are then added in pairs: 8, 4, 2 and 1 apart</summary>
    OneDnnSoftmax = 6,
    /// <summary>exp(beta * (x - max)) * (1 / sum)</summary>
    ReciprocalSoftmax = 7,
    /// <summary>exp(x - max) * (1 / sum), in XNNPACK's arithmetic: a polynomial of degree 5, the sum taken in 4 lanes</summary>
    XnnSoftmax = 8,
    /// <summary>exp(x - max) * (1 / sum), in PyTorch's arithmetic: SLEEF's exponential, the sum taken in 16 lanes that are then added in pairs, in order where there are fewer elements</summary>
    TorchSoftmax = 9,
    /// <summary>exp(x - max) / sum, as PyTorch does it along other axes than the last: SLEEF's exponential, the sum in order</summary>
    TorchAxisSoftmax = 10,
    /// <summary>x - max - log(sum of exp(x - max)), in ONNX Runtime's arithmetic</summary>
    MlasLogSoftmax = 11,
    /// <summary>x - max - log(sum of exp(x - max)), in PyTorch's arithmetic: as <see cref="TorchSoftmax"/>, SLEEF's logarithm</summary>
    TorchLogSoftmax = 12,
    /// <summary>x - max - log(sum of exp(x - max)), as PyTorch does it along other axes than the last: SLEEF's exponential and logarithm, the sum in order</summary>
    TorchAxisLogSoftmax = 13,
    /// <summary>As <see cref="TorchAxisLogSoftmax"/> where columns do not fill a vector: glibc's exponential</summary>
    TorchEdgeLogSoftmax = 14,
}
