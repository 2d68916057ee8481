using System.Runtime.InteropServices;
using Qnn.Runtime.Execution;

namespace Qnn.Runtime.Kernels.DataMovement;

/// <summary>Collects the slices that tuples of indices name, bytes as they are; zeros for one that lies outside. An item is one tuple.</summary>
internal sealed unsafe class GatherNdKernel : Kernel
{
    private readonly TensorInfo _data, _indices, _output;
    private readonly IndexedSlices _slices;

    private GatherNdKernel(TensorInfo data, TensorInfo indices, TensorInfo output, IndexedSlices slices) => (_data, _indices, _output, _slices) = (data, indices, output, slices);

    public static Kernel Create(StepInfo step)
    {
        var (data, indices, output) = (step.Input(0), step.Input(1), step.Output(0));
        step.Require(data.Type.Size() == output.Type.Size(), "the element types do not fit");
        return new GatherNdKernel(data, indices, output, new IndexedSlices(step, indices, data, output));
    }

    public override string Name => "gather_nd";

    public override int WorkItems => _slices.Count;

    public override int Grain => 64;

    public override void Run(in KernelContext context, int begin, int end, byte* scratch)
    {
        var indices = new IndexReader(context[_indices], _indices.Type);
        int size = _data.Type.Size();
        nint bytes = (nint)_slices.Length * size;
        for (int tuple = begin; tuple < end; tuple++)
        {
            nint at = _slices.Find(indices, tuple);
            byte* to = context[_output] + tuple * bytes;
            if (at < 0) NativeMemory.Clear(to, (nuint)bytes);
            else Buffer.MemoryCopy(context[_data] + at * size, to, bytes, bytes);
        }
    }
}
