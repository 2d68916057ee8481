using System.Numerics;
using System.Runtime.InteropServices;
using Qnn.Runtime.Execution;

namespace Qnn.Runtime.Kernels.Reduction;

/// <summary>Parameters of TopK.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct TopKParameters
{
    public TopKOrder Order;
}

/// <summary>Chooses the kernel of TOPK_V2.</summary>
internal static class TopKKernel
{
    public static Kernel Create(StepInfo step)
    {
        var order = step.ReadParameters<TopKParameters>().Order;
        step.Require(order is >= TopKOrder.First and <= TopKOrder.TorchUnsorted, "the order is unknown");
        var (input, values, indices) = (step.Input(0), step.Output(0), step.Output(1));
        step.Require(input.Type == values.Type && indices.Type == ElementType.S32 && values.Count == indices.Count, "the element types do not fit");
        step.Require(input.Rank > 0 && values.Rank == input.Rank && input.Shape[^1] > 0 && values.Shape[^1] > 0 && values.Shape[^1] <= input.Shape[^1], "the last axes do not fit");
        step.Require(order != TopKOrder.TorchSort || values.Shape[^1] == input.Shape[^1], "a part is no sorted row");
        step.Require((long)values.Count * input.Shape[^1] == (long)input.Count * values.Shape[^1], "the shapes do not fit");
        return input.Type switch
        {
            ElementType.F32 => Make<float>(),
            ElementType.S32 => Make<int>(),
            ElementType.S64 => Make<long>(),
            ElementType.S16 => Make<short>(),
            ElementType.S8 => Make<sbyte>(),
            ElementType.U8 => Make<byte>(),
            _ => throw step.Fault($"does not order {input.Type.Name()}"),
        };

        Kernel Make<T>() where T : unmanaged, INumber<T> => order == TopKOrder.First ? new TopKKernel<T>(input, values, indices) : new TorchTopKKernel<T>(input, values, indices, order);
    }
}

/// <summary>The k greatest elements of each row, greatest first, of equal ones the first first. Kept in order while the row is read. An item is one row.</summary>
internal sealed unsafe class TopKKernel<T>(TensorInfo input, TensorInfo values, TensorInfo indices) : Kernel
    where T : unmanaged, INumber<T>
{
    public override string Name => "top_k";

    public override int WorkItems => input.Count / input.Shape[^1];

    public override void Run(in KernelContext context, int begin, int end, byte* scratch)
    {
        int length = input.Shape[^1], k = values.Shape[^1];
        for (int row = begin; row < end; row++)
        {
            T* x = context.Pointer<T>(input) + (nint)row * length;
            T* best = context.Pointer<T>(values) + (nint)row * k;
            int* at = context.Pointer<int>(indices) + (nint)row * k;
            int have = 0;
            for (int i = 0; i < length; i++)
            {
                T v = x[i];
                if (have == k && !(v > best[k - 1])) continue;
                int place = have < k ? have++ : k - 1;
                for (; place > 0 && v > best[place - 1]; place--) (best[place], at[place]) = (best[place - 1], at[place - 1]);
                (best[place], at[place]) = (v, i);
            }
        }
    }
}
