using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Qnn.Runtime;

/// <summary>Conversions of one row of pixels.</summary>
internal static class PixelRows
{
    // The luma weights of ITU-R 601 in 16-bit fixed point, as Pillow has them.
    private const int Red = 19595;
    private const int Green = 38470;
    private const int Blue = 7471;
    private const int Round = 0x8000;

    /// <summary>Copies colour pixels of three or four bytes to four bytes each; channels keep their order, the fourth byte is unspecified.</summary>
    public static void ToFourBytes(ReadOnlySpan<byte> pixels, PixelFormat format, Span<byte> result)
    {
        if (format.BytesPerPixel() == 4)
        {
            pixels.CopyTo(result);
            return;
        }

        int count = pixels.Length / 3;
        if (result.Length < count * 4) throw new ArgumentException("The result is shorter than the row.");
        ref byte source = ref MemoryMarshal.GetReference(pixels);
        ref byte target = ref MemoryMarshal.GetReference(result);
        int x = 0;
        // Sixteen bytes are read for four pixels, so the last ones are left to the loop below.
        for (; x <= count - 6; x += 4)
        {
            Vector128<byte> twelve = Vector128.LoadUnsafe(ref source, (nuint)(x * 3));
            Vector128.Shuffle(twelve, Vector128.Create((byte)0, 1, 2, 255, 3, 4, 5, 255, 6, 7, 8, 255, 9, 10, 11, 255)).StoreUnsafe(ref target, (nuint)(x * 4));
        }
        for (; x < count; x++)
        {
            Unsafe.Add(ref target, x * 4) = Unsafe.Add(ref source, x * 3);
            Unsafe.Add(ref target, x * 4 + 1) = Unsafe.Add(ref source, x * 3 + 1);
            Unsafe.Add(ref target, x * 4 + 2) = Unsafe.Add(ref source, x * 3 + 2);
            Unsafe.Add(ref target, x * 4 + 3) = 0;
        }
    }

    /// <summary>The brightness of colour pixels: (19595 R + 38470 G + 7471 B + 32768) / 65536.</summary>
    public static void ToGray(ReadOnlySpan<byte> pixels, PixelFormat format, Span<byte> result)
    {
        int step = format.BytesPerPixel();
        int count = pixels.Length / step;
        if (result.Length < count) throw new ArgumentException("The result is shorter than the row.");
        int first = format.RedOffset() == 0 ? Red : Blue;
        int third = Red + Blue - first;
        ref byte source = ref MemoryMarshal.GetReference(pixels);
        ref byte target = ref MemoryMarshal.GetReference(result);
        int x = 0;
        for (; x <= count - 18; x += 16)
        {
            ref byte at = ref Unsafe.Add(ref source, x * step);
            Vector128<ushort> low = Vector128.Narrow(Luma(LoadFour(ref at, step), first, third), Luma(LoadFour(ref Unsafe.Add(ref at, 4 * step), step), first, third));
            Vector128<ushort> high = Vector128.Narrow(
                Luma(LoadFour(ref Unsafe.Add(ref at, 8 * step), step), first, third), Luma(LoadFour(ref Unsafe.Add(ref at, 12 * step), step), first, third));
            Vector128.Narrow(low, high).StoreUnsafe(ref target, (nuint)x);
        }
        for (; x < count; x++)
        {
            ref byte at = ref Unsafe.Add(ref source, x * step);
            Unsafe.Add(ref target, x) = (byte)((at * first + Unsafe.Add(ref at, 1) * Green + Unsafe.Add(ref at, 2) * third + Round) >> 16);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> LoadFour(ref byte source, int step)
    {
        Vector128<byte> bytes = Vector128.LoadUnsafe(ref source);
        return step == 4
            ? bytes.AsUInt32()
            : Vector128.Shuffle(bytes, Vector128.Create((byte)0, 1, 2, 255, 3, 4, 5, 255, 6, 7, 8, 255, 9, 10, 11, 255)).AsUInt32();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> Luma(Vector128<uint> pixels, int first, int third)
    {
        Vector128<uint> mask = Vector128.Create(255u);
        Vector128<uint> sum = (pixels & mask) * (uint)first + ((pixels >> 8) & mask) * (uint)Green + ((pixels >> 16) & mask) * (uint)third;
        return (sum + Vector128.Create((uint)Round)) >> 16;
    }
}
