using System.Numerics;
using System.Runtime.InteropServices;
using Qnn.Runtime.Execution;

namespace Qnn.Runtime.Kernels.Reduction;

/// <summary>How <see cref="CumulativeSumKernel"/> sums.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct CumulativeSumParameters
{
    public int Axis;

    /// <summary>1: an element's own value does not count.</summary>
    public int Exclusive;

    /// <summary>1: from the end.</summary>
    public int Reverse;

    /// <summary>1: products instead.</summary>
    public int IsProduct;
}

/// <summary>Chooses the kernel of a running sum.</summary>
internal static class CumulativeSumKernel
{
    public static Kernel Create(StepInfo step)
    {
        var (input, output) = (step.Input(0), step.Output(0));
        var p = step.ReadParameters<CumulativeSumParameters>();
        step.Require(input.Type == output.Type && input.Count == output.Count, "input and output differ");
        step.Require((uint)p.Axis < (uint)input.Rank && p.Exclusive is 0 or 1 && p.Reverse is 0 or 1 && p.IsProduct is 0 or 1, "the parameters are out of range");
        int inner = 1;
        for (int axis = p.Axis + 1; axis < input.Rank; axis++) inner *= input.Shape[axis];
        return input.Type switch
        {
            ElementType.F32 => new CumulativeSumKernel<float>(input, output, input.Shape[p.Axis], inner, p),
            ElementType.F64 => new CumulativeSumKernel<double>(input, output, input.Shape[p.Axis], inner, p),
            ElementType.S32 => new CumulativeSumKernel<int>(input, output, input.Shape[p.Axis], inner, p),
            ElementType.S64 => new CumulativeSumKernel<long>(input, output, input.Shape[p.Axis], inner, p),
            _ => throw step.Fault($"does not sum {input.Type.Name()}"),
        };
    }
}

/// <summary>Running sums, or products, along an axis. An item is one line.</summary>
internal sealed unsafe class CumulativeSumKernel<T>(TensorInfo input, TensorInfo output, int extent, int inner, CumulativeSumParameters p) : Kernel
    where T : unmanaged, INumber<T>
{
    public override string Name => "cumulative_sum";

    public override int WorkItems => output.Count == 0 ? 0 : output.Count / extent;

    public override void Run(in KernelContext context, int begin, int end, byte* scratch)
    {
        T* x = context.Pointer<T>(input), y = context.Pointer<T>(output);
        for (int line = begin; line < end; line++)
        {
            nint start = (nint)(line / inner) * extent * inner + line % inner;
            T sum = p.IsProduct == 1 ? T.One : T.Zero;
            for (int i = 0; i < extent; i++)
            {
                nint at = start + (nint)(p.Reverse == 1 ? extent - 1 - i : i) * inner;
                T v = x[at];
                T next = p.IsProduct == 1 ? sum * v : sum + v;
                y[at] = p.Exclusive == 1 ? sum : next;
                sum = next;
            }
        }
    }
}
