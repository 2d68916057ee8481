namespace Qnn.Runtime.Kernels.Elementwise;

/// <summary>Comparisons of two elements. The numbers are part of the artifact format.</summary>
internal enum CompareKind
{
    Equal = 1,
    NotEqual = 2,
    Less = 3,
    LessEqual = 4,
    Greater = 5,
    GreaterEqual = 6,
}
