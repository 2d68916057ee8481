using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Qnn.Runtime.Kernels.Convolution;

/// <summary>How a tier wants unsigned 8-bit activations in its scratch memory.</summary>
internal unsafe interface IActivationFormat
{
    /// <summary>Bytes of one activation in scratch.</summary>
    static abstract int Size { get; }

    /// <summary>
    /// Copies activations. Up to 32 more elements of the destination may be overwritten; nothing at or after <paramref name="sourceEnd"/> is read.
    /// </summary>
    static abstract void Copy(byte* source, byte* sourceEnd, byte* destination, nint count);

    /// <summary>Writes one value many times.</summary>
    static abstract void Fill(byte* destination, byte value, nint count);
}

/// <summary>As they are.</summary>
internal readonly unsafe struct PlainActivations : IActivationFormat
{
    public static int Size => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Copy(byte* source, byte* sourceEnd, byte* destination, nint count)
    {
        // A few taps of a few channels are copied sooner than a call is made.
        if (count > 32 || source + 32 > sourceEnd)
        {
            Unsafe.CopyBlockUnaligned(destination, source, (uint)count);
            return;
        }
        Vector128.Load(source).Store(destination);
        if (count > 16) Vector128.Load(source + 16).Store(destination + 16);
    }

    public static void Fill(byte* destination, byte value, nint count) => Unsafe.InitBlockUnaligned(destination, value, (uint)count);
}

/// <summary>With the top bit flipped: x - 128 as a signed byte.</summary>
internal readonly unsafe struct SignedActivations : IActivationFormat
{
    public static int Size => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Copy(byte* source, byte* sourceEnd, byte* destination, nint count)
    {
        var top = Vector128.Create((byte)0x80);
        nint i = 0;
        for (; i < count && source + i + 16 <= sourceEnd; i += 16) (Vector128.Load(source + i) ^ top).Store(destination + i);
        for (; i < count; i++) destination[i] = (byte)(source[i] ^ 0x80);
    }

    public static void Fill(byte* destination, byte value, nint count) => Unsafe.InitBlockUnaligned(destination, (byte)(value ^ 0x80), (uint)count);
}

/// <summary>Widened to 16 bits.</summary>
internal readonly unsafe struct WideActivations : IActivationFormat
{
    public static int Size => 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Copy(byte* source, byte* sourceEnd, byte* destination, nint count)
    {
        var wide = (ushort*)destination;
        nint i = 0;
        for (; i < count && source + i + 16 <= sourceEnd; i += 16)
        {
            Vector256.WidenLower(Vector128.Load(source + i).ToVector256Unsafe()).Store(wide + i);
        }
        for (; i < count; i++) wide[i] = source[i];
    }

    public static void Fill(byte* destination, byte value, nint count) => new Span<ushort>(destination, (int)count).Fill(value);
}
