using System.Runtime.CompilerServices;

namespace Qnn.Runtime.Kernels.Lanes;

/// <summary>x / 2^count, to the nearest integer, ties away from zero: gemmlowp's RoundingDivideByPOT.</summary>
internal readonly struct RoundingShift<TLanes, TInt, TFloat> where TLanes : struct, ILanes<TInt, TFloat> where TInt : unmanaged where TFloat : unmanaged
{
    private readonly TInt _mask, _half;
    private readonly int _count;

    /// <param name="count">From 0 to 31; less counts as 0.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public RoundingShift(int count)
    {
        _count = Math.Max(count, 0);
        int mask = (int)((1L << _count) - 1);
        _mask = TLanes.Create(mask);
        _half = TLanes.Create(mask >> 1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TInt Apply(TInt x)
    {
        // Half of what is shifted out rounds away from zero: one more is needed where x is negative.
        var threshold = TLanes.Subtract(_half, TLanes.ShiftRight(x, 31));
        return TLanes.Add(TLanes.ShiftRight(x, _count), TLanes.Greater(TLanes.And(x, _mask), threshold));
    }
}
