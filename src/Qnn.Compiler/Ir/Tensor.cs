using System.Numerics;
using System.Runtime.InteropServices;
using Qnn.Runtime;

namespace Qnn.Compiler.Ir;

/// <summary>A tensor's contents: a constant of the graph, or a value while the evaluator runs. Row-major, little-endian.</summary>
public sealed class Tensor
{
    /// <summary>A tensor of zeros.</summary>
    public Tensor(TensorType type) : this(type, new byte[type.ByteLength]) { }

    /// <summary>Wraps bytes, which must be as many as the type says.</summary>
    public Tensor(TensorType type, ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length != type.ByteLength) throw new ArgumentException($"{type} takes {type.ByteLength} bytes, not {bytes.Length}.");
        (Type, Bytes) = (type, bytes);
    }

    /// <summary>The type.</summary>
    public TensorType Type { get; }

    /// <summary>The bytes.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>The elements; <typeparamref name="T"/> must be of the element type's size.</summary>
    public ReadOnlySpan<T> Span<T>() where T : unmanaged => MemoryMarshal.Cast<byte, T>(Bytes.Span);

    /// <summary>The elements for writing. Only for a tensor that was just made.</summary>
    public Span<T> MutableSpan<T>() where T : unmanaged => MemoryMarshal.Cast<byte, T>(MemoryMarshal.AsMemory(Bytes).Span);

    /// <summary>A tensor of given elements.</summary>
    public static Tensor Of<T>(Shape shape, ReadOnlySpan<T> elements, Quantization? quantization = null) where T : unmanaged =>
        new(new TensorType(ElementTypes.Of<T>(), shape, quantization), MemoryMarshal.AsBytes(elements).ToArray());

    /// <summary>A scalar.</summary>
    public static Tensor Scalar<T>(T element) where T : unmanaged => Of(Shape.Scalar, [element]);

    /// <summary>The elements of any integer or bool tensor as 64-bit integers.</summary>
    /// <exception cref="TypeException">It holds others.</exception>
    public long[] ToInt64() => Type.Element switch
    {
        ElementType.U8 or ElementType.Bool => ToInt64<byte>(),
        ElementType.S8 => ToInt64<sbyte>(),
        ElementType.U16 => ToInt64<ushort>(),
        ElementType.S16 => ToInt64<short>(),
        ElementType.U32 => ToInt64<uint>(),
        ElementType.S32 => ToInt64<int>(),
        ElementType.U64 => ToInt64<ulong>(),
        ElementType.S64 => ToInt64<long>(),
        _ => throw new TypeException($"{Type} does not hold integers"),
    };

    /// <summary>The elements of an integer tensor as 32-bit integers; values outside are clamped, as shape arithmetic expects.</summary>
    public int[] ToInt32()
    {
        // Weights are millions.
        if (Type.Element is ElementType.U8) return Widened(Span<byte>());
        if (Type.Element is ElementType.S8) return Widened(Span<sbyte>());
        return Array.ConvertAll(ToInt64(), v => (int)Math.Clamp(v, int.MinValue, int.MaxValue));
    }

    private long[] ToInt64<T>() where T : unmanaged, IBinaryInteger<T>
    {
        var elements = Span<T>();
        var result = new long[Type.Shape.ElementCount];
        for (int i = 0; i < result.Length; i++) result[i] = long.CreateChecked(elements[i]);
        return result;
    }

    private static int[] Widened(ReadOnlySpan<byte> elements)
    {
        var result = new int[elements.Length];
        for (int i = 0; i < result.Length; i++) result[i] = elements[i];
        return result;
    }

    private static int[] Widened(ReadOnlySpan<sbyte> elements)
    {
        var result = new int[elements.Length];
        for (int i = 0; i < result.Length; i++) result[i] = elements[i];
        return result;
    }
}
