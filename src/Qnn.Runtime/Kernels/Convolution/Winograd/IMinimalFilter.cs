using System.Runtime.CompilerServices;
using Qnn.Runtime.Kernels.Lanes;

namespace Qnn.Runtime.Kernels.Convolution.Winograd;

/// <summary>
/// The transforms of a tile along an axis, in whole numbers; those of weights are all the same (<see cref="WinogradWeights{TTiles, TShort}"/>).
/// A filter's places are the points 0, 1, -1, 2, infinity and, where there is a sixth, -2.
/// </summary>
internal interface IMinimalFilter
{
    /// <summary>Whether it has a sixth place and a fourth output.</summary>
    static abstract bool IsWide { get; }

    /// <summary>What six ones, or five, are at the place of 1; they are zero elsewhere.</summary>
    static abstract int Ones { get; }

    /// <summary>The first three places of a tile's inputs.</summary>
    static abstract (TShort A, TShort B, TShort C) Upper<TTiles, TShort>(TShort a, TShort b, TShort c, TShort d, TShort e) where TTiles : struct, IWinogradTiles<TShort> where TShort : unmanaged;

    /// <summary>The others; they do not depend on its first input.</summary>
    static abstract (TShort D, TShort E, TShort F) Lower<TTiles, TShort>(TShort b, TShort c, TShort d, TShort e, TShort f) where TTiles : struct, IWinogradTiles<TShort> where TShort : unmanaged;

    /// <summary>24 times the outputs of a tile's sums.</summary>
    static abstract (TInt A, TInt B, TInt C, TInt D) Gather<TLanes, TInt, TFloat>(TInt a, TInt b, TInt c, TInt d, TInt e, TInt f) where TLanes : struct, ILanes<TInt, TFloat> where TInt : unmanaged where TFloat : unmanaged;
}

/// <summary>F(4, 3): four outputs of six products.</summary>
internal readonly struct FilterOfFour : IMinimalFilter
{
    public static bool IsWide => true;
    public static int Ones => -6;

    // 4 0 -5 0 1 | 0 -4 -4 1 1 | 0 4 -4 -1 1
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (TShort A, TShort B, TShort C) Upper<TTiles, TShort>(TShort a, TShort b, TShort c, TShort d, TShort e) where TTiles : struct, IWinogradTiles<TShort> where TShort : unmanaged
    {
        var even = TTiles.Subtract(e, TTiles.ShiftLeft(c, 2));
        var odd = TTiles.Subtract(d, TTiles.ShiftLeft(b, 2));
        return (TTiles.Add(TTiles.ShiftLeft(TTiles.Subtract(a, c), 2), TTiles.Subtract(e, c)), TTiles.Add(even, odd), TTiles.Subtract(even, odd));
    }

    // -2 -1 2 1 0 | 4 0 -5 0 1 | 2 -1 -2 1 0
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (TShort D, TShort E, TShort F) Lower<TTiles, TShort>(TShort b, TShort c, TShort d, TShort e, TShort f) where TTiles : struct, IWinogradTiles<TShort> where TShort : unmanaged
    {
        var ec = TTiles.Subtract(e, c);
        var db = TTiles.Subtract(d, b);
        var twice = TTiles.Add(db, db);
        return (TTiles.Add(ec, twice), TTiles.Subtract(TTiles.Subtract(f, d), TTiles.Add(twice, twice)), TTiles.Subtract(ec, twice));
    }

    // 1 -4 -4 1 0 1 | 0 -4 4 2 0 -2 | 0 -4 -4 4 0 4 | 0 -4 4 8 8 -8
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (TInt A, TInt B, TInt C, TInt D) Gather<TLanes, TInt, TFloat>(TInt a, TInt b, TInt c, TInt d, TInt e, TInt f) where TLanes : struct, ILanes<TInt, TFloat> where TInt : unmanaged where TFloat : unmanaged
    {
        TInt near = TLanes.ShiftLeft(TLanes.Add(b, c), 2), nearOdd = TLanes.ShiftLeft(TLanes.Subtract(b, c), 2), far = TLanes.Add(d, f), farOdd = TLanes.Subtract(d, f);
        return (
            TLanes.Subtract(TLanes.Add(a, far), near),
            TLanes.Subtract(TLanes.Add(farOdd, farOdd), nearOdd),
            TLanes.Subtract(TLanes.ShiftLeft(far, 2), near),
            TLanes.Subtract(TLanes.ShiftLeft(TLanes.Add(farOdd, e), 3), nearOdd));
    }
}

/// <summary>F(3, 3): three outputs of five products.</summary>
internal readonly struct FilterOfThree : IMinimalFilter
{
    public static bool IsWide => false;
    public static int Ones => -2;

    // 2 -1 -2 1 0 | 0 -2 -1 1 0 | 0 2 -3 1 0
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (TShort A, TShort B, TShort C) Upper<TTiles, TShort>(TShort a, TShort b, TShort c, TShort d, TShort e) where TTiles : struct, IWinogradTiles<TShort> where TShort : unmanaged
    {
        var db = TTiles.Subtract(d, b);
        var bc = TTiles.Subtract(b, c);
        return (TTiles.Add(db, TTiles.ShiftLeft(TTiles.Subtract(a, c), 1)), TTiles.Subtract(TTiles.Subtract(db, b), c), TTiles.Add(db, TTiles.Add(bc, TTiles.ShiftLeft(bc, 1))));
    }

    // -1 0 1 0 | 2 -1 -2 1
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (TShort D, TShort E, TShort F) Lower<TTiles, TShort>(TShort b, TShort c, TShort d, TShort e, TShort f) where TTiles : struct, IWinogradTiles<TShort> where TShort : unmanaged
    {
        var db = TTiles.Subtract(d, b);
        return (db, TTiles.Subtract(TTiles.Subtract(e, c), TTiles.ShiftLeft(db, 1)), default);
    }

    // 2 -12 -4 4 0 | 0 -12 4 8 0 | 0 -12 -4 16 8
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (TInt A, TInt B, TInt C, TInt D) Gather<TLanes, TInt, TFloat>(TInt a, TInt b, TInt c, TInt d, TInt e, TInt f) where TLanes : struct, ILanes<TInt, TFloat> where TInt : unmanaged where TFloat : unmanaged
    {
        TInt once = TLanes.ShiftLeft(b, 2), thrice = TLanes.Add(once, TLanes.ShiftLeft(b, 3)), c4 = TLanes.ShiftLeft(c, 2), d4 = TLanes.ShiftLeft(d, 2);
        var even = TLanes.Add(thrice, c4);
        return (
            TLanes.Subtract(TLanes.Add(TLanes.Add(a, a), d4), even),
            TLanes.Subtract(TLanes.Add(d4, d4), TLanes.Subtract(thrice, c4)),
            TLanes.Subtract(TLanes.ShiftLeft(TLanes.Add(TLanes.Add(d, d), e), 3), even),
            default);
    }
}
