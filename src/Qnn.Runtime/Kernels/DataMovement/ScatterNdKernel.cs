using System.Numerics;
using System.Runtime.InteropServices;
using Qnn.Runtime.Execution;

namespace Qnn.Runtime.Kernels.DataMovement;

/// <summary>How <see cref="ScatterNdKernel"/> writes.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ScatterNdParameters
{
    /// <summary>1: slices for one place are added up; 0: the last one stays.</summary>
    public int Accumulate;
}

/// <summary>Chooses the kernel that writes slices to the places that tuples of indices name.</summary>
internal static class ScatterNdKernel
{
    public static Kernel Create(StepInfo step)
    {
        var (indices, updates, output) = (step.Input(0), step.Input(1), step.Output(0));
        var fill = step.OptionalInput(2);
        var p = step.ReadParameters<ScatterNdParameters>();
        step.Require(updates.Type == output.Type && (fill is null || fill.Type == output.Type && fill.Count == 1), "the element types do not fit");
        var slices = new IndexedSlices(step, indices, output, updates);
        bool add = p.Accumulate == 1;
        return output.Type switch
        {
            ElementType.U8 or ElementType.S8 or ElementType.Bool => Make<byte>(),
            ElementType.U16 or ElementType.S16 => Make<ushort>(),
            ElementType.U32 or ElementType.S32 => Make<uint>(),
            ElementType.U64 or ElementType.S64 => Make<ulong>(),
            ElementType.F16 => Make<Half>(),
            ElementType.F32 => Make<float>(),
            _ => Make<double>(),
        };

        Kernel Make<T>() where T : unmanaged, INumber<T> => new ScatterNdKernel<T>(indices, updates, fill, output, slices, add);
    }
}

/// <summary>Fills the result, then writes or adds slices in order; tuples outside are passed over. One item: places may repeat.</summary>
internal sealed unsafe class ScatterNdKernel<T>(TensorInfo indices, TensorInfo updates, TensorInfo? fill, TensorInfo output, IndexedSlices slices, bool add) : Kernel
    where T : unmanaged, INumber<T>
{
    public override string Name => "scatter_nd";

    public override void Run(in KernelContext context, int begin, int end, byte* scratch)
    {
        T* from = context.Pointer<T>(updates), to = context.Pointer<T>(output);
        context.Span<T>(output).Fill(fill is null ? T.Zero : *context.Pointer<T>(fill));
        var reader = new IndexReader(context[indices], indices.Type);
        for (int tuple = 0; tuple < slices.Count; tuple++, from += slices.Length)
        {
            nint at = slices.Find(reader, tuple);
            if (at < 0) continue;
            for (int i = 0; i < slices.Length; i++) to[at + i] = add ? to[at + i] + from[i] : from[i];
        }
    }
}
