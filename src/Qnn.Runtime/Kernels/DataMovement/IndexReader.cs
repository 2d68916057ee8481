using Qnn.Runtime.Execution;

namespace Qnn.Runtime.Kernels.DataMovement;

/// <summary>Reads the elements of an index tensor, int32 or int64 (or int16), as numbers.</summary>
internal readonly unsafe struct IndexReader(byte* indices, ElementType type)
{
    /// <summary>Whether a tensor can hold indices.</summary>
    public static bool Takes(TensorInfo tensor) => tensor.Type is ElementType.S16 or ElementType.S32 or ElementType.S64;

    /// <summary>The element at a place.</summary>
    public long this[nint at] => type switch
    {
        ElementType.S32 => ((int*)indices)[at],
        ElementType.S64 => ((long*)indices)[at],
        _ => ((short*)indices)[at],
    };
}
