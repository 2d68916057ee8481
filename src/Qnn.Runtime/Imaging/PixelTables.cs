using System.Buffers.Binary;

namespace Qnn.Runtime;

/// <summary>
/// What each pixel byte becomes in each channel of a model's input: normalisation and quantization folded into 256 entries a channel.
/// An 8-bit pixel allows it, and resizing gives 8-bit pixels.
/// </summary>
internal sealed class PixelTables
{
    private readonly byte[] _entries;

    /// <param name="channels">The model's channels.</param>
    /// <param name="type">The input's element type.</param>
    /// <param name="scale">The input's scale; 0 where it is not quantized.</param>
    /// <param name="zeroPoint">The input's zero point.</param>
    /// <param name="options">Mean and standard deviation.</param>
    public PixelTables(int channels, ElementType type, float scale, int zeroPoint, ImageInputOptions options)
    {
        ElementSize = type.Size();
        _entries = new byte[channels * 256 * ElementSize];
        for (int channel = 0; channel < channels; channel++)
        {
            float mean = options.MeanOf(channel);
            float std = options.StdOf(channel);
            for (int pixel = 0; pixel < 256; pixel++)
            {
                Span<byte> entry = _entries.AsSpan((channel * 256 + pixel) * ElementSize, ElementSize);
                if (!options.IsNormalized && ElementSize == 1)
                {
                    entry[0] = (byte)(type == ElementType.S8 ? pixel - 128 : pixel);
                }
                else
                {
                    Write(entry, type, (pixel - mean) / std, scale, zeroPoint);
                }
            }
        }
        Kind = ElementSize != 1 ? PixelTableKind.General
            : IsEverywhere(static pixel => pixel) ? PixelTableKind.Copy
            : IsEverywhere(static pixel => pixel ^ 0x80) ? PixelTableKind.FlipTopBit
            : PixelTableKind.General;
    }

    /// <summary>Bytes of one element of the input.</summary>
    public int ElementSize { get; }

    /// <summary>Whether the tables amount to something simpler.</summary>
    public PixelTableKind Kind { get; }

    /// <summary>The entries of a channel as raw elements, 256 of <see cref="ElementSize"/> bytes.</summary>
    public ReadOnlySpan<byte> Channel(int channel) => _entries.AsSpan(channel * 256 * ElementSize, 256 * ElementSize);

    private bool IsEverywhere(Func<int, int> rule)
    {
        for (int i = 0; i < _entries.Length; i++)
        {
            if (_entries[i] != rule(i & 255)) return false;
        }
        return true;
    }

    // Rounds as TFLite's QUANTIZE operator does: x / scale in float32, halves away from zero, then the zero point and the limits of the type.
    private static void Write(Span<byte> entry, ElementType type, float x, float scale, int zeroPoint)
    {
        if (type == ElementType.F32)
        {
            BinaryPrimitives.WriteSingleLittleEndian(entry, x);
            return;
        }

        (double lowest, double highest) = Limits(type);
        double rounded = MathF.Round(scale == 0 ? x : x / scale, MidpointRounding.AwayFromZero);
        long value = (long)Math.Clamp(rounded + zeroPoint, lowest, highest);
        switch (entry.Length)
        {
            case 1:
                entry[0] = (byte)value;
                break;
            case 2:
                BinaryPrimitives.WriteInt16LittleEndian(entry, (short)value);
                break;
            default:
                BinaryPrimitives.WriteInt32LittleEndian(entry, (int)value);
                break;
        }
    }

    private static (double Lowest, double Highest) Limits(ElementType type) => type switch
    {
        ElementType.U8 => (byte.MinValue, byte.MaxValue),
        ElementType.S8 => (sbyte.MinValue, sbyte.MaxValue),
        ElementType.U16 => (ushort.MinValue, ushort.MaxValue),
        ElementType.S16 => (short.MinValue, short.MaxValue),
        ElementType.S32 => (int.MinValue, int.MaxValue),
        _ => throw new ArgumentException($"An image cannot become an input of type {type.Name()}.", nameof(type)),
    };
}

/// <summary>What a set of tables amounts to.</summary>
internal enum PixelTableKind
{
    /// <summary>Look every byte up.</summary>
    General,
    /// <summary>Bytes stay as they are.</summary>
    Copy,
    /// <summary>Bytes less 128: their top bit flips.</summary>
    FlipTopBit,
}
