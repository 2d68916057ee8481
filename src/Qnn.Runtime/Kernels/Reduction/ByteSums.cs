using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Qnn.Runtime.Kernels.Reduction;

/// <summary>Sums of bytes at some places, for many neighbours at a time: in 16 bits for as long as they hold them. Of vectors that every CPU has, so that it is compiled ahead of time.</summary>
internal static unsafe class ByteSums
{
    /// <summary>Neighbours that are summed at a time.</summary>
    public const int Count = 64;

    // As many bytes as 16 bits hold the sum of.
    private const int MostBytes = ushort.MaxValue / byte.MaxValue;

    /// <summary>sums[i] = sum over offsets of source[offset + i].</summary>
    public static void Sum(byte* source, bool signed, ReadOnlySpan<int> offsets, int* sums)
    {
        new Span<int>(sums, Count).Clear();
        for (; offsets.Length > MostBytes; offsets = offsets[MostBytes..]) Add(source, signed, offsets[..MostBytes], sums);
        Add(source, signed, offsets, sums);
    }

    // Signed bytes are made unsigned by adding 128.
    private static void Add(byte* source, bool signed, ReadOnlySpan<int> offsets, int* sums)
    {
        var flip = Vector128.Create(signed ? (byte)0x80 : (byte)0);
        Vector128<ushort> a = default, b = default, c = default, d = default, e = default, f = default, g = default, h = default;
        foreach (int offset in offsets)
        {
            Add(Vector128.Load(source + offset) ^ flip, ref a, ref b);
            Add(Vector128.Load(source + offset + 16) ^ flip, ref c, ref d);
            Add(Vector128.Load(source + offset + 32) ^ flip, ref e, ref f);
            Add(Vector128.Load(source + offset + 48) ^ flip, ref g, ref h);
        }
        var bias = Vector128.Create(signed ? 128 * offsets.Length : 0);
        Put(a, bias, sums);
        Put(b, bias, sums + 8);
        Put(c, bias, sums + 16);
        Put(d, bias, sums + 24);
        Put(e, bias, sums + 32);
        Put(f, bias, sums + 40);
        Put(g, bias, sums + 48);
        Put(h, bias, sums + 56);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(Vector128<byte> bytes, ref Vector128<ushort> low, ref Vector128<ushort> high)
    {
        low += Vector128.WidenLower(bytes);
        high += Vector128.WidenUpper(bytes);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(Vector128<ushort> added, Vector128<int> bias, int* sums)
    {
        (Vector128.Load(sums) + Vector128.WidenLower(added).AsInt32() - bias).Store(sums);
        (Vector128.Load(sums + 4) + Vector128.WidenUpper(added).AsInt32() - bias).Store(sums + 4);
    }
}
