namespace Qnn.Runtime;

/// <summary>The working memory of one conversion at a time: filters and rows, kept from call to call and grown when an image asks for more.</summary>
internal sealed class ImageScratch
{
    private byte[] _source = [];
    private byte[] _ring = [];
    private byte[] _row = [];

    /// <summary>The weights along rows.</summary>
    public ResampleFilter Horizontal { get; } = new();

    /// <summary>The weights along columns.</summary>
    public ResampleFilter Vertical { get; } = new();

    /// <summary>A row of the image.</summary>
    public Span<byte> Source(int bytes) => Grown(ref _source, bytes);

    /// <summary>The rows that a vertical window spans.</summary>
    public Span<byte> Ring(int bytes) => Grown(ref _ring, bytes);

    /// <summary>A finished row.</summary>
    public Span<byte> Row(int bytes) => Grown(ref _row, bytes);

    private static Span<byte> Grown(ref byte[] buffer, int bytes)
    {
        if (buffer.Length < bytes) buffer = new byte[bytes];
        return buffer.AsSpan(0, bytes);
    }
}
