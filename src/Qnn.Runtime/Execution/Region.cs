namespace Qnn.Runtime.Execution;

/// <summary>The bytes of a tensor that some items of a step touch: a range, or some columns of a range of rows.</summary>
/// <param name="Tensor">The tensor.</param>
/// <param name="Begin">The first byte.</param>
/// <param name="End">The byte behind the last.</param>
/// <param name="Pitch">Bytes of a row, where only some columns are touched; else 0.</param>
/// <param name="ColumnBegin">The first of these columns' bytes in a row.</param>
/// <param name="ColumnEnd">The byte behind their last.</param>
internal readonly record struct Region(TensorInfo Tensor, nint Begin, nint End, nint Pitch = 0, nint ColumnBegin = 0, nint ColumnEnd = 0)
{
    /// <summary>All of a tensor.</summary>
    public static Region All(TensorInfo tensor) => new(tensor, 0, tensor.ByteLength);

    /// <summary>The bytes of items [<paramref name="begin"/>, <paramref name="end"/>) that each have so many elements, the last one perhaps fewer.</summary>
    public static Region Items(TensorInfo tensor, int begin, int end, long elements)
    {
        long size = elements * tensor.Type.Size();
        return new(tensor, (nint)Math.Min(begin * size, tensor.ByteLength), (nint)Math.Min(end * size, tensor.ByteLength));
    }

    /// <summary>Lines [<paramref name="begin"/>, <paramref name="end"/>) of images in NHWC, counted over all images.</summary>
    public static Region Lines(TensorInfo tensor, int begin, int end)
    {
        nint line = (nint)tensor.Shape[^1] * tensor.Shape[^2] * tensor.Type.Size();
        return new(tensor, begin * line, end * line);
    }

    /// <summary>Whether both have a byte of the same tensor in common.</summary>
    public bool Meets(in Region other) =>
        Begin < other.End && other.Begin < End
        && (Pitch == 0 || Pitch != other.Pitch || (ColumnBegin < other.ColumnEnd && other.ColumnBegin < ColumnEnd));
}
