using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Qnn.Runtime;

/// <summary>Writes rows of pixels into an input tensor: channels put in order, every byte looked up in its channel's table.</summary>
/// <param name="tables">The tables, one a channel.</param>
/// <param name="channels">Channels of the input, 1 or 3.</param>
/// <param name="planeBytes">Bytes from a channel's plane to the next; 0 where the channels of a pixel lie side by side.</param>
internal readonly struct PixelRowWriter(PixelTables tables, int channels, int planeBytes)
{
    /// <summary>Writes a row.</summary>
    /// <param name="pixels">The pixels, <paramref name="step"/> bytes each.</param>
    /// <param name="step">1 for gray, 3 or 4 for colour; gray fills every channel.</param>
    /// <param name="redOffset">Where a pixel keeps what the first channel takes: 0 or 2; the third channel takes the opposite. Ignored for gray.</param>
    /// <param name="count">How many pixels.</param>
    /// <param name="destination">The tensor from the row's first element on.</param>
    public void Write(ReadOnlySpan<byte> pixels, int step, int redOffset, int count, Span<byte> destination)
    {
        if (tables.Kind != PixelTableKind.General && step == channels && redOffset == 0 && (planeBytes == 0 || channels == 1))
        {
            if (tables.Kind == PixelTableKind.Copy) pixels[..(count * step)].CopyTo(destination);
            else FlipTopBits(pixels[..(count * step)], destination);
            return;
        }

        for (int channel = 0; channel < channels; channel++)
        {
            int offset = step == 1 ? 0 : channel == 1 ? 1 : channel == 0 ? redOffset : 2 - redOffset;
            ReadOnlySpan<byte> table = tables.Channel(channel);
            Span<byte> target = destination[(planeBytes == 0 ? channel * tables.ElementSize : channel * planeBytes)..];
            int spacing = planeBytes == 0 ? channels : 1;
            switch (tables.ElementSize)
            {
                case 1:
                    LookUp(pixels, step, offset, count, table, target, spacing);
                    break;
                case 2:
                    LookUp(pixels, step, offset, count, MemoryMarshal.Cast<byte, ushort>(table), MemoryMarshal.Cast<byte, ushort>(target), spacing);
                    break;
                default:
                    LookUp(pixels, step, offset, count, MemoryMarshal.Cast<byte, uint>(table), MemoryMarshal.Cast<byte, uint>(target), spacing);
                    break;
            }
        }
    }

    /// <summary>Fills elements with what a black pixel becomes: the bars of a letterbox.</summary>
    /// <param name="count">How many pixels.</param>
    /// <param name="destination">The tensor from the first element on.</param>
    public void WriteBlack(int count, Span<byte> destination)
    {
        ReadOnlySpan<byte> black = stackalloc byte[256];
        for (int done = 0; done < count; done += black.Length)
        {
            int part = Math.Min(black.Length, count - done);
            Write(black, 1, 0, part, destination[(done * tables.ElementSize * (planeBytes == 0 ? channels : 1))..]);
        }
    }

    private static void LookUp<T>(ReadOnlySpan<byte> pixels, int step, int offset, int count, ReadOnlySpan<T> table, Span<T> target, int spacing)
        where T : unmanaged
    {
        if (count == 0) return;
        // The checks that the loop then does without.
        _ = table[255];
        _ = pixels[(count - 1) * step + offset];
        _ = target[(count - 1) * spacing];
        ref byte source = ref Unsafe.Add(ref MemoryMarshal.GetReference(pixels), offset);
        ref T values = ref MemoryMarshal.GetReference(table);
        ref T output = ref MemoryMarshal.GetReference(target);
        for (int x = 0; x < count; x++)
        {
            output = Unsafe.Add(ref values, (nint)source);
            source = ref Unsafe.Add(ref source, step);
            output = ref Unsafe.Add(ref output, spacing);
        }
    }

    private static void FlipTopBits(ReadOnlySpan<byte> pixels, Span<byte> target)
    {
        target = target[..pixels.Length];
        int i = 0;
        for (; i <= pixels.Length - Vector<byte>.Count; i += Vector<byte>.Count)
        {
            (new Vector<byte>(pixels[i..]) ^ new Vector<byte>(0x80)).CopyTo(target[i..]);
        }
        for (; i < pixels.Length; i++) target[i] = (byte)(pixels[i] ^ 0x80);
    }
}
