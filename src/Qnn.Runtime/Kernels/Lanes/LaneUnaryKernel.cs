using System.Runtime.CompilerServices;
using Qnn.Runtime.Execution;

namespace Qnn.Runtime.Kernels.Lanes;

/// <summary>Applies a function to each element, vector by vector.</summary>
internal sealed unsafe class LaneUnaryKernel<TFunction, TIn, TOut, TLanes, TInt, TFloat>(string name, TFunction function, TensorInfo input, TensorInfo output) : Kernel
    where TFunction : struct, ILaneUnary<TInt>
    where TIn : unmanaged
    where TOut : unmanaged
    where TLanes : struct, ILanes<TInt, TFloat>
    where TInt : unmanaged
    where TFloat : unmanaged
{
    private const int PieceLength = 4096;
    private readonly TFunction _function = function;

    public override string Name { get; } = $"{name}.{TLanes.Name}";
    public override int WorkItems => (input.Count + PieceLength - 1) / PieceLength;
    public override int Grain => 4;

    public override Region Reads(TensorInfo input, int begin, int end) => Region.Items(input, begin, end, PieceLength);

    public override Region Writes(TensorInfo output, int begin, int end) => Region.Items(output, begin, end, PieceLength);

    public override void Run(in KernelContext context, int begin, int end, byte* scratch)
    {
        int first = begin * PieceLength, count = (int)Math.Min((long)end * PieceLength, input.Count) - first;
        Apply(_function, context.Pointer<TIn>(input) + first, context.Pointer<TOut>(output) + first, count);
    }

    [SkipLocalsInit]
    private static void Apply(TFunction function, TIn* x, TOut* y, int count)
    {
        int width = TLanes.Count, i = 0;
        for (; i <= count - width; i += width) TLanes.Store(y + i, function.Apply(TLanes.Load(x + i)));
        if (i == count) return;
        byte* buffer = stackalloc byte[2 * 64];
        var rest = (TIn*)buffer;
        var result = (TOut*)(buffer + 64);
        for (int k = 0; k < width; k++) rest[k] = Unsafe.ReadUnaligned<TIn>(x + Math.Min(i + k, count - 1));
        TLanes.Store(result, function.Apply(TLanes.Load(rest)));
        for (int k = 0; i + k < count; k++) Unsafe.WriteUnaligned(y + i + k, result[k]);
    }
}
