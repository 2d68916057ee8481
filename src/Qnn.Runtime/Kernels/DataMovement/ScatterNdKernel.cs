using System.Numerics;
using System.Runtime.InteropServices;
using Qnn.Runtime.Execution;

namespace Qnn.Runtime.Kernels.DataMovement;

/// <summary>How <see cref="ScatterNdKernel"/> writes.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ScatterNdParameters
{
    /// <summary>What becomes of slices for one place.</summary>
    public ScatterReduction Reduction;
}

/// <summary>Chooses the kernel that writes slices to the places that tuples of indices name.</summary>
internal static class ScatterNdKernel
{
    public static Kernel Create(StepInfo step)
    {
        var (indices, updates, output) = (step.Input(0), step.Input(1), step.Output(0));
        var fill = step.OptionalInput(2);
        var p = step.ReadParameters<ScatterNdParameters>();
        step.Require(updates.Type == output.Type && (fill is null || fill.Type == output.Type && (fill.Count == 1 || fill.Count == output.Count)) && p.Reduction is >= ScatterReduction.None and <= ScatterReduction.Min, "the operands do not fit");
        var slices = new IndexedSlices(step, indices, output, updates);
        return output.Type switch
        {
            ElementType.S8 => Make<sbyte>(),
            ElementType.U8 or ElementType.Bool => Make<byte>(),
            ElementType.S16 => Make<short>(),
            ElementType.U16 => Make<ushort>(),
            ElementType.S32 => Make<int>(),
            ElementType.U32 => Make<uint>(),
            ElementType.S64 => Make<long>(),
            ElementType.U64 => Make<ulong>(),
            ElementType.F16 => Make<Half>(),
            ElementType.F32 => Make<float>(),
            _ => Make<double>(),
        };

        Kernel Make<T>() where T : unmanaged, INumber<T> => new ScatterNdKernel<T>(indices, updates, fill, output, slices, p.Reduction);
    }
}

/// <summary>Fills the result with an element or a tensor, then puts slices there in order; tuples outside are passed over. One item: places may repeat.</summary>
internal sealed unsafe class ScatterNdKernel<T>(TensorInfo indices, TensorInfo updates, TensorInfo? fill, TensorInfo output, IndexedSlices slices, ScatterReduction reduction) : Kernel
    where T : unmanaged, INumber<T>
{
    public override string Name => "scatter_nd";

    public override void Run(in KernelContext context, int begin, int end, byte* scratch)
    {
        T* from = context.Pointer<T>(updates), to = context.Pointer<T>(output);
        if (fill is { Count: > 1 }) context.Span<T>(fill).CopyTo(context.Span<T>(output));
        else context.Span<T>(output).Fill(fill is null ? T.Zero : *context.Pointer<T>(fill));
        var reader = new IndexReader(context[indices], indices.Type);
        for (int tuple = 0; tuple < slices.Count; tuple++, from += slices.Length)
        {
            nint at = slices.Find(reader, tuple);
            if (at < 0) continue;
            for (int i = 0; i < slices.Length; i++) to[at + i] = Put(to[at + i], from[i]);
        }
    }

    private T Put(T there, T slice) => reduction switch
    {
        ScatterReduction.Add => there + slice,
        ScatterReduction.Multiply => there * slice,
        ScatterReduction.Max => slice > there ? slice : there,
        ScatterReduction.Min => slice < there ? slice : there,
        _ => slice,
    };
}
