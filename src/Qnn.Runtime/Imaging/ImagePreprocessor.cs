namespace Qnn.Runtime;

/// <summary>The order of an image input's dimensions.</summary>
internal enum ImageLayout : byte
{
    /// <summary>Height, width, channels: a pixel's channels lie side by side.</summary>
    ChannelsLast,
    /// <summary>Channels, height, width: each channel is a plane.</summary>
    ChannelsFirst,
}

/// <summary>
/// Converts images into one model input: resize, crop or letterbox, colour order, normalise, quantize, in one pass over the input's rows.
/// Made once for a model; immutable to its callers, and any number of threads may use it at a time. A call allocates nothing once it has seen images of the size.
/// </summary>
internal sealed class ImagePreprocessor
{
    private readonly PixelTables _tables;
    private readonly ImageInputOptions _options;
    private readonly ImageLayout _layout;

    // Working memory not in use, for the threads to take turns with.
    private readonly ImageScratch?[] _idle = new ImageScratch?[Math.Min(Environment.ProcessorCount, 64)];

    /// <summary>Prepares the conversion.</summary>
    /// <param name="height">Rows of the input.</param>
    /// <param name="width">Columns of the input.</param>
    /// <param name="channels">Channels of the input: 1 or 3.</param>
    /// <param name="type">Element type of the input: U8, S8, U16, S16, S32 or F32.</param>
    /// <param name="scale">Scale of the input; 0 where it is not quantized.</param>
    /// <param name="zeroPoint">Zero point of the input.</param>
    /// <param name="layout">Order of the input's dimensions.</param>
    /// <param name="options">How an image becomes the input.</param>
    /// <exception cref="ArgumentException">Sizes, type, scale, or the number of means or deviations do not suit an image input.</exception>
    public ImagePreprocessor(int height, int width, int channels, ElementType type, float scale, int zeroPoint, ImageLayout layout, ImageInputOptions options)
    {
        if (channels is not (1 or 3)) throw new ArgumentException($"An image input has 1 or 3 channels, not {channels}.", nameof(channels));
        if (height is < 1 or > ImageView.MaxExtent || width is < 1 or > ImageView.MaxExtent || (long)height * width * channels * type.Size() > Array.MaxLength)
        {
            throw new ArgumentException($"An image input cannot be {width}x{height}.");
        }
        if (type is not (ElementType.U8 or ElementType.S8 or ElementType.U16 or ElementType.S16 or ElementType.S32 or ElementType.F32))
        {
            throw new ArgumentException($"An image cannot become an input of type {type.Name()}.", nameof(type));
        }
        if (!float.IsFinite(scale) || scale < 0) throw new ArgumentException($"The scale is {scale}; it must be a finite number, 0 for none.", nameof(scale));
        CheckCount(options.Mean.Length, channels, nameof(options.Mean));
        CheckCount(options.Std.Length, channels, nameof(options.Std));

        Height = height;
        Width = width;
        Channels = channels;
        _options = options;
        _layout = layout;
        _tables = new PixelTables(channels, type, scale, zeroPoint, options);
    }

    /// <summary>
    /// Prepares the conversion for a model's input. Its shape is [1, height, width, channels] or [1, channels, height, width], whichever has 1 or 3 channels,
    /// the former where both have; the leading 1 may be absent.
    /// </summary>
    /// <exception cref="ArgumentException">The input cannot hold an image.</exception>
    public static ImagePreprocessor For(TensorDescription input, ImageInputDescription image)
    {
        int[] shape = [.. input.Shape];
        int[] sizes = shape is [1, _, _, _] ? shape[1..] : shape;
        var options = new ImageInputOptions
        {
            Mean = [.. image.Mean],
            Std = [.. image.Std],
            ColorOrder = (ColorOrder)image.ColorOrder,
            Resize = (ResizeMode)image.Resize,
        };
        return sizes switch
        {
            [int height, int width, 1 or 3] => new(height, width, sizes[2], input.Type, input.Scale, input.ZeroPoint, ImageLayout.ChannelsLast, options),
            [1 or 3, int height, int width] => new(height, width, sizes[0], input.Type, input.Scale, input.ZeroPoint, ImageLayout.ChannelsFirst, options),
            _ => throw new ArgumentException($"The input '{input.Name}' of shape [{string.Join(", ", shape)}] cannot hold an image: that takes height, width and 1 or 3 channels."),
        };
    }

    /// <summary>Rows of the input.</summary>
    public int Height { get; }

    /// <summary>Columns of the input.</summary>
    public int Width { get; }

    /// <summary>Channels of the input: 1 or 3.</summary>
    public int Channels { get; }

    /// <summary>The size of the input in bytes.</summary>
    public int ByteLength => Height * Width * Channels * _tables.ElementSize;

    /// <summary>Converts an image.</summary>
    /// <param name="image">The image; any size.</param>
    /// <param name="destination">The input tensor: <see cref="ByteLength"/> bytes, all of which are written.</param>
    /// <exception cref="ArgumentException">The image is the default value, or the destination has another length.</exception>
    public void Convert(ImageView image, Span<byte> destination)
    {
        if (image.Width == 0) throw new ArgumentException("The image is empty: it is the default value of ImageView.", nameof(image));
        if (destination.Length != ByteLength)
        {
            throw new ArgumentException($"The destination has {destination.Length} bytes; the input has {ByteLength}.", nameof(destination));
        }

        ImageScratch scratch = Rent();
        Convert(image, destination, scratch);
        Return(scratch); // not after an exception: the scratch may be half prepared
    }

    private void Convert(ImageView image, Span<byte> destination, ImageScratch scratch)
    {
        ImagePlacement place = ImagePlacement.Of(_options.Resize, image.Width, image.Height, Width, Height);
        bool horizontal = place.Width != image.Width || place.Left != 0 || place.Right != place.Width;
        bool vertical = place.Height != image.Height || place.Top != 0 || place.Bottom != place.Height;
        int pixelBytes = _tables.ElementSize * (_layout == ImageLayout.ChannelsLast ? Channels : 1);
        var writer = new PixelRowWriter(_tables, Channels, _layout == ImageLayout.ChannelsLast ? 0 : Height * Width * _tables.ElementSize);

        // Gray before the resizing, as Pillow's users do; a gray image for a colour input is resized once and fills every channel.
        bool fromColour = image.Format != PixelFormat.Gray8;
        bool toGray = fromColour && (Channels == 1 || _options.ColorOrder == ColorOrder.Gray);
        bool work4 = fromColour && !toGray;
        int redOffset = image.Format.RedOffset() ^ (_options.ColorOrder == ColorOrder.Bgr ? 2 : 0);

        if (place.Width < Width || place.Height < Height) WriteBars(writer, place, pixelBytes, destination);

        if (!horizontal && !vertical)
        {
            Span<byte> gray = toGray ? scratch.Row(image.Width) : default;
            for (int y = 0; y < place.Height; y++)
            {
                Span<byte> target = destination[(((place.Y + y) * Width + place.X) * pixelBytes)..];
                ReadOnlySpan<byte> pixels = image.Row(y);
                if (toGray)
                {
                    PixelRows.ToGray(pixels, image.Format, gray);
                    writer.Write(gray, 1, 0, place.Width, target);
                }
                else
                {
                    writer.Write(pixels, image.Format.BytesPerPixel(), redOffset, place.Width, target);
                }
            }
            return;
        }

        int step = work4 ? 4 : 1;
        int rowBytes = place.Width * step;
        if (horizontal) scratch.Horizontal.Prepare(image.Width, place.Left, place.Right, place.Width);
        if (vertical) scratch.Vertical.Prepare(image.Height, place.Top, place.Bottom, place.Height);
        int firstColumn = horizontal ? scratch.Horizontal.First[0] : 0;
        int endColumn = horizontal ? scratch.Horizontal.End : image.Width;
        int ringRows = vertical ? scratch.Vertical.LongestWindow : 1;
        Span<byte> source = horizontal ? scratch.Source((endColumn - firstColumn) * step + ResampleKernels.RowPadding) : default;
        Span<byte> ring = scratch.Ring(checked(ringRows * rowBytes));
        Span<byte> row = vertical ? scratch.Row(rowBytes) : default;

        int ready = 0;
        for (int y = 0; y < place.Height; y++)
        {
            int first = vertical ? scratch.Vertical.First[y] : y;
            int end = first + (vertical ? scratch.Vertical.Count[y] : 1);
            for (ready = Math.Max(ready, first); ready < end; ready++)
            {
                Span<byte> slot = ring.Slice(ready % ringRows * rowBytes, rowBytes);
                ReadOnlySpan<byte> pixels = image.Row(ready)[(firstColumn * image.Format.BytesPerPixel())..(endColumn * image.Format.BytesPerPixel())];
                Span<byte> unpacked = horizontal ? source : slot;
                if (work4) PixelRows.ToFourBytes(pixels, image.Format, unpacked);
                else if (toGray) PixelRows.ToGray(pixels, image.Format, unpacked);
                else pixels.CopyTo(unpacked);
                if (!horizontal) continue;
                if (work4) ResampleKernels.Colour(source, firstColumn, scratch.Horizontal, slot);
                else ResampleKernels.Gray(source, firstColumn, scratch.Horizontal, slot);
            }

            Span<byte> finished = row;
            if (vertical) ResampleKernels.Vertical(ring, rowBytes, ringRows, scratch.Vertical, y, row);
            else finished = ring[..rowBytes];
            writer.Write(finished, step, redOffset, place.Width, destination[(((place.Y + y) * Width + place.X) * pixelBytes)..]);
        }
    }

    private void WriteBars(PixelRowWriter writer, ImagePlacement place, int pixelBytes, Span<byte> destination)
    {
        int below = place.Y + place.Height;
        writer.WriteBlack(place.Y * Width, destination);
        writer.WriteBlack((Height - below) * Width, destination[(below * Width * pixelBytes)..]);
        int right = place.X + place.Width;
        if (place.Width == Width) return;
        for (int y = place.Y; y < below; y++)
        {
            Span<byte> row = destination[(y * Width * pixelBytes)..];
            writer.WriteBlack(place.X, row);
            writer.WriteBlack(Width - right, row[(right * pixelBytes)..]);
        }
    }

    private ImageScratch Rent()
    {
        foreach (ref ImageScratch? slot in _idle.AsSpan())
        {
            if (slot is not null && Interlocked.Exchange(ref slot, null) is { } scratch) return scratch;
        }
        return new ImageScratch();
    }

    private void Return(ImageScratch scratch)
    {
        foreach (ref ImageScratch? slot in _idle.AsSpan())
        {
            if (slot is null && Interlocked.CompareExchange(ref slot, scratch, null) is null) return;
        }
    }

    private static void CheckCount(int count, int channels, string name)
    {
        if (count > 1 && count != channels)
        {
            throw new ArgumentException($"{name} has {count} values; the model's input has {channels} {(channels == 1 ? "channel" : "channels")}. Give one value, or one for each channel.", name);
        }
    }
}
