namespace Qnn.Runtime;

/// <summary>The type of a tensor's elements, in memory and in the artifact. The numbers are part of the artifact format.</summary>
public enum ElementType : byte
{
    /// <summary>Unsigned 8-bit integer.</summary>
    U8 = 1,
    /// <summary>Signed 8-bit integer.</summary>
    S8 = 2,
    /// <summary>Unsigned 16-bit integer.</summary>
    U16 = 3,
    /// <summary>Signed 16-bit integer.</summary>
    S16 = 4,
    /// <summary>Unsigned 32-bit integer.</summary>
    U32 = 5,
    /// <summary>Signed 32-bit integer.</summary>
    S32 = 6,
    /// <summary>Unsigned 64-bit integer.</summary>
    U64 = 7,
    /// <summary>Signed 64-bit integer.</summary>
    S64 = 8,
    /// <summary>IEEE 754 binary16.</summary>
    F16 = 9,
    /// <summary>IEEE 754 binary32.</summary>
    F32 = 10,
    /// <summary>IEEE 754 binary64.</summary>
    F64 = 11,
    /// <summary>One byte, 0 or 1.</summary>
    Bool = 12,
}

/// <summary>Facts about <see cref="ElementType"/>.</summary>
public static class ElementTypes
{
    /// <summary>The size of one element in bytes; 0 for a value that is not an element type.</summary>
    public static int Size(this ElementType type) => type switch
    {
        ElementType.U8 or ElementType.S8 or ElementType.Bool => 1,
        ElementType.U16 or ElementType.S16 or ElementType.F16 => 2,
        ElementType.U32 or ElementType.S32 or ElementType.F32 => 4,
        ElementType.U64 or ElementType.S64 or ElementType.F64 => 8,
        _ => 0,
    };

    /// <summary>The name that the IR's text form, the tool's JSON and <c>golden.json</c> use: <c>uint8</c>, <c>float32</c>, ...</summary>
    public static string Name(this ElementType type) => type switch
    {
        ElementType.U8 => "uint8",
        ElementType.S8 => "int8",
        ElementType.U16 => "uint16",
        ElementType.S16 => "int16",
        ElementType.U32 => "uint32",
        ElementType.S32 => "int32",
        ElementType.U64 => "uint64",
        ElementType.S64 => "int64",
        ElementType.F16 => "float16",
        ElementType.F32 => "float32",
        ElementType.F64 => "float64",
        ElementType.Bool => "bool",
        _ => $"type{(byte)type}",
    };

    /// <summary>Reads a name as <see cref="Name"/> writes it.</summary>
    public static bool TryParse(ReadOnlySpan<char> name, out ElementType type)
    {
        for (var candidate = ElementType.U8; candidate <= ElementType.Bool; candidate++)
        {
            if (name.Equals(candidate.Name(), StringComparison.OrdinalIgnoreCase))
            {
                type = candidate;
                return true;
            }
        }
        type = default;
        return false;
    }

    /// <summary>The element type that holds a .NET primitive.</summary>
    public static ElementType Of<T>() where T : unmanaged =>
        typeof(T) == typeof(byte) ? ElementType.U8
        : typeof(T) == typeof(sbyte) ? ElementType.S8
        : typeof(T) == typeof(ushort) ? ElementType.U16
        : typeof(T) == typeof(short) ? ElementType.S16
        : typeof(T) == typeof(uint) ? ElementType.U32
        : typeof(T) == typeof(int) ? ElementType.S32
        : typeof(T) == typeof(ulong) ? ElementType.U64
        : typeof(T) == typeof(long) ? ElementType.S64
        : typeof(T) == typeof(Half) ? ElementType.F16
        : typeof(T) == typeof(float) ? ElementType.F32
        : typeof(T) == typeof(double) ? ElementType.F64
        : typeof(T) == typeof(bool) ? ElementType.Bool
        : throw new ArgumentException($"{typeof(T)} is not a tensor element type.");
}
