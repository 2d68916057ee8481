using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
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
    // The widest lanes' elements in memory, as many as 32-bit ones.
    private const int VectorBytes = 64;

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
            item = rows.LocateRows(item, end, out int ia, out int ib, out int iy, out int count, out int number);
            if (count < TLanes.Count) ShortRows(_function, pa + ia, pb + ib, py + iy, count, number);
            else Rows(_function, pa + ia, pb + ib, py + iy, count, number);
        }
    }

    // Without a call in it, so that what the function holds stays in registers. The function stands in two methods, of which most networks need this one alone: what .NET compiles at the first call is proportional to it.
    [SkipLocalsInit, MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Rows(TFunction function, TIn* a, TIn* b, TOut* y, int count, int number)
    {
        int width = TLanes.Count, last = count - width;
        nint stepA = rows.StepA * width, stepB = rows.StepB * width, strideA = rows.RowStrideA, strideB = rows.RowStrideB;
        bool isUneven = count % width != 0;
        byte* buffer = stackalloc byte[2 * VectorBytes];
        TIn* ownA = (TIn*)buffer, ownB = (TIn*)(buffer + VectorBytes);
        for (; number > 0; number--, a += strideA, b += strideB, y += count)
        {
            // Operands that repeat are read from a vector of their own. So are a row's last elements, some of which the vector before has been through already: the result may lie where an operand does.
            if (stepA == 0) Repeat(Unsafe.ReadUnaligned<TIn>(a), ownA);
            else if (isUneven) Copy(a + last, ownA);
            if (stepB == 0) Repeat(Unsafe.ReadUnaligned<TIn>(b), ownB);
            else if (isUneven) Copy(b + last, ownB);
            TIn* nextA = stepA == 0 ? ownA : a, nextB = stepB == 0 ? ownB : b;
            for (int i = 0; i < count;)
            {
                TLanes.Store(y + i, function.Apply(TLanes.Load(nextA), TLanes.Load(nextB)));
                i += width;
                nextA += stepA;
                nextB += stepB;
                if (i <= last || i >= count) continue;
                i = last;
                nextA = ownA;
                nextB = ownB;
            }
        }
    }

    // Rows of fewer elements than a vector has, in vectors of their own.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void ShortRows(in TFunction function, TIn* a, TIn* b, TOut* y, int count, int number)
    {
        byte* buffer = stackalloc byte[3 * VectorBytes];
        TIn* ownA = (TIn*)buffer, ownB = (TIn*)(buffer + VectorBytes);
        var ownY = (TOut*)(buffer + 2 * VectorBytes);
        for (; number > 0; number--, a += rows.RowStrideA, b += rows.RowStrideB, y += count)
        {
            for (int i = 0; i < count; i++)
            {
                ownA[i] = Unsafe.ReadUnaligned<TIn>(a + i * rows.StepA);
                ownB[i] = Unsafe.ReadUnaligned<TIn>(b + i * rows.StepB);
            }
            TLanes.Store(ownY, function.Apply(TLanes.Load(ownA), TLanes.Load(ownB)));
            for (int i = 0; i < count; i++) Unsafe.WriteUnaligned(y + i, ownY[i]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Repeat(TIn value, TIn* vector)
    {
        for (int i = 0; i < TLanes.Count; i += Vector128<TIn>.Count) Vector128.Create(value).Store(vector + i);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Copy(TIn* from, TIn* vector) => Unsafe.CopyBlockUnaligned(vector, from, (uint)(TLanes.Count * sizeof(TIn)));
}
