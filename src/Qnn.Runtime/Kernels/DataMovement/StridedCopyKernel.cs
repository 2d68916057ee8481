using System.Runtime.InteropServices;
using Qnn.Runtime.Execution;

namespace Qnn.Runtime.Kernels.DataMovement;

/// <summary>Where each element of a <see cref="StridedCopyKernel"/>'s output comes from.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct StridedCopyParameters
{
    /// <summary>Axes in use.</summary>
    public int Rank;

    /// <summary>The input element that output element 0 is.</summary>
    public int Offset;

    /// <summary>The output's extents, any factorisation of its shape; their product is its element count.</summary>
    public Dims Extents;

    /// <summary>Input elements from one index of an axis to the next: 0 repeats, negative turns around.</summary>
    public Dims Strides;
}

/// <summary>
/// output[i0, i1, ...] = input[Offset + i0 * Strides[0] + i1 * Strides[1] + ...], on elements of 1, 2, 4 or 8 bytes: transposes, slices, repeats, reversals.
/// Axes that lie in each other are joined, and pairs that swap order are copied in square tiles (<see cref="TileTranspose"/>).
/// </summary>
internal sealed unsafe class StridedCopyKernel : Kernel
{
    private const int Tile = 16;

    private readonly TensorInfo _input, _output;
    private readonly int _size;
    private readonly nint _offset;
    private readonly int[] _extents;
    private readonly nint[] _strides;
    private readonly nint[] _outputStrides;
    // The axis along which the input is contiguous, where that is not the last: the other side of the tiles. Else -1.
    private readonly int _tiledAxis;
    private readonly int _items;

    private StridedCopyKernel(TensorInfo input, TensorInfo output, int size, nint offset, List<(int Extent, nint Stride)> axes)
    {
        (_input, _output, _size, _offset) = (input, output, size, offset);
        _extents = [.. axes.Select(a => a.Extent)];
        _strides = [.. axes.Select(a => a.Stride)];
        _outputStrides = new nint[axes.Count];
        nint stride = 1;
        for (int axis = axes.Count - 1; axis >= 0; axis--)
        {
            _outputStrides[axis] = stride;
            stride *= _extents[axis];
        }
        _tiledAxis = _strides[^1] is 0 or 1 ? -1 : Array.FindLastIndex(_strides, s => s == 1);
        _items = 1;
        for (int axis = 0; axis < _extents.Length - 1; axis++) _items *= axis == _tiledAxis ? Tiles(_extents[axis]) : _extents[axis];
        if (output.Count == 0) _items = 0;
    }

    public static Kernel Create(StepInfo step)
    {
        var (input, output) = (step.Input(0), step.Output(0));
        var p = step.ReadParameters<StridedCopyParameters>();
        int size = output.Type.Size();
        step.Require(input.Type.Size() == size, "the element sizes differ");
        step.Require(p.Rank is >= 0 and <= Dims.Length, "the rank is out of range");
        long count = 1, first = p.Offset, last = p.Offset;
        for (int axis = 0; axis < p.Rank; axis++)
        {
            step.Require(p.Extents[axis] >= 0, "an extent is negative");
            count *= p.Extents[axis];
            step.Require(count <= output.Count, "the extents do not fit the output");
            long reach = (p.Extents[axis] - 1L) * p.Strides[axis];
            first += Math.Min(reach, 0);
            last += Math.Max(reach, 0);
        }
        step.Require(count == output.Count, "the extents do not fit the output");
        step.Require(count == 0 || first >= 0 && last < input.Count, "it reads outside its input");

        var axes = new List<(int Extent, nint Stride)>();
        for (int axis = 0; axis < p.Rank; axis++)
        {
            var (extent, stride) = (p.Extents[axis], (nint)p.Strides[axis]);
            if (extent == 1) continue;
            if (axes.Count > 0 && axes[^1].Stride == stride * extent) axes[^1] = (axes[^1].Extent * extent, stride);
            else axes.Add((extent, stride));
        }
        if (axes.Count == 0) axes.Add((output.Count, 1));
        nint offset = p.Offset;
        Widen(axes, ref size, ref offset);
        return new StridedCopyKernel(input, output, size, offset, axes);
    }

    public override string Name => _tiledAxis >= 0 ? "strided_copy.tiles" : _strides[^1] == 1 ? "strided_copy.rows" : "strided_copy";

    public override int WorkItems => _items;

    public override int Grain => Math.Max(1, (int)Math.Min(16384L * _items / Math.Max(1, (long)_output.ByteLength), _items));

    public override void Run(in KernelContext context, int begin, int end, byte* scratch)
    {
        byte* source = context[_input], destination = context[_output];
        switch (_size)
        {
            case 1: Run((byte*)source, (byte*)destination, begin, end); break;
            case 2: Run((ushort*)source, (ushort*)destination, begin, end); break;
            case 4: Run((uint*)source, (uint*)destination, begin, end); break;
            default: Run((ulong*)source, (ulong*)destination, begin, end); break;
        }
    }

    private void Run<T>(T* source, T* destination, int begin, int end) where T : unmanaged
    {
        int inner = _extents[^1];
        nint innerStride = _strides[^1];
        for (int item = begin, items; item < end; item += items)
        {
            items = 1;
            nint from = _offset, to = 0;
            int rest = item, tile = 0;
            for (int axis = _extents.Length - 2; axis >= 0; axis--)
            {
                int extent = axis == _tiledAxis ? Tiles(_extents[axis]) : _extents[axis];
                int index = rest % extent;
                rest /= extent;
                if (axis == _tiledAxis) index = (tile = index) * Tile;
                from += index * _strides[axis];
                to += index * _outputStrides[axis];
            }
            if (_tiledAxis >= 0)
            {
                // Tiles that follow each other are one.
                if (_tiledAxis == _extents.Length - 2) items = Math.Min(end - item, Tiles(_extents[_tiledAxis]) - tile);
                CopyTiles(source + from, destination + to, Math.Min(items * Tile, _extents[_tiledAxis] - tile * Tile), _outputStrides[_tiledAxis]);
            }
            else if (innerStride == 1) Buffer.MemoryCopy(source + from, destination + to, (long)inner * sizeof(T), (long)inner * sizeof(T));
            else if (innerStride == 0) new Span<T>(destination + to, inner).Fill(source[from]);
            else
            {
                for (int i = 0; i < inner; i++) destination[to + i] = source[from + i * innerStride];
            }
        }
    }

    // Rows of the output that lie side by side in the input.
    private void CopyTiles<T>(T* source, T* destination, int rows, nint rowStride) where T : unmanaged
    {
        int inner = _extents[^1];
        nint stride = _strides[^1];
        if (inner == 3 && rowStride == 3) ThreePlanes.Interleave(source, stride, destination, rows);
        else if (rows == 3 && stride == 3) ThreePlanes.Separate(source, destination, rowStride, inner);
        else TileTranspose.Copy(source, stride, destination, rowStride, rows, inner);
    }

    // Short contiguous runs that fill a larger element move as one: pairs of bytes as a ushort, and so on.
    private static void Widen(List<(int Extent, nint Stride)> axes, ref int size, ref nint offset)
    {
        var (run, runStride) = axes[^1];
        if (axes.Count < 2 || runStride != 1 || run is not (2 or 4 or 8) || size * run > 8) return;
        if (offset % run != 0 || axes.Take(axes.Count - 1).Any(a => a.Stride % run != 0)) return;
        size *= run;
        offset /= run;
        axes.RemoveAt(axes.Count - 1);
        for (int i = 0; i < axes.Count; i++) axes[i] = (axes[i].Extent, axes[i].Stride / run);
    }

    private static int Tiles(int extent) => (extent + Tile - 1) / Tile;
}
