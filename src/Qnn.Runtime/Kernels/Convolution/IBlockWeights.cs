using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Qnn.Runtime.Kernels.Convolution;

/// <summary>How weights of <see cref="BlockPanels"/> are multiplied: a pair of chunks of each column with those of a row, all products of a column added up.</summary>
internal unsafe interface IBlockWeights
{
    /// <summary>Bits of a weight.</summary>
    static abstract int Bits { get; }

    /// <summary>Bytes of a stored pair.</summary>
    static abstract int PairBytes { get; }

    /// <summary>Bytes of a row's pair.</summary>
    static abstract int RowBytes { get; }

    /// <summary>Writes a row's chunks from its numbers.</summary>
    static abstract void Put(sbyte* numbers, int* chunks, int count, byte* to);

    /// <summary>Sixteen columns of a pair.</summary>
    static abstract Vector512<int> Dot512(byte* pair, byte* row);

    /// <summary>Eight columns of a pair, the first of which <paramref name="pair"/> points to.</summary>
    static abstract Vector256<int> Dot256(byte* pair, byte* row);
}

/// <summary>Of four bits: bytes are multiplied in pairs, since sums of eight products, of 15 * 127 at most, fit in 16 bits.</summary>
internal readonly unsafe struct FourBits : IBlockWeights
{
    private const byte Low = 15;

    public static int Bits => 4;

    public static int PairBytes => 64;

    public static int RowBytes => 2 * sizeof(int);

    public static void Put(sbyte* numbers, int* chunks, int count, byte* to)
    {
        for (int i = 0; i < count; i++) ((int*)to)[i] = ((int*)numbers)[chunks[i]];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> Dot512(byte* pair, byte* row)
    {
        var weights = Vector512.Load(pair);
        Vector512<byte> first = weights & Vector512.Create(Low), second = (weights.AsUInt16() >>> 4).AsByte() & Vector512.Create(Low);
        var pairs = Avx512BW.MultiplyAddAdjacent(first, Vector512.Create(*(int*)row).AsSByte()) + Avx512BW.MultiplyAddAdjacent(second, Vector512.Create(*(int*)(row + sizeof(int))).AsSByte());
        return Avx512BW.MultiplyAddAdjacent(pairs, Vector512<short>.One);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Dot256(byte* pair, byte* row)
    {
        var weights = Vector256.Load(pair);
        Vector256<byte> first = weights & Vector256.Create(Low), second = (weights.AsUInt16() >>> 4).AsByte() & Vector256.Create(Low);
        if (!Avx2.IsSupported) return Products(first.AsInt32(), row) + Products(second.AsInt32(), row + sizeof(int));
        var pairs = Avx2.MultiplyAddAdjacent(first, Vector256.Create(*(int*)row).AsSByte()) + Avx2.MultiplyAddAdjacent(second, Vector256.Create(*(int*)(row + sizeof(int))).AsSByte());
        return Avx2.MultiplyAddAdjacent(pairs, Vector256<short>.One);
    }

    private static Vector256<int> Products(Vector256<int> weights, byte* row)
    {
        var numbers = (sbyte*)row;
        var low = Vector256.Create((int)Low);
        return (weights & low) * numbers[0] + ((weights >> 8) & low) * numbers[1] + (((weights >> 16) & low) * numbers[2] + ((weights >> 24) & low) * numbers[3]);
    }
}

/// <summary>Of eight bits: the even ones and the odd ones as numbers of 16 bits, of which two products are added at a time.</summary>
internal readonly unsafe struct EightBits : IBlockWeights
{
    private const short Low = 255;

    public static int Bits => 8;

    public static int PairBytes => 128;

    public static int RowBytes => 4 * sizeof(int);

    public static void Put(sbyte* numbers, int* chunks, int count, byte* to)
    {
        var words = (short*)to;
        for (int i = 0; i < count; i++, words += BlockPanels.ChunkLength)
        {
            sbyte* four = numbers + chunks[i] * BlockPanels.ChunkLength;
            (words[0], words[1], words[2], words[3]) = (four[0], four[2], four[1], four[3]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> Dot512(byte* pair, byte* row) => Chunk512(pair, row) + Chunk512(pair + 64, row + 2 * sizeof(int));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Dot256(byte* pair, byte* row) => Chunk256(pair, row) + Chunk256(pair + 64, row + 2 * sizeof(int));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<int> Chunk512(byte* chunk, byte* row)
    {
        var weights = Vector512.Load(chunk).AsInt16();
        return Avx512BW.MultiplyAddAdjacent(weights & Vector512.Create(Low), Vector512.Create(*(int*)row).AsInt16())
            + Avx512BW.MultiplyAddAdjacent(weights >>> 8, Vector512.Create(*(int*)(row + sizeof(int))).AsInt16());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Chunk256(byte* chunk, byte* row)
    {
        var weights = Vector256.Load(chunk).AsInt16();
        Vector256<short> even = weights & Vector256.Create(Low), odd = weights >>> 8;
        if (!Avx2.IsSupported) return Products(even.AsInt32(), (short*)row) + Products(odd.AsInt32(), (short*)row + 2);
        return Avx2.MultiplyAddAdjacent(even, Vector256.Create(*(int*)row).AsInt16()) + Avx2.MultiplyAddAdjacent(odd, Vector256.Create(*(int*)(row + sizeof(int))).AsInt16());
    }

    private static Vector256<int> Products(Vector256<int> weights, short* row) => (weights & Vector256.Create((int)Low)) * row[0] + (weights >> 16) * row[1];
}

/// <summary>The same, for machine code that multiplies bytes: a row's are as they are.</summary>
internal readonly unsafe struct EightBitsOfBytes : IBlockWeights
{
    public static int Bits => EightBits.Bits;

    public static int PairBytes => EightBits.PairBytes;

    public static int RowBytes => FourBits.RowBytes;

    public static void Put(sbyte* numbers, int* chunks, int count, byte* to) => FourBits.Put(numbers, chunks, count, to);

    public static Vector512<int> Dot512(byte* pair, byte* row) => Vector512.Create(Dot256(pair, row), Dot256(pair + 32, row));

    public static Vector256<int> Dot256(byte* pair, byte* row)
    {
        byte* words = stackalloc byte[EightBits.RowBytes];
        int* chunks = stackalloc int[2] { 0, 1 };
        EightBits.Put((sbyte*)row, chunks, 2, words);
        return EightBits.Dot256(pair, words);
    }
}
