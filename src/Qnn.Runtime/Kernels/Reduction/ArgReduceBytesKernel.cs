using System.Numerics;
using System.Runtime.Intrinsics;
using Qnn.Runtime.Execution;

namespace Qnn.Runtime.Kernels.Reduction;

/// <summary>What <see cref="ArgReduceBytesKernel{T}"/> takes.</summary>
internal static class ArgReduceBytesKernel
{
    /// <summary>The least extent.</summary>
    public const int MinExtent = 16;
}

/// <summary>The index of the greatest or least of a row of 8-bit numbers, the first of equal ones: the classes of a pixel. An item is a row.</summary>
internal sealed unsafe class ArgReduceBytesKernel<T>(TensorInfo input, TensorInfo output, int extent, bool least) : Kernel
    where T : unmanaged, INumber<T>
{
    private static readonly Vector128<byte>[] s_rotations = [Rotation(8), Rotation(4), Rotation(2), Rotation(1)];

    public override string Name => least ? "arg_min.bytes" : "arg_max.bytes";

    public override int WorkItems => output.Count;

    public override int Grain => 64;

    public override void Run(in KernelContext context, int begin, int end, byte* scratch)
    {
        T* row = context.Pointer<T>(input) + (nint)begin * extent;
        for (int item = begin; item < end; item++, row += extent)
        {
            int at = Find(row);
            if (output.Type == ElementType.S64) context.Pointer<long>(output)[item] = at;
            else context.Pointer<int>(output)[item] = at;
        }
    }

    // The last vector overlaps the one before. What it finds first was not found before.
    private int Find(T* row)
    {
        int last = extent - Vector128<T>.Count;
        var best = Vector128.Load(row + last);
        for (int i = 0; i < last; i += Vector128<T>.Count) best = Better(best, Vector128.Load(row + i));
        foreach (var rotation in s_rotations) best = Better(best, Vector128.Shuffle(best.AsByte(), rotation).As<byte, T>());
        for (int i = 0; ; i = Math.Min(i + Vector128<T>.Count, last))
        {
            uint found = Vector128.Equals(Vector128.Load(row + i), best).ExtractMostSignificantBits();
            if (found != 0) return i + BitOperations.TrailingZeroCount(found);
        }
    }

    private Vector128<T> Better(Vector128<T> a, Vector128<T> b) => least ? Vector128.Min(a, b) : Vector128.Max(a, b);

    private static Vector128<byte> Rotation(int by)
    {
        var places = Vector128<byte>.Zero;
        for (int i = 0; i < Vector128<byte>.Count; i++) places = places.WithElement(i, (byte)((i + by) % Vector128<byte>.Count));
        return places;
    }
}
