namespace Qnn.Runtime.Kernels.DataMovement;

/// <summary>How four weighted neighbours are added. The numbers are part of the artifact format.</summary>
internal enum InterpolationOrder
{
    /// <summary>Products of weights first, then one neighbour after the other: ONNX Runtime.</summary>
    InOrder = 0,

    /// <summary>Across, then down, one product of each sum not rounded apart: in eights of channels the second one, in the channels that are left the first one. PyTorch's kernel for channels last.</summary>
    Fused = 1,

    /// <summary>Products of weights first; the two above, the two below, then both sums: MLAS, of images in blocks of channels.</summary>
    Paired = 2,

    /// <summary>Products of weights first; one neighbour after the other, each product joining the sum with one rounding: in eights of channels bottom left, bottom right, top right, top left, in the channels that are left top right, top left, bottom left, bottom right. PyTorch, floats.</summary>
    Chained = 3,
}
