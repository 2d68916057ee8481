namespace Qnn.Compiler.Import.TfLite;

/// <summary>Which of the three kernel sets of Google's runtime a model's answers equal. They round differently; see docs/numerics.md.</summary>
public enum TfLiteNumerics
{
    /// <summary>The optimised builtin kernels: the interpreter's default without a delegate.</summary>
    Builtin,
    /// <summary>The reference kernels.</summary>
    Reference,
    /// <summary>The XNNPACK delegate, and the builtin kernels for what it does not take.</summary>
    Xnnpack,
}
