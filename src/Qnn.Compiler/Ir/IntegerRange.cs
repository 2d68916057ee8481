using Qnn.Runtime;

namespace Qnn.Compiler.Ir;

/// <summary>The numbers that an integer type holds.</summary>
internal static class IntegerRange
{
    /// <summary>The least and the greatest number of an integer type.</summary>
    public static (int Min, int Max) Of(ElementType element) => element switch
    {
        ElementType.U8 => (byte.MinValue, byte.MaxValue),
        ElementType.S8 => (sbyte.MinValue, sbyte.MaxValue),
        ElementType.S16 => (short.MinValue, short.MaxValue),
        ElementType.U16 => (ushort.MinValue, ushort.MaxValue),
        ElementType.S32 => (int.MinValue, int.MaxValue),
        _ => throw new ArgumentOutOfRangeException(nameof(element)),
    };
}
