using System.Runtime.InteropServices;
using Qnn.Runtime.Execution;

namespace Qnn.Runtime.Kernels.DataMovement;

/// <summary>Parameters of RowBag.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct RowBagParameters
{
    /// <summary>The row that does not count; -1 for none.</summary>
    public long Padding;
    public RowBagMode Mode;
    /// <summary>1 where the last offset ends the last bag, else it ends with the indices.</summary>
    public int IncludesLastOffset;
}

/// <summary>
/// Rows of a float table put together bag by bag, as PyTorch's embedding_bag has them; 0 for an empty bag. An index that is none of the table does not count.
/// Inputs: table [R, C], indices, offsets, weights [indices] (optional, sums only). Output: [bags, C]. An item is a bag.
/// </summary>
internal sealed unsafe class RowBagKernel : Kernel
{
    private readonly TensorInfo _table, _indices, _offsets, _output;
    private readonly TensorInfo? _weights;
    private readonly RowBagParameters _p;
    private readonly int _rows, _columns, _bags;

    private RowBagKernel(StepInfo step)
    {
        _p = step.ReadParameters<RowBagParameters>();
        (_table, _indices, _offsets, _weights, _output) = (step.Input(0), step.Input(1), step.Input(2), step.OptionalInput(3), step.Output(0));
        step.Require(_p.Mode is >= RowBagMode.Sum and <= RowBagMode.Max && (_weights is null || _p.Mode == RowBagMode.Sum), "the mode is unknown, or has no weights");
        step.Require(_table.Type == ElementType.F32 && _table.Rank == 2 && _output.Type == ElementType.F32, "bad table");
        (_rows, _columns) = (_table.Shape[0], _table.Shape[1]);
        step.Require(IndexReader.Takes(_indices) && IndexReader.Takes(_offsets), "bad indices");
        step.Require(_weights is null || _weights.Type == ElementType.F32 && _weights.Count == _indices.Count, "bad weights");
        _bags = Math.Max(0, _offsets.Count - (_p.IncludesLastOffset != 0 ? 1 : 0));
        step.Require(_output.Count == (long)_bags * _columns, "the result does not fit");
    }

    public static Kernel Create(StepInfo step) => new RowBagKernel(step);

    public override string Name => "row_bag";

    public override int WorkItems => _bags;

    public override int Grain => 16;

    public override void Run(in KernelContext context, int begin, int end, byte* scratch)
    {
        var (indices, offsets) = (new IndexReader(context[_indices], _indices.Type), new IndexReader(context[_offsets], _offsets.Type));
        float* weights = _weights is null ? null : context.Pointer<float>(_weights);
        int count = _indices.Count;
        for (int bag = begin; bag < end; bag++)
        {
            float* result = context.Pointer<float>(_output) + (nint)bag * _columns;
            new Span<float>(result, _columns).Clear();
            int from = (int)Math.Clamp(offsets[bag], 0, count), to = (int)Math.Clamp(bag + 1 < _offsets.Count ? offsets[bag + 1] : count, 0, count), taken = 0;
            for (int i = from; i < to; i++)
            {
                long row = indices[i];
                if ((ulong)row >= (ulong)_rows || row == _p.Padding) continue;
                Join(context.Pointer<float>(_table) + (nint)row * _columns, weights == null ? 1 : weights[i], result, taken++ == 0);
            }
            for (int c = 0; _p.Mode == RowBagMode.Mean && taken > 0 && c < _columns; c++) result[c] /= taken;
        }
    }

    private void Join(float* row, float weight, float* result, bool isFirst)
    {
        if (_p.Mode != RowBagMode.Max)
        {
            for (int c = 0; c < _columns; c++) result[c] = MathF.FusedMultiplyAdd(weight, row[c], result[c]);
            return;
        }
        for (int c = 0; c < _columns; c++) result[c] = isFirst || row[c] > result[c] ? row[c] : result[c];
    }
}
