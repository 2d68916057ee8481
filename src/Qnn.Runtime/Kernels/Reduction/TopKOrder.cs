namespace Qnn.Runtime.Kernels.Reduction;

/// <summary>In which order the greatest elements of a row come, and equal ones among them. The numbers are part of the artifact format.</summary>
internal enum TopKOrder
{
    /// <summary>The first of equal ones first.</summary>
    First = 0,

    /// <summary>As PyTorch's topk has them: few of many by std::partial_sort, else by std::nth_element and std::sort.</summary>
    Torch = 1,

    /// <summary>All, as PyTorch's sort has them: by std::sort.</summary>
    TorchSort = 2,

    /// <summary>As <see cref="Torch"/>, without std::sort.</summary>
    TorchUnsorted = 3,
}
