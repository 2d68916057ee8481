namespace Qnn.Runtime.Kernels.DataMovement;

/// <summary>How floats are interpolated between four neighbours. The numbers are part of the artifact format.</summary>
internal enum BilinearOrder
{
    /// <summary>Not at all: the nearest element.</summary>
    None = 0,
    /// <summary>TensorFlow Lite's reference kernel: each neighbour times its row's weight, then its column's; both left ones are added first.</summary>
    Neighbours = 1,
    /// <summary>XNNPACK: across in two lines, then down between them.</summary>
    Lines = 2,
    /// <summary>TensorFlow Lite's optimised kernel: each neighbour times the product of its weights, in the order of rows.</summary>
    Products = 3,
    /// <summary>TensorFlow Lite's optimised kernel of images that it doubles: halves of two above each other, then of two beside each other.</summary>
    Doubled = 4,
}
