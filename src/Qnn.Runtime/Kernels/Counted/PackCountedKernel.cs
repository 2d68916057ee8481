using System.Runtime.InteropServices;
using Qnn.Runtime.Execution;

namespace Qnn.Runtime.Kernels.Counted;

/// <summary>The first entries of an axis, row after row without gaps, and zeros behind them.</summary>
internal sealed unsafe class PackCountedKernel : Kernel
{
    private readonly TensorInfo _data, _count, _output;
    private readonly int _rows, _extent;
    private readonly nint _entryBytes;

    private PackCountedKernel(StepInfo step)
    {
        (_data, _count, _output) = (step.Input(0), step.Input(1), step.Output(0));
        int axis = step.ReadParameters<CountedParameters>().Axis;
        step.Require((uint)axis < (uint)_data.Rank, "the axis is out of range");
        step.Require(_count.Type == ElementType.S64 && _count.Count == 1, "the count is malformed");
        step.Require(_output.Type.Size() == _data.Type.Size() && _output.Shape.AsSpan().SequenceEqual(_data.Shape), "the output does not fit");
        (_rows, _entryBytes) = CountedAxis.Around(_data, axis);
        _extent = _data.Shape[axis];
    }

    public static Kernel Create(StepInfo step) => new PackCountedKernel(step);

    public override string Name => "pack_counted";

    public override void Run(in KernelContext context, int begin, int end, byte* scratch)
    {
        byte* from = context[_data], to = context[_output], last = to + _output.ByteLength;
        nint bytes = CountedAxis.Read(context, _count, _extent) * _entryBytes;
        for (int row = 0; row < _rows; row++, from += _extent * _entryBytes, to += bytes) Buffer.MemoryCopy(from, to, bytes, bytes);
        NativeMemory.Clear(to, (nuint)(last - to));
    }
}
