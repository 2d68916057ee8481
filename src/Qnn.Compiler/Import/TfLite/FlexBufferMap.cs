using System.Buffers.Binary;
using System.Text;

namespace Qnn.Compiler.Import.TfLite;

/// <summary>
/// The numbers of a FlexBuffer whose root is a map: the options of custom operators. Every read is checked against the buffer; what is no number is passed over.
/// </summary>
/// <remarks>A buffer ends with the root's value, its packed type (kind * 4 + log2 of its width) and the value's width. Offsets count backwards from where they stand.</remarks>
internal sealed class FlexBufferMap
{
    private const int MaxEntries = 1024;

    private readonly Dictionary<string, double> _numbers = new(StringComparer.Ordinal);

    private enum Kind
    {
        Int = 1,
        UInt = 2,
        Float = 3,
        IndirectInt = 6,
        IndirectUInt = 7,
        IndirectFloat = 8,
        Map = 9,
        Bool = 26,
    }

    private FlexBufferMap()
    {
    }

    /// <summary>Reads a buffer; null where it is damaged or no map.</summary>
    public static FlexBufferMap? Read(ReadOnlySpan<byte> buffer)
    {
        try
        {
            return ReadMap(buffer);
        }
        catch (ArgumentOutOfRangeException)
        {
            return null;
        }
    }

    /// <summary>A number by its name; bools are 0 or 1. Null where there is none.</summary>
    public double? this[string name] => _numbers.TryGetValue(name, out double number) ? number : null;

    private static FlexBufferMap? ReadMap(ReadOnlySpan<byte> buffer)
    {
        if (buffer.Length < 3) return null;
        int rootWidth = buffer[^1], packed = buffer[^2];
        if (rootWidth is not (1 or 2 or 4 or 8) || (Kind)(packed >> 2) != Kind.Map) return null;
        long map = Target(buffer, buffer.Length - 2 - rootWidth, rootWidth);
        int width = 1 << (packed & 3);
        long count = (long)Unsigned(buffer, map - width, width);
        long keyWidth = (long)Unsigned(buffer, map - 2 * width, width);
        if (count is < 0 or > MaxEntries || keyWidth is not (1 or 2 or 4 or 8)) return null;
        long keys = Target(buffer, map - 3 * width, width);
        var result = new FlexBufferMap();
        for (int i = 0; i < count; i++)
        {
            long key = Target(buffer, keys + i * keyWidth, (int)keyWidth);
            var text = buffer[At(buffer, key, 1)..];
            int length = text.IndexOf((byte)0);
            if (length < 0) return null;
            int type = buffer[At(buffer, map + count * width + i, 1)];
            if (Number(buffer, map + (long)i * width, width, type) is { } number) result._numbers[Encoding.UTF8.GetString(text[..length])] = number;
        }
        return result;
    }

    private static double? Number(ReadOnlySpan<byte> buffer, long at, int width, int packed) => (Kind)(packed >> 2) switch
    {
        Kind.Int => Signed(buffer, at, width),
        Kind.UInt or Kind.Bool => Unsigned(buffer, at, width),
        Kind.Float => Real(buffer, at, width),
        Kind.IndirectInt => Signed(buffer, Target(buffer, at, width), 1 << (packed & 3)),
        Kind.IndirectUInt => Unsigned(buffer, Target(buffer, at, width), 1 << (packed & 3)),
        Kind.IndirectFloat => Real(buffer, Target(buffer, at, width), 1 << (packed & 3)),
        _ => null,
    };

    private static long Target(ReadOnlySpan<byte> buffer, long at, int width)
    {
        ulong offset = Unsigned(buffer, at, width);
        return offset <= (ulong)at ? at - (long)offset : throw new ArgumentOutOfRangeException(nameof(at));
    }

    private static ulong Unsigned(ReadOnlySpan<byte> buffer, long at, int width)
    {
        var bytes = buffer.Slice(At(buffer, at, width), width);
        return width switch
        {
            1 => bytes[0],
            2 => BinaryPrimitives.ReadUInt16LittleEndian(bytes),
            4 => BinaryPrimitives.ReadUInt32LittleEndian(bytes),
            _ => BinaryPrimitives.ReadUInt64LittleEndian(bytes),
        };
    }

    private static long Signed(ReadOnlySpan<byte> buffer, long at, int width) => (long)Unsigned(buffer, at, width) << (64 - 8 * width) >> (64 - 8 * width);

    private static double? Real(ReadOnlySpan<byte> buffer, long at, int width)
    {
        ulong bits = Unsigned(buffer, at, width);
        return width switch
        {
            2 => (double)BitConverter.UInt16BitsToHalf((ushort)bits),
            4 => BitConverter.UInt32BitsToSingle((uint)bits),
            8 => BitConverter.UInt64BitsToDouble(bits),
            _ => null,
        };
    }

    private static int At(ReadOnlySpan<byte> buffer, long at, int width) =>
        at >= 0 && at <= buffer.Length - width ? (int)at : throw new ArgumentOutOfRangeException(nameof(at));
}
