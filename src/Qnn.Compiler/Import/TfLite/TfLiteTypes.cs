using Qnn.Runtime;
using static Qnn.Compiler.Import.TfLite.Schema.TensorType;

namespace Qnn.Compiler.Import.TfLite;

/// <summary>Facts about the element types of files.</summary>
internal static class TfLiteTypes
{
    /// <summary>Bits of an element; 0 where elements have no fixed size.</summary>
    public static int BitSize(Schema.TensorType type) => type switch
    {
        INT2 => 2,
        INT4 or UINT4 => 4,
        INT8 or UINT8 or BOOL or FLOAT8_E4M3FN or FLOAT8_E5M2 => 8,
        INT16 or UINT16 or FLOAT16 or BFLOAT16 => 16,
        INT32 or UINT32 or FLOAT32 => 32,
        INT64 or UINT64 or FLOAT64 or COMPLEX64 => 64,
        COMPLEX128 => 128,
        _ => 0,
    };

    /// <summary>The type as the IR knows it; those of less than a byte widened to one. Null where the IR has none.</summary>
    public static ElementType? Element(Schema.TensorType type) => type switch
    {
        INT2 or INT4 or INT8 => ElementType.S8,
        UINT4 or UINT8 => ElementType.U8,
        INT16 => ElementType.S16,
        UINT16 => ElementType.U16,
        INT32 => ElementType.S32,
        UINT32 => ElementType.U32,
        INT64 => ElementType.S64,
        UINT64 => ElementType.U64,
        FLOAT16 => ElementType.F16,
        FLOAT32 => ElementType.F32,
        FLOAT64 => ElementType.F64,
        BOOL => ElementType.Bool,
        _ => null,
    };

    /// <summary>Elements of 2 or 4 bits, the first in the lowest bits, as bytes.</summary>
    public static byte[] Widen(Schema.TensorType type, ReadOnlySpan<byte> packed, int count)
    {
        int bits = BitSize(type), perByte = 8 / bits;
        var wide = new byte[count];
        for (int i = 0; i < count; i++)
        {
            // To the top of the byte, and down again with or without the sign.
            byte top = (byte)(packed[i / perByte] << (8 - bits - i % perByte * bits));
            wide[i] = type == UINT4 ? (byte)(top >> (8 - bits)) : (byte)((sbyte)top >> (8 - bits));
        }
        return wide;
    }
}
