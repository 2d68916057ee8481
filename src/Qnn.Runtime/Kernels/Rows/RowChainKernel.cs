using Qnn.Runtime.Artifact.Format;
using Qnn.Runtime.Execution;
using Qnn.Runtime.Kernels.Normalization;

namespace Qnn.Runtime.Kernels.Rows;

/// <summary>
/// Several steps on some rows at a time: what one of them makes is in the first-level cache when the next one takes it, and intermediate results never reach memory. See <see cref="RowChain"/>. An item is a block of rows.
/// </summary>
internal sealed unsafe class RowChainKernel : Kernel
{
    // Sixteen kilobytes of floats: two such blocks and what else the steps read fit into the first-level cache. But running means want their rows at once, however long.
    private const int BlockElements = 4096;

    private readonly RowChain _chain;
    private readonly TensorInfo[] _outer;
    private readonly bool[] _hasRows;
    private readonly int[] _elementBytes;
    private readonly nint[] _offsets;
    private readonly nint _intermediateBytes;
    private readonly int _inputs, _blockRows;
    private readonly Kernel[] _block, _last;

    private RowChainKernel(StepInfo step, RowChain chain)
    {
        _chain = chain;
        _inputs = step.Inputs.Length;
        _outer = [.. Enumerable.Range(0, _inputs).Select(step.Input), .. step.Outputs];
        int tensors = _outer.Length + chain.Intermediates.Length;
        _hasRows = [.. Enumerable.Range(0, tensors).Select(i => i >= _inputs || (chain.RowInputs >> i & 1) != 0)];
        _elementBytes = [.. _outer.Select(t => t.Type.Size()), .. chain.Intermediates.Select(type => type.Size())];
        int least = Array.Exists(chain.Steps, s => s.OpCode == OpCode.LayerNormalization) ? LayerNormalizationKernel.RowsAtOnce : 1;
        _blockRows = Math.Clamp(BlockElements / chain.Columns, least, Math.Max(least, chain.Rows));
        _blockRows = Math.Min(_blockRows, chain.Rows);
        (_offsets, _intermediateBytes) = PlaceIntermediates();
        _block = MakeKernels(step, _blockRows);
        int left = chain.Rows % _blockRows;
        _last = left == 0 ? _block : MakeKernels(step, left);
        ScratchBytes = _intermediateBytes + _block.Concat(_last).Max(kernel => kernel.ScratchBytes);
        Name = string.Join(" + ", _block.Select(kernel => kernel.Name));
    }

    public static Kernel Create(StepInfo step)
    {
        var chain = RowChain.Read(step);
        step.Require(step.Inputs.Length <= RowChain.MaxInputs && chain.Steps.Length > 0, "it has too many inputs or too few steps");
        int count = chain.Rows * chain.Columns, outer = step.Inputs.Length + step.Outputs.Length;
        for (int i = 0; i < step.Inputs.Length; i++)
        {
            int have = step.Input(i).Count;
            step.Require((chain.RowInputs >> i & 1) != 0 ? have == count : have == 1 || have == chain.Columns, "an input has another count of elements");
        }
        foreach (var output in step.Outputs) step.Require(output.Count == count, "an output has another count of elements");

        // Everything is made once, before it is taken.
        var made = new bool[outer + chain.Intermediates.Length];
        made.AsSpan(0, step.Inputs.Length).Fill(true);
        foreach (var inner in chain.Steps)
        {
            step.Require(RowChain.CanHold(inner.OpCode), "an operator is none of a chain");
            foreach (int i in inner.Inputs) step.Require(i == -1 || i >= 0 && i < made.Length && made[i], "a step takes what is not there");
            foreach (int i in inner.Outputs)
            {
                step.Require(i >= step.Inputs.Length && i < made.Length && !made[i], "a step's result has no place");
                made[i] = true;
            }
        }
        step.Require(Array.TrueForAll(made, m => m), "a result is not made");
        return new RowChainKernel(step, chain);
    }

    public override string Name { get; }

    public override int WorkItems => (_chain.Rows + _blockRows - 1) / _blockRows;

    public override nint ScratchBytes { get; }

    public override long IntermediateBytes => _chain.IntermediateBytes;

    public override void Run(in KernelContext context, int begin, int end, byte* scratch)
    {
        byte** tensors = stackalloc byte*[_hasRows.Length];
        for (int i = 0; i < _offsets.Length; i++) tensors[_outer.Length + i] = scratch + _offsets[i];
        for (int block = begin; block < end; block++)
        {
            nint first = (nint)block * _blockRows * _chain.Columns;
            for (int i = 0; i < _outer.Length; i++) tensors[i] = context[_outer[i]] + (_hasRows[i] ? first * _elementBytes[i] : 0);
            var inner = new KernelContext(tensors);
            foreach (var kernel in (block + 1) * (long)_blockRows <= _chain.Rows ? _block : _last) kernel.Run(inner, 0, kernel.WorkItems, scratch + _intermediateBytes);
        }
    }

    private Kernel[] MakeKernels(StepInfo step, int rows)
    {
        var tensors = new TensorInfo[_hasRows.Length];
        for (int i = 0; i < tensors.Length; i++)
        {
            var outer = i < _outer.Length ? _outer[i] : null;
            int[] shape = _hasRows[i] ? [rows, _chain.Columns] : [outer!.Count];
            tensors[i] = new TensorInfo
            {
                Index = i,
                Name = outer?.Name ?? step.Name,
                Type = outer?.Type ?? _chain.Intermediates[i - _outer.Length],
                Shape = shape,
                Count = shape.Aggregate(1, (product, extent) => product * extent),
                Storage = outer?.Storage ?? Storage.Arena,
                Offset = 0,
                Constant = outer is null ? null : outer.Constant,
            };
        }
        StepInfo[] steps = [.. _chain.Steps.Select(inner => new StepInfo
        {
            Index = step.Index,
            OpCode = inner.OpCode,
            Name = step.Name,
            Inputs = [.. inner.Inputs.Select(i => i < 0 ? null : tensors[i])],
            Outputs = [.. inner.Outputs.Select(i => tensors[i])],
            Parameters = inner.Parameters,
            MultiplyAdds = 0,
            Tier = step.Tier,
        })];
        // All are made, and so verified, even where some are joined.
        Kernel[] kernels = [.. steps.Select(KernelTable.Create)];
        bool IsOnlyForNext(TensorInfo tensor) => tensor.Index >= _outer.Length && steps.Sum(s => s.Inputs.Count(i => i == tensor)) == 1;
        var joined = new List<Kernel>();
        for (int i = 0; i < steps.Length;)
        {
            var (kernel, count) = BiasedBytes512.TryCreate(steps.AsSpan(i), IsOnlyForNext) ?? (kernels[i], 1);
            joined.Add(kernel);
            i += count;
        }
        return [.. joined];
    }

    // Each at the lowest place that is free from the step that makes it to the last one that takes it.
    private (nint[] Offsets, nint Bytes) PlaceIntermediates()
    {
        int count = _chain.Intermediates.Length, steps = _chain.Steps.Length;
        var (offsets, sizes, first, last) = (new nint[count], new nint[count], new int[count], new int[count]);
        for (int s = 0; s < steps; s++)
        {
            foreach (int i in _chain.Steps[s].Inputs.Where(i => i >= _outer.Length)) last[i - _outer.Length] = s;
            foreach (int i in _chain.Steps[s].Outputs.Where(i => i >= _outer.Length)) first[i - _outer.Length] = last[i - _outer.Length] = s;
        }
        nint bytes = 0;
        for (int i = 0; i < count; i++)
        {
            sizes[i] = ((nint)_blockRows * _chain.Columns * _elementBytes[_outer.Length + i] + 63) & ~63;
            foreach (int other in Enumerable.Range(0, i).Where(o => first[o] <= last[i] && first[i] <= last[o]).OrderBy(o => offsets[o]))
            {
                if (offsets[i] + sizes[i] <= offsets[other]) break;
                offsets[i] = Math.Max(offsets[i], offsets[other] + sizes[other]);
            }
            bytes = Math.Max(bytes, offsets[i] + sizes[i]);
        }
        return (offsets, bytes);
    }
}
