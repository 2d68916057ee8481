using System.Runtime.InteropServices;
using Qnn.Runtime.Execution;

namespace Qnn.Runtime.Kernels.Counted;

/// <summary>The first entries of tensors one behind the other along an axis, and zeros behind them. Operands: the tensors, then the count of each. An item is one index of the axes before it.</summary>
internal sealed unsafe class JoinCountedKernel : Kernel
{
    private readonly TensorInfo[] _parts;
    private readonly TensorInfo?[] _counts;
    private readonly int[] _extents;
    private readonly TensorInfo _output;
    private readonly int _rows;
    private readonly nint _entryBytes, _rowBytes;

    private JoinCountedKernel(StepInfo step)
    {
        _output = step.Output(0);
        int axis = step.ReadParameters<CountedParameters>().Axis, count = step.Inputs.Length / 2;
        step.Require((uint)axis < (uint)_output.Rank, "the axis is out of range");
        step.Require(count > 0 && step.Inputs.Length == 2 * count, "it has other counts than tensors");
        (_parts, _counts, _extents) = (new TensorInfo[count], new TensorInfo?[count], new int[count]);
        long extent = 0;
        for (int i = 0; i < count; i++)
        {
            var part = _parts[i] = step.Input(i);
            var taken = _counts[i] = step.OptionalInput(count + i);
            step.Require(part.Type.Size() == _output.Type.Size() && part.Rank == _output.Rank, "the inputs do not fit the output");
            for (int a = 0; a < _output.Rank; a++) step.Require(a == axis || part.Shape[a] == _output.Shape[a], "the inputs do not fit the output");
            step.Require(taken is null || taken.Type == ElementType.S64 && taken.Count == 1, "a count is malformed");
            extent += _extents[i] = part.Shape[axis];
        }
        step.Require(extent == _output.Shape[axis], "the inputs do not fill the output");
        (_rows, _entryBytes) = CountedAxis.Around(_output, axis);
        _rowBytes = (nint)extent * _entryBytes;
    }

    public static Kernel Create(StepInfo step) => new JoinCountedKernel(step);

    public override string Name => "join_counted";

    public override int WorkItems => _rows;

    public override void Run(in KernelContext context, int begin, int end, byte* scratch)
    {
        for (int row = begin; row < end; row++)
        {
            byte* to = context[_output] + row * _rowBytes, last = to + _rowBytes;
            for (int i = 0; i < _parts.Length; i++)
            {
                nint bytes = (_counts[i] is { } count ? CountedAxis.Read(context, count, _extents[i]) : _extents[i]) * _entryBytes;
                Buffer.MemoryCopy(context[_parts[i]] + row * _extents[i] * _entryBytes, to, bytes, bytes);
                to += bytes;
            }
            NativeMemory.Clear(to, (nuint)(last - to));
        }
    }
}
