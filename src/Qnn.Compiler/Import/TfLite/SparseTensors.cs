using Qnn.Compiler.Diagnostics;
using Qnn.Compiler.Import.TfLite.Schema;
using Tensor = Qnn.Compiler.Ir.Tensor;

namespace Qnn.Compiler.Import.TfLite;

/// <summary>
/// Expands sparse constants. The axes, and behind them the axes inside blocks, are stored in traversal order, each dense (all indices) or compressed
/// (for each place of the axis outside, a segment of a list of indices). Stored elements come in the order of the traversal.
/// </summary>
internal static class SparseTensors
{
    private const long LimitBytes = 256L << 20;

    /// <summary>The dense form of a sparse constant.</summary>
    public static Tensor Expand(TfLiteTensor tensor)
    {
        if (tensor.IrType is not { } type || TfLiteTypes.BitSize(tensor.Type) is not (8 or 16 or 32 or 64)) throw new ModelException(DiagnosticCodes.UnsupportedForm, $"{tensor} is sparse with elements of type {tensor.Type}, which is not supported.");
        if (type.ByteLength > LimitBytes) throw TfLiteFault.TooLarge($"{tensor} is sparse and takes {type.ByteLength} bytes when expanded; at most {LimitBytes} are supported.");
        var dense = new Tensor(type);
        new Traversal(tensor, tensor.Sparsity!.Value, dense).Run();
        return dense;
    }

    private sealed class Traversal
    {
        private readonly TfLiteTensor _tensor;
        private readonly Tensor _dense;
        private readonly int[] _order, _blockAxes, _blockSizes, _indices;
        private readonly Level[] _levels;
        private readonly int _elementSize;

        /// <summary>One axis: its extent when dense, else segments and indices.</summary>
        private readonly record struct Level(int Extent, int[]? Segments, int[] Indices);

        public Traversal(TfLiteTensor tensor, SparsityParameters sparsity, Tensor dense)
        {
            (_tensor, _dense, _elementSize) = (tensor, dense, TfLiteTypes.BitSize(tensor.Type) / 8);
            _order = sparsity.GetTraversalOrderArray() ?? [];
            _blockAxes = sparsity.GetBlockMapArray() ?? [];
            int rank = tensor.Shape.Length, levels = rank + _blockAxes.Length;
            if (rank == 0 || levels > 16 || sparsity.DimMetadataLength != levels || !_order.Order().SequenceEqual(Enumerable.Range(0, levels)) || _blockAxes.Any(a => (uint)a >= (uint)rank)) throw Damaged();
            _levels = [.. Enumerable.Range(0, levels).Select(i => ReadLevel(sparsity.DimMetadata(i)!.Value))];
            _blockSizes = new int[_blockAxes.Length];
            for (int i = 0; i < levels; i++)
            {
                if (_order[i] < rank) continue;
                if (_levels[i].Segments is not null || i < rank) throw Damaged();
                _blockSizes[_order[i] - rank] = _levels[i].Extent;
            }
            _indices = new int[levels];
        }

        public void Run() => Visit(0, 0);

        // Every visit reads an entry of a segment list or an element, at places that never come again: the work is linear in the file.
        private void Visit(int level, long place)
        {
            if (level == _levels.Length)
            {
                Store(place);
                return;
            }
            var (extent, segments, list) = _levels[level];
            if (segments is null)
            {
                for (int i = 0; i < extent; i++)
                {
                    _indices[level] = i;
                    Visit(level + 1, place * extent + i);
                }
                return;
            }
            if (place + 1 >= segments.Length) throw Damaged();
            int begin = segments[place], end = segments[place + 1];
            if (begin < 0 || end < begin || end > list.Length) throw Damaged();
            for (int i = begin; i < end; i++)
            {
                _indices[level] = list[i];
                Visit(level + 1, i);
            }
        }

        private void Store(long place)
        {
            int rank = _tensor.Shape.Length;
            Span<long> index = stackalloc long[rank];
            for (int i = 0; i < rank; i++) index[_order[i]] = _indices[i];
            for (int i = rank; i < _order.Length; i++)
            {
                int block = _order[i] - rank, axis = _blockAxes[block];
                index[axis] = index[axis] * _blockSizes[block] + _indices[i];
            }
            long at = 0;
            for (int axis = 0; axis < rank; axis++)
            {
                if ((ulong)index[axis] >= (ulong)_tensor.Shape[axis]) throw Damaged();
                at = at * _tensor.Shape[axis] + index[axis];
            }
            if ((place + 1) * _elementSize > _tensor.Data.Length) throw Damaged();
            _tensor.Data.Span.Slice((int)place * _elementSize, _elementSize).CopyTo(_dense.MutableSpan<byte>()[((int)at * _elementSize)..]);
        }

        private Level ReadLevel(DimensionMetadata metadata)
        {
            if (metadata.Format == DimensionType.DENSE) return metadata.DenseSize > 0 ? new Level(metadata.DenseSize, null, []) : throw Damaged();
            int[] segments = metadata.ArraySegmentsType switch
            {
                SparseIndexVector.Int32Vector => metadata.ArraySegmentsAsInt32Vector().GetValuesArray() ?? [],
                SparseIndexVector.Uint16Vector => [.. (metadata.ArraySegmentsAsUint16Vector().GetValuesArray() ?? []).Select(v => (int)v)],
                SparseIndexVector.Uint8Vector => [.. (metadata.ArraySegmentsAsUint8Vector().GetValuesArray() ?? []).Select(v => (int)v)],
                _ => throw Damaged(),
            };
            int[] indices = metadata.ArrayIndicesType switch
            {
                SparseIndexVector.Int32Vector => metadata.ArrayIndicesAsInt32Vector().GetValuesArray() ?? [],
                SparseIndexVector.Uint16Vector => [.. (metadata.ArrayIndicesAsUint16Vector().GetValuesArray() ?? []).Select(v => (int)v)],
                SparseIndexVector.Uint8Vector => [.. (metadata.ArrayIndicesAsUint8Vector().GetValuesArray() ?? []).Select(v => (int)v)],
                _ => [],
            };
            return new Level(0, segments, indices);
        }

        private ModelException Damaged() => TfLiteFault.Inconsistent($"{_tensor} is sparse, and its layout contradicts itself");
    }
}
