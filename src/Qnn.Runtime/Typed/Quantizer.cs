using System.Runtime.CompilerServices;

namespace Qnn.Runtime;

/// <summary>Between a tensor's elements and the real numbers they stand for: real = scale * (q - zero point).</summary>
internal static class Quantizer
{
    /// <summary>An element's real number. Without a scale (0) the element stands for itself.</summary>
    public static float ToReal<T>(T element, float scale, int zeroPoint) where T : unmanaged
    {
        if (typeof(T) == typeof(float)) return Unsafe.BitCast<T, float>(element);
        if (typeof(T) == typeof(byte)) return Real(Unsafe.BitCast<T, byte>(element), scale, zeroPoint);
        if (typeof(T) == typeof(sbyte)) return Real(Unsafe.BitCast<T, sbyte>(element), scale, zeroPoint);
        if (typeof(T) == typeof(short)) return Real(Unsafe.BitCast<T, short>(element), scale, zeroPoint);
        if (typeof(T) == typeof(ushort)) return Real(Unsafe.BitCast<T, ushort>(element), scale, zeroPoint);
        if (typeof(T) == typeof(int)) return Real(Unsafe.BitCast<T, int>(element), scale, zeroPoint);
        if (typeof(T) == typeof(uint)) return Real(Unsafe.BitCast<T, uint>(element), scale, zeroPoint);
        if (typeof(T) == typeof(long)) return Real(Unsafe.BitCast<T, long>(element), scale, zeroPoint);
        if (typeof(T) == typeof(bool)) return Unsafe.BitCast<T, bool>(element) ? 1 : 0;
        if (typeof(T) == typeof(Half)) return (float)Unsafe.BitCast<T, Half>(element);
        if (typeof(T) == typeof(double)) return (float)Unsafe.BitCast<T, double>(element);
        if (typeof(T) == typeof(ulong)) return Unsafe.BitCast<T, ulong>(element);
        throw new NotSupportedException($"{typeof(T)} is not a tensor element type.");
    }

    private static float Real(long q, float scale, int zeroPoint) => scale == 0 ? q : scale * (q - zeroPoint);
}
