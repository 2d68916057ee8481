using Qnn.Runtime.Execution;

namespace Qnn.Runtime.Kernels.DataMovement;

/// <summary>Tuples of indices, each naming a slice of a tensor: the last axis of the index tensor counts along the tensor's first axes.</summary>
internal sealed class IndexedSlices
{
    private readonly int[] _extents;
    private readonly nint[] _strides;

    /// <summary>Verifies the shapes.</summary>
    /// <param name="step">The step.</param>
    /// <param name="indices">The tuples.</param>
    /// <param name="target">The tensor that they index.</param>
    /// <param name="slices">A tensor with as many elements as the slices together.</param>
    public IndexedSlices(StepInfo step, TensorInfo indices, TensorInfo target, TensorInfo slices)
    {
        step.Require(IndexReader.Takes(indices) && indices.Rank > 0, "there are no indices");
        int depth = indices.Shape[^1];
        step.Require(depth <= target.Rank, "the indices have too many axes");
        long slice = 1, tuples = 1;
        for (int axis = depth; axis < target.Rank; axis++) slice *= target.Shape[axis];
        for (int axis = 0; axis < indices.Rank - 1; axis++) tuples *= indices.Shape[axis];
        step.Require((Int128)tuples * slice == slices.Count, "the slices do not fit");
        Count = slices.Count == 0 ? 0 : (int)tuples;
        Length = (int)Math.Min(slice, int.MaxValue);
        _extents = target.Shape[..depth];
        _strides = new nint[depth];
        nint stride = (nint)slice;
        for (int axis = depth - 1; axis >= 0; axis--)
        {
            _strides[axis] = stride;
            stride *= _extents[axis];
        }
    }

    /// <summary>How many tuples there are.</summary>
    public int Count { get; }

    /// <summary>Elements of a slice.</summary>
    public int Length { get; }

    /// <summary>The element that a tuple's slice begins at; -1 where the tuple lies outside.</summary>
    public nint Find(IndexReader indices, int tuple)
    {
        nint at = 0;
        for (int axis = 0; axis < _extents.Length; axis++)
        {
            long index = indices[(nint)tuple * _extents.Length + axis];
            if ((ulong)index >= (ulong)_extents[axis]) return -1;
            at += (nint)index * _strides[axis];
        }
        return at;
    }
}
