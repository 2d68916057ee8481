using Qnn.Runtime.Execution;

namespace Qnn.Runtime.Kernels.Elementwise;

/// <summary>
/// Two operands broadcast to a result by NumPy's rule, as rows: runs of result elements along which each operand either advances by one or stands still.
/// Axes that both operands walk alike are merged, so equal shapes are a single row. Rows are cut into pieces, the items of work.
/// </summary>
internal sealed class BroadcastRows
{
    // Elements of a piece: large enough to hide a call, small enough to share out.
    private const int PieceLength = 512;

    // Pieces worth a call.
    private const int GrainLength = 4_096;

    private readonly int[] _extents, _stridesA, _stridesB;
    private readonly int _pieces, _count;

    /// <summary>Verifies the shapes.</summary>
    public BroadcastRows(StepInfo step, TensorInfo a, TensorInfo b, TensorInfo result)
    {
        int rank = result.Rank;
        step.Require(rank <= Dims.Length && a.Rank <= rank && b.Rank <= rank);
        List<int> extents = [], stridesA = [], stridesB = [];
        int strideA = 1, strideB = 1;
        for (int i = 1; i <= rank; i++)
        {
            int extent = result.Shape[rank - i];
            int extentA = i <= a.Rank ? a.Shape[a.Rank - i] : 1, extentB = i <= b.Rank ? b.Shape[b.Rank - i] : 1;
            step.Require((extentA == extent || extentA == 1) && (extentB == extent || extentB == 1), "the operands' shapes do not fit the result's");
            if (extent != 1)
            {
                int stepA = extentA == 1 ? 0 : strideA, stepB = extentB == 1 ? 0 : strideB;
                // The axis continues the one inside it when both operands go on where they were.
                if (extents.Count > 0 && Continues(stepA, stridesA[^1], extents[^1]) && Continues(stepB, stridesB[^1], extents[^1]))
                {
                    extents[^1] *= extent;
                }
                else
                {
                    extents.Add(extent);
                    stridesA.Add(stepA);
                    stridesB.Add(stepB);
                }
            }
            strideA *= extentA;
            strideB *= extentB;
        }
        if (extents.Count == 0) (extents, stridesA, stridesB) = ([1], [0], [0]);
        (_extents, _stridesA, _stridesB) = ([.. extents], [.. stridesA], [.. stridesB]);
        if (_extents.Length > 1) (RowStrideA, RowStrideB) = (_stridesA[1], _stridesB[1]);
        RowLength = _extents[0];
        _pieces = (RowLength + PieceLength - 1) / PieceLength;
        _count = result.Count;
        long items = result.Count == 0 ? 0 : (long)result.Count / RowLength * _pieces;
        WorkItems = (int)items;
        Grain = Math.Max(1, GrainLength / Math.Clamp(RowLength, 1, PieceLength));

        static bool Continues(int stride, int inner, int extent) => inner == 0 ? stride == 0 : stride == (long)inner * extent;
    }

    /// <summary>Elements of a row.</summary>
    public int RowLength { get; }

    /// <summary>Elements from one of operand a to the next along a row: 0 or 1.</summary>
    public int StepA => _stridesA[0];

    /// <summary>Elements from one of operand b to the next along a row: 0 or 1.</summary>
    public int StepB => _stridesB[0];

    /// <summary>Elements from a row of operand a to that of the next row, as far as rows are alike.</summary>
    public int RowStrideA { get; }

    /// <summary>Elements from a row of operand b to that of the next row, as far as rows are alike.</summary>
    public int RowStrideB { get; }

    public int WorkItems { get; }

    public int Grain { get; }

    /// <summary>The elements of an operand or the result that belong to items [<paramref name="begin"/>, <paramref name="end"/>).</summary>
    public Region Region(TensorInfo tensor, int begin, int end)
    {
        // A broadcast operand is read by many.
        if (tensor.Count != _count) return Execution.Region.All(tensor);
        int size = tensor.Type.Size();
        return new Region(tensor, (nint)First(begin) * size, (nint)First(end) * size);

        long First(int item) => (long)(item / _pieces) * RowLength + (long)(item % _pieces) * PieceLength;
    }

    /// <summary>Where an item begins in the operands and the result, and how many elements it has together with those behind it in the same row, up to <paramref name="end"/>. Gives the next item.</summary>
    public int Locate(int item, int end, out int a, out int b, out int result, out int count)
    {
        int row = item / _pieces, piece = item % _pieces, begin = piece * PieceLength, pieces = Math.Min(_pieces - piece, end - item);
        count = Math.Min(pieces * PieceLength, RowLength - begin);
        (a, b, result) = (begin * StepA, begin * StepB, row * RowLength + begin);
        for (int axis = 1; axis < _extents.Length; axis++)
        {
            int index = row % _extents[axis];
            row /= _extents[axis];
            a += index * _stridesA[axis];
            b += index * _stridesB[axis];
        }
        return item + pieces;
    }

    /// <summary>As <see cref="Locate"/>, with how many rows of as many elements follow each other, <see cref="RowStrideA"/> and <see cref="RowStrideB"/> apart in the operands. Gives the item behind them.</summary>
    public int LocateRows(int item, int end, out int a, out int b, out int result, out int count, out int rows)
    {
        int next = Locate(item, end, out a, out b, out result, out count);
        rows = _pieces == 1 && _extents.Length > 1 ? Math.Min(end - item, _extents[1] - item % _extents[1]) : 1;
        return next + rows - 1;
    }
}
