using System.Numerics;
using Qnn.Runtime.Execution;

namespace Qnn.Runtime.Kernels.Reduction;

/// <summary>The mean of integers: summed in 64 bits, divided toward zero. An item is one result.</summary>
internal sealed unsafe class IntegerMeanKernel<T>(ReducedAxes axes, TensorInfo input, TensorInfo output) : Kernel
    where T : unmanaged, IBinaryInteger<T>
{
    public override string Name => "reduce.mean";

    public override int WorkItems => output.Count;

    public override int Grain => 64;

    public override void Run(in KernelContext context, int begin, int end, byte* scratch)
    {
        T* x = context.Pointer<T>(input), y = context.Pointer<T>(output);
        int count = axes.OuterCount * axes.InnerCount;
        for (int item = begin; item < end; item++)
        {
            T* from = x + axes.KeptOffset(item / axes.Run) + item % axes.Run;
            long sum = 0;
            for (int outer = 0; outer < axes.OuterCount; outer++)
            {
                for (int i = 0; i < axes.InnerCount; i++) sum += long.CreateTruncating(from[axes.OuterOffset(outer) + i * axes.InnerStride]);
            }
            y[item] = count == 0 ? T.Zero : T.CreateTruncating(sum / count);
        }
    }
}
