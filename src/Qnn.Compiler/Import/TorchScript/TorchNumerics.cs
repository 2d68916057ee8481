namespace Qnn.Compiler.Import.TorchScript;

/// <summary>Which of PyTorch's quantized engines a model's answers equal. See docs/numerics.md.</summary>
internal enum TorchNumerics
{
    /// <summary>FBGEMM, the default on x86: biases stay floats; depthwise convolutions saturate their 16-bit sums of two products where that is an accident (<see cref="FbgemmDepthwise"/>).</summary>
    Fbgemm,
    /// <summary>FBGEMM with exact sums everywhere.</summary>
    FbgemmExact,
    /// <summary>FBGEMM on x86 to the last bit: depthwise convolutions saturate even where most of their sums do.</summary>
    FbgemmSaturating,
    /// <summary>QNNPACK: biases are rounded to 32-bit integers.</summary>
    Qnnpack,
    /// <summary>oneDNN: zero points are added before rounding.</summary>
    OneDnn,
    /// <summary>The x86 engine: oneDNN for convolutions of up to 100 groups, else FBGEMM.</summary>
    X86,
}
