using System.Runtime.InteropServices;
using Qnn.Runtime.Execution;

namespace Qnn.Runtime.Kernels.DataMovement;

/// <summary>Parameters of EmbeddingBag.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct EmbeddingBagParameters
{
    /// <summary>Bits of an element: 8, or 4, the even column's in the low half.</summary>
    public int Bits;
    /// <summary>1 where the last offset ends the last bag, else it ends with the indices.</summary>
    public int IncludesLastOffset;
}

/// <summary>
/// Sums of rows of a table whose rows each have a scale and a bias, as FBGEMM adds them: sum = fma(w * scale, q, sum + w * bias). An index that is none of the table adds nothing.
/// Inputs: table u8 [R, bytes], scales [R], biases [R], indices, offsets (optional: without them every index is a bag), weights (optional). An item is a bag.
/// </summary>
internal sealed unsafe class EmbeddingBagKernel : Kernel
{
    private readonly TensorInfo _indices, _output;
    private readonly TensorInfo? _offsets, _weights;
    private readonly EmbeddingBagParameters _p;
    private readonly byte* _table;
    private readonly float* _scales, _biases;
    private readonly int _rows, _bytes, _columns, _bags;

    private EmbeddingBagKernel(StepInfo step)
    {
        _p = step.ReadParameters<EmbeddingBagParameters>();
        step.Require(_p.Bits is 4 or 8);
        var table = step.Input(0);
        step.Require(table.IsConstant && table.Type == ElementType.U8 && table.Rank == 2, "bad table");
        _table = table.Constant;
        (_rows, _bytes) = (table.Shape[0], table.Shape[1]);
        _columns = _bytes * (8 / _p.Bits);
        _scales = (float*)step.ConstantInput(1, ElementType.F32, _rows).Constant;
        _biases = (float*)step.ConstantInput(2, ElementType.F32, _rows).Constant;
        (_indices, _offsets, _weights, _output) = (step.Input(3), step.OptionalInput(4), step.OptionalInput(5), step.Output(0));
        step.Require(IndexReader.Takes(_indices) && (_offsets is null || IndexReader.Takes(_offsets)), "bad indices");
        step.Require(_weights is null || _weights.Type == ElementType.F32 && _weights.Count == _indices.Count, "bad weights");
        _bags = _offsets is null ? _indices.Count : Math.Max(0, _offsets.Count - (_p.IncludesLastOffset != 0 ? 1 : 0));
        step.Require(_output.Type == ElementType.F32 && _output.Count == (long)_bags * _columns, "the result does not fit");
    }

    public static Kernel Create(StepInfo step) => new EmbeddingBagKernel(step);

    public override string Name => "embedding_bag";

    public override int WorkItems => _bags;

    public override int Grain => 16;

    public override void Run(in KernelContext context, int begin, int end, byte* scratch)
    {
        var indices = new IndexReader(context[_indices], _indices.Type);
        float* weights = _weights is null ? null : context.Pointer<float>(_weights);
        for (int bag = begin; bag < end; bag++)
        {
            float* sums = context.Pointer<float>(_output) + (nint)bag * _columns;
            new Span<float>(sums, _columns).Clear();
            var (from, to) = Range(context, bag);
            for (int i = from; i < to; i++)
            {
                long row = indices[i];
                if ((ulong)row >= (ulong)_rows) continue;
                float scale = _scales[row], bias = _biases[row];
                if (weights != null) (scale, bias) = (weights[i] * scale, weights[i] * bias);
                Add(_table + (nint)row * _bytes, scale, bias, sums);
            }
        }
    }

    private (int From, int To) Range(in KernelContext context, int bag)
    {
        if (_offsets is null) return (bag, bag + 1);
        var offsets = new IndexReader(context[_offsets], _offsets.Type);
        int count = _indices.Count;
        long from = offsets[bag], to = bag + 1 < _offsets.Count ? offsets[bag + 1] : count;
        return ((int)Math.Clamp(from, 0, count), (int)Math.Clamp(to, 0, count));
    }

    private void Add(byte* row, float scale, float bias, float* sums)
    {
        if (_p.Bits == 8)
        {
            for (int c = 0; c < _columns; c++) sums[c] = MathF.FusedMultiplyAdd(scale, row[c], sums[c] + bias);
            return;
        }
        for (int c = 0; c < _columns; c++) sums[c] = MathF.FusedMultiplyAdd(scale, (row[c >> 1] >> (4 * (c & 1))) & 15, sums[c] + bias);
    }
}
