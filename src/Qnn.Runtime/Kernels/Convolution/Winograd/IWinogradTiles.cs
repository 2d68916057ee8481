namespace Qnn.Runtime.Kernels.Convolution.Winograd;

/// <summary>What <see cref="WinogradConvolution{TTiles, TShort, TLanes, TInt, TFloat}"/> needs of an instruction set beside lanes of 32 bits: lanes of 16, and their products.</summary>
internal unsafe interface IWinogradTiles<TShort> where TShort : unmanaged
{
    /// <summary>The tier's name.</summary>
    static abstract string Name { get; }

    /// <summary>Elements of a vector.</summary>
    static abstract int Count { get; }

    /// <summary>The most rows that <see cref="Multiply"/> takes.</summary>
    static abstract int Rows { get; }

    /// <summary>Unsigned bytes.</summary>
    static abstract TShort LoadBytes(byte* source);

    /// <summary>What <see cref="LoadPairs"/> takes for the first (0) or last two (1) bytes of each four.</summary>
    static abstract TShort PairShuffle(int second);

    /// <summary>Two bytes of each four.</summary>
    static abstract TShort LoadPairs(sbyte* source, TShort shuffle);

    static abstract TShort Create(short value);

    static abstract TShort Load(short* source);
    static abstract void Store(short* destination, TShort value);

    static abstract TShort Add(TShort a, TShort b);
    static abstract TShort Subtract(TShort a, TShort b);
    static abstract TShort ShiftLeft(TShort value, int count);

    /// <summary>The most blocks of sixteen channels that it takes.</summary>
    static abstract int Blocks { get; }

    /// <summary>sums[row][block][n] = sum over k of rows[row * pitch + k] * weights[k / 2][block][n][k % 2] for sixteen n, modulo 2^32, added to what is there if <paramref name="adds"/>.</summary>
    static abstract void Multiply(short* rows, nint pitch, int count, short* weights, int blocks, nint pairs, int* sums, bool adds);
}
