using System.Numerics;
using System.Runtime.InteropServices;
using Qnn.Runtime.Execution;

namespace Qnn.Runtime.Kernels.Reduction;

/// <summary>What <see cref="ArgReduceKernel"/> looks for.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ArgReduceParameters
{
    public int Axis;

    /// <summary>1: the least element; 0: the greatest.</summary>
    public int Least;
}

/// <summary>Chooses the kernel of ARG_MAX and ARG_MIN.</summary>
internal static class ArgReduceKernel
{
    public static Kernel Create(StepInfo step)
    {
        var (input, output) = (step.Input(0), step.Output(0));
        var p = step.ReadParameters<ArgReduceParameters>();
        step.Require((uint)p.Axis < (uint)input.Rank && p.Least is 0 or 1, "the axis is out of range");
        int extent = input.Shape[p.Axis];
        step.Require(extent > 0 && input.Count / extent == output.Count, "the output does not fit");
        step.Require(output.Type is ElementType.S32 or ElementType.S64, "the output holds no indices");
        int inner = 1;
        for (int axis = p.Axis + 1; axis < input.Rank; axis++) inner *= input.Shape[axis];
        if (inner == 1 && extent >= ArgReduceBytesKernel.MinExtent && step.Tier != KernelTier.Scalar && input.Type is ElementType.S8 or ElementType.U8)
        {
            return input.Type == ElementType.S8 ? new ArgReduceBytesKernel<sbyte>(input, output, extent, p.Least == 1) : new ArgReduceBytesKernel<byte>(input, output, extent, p.Least == 1);
        }
        return input.Type switch
        {
            ElementType.F32 => new ArgReduceKernel<float>(input, output, extent, inner, p.Least == 1),
            ElementType.S32 => new ArgReduceKernel<int>(input, output, extent, inner, p.Least == 1),
            ElementType.S64 => new ArgReduceKernel<long>(input, output, extent, inner, p.Least == 1),
            ElementType.S16 => new ArgReduceKernel<short>(input, output, extent, inner, p.Least == 1),
            ElementType.S8 => new ArgReduceKernel<sbyte>(input, output, extent, inner, p.Least == 1),
            ElementType.U8 or ElementType.Bool => new ArgReduceKernel<byte>(input, output, extent, inner, p.Least == 1),
            _ => throw step.Fault($"does not compare {input.Type.Name()}"),
        };
    }
}

/// <summary>The index of the greatest or least element along an axis, the first of equal ones. An item is one result.</summary>
internal sealed unsafe class ArgReduceKernel<T>(TensorInfo input, TensorInfo output, int extent, int inner, bool least) : Kernel
    where T : unmanaged, INumber<T>
{
    public override string Name => least ? "arg_min" : "arg_max";

    public override int WorkItems => output.Count;

    public override int Grain => 64;

    public override void Run(in KernelContext context, int begin, int end, byte* scratch)
    {
        T* x = context.Pointer<T>(input);
        for (int item = begin; item < end; item++)
        {
            T* from = x + (nint)(item / inner) * extent * inner + item % inner;
            T best = *from;
            int at = 0;
            for (int i = 1; i < extent; i++)
            {
                T v = from[(nint)i * inner];
                if (least ? v < best : v > best) (best, at) = (v, i);
            }
            if (output.Type == ElementType.S64) context.Pointer<long>(output)[item] = at;
            else context.Pointer<int>(output)[item] = at;
        }
    }
}
