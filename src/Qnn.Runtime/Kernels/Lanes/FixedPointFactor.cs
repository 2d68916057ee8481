using System.Runtime.CompilerServices;

namespace Qnn.Runtime.Kernels.Lanes;

/// <summary>
/// A real factor as gemmlowp has it: factor = multiplier / 2^31 * 2^shift, applied by a rounding doubling high multiplication and a rounding shift (ties away from zero).
/// TensorFlow Lite's MultiplyByQuantizedMultiplier.
/// </summary>
internal readonly struct FixedPointFactor<TLanes, TInt, TFloat> where TLanes : struct, ILanes<TInt, TFloat> where TInt : unmanaged where TFloat : unmanaged
{
    private readonly TInt _multiplier;
    private readonly int _left;
    private readonly RoundingShift<TLanes, TInt, TFloat> _right;

    /// <param name="multiplier">Not int.MinValue.</param>
    /// <param name="shift">From -31 to 30.</param>
    public FixedPointFactor(int multiplier, int shift) => (_multiplier, _left, _right) = (TLanes.Create(multiplier), Math.Max(shift, 0), new(-shift));

    /// <summary>RoundingDivideByPOT(SaturatingRoundingDoublingHighMul(x * 2^left, multiplier), right)</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TInt Apply(TInt x) => _right.Apply(TLanes.DoublingHighMultiply(TLanes.ShiftLeft(x, _left), _multiplier));
}
