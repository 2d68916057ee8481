using System.Runtime.CompilerServices;
using Qnn.Runtime.Execution;
using Qnn.Runtime.Kernels.Lanes;

namespace Qnn.Runtime.Kernels.Elementwise;

/// <summary>Applies a function to two broadcast operands, vector by vector. <typeparamref name="TIn"/> and <typeparamref name="TOut"/> are the elements in memory.</summary>
internal sealed unsafe class LaneBinaryKernel<TFunction, TIn, TOut, TLanes, TInt, TFloat>(string name, TFunction function, BroadcastRows rows, TensorInfo a, TensorInfo b, TensorInfo result) : Kernel
    where TFunction : struct, ILaneBinary<TInt>
    where TIn : unmanaged
    where TOut : unmanaged
    where TLanes : struct, ILanes<TInt, TFloat>
    where TInt : unmanaged
    where TFloat : unmanaged
{
    private readonly TFunction _function = function;

    public override string Name { get; } = $"{name}.{TLanes.Name}";
    public override int WorkItems => rows.WorkItems;
    public override int Grain => rows.Grain;

    public override Region Reads(TensorInfo input, int begin, int end) => rows.Region(input, begin, end);

    public override Region Writes(TensorInfo output, int begin, int end) => rows.Region(output, begin, end);

    public override void Run(in KernelContext context, int begin, int end, byte* scratch)
    {
        TIn* pa = context.Pointer<TIn>(a), pb = context.Pointer<TIn>(b);
        var py = context.Pointer<TOut>(result);
        for (int item = begin; item < end;)
        {
            item = rows.Locate(item, end, out int ia, out int ib, out int iy, out int count);
            Row(_function, pa + ia, rows.StepA, pb + ib, rows.StepB, py + iy, count);
        }
    }

    [SkipLocalsInit]
    private static void Row(TFunction function, TIn* a, int stepA, TIn* b, int stepB, TOut* y, int count)
    {
        int width = TLanes.Count, i = 0;
        if (stepA == 1 && stepB == 1)
        {
            for (; i <= count - width; i += width) TLanes.Store(y + i, function.Apply(TLanes.Load(a + i), TLanes.Load(b + i)));
        }
        else if (stepA == 1)
        {
            var vb = TLanes.Create(ScalarLanes.Load(b));
            for (; i <= count - width; i += width) TLanes.Store(y + i, function.Apply(TLanes.Load(a + i), vb));
        }
        else if (stepB == 1)
        {
            var va = TLanes.Create(ScalarLanes.Load(a));
            for (; i <= count - width; i += width) TLanes.Store(y + i, function.Apply(va, TLanes.Load(b + i)));
        }
        else
        {
            var v = function.Apply(TLanes.Create(ScalarLanes.Load(a)), TLanes.Create(ScalarLanes.Load(b)));
            for (; i <= count - width; i += width) TLanes.Store(y + i, v);
        }
        if (i == count) return;

        // The rest goes through buffers of a vector's length, so that nothing is read or written beyond the operands.
        byte* buffer = stackalloc byte[3 * 64];
        TIn* ra = (TIn*)buffer, rb = (TIn*)(buffer + 64);
        var ry = (TOut*)(buffer + 128);
        for (int k = 0; k < width; k++)
        {
            int at = Math.Min(i + k, count - 1);
            ra[k] = Unsafe.ReadUnaligned<TIn>(a + at * stepA);
            rb[k] = Unsafe.ReadUnaligned<TIn>(b + at * stepB);
        }
        TLanes.Store(ry, function.Apply(TLanes.Load(ra), TLanes.Load(rb)));
        for (int k = 0; i + k < count; k++) Unsafe.WriteUnaligned(y + i + k, ry[k]);
    }
}
