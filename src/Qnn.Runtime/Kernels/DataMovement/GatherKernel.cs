using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Qnn.Runtime.Execution;

namespace Qnn.Runtime.Kernels.DataMovement;

/// <summary>Where <see cref="GatherKernel"/> looks up.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct GatherParameters
{
    public int Axis;

    /// <summary>Leading axes that data and indices share.</summary>
    public int BatchDims;
}

/// <summary>result[batch, outer, i, inner] = data[batch, outer, indices[batch, i], inner], bytes as they are. An index that is none of the axis gives zeros. An item is one index of batch and outer.</summary>
internal sealed unsafe class GatherKernel : Kernel
{
    private readonly TensorInfo _data, _indices, _output;
    private readonly int _rows, _outer, _extent, _count;
    private readonly nint _bytes;

    private GatherKernel(TensorInfo data, TensorInfo indices, TensorInfo output, int batches, int outer, int extent, int count, nint bytes) =>
        (_data, _indices, _output, _rows, _outer, _extent, _count, _bytes) = (data, indices, output, batches * outer, outer, extent, count, bytes);

    public static Kernel Create(StepInfo step)
    {
        var (data, indices, output) = (step.Input(0), step.Input(1), step.Output(0));
        var p = step.ReadParameters<GatherParameters>();
        step.Require(data.Type.Size() == output.Type.Size() && IndexReader.Takes(indices), "the element types do not fit");
        step.Require(p.BatchDims >= 0 && p.BatchDims <= p.Axis && p.Axis < data.Rank && p.BatchDims <= indices.Rank, "the axes are out of range");
        long batches = 1, outer = 1, inner = 1, count = 1;
        for (int axis = 0; axis < p.BatchDims; axis++)
        {
            step.Require(data.Shape[axis] == indices.Shape[axis], "the leading axes differ");
            batches *= data.Shape[axis];
        }
        for (int axis = p.BatchDims; axis < p.Axis; axis++) outer *= data.Shape[axis];
        for (int axis = p.Axis + 1; axis < data.Rank; axis++) inner *= data.Shape[axis];
        for (int axis = p.BatchDims; axis < indices.Rank; axis++) count *= indices.Shape[axis];
        step.Require((Int128)batches * outer * count * inner == output.Count, "the output does not fit");
        if (output.Count == 0) batches = 0;
        return new GatherKernel(data, indices, output, (int)batches, (int)outer, data.Shape[p.Axis], (int)count, (nint)inner * data.Type.Size());
    }

    public override string Name => "gather";

    public override int WorkItems => _rows;

    public override void Run(in KernelContext context, int begin, int end, byte* scratch)
    {
        var indices = new IndexReader(context[_indices], _indices.Type);
        for (int row = begin; row < end; row++)
        {
            byte* from = context[_data] + (nint)row * _extent * _bytes;
            byte* to = context[_output] + (nint)row * _count * _bytes;
            nint first = (nint)(row / _outer) * _count;
            switch (_bytes)
            {
                case 1: Elements(from, indices, first, to); break;
                case 4: Elements((int*)from, indices, first, (int*)to); break;
                default: Pieces(from, indices, first, to); break;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Elements<T>(T* from, IndexReader indices, nint first, T* to) where T : unmanaged
    {
        for (int i = 0; i < _count; i++)
        {
            long index = indices[first + i];
            to[i] = (ulong)index < (ulong)_extent ? from[index] : default;
        }
    }

    private void Pieces(byte* from, IndexReader indices, nint first, byte* to)
    {
        for (int i = 0; i < _count; i++, to += _bytes)
        {
            long index = indices[first + i];
            if ((ulong)index < (ulong)_extent) Buffer.MemoryCopy(from + (nint)index * _bytes, to, _bytes, _bytes);
            else NativeMemory.Clear(to, (nuint)_bytes);
        }
    }
}
