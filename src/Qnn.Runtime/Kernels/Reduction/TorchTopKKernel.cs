using System.Numerics;
using Qnn.Runtime.Execution;

namespace Qnn.Runtime.Kernels.Reduction;

/// <summary>
/// The k greatest elements of each row, greatest first, equal ones in the order in which PyTorch's topk gives them (TopKImpl.h): few of many by std::partial_sort, else by std::nth_element and std::sort;
/// or in that of its sort (SortingKernel.cpp), std::sort's.
/// An item is one row.
/// </summary>
internal sealed unsafe class TorchTopKKernel<T>(TensorInfo input, TensorInfo values, TensorInfo indices, TopKOrder kind) : Kernel
    where T : unmanaged, INumber<T>
{
    // One of so many is few.
    private const long Few = 64;

    public override string Name => "top_k.torch";

    public override int WorkItems => input.Count / input.Shape[^1];

    public override nint ScratchBytes => (nint)input.Shape[^1] * sizeof(int);

    public override void Run(in KernelContext context, int begin, int end, byte* scratch)
    {
        int length = input.Shape[^1], k = values.Shape[^1];
        int* places = (int*)scratch;
        for (int row = begin; row < end; row++)
        {
            T* x = context.Pointer<T>(input) + (nint)row * length;
            T* best = context.Pointer<T>(values) + (nint)row * k;
            int* at = context.Pointer<int>(indices) + (nint)row * k;
            for (int i = 0; i < length; i++) places[i] = i;
            var order = new StandardOrder<T>(x, places);
            if (kind == TopKOrder.TorchSort)
            {
                order.Sort(0, length);
            }
            else if (k * Few <= length)
            {
                order.PartialSort(0, k, length);
            }
            else
            {
                order.Select(0, k - 1, length);
                if (kind == TopKOrder.Torch) order.Sort(0, k - 1);
            }
            for (int i = 0; i < k; i++) (best[i], at[i]) = (x[places[i]], places[i]);
        }
    }
}
