using System.Runtime.InteropServices;

namespace Qnn.Runtime.Execution;

/// <summary>
/// How far one thread's part of an inference has come. Two pairs of cache lines (pairs are fetched together):
/// what is taken from, mostly by the lane's own thread, and what the others wait for.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = Bytes)]
internal struct Lane
{
    public const int Bytes = 256;

    /// <summary>A step's number (the lower half of it), and in the lower half how many of its items nobody has taken.</summary>
    [FieldOffset(0)] public long Left;

    /// <summary>How many items of that step are done.</summary>
    [FieldOffset(8)] public int Done;

    /// <summary>All the lane's items of steps with smaller numbers are done.</summary>
    [FieldOffset(128)] public long Finished;
}
