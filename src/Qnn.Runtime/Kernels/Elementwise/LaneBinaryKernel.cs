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

    // The function stands in two methods, of which most networks need the first alone: what .NET compiles at the first call is proportional to it.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Row(TFunction function, TIn* a, int stepA, TIn* b, int stepB, TOut* y, int count)
    {
        int width = TLanes.Count, i = 0;
        if (stepA == 1 && stepB == 1)
        {
            for (; i <= count - width; i += width) TLanes.Store(y + i, function.Apply(TLanes.Load(a + i), TLanes.Load(b + i)));
        }
        if (i < count) Rest(function, a + i * stepA, stepA, b + i * stepB, stepB, y + i, count - i);
    }

    // Operands that repeat are read from a vector of their own; so is the end of a row, so that nothing is read or written beyond the operands.
    [SkipLocalsInit, MethodImpl(MethodImplOptions.NoInlining)]
    private static void Rest(TFunction function, TIn* a, int stepA, TIn* b, int stepB, TOut* y, int count)
    {
        int width = TLanes.Count;
        byte* buffer = stackalloc byte[3 * 64];
        TIn* ra = (TIn*)buffer, rb = (TIn*)(buffer + 64);
        var ry = (TOut*)(buffer + 128);
        if (stepA == 0) Repeat(*a, ra);
        if (stepB == 0) Repeat(*b, rb);
        for (int i = 0; i < count; i += width)
        {
            int left = count - i;
            bool isWhole = left >= width;
            TIn* pa = stepA == 0 ? ra : isWhole ? a + i : Copy(a + i, left, ra), pb = stepB == 0 ? rb : isWhole ? b + i : Copy(b + i, left, rb);
            TLanes.Store(isWhole ? y + i : ry, function.Apply(TLanes.Load(pa), TLanes.Load(pb)));
            for (int k = 0; !isWhole && k < left; k++) Unsafe.WriteUnaligned(y + i + k, ry[k]);
        }
    }

    private static void Repeat(TIn value, TIn* vector) => new Span<TIn>(vector, TLanes.Count).Fill(value);

    // The last element fills what is beyond the row.
    private static TIn* Copy(TIn* from, int count, TIn* vector)
    {
        for (int k = 0; k < TLanes.Count; k++) vector[k] = Unsafe.ReadUnaligned<TIn>(from + Math.Min(k, count - 1));
        return vector;
    }
}
