using System.Runtime.InteropServices;
using Qnn.Runtime.Execution;

namespace Qnn.Runtime.Kernels.DataMovement;

/// <summary>The axes of <see cref="ReverseSequenceKernel"/>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ReverseSequenceParameters
{
    public int SequenceAxis;
    public int BatchAxis;
}

/// <summary>Turns the first lengths[b] elements of the sequence axis around, for each index b of the batch axis; bytes as they are. An item is one run of the axes inside both.</summary>
internal sealed unsafe class ReverseSequenceKernel : Kernel
{
    private readonly TensorInfo _data, _lengths, _output;
    private readonly int _extent, _batches, _runs;
    private readonly nint _sequenceStride, _batchStride;
    private readonly nint _bytes;

    private ReverseSequenceKernel(TensorInfo data, TensorInfo lengths, TensorInfo output, ReverseSequenceParameters p)
    {
        (_data, _lengths, _output) = (data, lengths, output);
        (_extent, _batches) = (data.Shape[p.SequenceAxis], data.Shape[p.BatchAxis]);
        nint run = 1;
        for (int axis = Math.Max(p.SequenceAxis, p.BatchAxis) + 1; axis < data.Rank; axis++) run *= data.Shape[axis];
        (_sequenceStride, _batchStride) = (Stride(p.SequenceAxis), Stride(p.BatchAxis));
        _bytes = run * data.Type.Size();
        _runs = data.Count == 0 ? 0 : (int)(data.Count / run);

        // In runs.
        nint Stride(int axis)
        {
            nint stride = 1;
            for (int a = axis + 1; a < data.Rank; a++) stride *= data.Shape[a];
            return run == 0 ? 0 : stride / run;
        }
    }

    public static Kernel Create(StepInfo step)
    {
        var (data, lengths, output) = (step.Input(0), step.Input(1), step.Output(0));
        var p = step.ReadParameters<ReverseSequenceParameters>();
        step.Require(data.Type.Size() == output.Type.Size() && data.Count == output.Count && IndexReader.Takes(lengths), "the operands do not fit");
        step.Require((uint)p.SequenceAxis < (uint)data.Rank && (uint)p.BatchAxis < (uint)data.Rank && p.SequenceAxis != p.BatchAxis, "the axes are out of range");
        step.Require(lengths.Count == data.Shape[p.BatchAxis], "the lengths do not fit");
        return new ReverseSequenceKernel(data, lengths, output, p);
    }

    public override string Name => "reverse_sequence";

    public override int WorkItems => _runs;

    public override int Grain => 64;

    public override void Run(in KernelContext context, int begin, int end, byte* scratch)
    {
        var lengths = new IndexReader(context[_lengths], _lengths.Type);
        for (int run = begin; run < end; run++)
        {
            int at = (int)(run / _sequenceStride % _extent);
            long length = Math.Clamp(lengths[(nint)(run / _batchStride % _batches)], 0, _extent);
            nint source = at < length ? run + (nint)(length - 1 - 2 * at) * _sequenceStride : run;
            Buffer.MemoryCopy(context[_data] + source * _bytes, context[_output] + run * _bytes, _bytes, _bytes);
        }
    }
}
