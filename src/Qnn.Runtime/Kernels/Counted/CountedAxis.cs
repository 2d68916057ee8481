using System.Runtime.InteropServices;
using Qnn.Runtime.Execution;

namespace Qnn.Runtime.Kernels.Counted;

/// <summary>The axis of which only the first entries count.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct CountedParameters
{
    /// <summary>The axis, from 0.</summary>
    public int Axis;
}

/// <summary>Extents around an axis, and counts as they come.</summary>
internal static unsafe class CountedAxis
{
    /// <summary>How many entries the axes before an axis have, and the bytes of one entry of the axis.</summary>
    public static (int Rows, nint EntryBytes) Around(TensorInfo tensor, int axis)
    {
        int rows = 1;
        nint bytes = tensor.Type.Size();
        for (int i = 0; i < axis; i++) rows *= tensor.Shape[i];
        for (int i = axis + 1; i < tensor.Rank; i++) bytes *= tensor.Shape[i];
        return (rows, bytes);
    }

    /// <summary>A count, whatever it is, as one of an axis of an extent.</summary>
    public static int Read(in KernelContext context, TensorInfo count, int extent) => (int)Math.Clamp(context.Pointer<long>(count)[0], 0, extent);
}
