using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Qnn.Runtime.Kernels.Elementwise;

/// <summary>
/// Half precision to single and back, eight numbers at a time, as IEEE 754 has it: halves go to even, subnormal numbers stay. For vectors without what is no number.
/// The way back is Fabian Giesen's float_to_half_fast3_rtne.
/// </summary>
internal static class HalfVectors
{
    private const int MantissaShift = 23 - 10;

    /// <summary>Whether all of eight halves are numbers or infinite.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AreNumbers(Vector128<ushort> halves) => Vector128.LessThanAll(halves & Vector128.Create((ushort)0x7FFF), Vector128.Create((ushort)0x7C01));

    /// <summary>Whether all of eight floats are numbers or infinite.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AreNumbers(Vector256<float> singles) => Vector256.EqualsAll(singles, singles);

    /// <summary>Halves as floats: moved to a float's exponent by a product, which makes subnormal ones normal.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> ToSingle(Vector128<ushort> halves)
    {
        var (low, high) = Vector128.Widen(halves);
        var bits = Vector256.Create(low, high);
        var size = (bits & Vector256.Create(0x7FFFu)) << MantissaShift;
        var value = (size.AsSingle() * Vector256.Create((127 + 127 - 15) << 23).AsSingle()).AsUInt32();
        value |= Vector256.GreaterThanOrEqual(size.AsInt32(), Vector256.Create(0x7C00 << MantissaShift)).AsUInt32() & Vector256.Create(0x7F800000u);
        return (value | (bits & Vector256.Create(0x8000u)) << 16).AsSingle();
    }

    /// <summary>Floats as halves.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> ToHalf(Vector256<float> singles)
    {
        var bits = singles.AsInt32();
        var size = bits & Vector256.Create(0x7FFFFFFF);
        // A subnormal half is what is left of a number when one is added whose last bit is that half's.
        var magic = Vector256.Create((127 - 15 + MantissaShift + 1) << 23);
        var subnormal = (size.AsSingle() + magic.AsSingle()).AsInt32() - magic;
        var normal = size + Vector256.Create(((15 - 127) << 23) + (1 << (MantissaShift - 1)) - 1) + (size >>> MantissaShift & Vector256<int>.One) >>> MantissaShift;
        var half = Vector256.ConditionalSelect(Vector256.LessThan(size, Vector256.Create((127 - 14) << 23)), subnormal, normal);
        half = Vector256.ConditionalSelect(Vector256.LessThan(size, Vector256.Create((127 + 16) << 23)), half, Vector256.Create(0x7C00));
        half |= (bits >>> 16) & Vector256.Create(0x8000);
        return Vector128.Narrow(half.GetLower().AsUInt32(), half.GetUpper().AsUInt32());
    }
}
