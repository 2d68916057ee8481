using System.Numerics;
using System.Runtime.CompilerServices;

namespace Qnn.Runtime.Artifact;

/// <summary>A 64-bit checksum over an artifact: finds damage, not malice. Four independent multiply-rotate lanes, as in xxHash's inner loop, at memory speed.</summary>
internal static unsafe class Checksum
{
    public const int Length = 8;
    private const ulong Prime1 = 0x9E3779B185EBCA87, Prime2 = 0xC2B2AE3D27D4EB4F;

    /// <summary>The checksum of a block of memory.</summary>
    public static ulong Compute(byte* data, long length)
    {
        ulong a = Prime1, b = Prime2, c = 0, d = ~Prime1;
        long i = 0;
        for (; i + 32 <= length; i += 32)
        {
            a = Round(a, Unsafe.ReadUnaligned<ulong>(data + i));
            b = Round(b, Unsafe.ReadUnaligned<ulong>(data + i + 8));
            c = Round(c, Unsafe.ReadUnaligned<ulong>(data + i + 16));
            d = Round(d, Unsafe.ReadUnaligned<ulong>(data + i + 24));
        }
        ulong hash = (ulong)length + BitOperations.RotateLeft(a, 1) + BitOperations.RotateLeft(b, 7) + BitOperations.RotateLeft(c, 12) + BitOperations.RotateLeft(d, 18);
        for (; i < length; i++) hash = BitOperations.RotateLeft(hash ^ (data[i] * Prime1), 11) * Prime2;
        hash ^= hash >> 33;
        hash *= Prime2;
        return hash ^ (hash >> 29);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Round(ulong lane, ulong value) => BitOperations.RotateLeft(lane + value * Prime2, 31) * Prime1;
}
