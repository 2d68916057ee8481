namespace Qnn.Runtime;

/// <summary>
/// A picture in the caller's memory: rows from top to bottom, each of <see cref="Width"/> pixels, <see cref="Stride"/> bytes from one row's start to the next.
/// It copies nothing; a byte array, native memory or a part of a larger picture serves as it is.
/// </summary>
/// <example><code>var result = MobilenetV2.Predict(ImageView.Rgb(pixels, width: 640, height: 480));</code></example>
public readonly ref struct ImageView
{
    /// <summary>The largest width and height, in pixels: 1,048,576. It bounds the work that one call can cause.</summary>
    public const int MaxExtent = 1 << 20;

    /// <summary>Views pixels whose rows follow each other without a gap.</summary>
    /// <param name="pixels">At least width * height * bytes-per-pixel bytes; what follows is not read.</param>
    /// <param name="width">Pixels in a row, 1 to <see cref="MaxExtent"/>.</param>
    /// <param name="height">Rows, 1 to <see cref="MaxExtent"/>.</param>
    /// <param name="format">The layout of one pixel.</param>
    /// <exception cref="ArgumentException">The sizes are out of range or do not fit the bytes given, or the format is not a known one.</exception>
    public ImageView(ReadOnlySpan<byte> pixels, int width, int height, PixelFormat format)
        : this(pixels, width, height, TightStride(width, format), format)
    {
    }

    /// <summary>Views pixels whose rows begin <paramref name="stride"/> bytes apart.</summary>
    /// <param name="pixels">At least stride * (height - 1) + width * bytes-per-pixel bytes; what follows is not read.</param>
    /// <param name="width">Pixels in a row, 1 to <see cref="MaxExtent"/>.</param>
    /// <param name="height">Rows, 1 to <see cref="MaxExtent"/>.</param>
    /// <param name="stride">Bytes from the start of a row to the start of the next, at least width * bytes-per-pixel.</param>
    /// <param name="format">The layout of one pixel.</param>
    /// <exception cref="ArgumentException">The sizes are out of range or do not fit the bytes given, or the format is not a known one.</exception>
    public ImageView(ReadOnlySpan<byte> pixels, int width, int height, int stride, PixelFormat format)
    {
        int pixel = format.BytesPerPixel();
        if (pixel == 0) throw new ArgumentException($"{(byte)format} is not a pixel format.", nameof(format));
        if (width is < 1 or > MaxExtent) throw new ArgumentException($"The image's width is {width}; it must be 1 to {MaxExtent}.", nameof(width));
        if (height is < 1 or > MaxExtent) throw new ArgumentException($"The image's height is {height}; it must be 1 to {MaxExtent}.", nameof(height));
        if (stride < width * pixel)
        {
            throw new ArgumentException($"The stride is {stride} bytes; a row of {width} pixels in {format} takes {width * pixel}.", nameof(stride));
        }
        long needed = (long)stride * (height - 1) + width * pixel;
        if (pixels.Length < needed)
        {
            throw new ArgumentException(
                $"The image has {pixels.Length} bytes; {width}x{height} pixels in {format} with a stride of {stride} bytes take {needed}.", nameof(pixels));
        }

        Pixels = pixels;
        Width = width;
        Height = height;
        Stride = stride;
        Format = format;
    }

    /// <summary>The bytes of the picture, from its first row's first pixel on.</summary>
    public ReadOnlySpan<byte> Pixels { get; }

    /// <summary>Pixels in a row; 0 only in the default value, which no method accepts.</summary>
    public int Width { get; }

    /// <summary>Rows; 0 only in the default value, which no method accepts.</summary>
    public int Height { get; }

    /// <summary>Bytes from the start of a row to the start of the next.</summary>
    public int Stride { get; }

    /// <summary>The layout of one pixel.</summary>
    public PixelFormat Format { get; }

    /// <summary>Views red, green, blue bytes.</summary>
    /// <param name="pixels">The picture's bytes.</param>
    /// <param name="width">Pixels in a row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="stride">Bytes from row to row; 0 where rows follow without a gap.</param>
    /// <exception cref="ArgumentException">As <see cref="ImageView(ReadOnlySpan{byte}, int, int, int, PixelFormat)"/>.</exception>
    public static ImageView Rgb(ReadOnlySpan<byte> pixels, int width, int height, int stride = 0) => Create(pixels, width, height, stride, PixelFormat.Rgb24);

    /// <summary>Views blue, green, red bytes, as OpenCV keeps them.</summary>
    /// <inheritdoc cref="Rgb"/>
    public static ImageView Bgr(ReadOnlySpan<byte> pixels, int width, int height, int stride = 0) => Create(pixels, width, height, stride, PixelFormat.Bgr24);

    /// <summary>Views red, green, blue, alpha bytes; alpha is ignored.</summary>
    /// <inheritdoc cref="Rgb"/>
    public static ImageView Rgba(ReadOnlySpan<byte> pixels, int width, int height, int stride = 0) => Create(pixels, width, height, stride, PixelFormat.Rgba32);

    /// <summary>Views blue, green, red, alpha bytes, as Windows bitmaps keep them; alpha is ignored.</summary>
    /// <inheritdoc cref="Rgb"/>
    public static ImageView Bgra(ReadOnlySpan<byte> pixels, int width, int height, int stride = 0) => Create(pixels, width, height, stride, PixelFormat.Bgra32);

    /// <summary>Views brightness bytes, one a pixel.</summary>
    /// <inheritdoc cref="Rgb"/>
    public static ImageView Gray(ReadOnlySpan<byte> pixels, int width, int height, int stride = 0) => Create(pixels, width, height, stride, PixelFormat.Gray8);

    /// <summary>Views a part of this picture.</summary>
    /// <param name="x">The part's first column.</param>
    /// <param name="y">The part's first row.</param>
    /// <param name="width">The part's pixels in a row.</param>
    /// <param name="height">The part's rows.</param>
    /// <exception cref="ArgumentException">The part does not lie inside the picture.</exception>
    public ImageView Crop(int x, int y, int width, int height)
    {
        if (x < 0 || y < 0 || width < 1 || height < 1 || width > Width - x || height > Height - y)
        {
            throw new ArgumentException($"The part of {width}x{height} pixels at ({x}, {y}) does not lie inside the image of {Width}x{Height}.");
        }
        return new ImageView(Pixels[(y * Stride + x * Format.BytesPerPixel())..], width, height, Stride, Format);
    }

    internal ReadOnlySpan<byte> Row(int y) => Pixels.Slice(y * Stride, Width * Format.BytesPerPixel());

    private static ImageView Create(ReadOnlySpan<byte> pixels, int width, int height, int stride, PixelFormat format) =>
        new(pixels, width, height, stride == 0 ? TightStride(width, format) : stride, format);

    // A width out of range is reported by the constructor that this leads to.
    private static int TightStride(int width, PixelFormat format) => width is < 1 or > MaxExtent ? 0 : width * format.BytesPerPixel();
}
