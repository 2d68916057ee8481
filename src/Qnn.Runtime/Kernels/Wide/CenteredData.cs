namespace Qnn.Runtime.Kernels.Wide;

/// <summary>Quantized data as 16-bit numbers less their zero point.</summary>
internal static unsafe class CenteredData
{
    /// <summary>Whether the elements of a type, less a zero point of its range, fit 16 bits. 16-bit data must have zero point 0.</summary>
    public static bool IsSupported(ElementType type, int zeroPoint) => type switch
    {
        ElementType.U8 or ElementType.S8 => zeroPoint is >= sbyte.MinValue and <= byte.MaxValue,
        ElementType.S16 => zeroPoint == 0,
        _ => false,
    };

    /// <summary>Converts <paramref name="count"/> elements from an index on.</summary>
    public static void Load(byte* source, ElementType type, nint index, int zeroPoint, short* target, int count)
    {
        switch (type)
        {
            case ElementType.S16:
                new ReadOnlySpan<short>((short*)source + index, count).CopyTo(new Span<short>(target, count));
                break;
            case ElementType.S8:
                for (int i = 0; i < count; i++) target[i] = (short)((sbyte)source[index + i] - zeroPoint);
                break;
            default:
                for (int i = 0; i < count; i++) target[i] = (short)(source[index + i] - zeroPoint);
                break;
        }
    }

    /// <summary>Stores an element of an 8- or 16-bit type.</summary>
    public static void Store(byte* target, ElementType type, nint index, int value)
    {
        if (type == ElementType.S16) ((short*)target)[index] = (short)value;
        else target[index] = (byte)value;
    }
}
