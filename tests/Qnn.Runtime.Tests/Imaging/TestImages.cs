using System.Buffers.Binary;
using Qnn.Runtime;

namespace Qnn.Runtime.Tests.Imaging;

/// <summary>Synthetic pictures, the same as eng/pillow-goldens.py makes, and short ways to convert them.</summary>
internal static class TestImages
{
    public static byte[] Pixels(string pattern, int width, int height, int channels)
    {
        var pixels = new byte[width * height * channels];
        for (uint y = 0, i = 0; y < height; y++)
        {
            for (uint x = 0; x < width; x++)
            {
                for (uint c = 0; c < channels; c++) pixels[i++] = Pixel(pattern, x, y, c);
            }
        }
        return pixels;
    }

    private static byte Pixel(string pattern, uint x, uint y, uint c)
    {
        switch (pattern)
        {
            case "noise":
                uint hash = x * 73856093 ^ y * 19349663 ^ c * 83492791;
                return (byte)((hash ^ hash >> 13) * 2654435761 >> 24);
            case "waves":
                return (byte)(x * 3 + y * 5 + c * 40 >> 1);
            default:
                return (byte)((x + y + c & 1) * 255);
        }
    }

    /// <summary>RGB bytes in another format, with a number of stray bytes after every row but the last.</summary>
    public static (byte[] Pixels, int Stride) Repack(byte[] rgb, int width, int height, PixelFormat format, int gap)
    {
        int size = format.BytesPerPixel();
        int stride = width * size + gap;
        var result = new byte[stride * (height - 1) + width * size];
        Array.Fill(result, (byte)0xA5);
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                Span<byte> target = result.AsSpan(y * stride + x * size, size);
                ReadOnlySpan<byte> source = rgb.AsSpan((y * width + x) * 3, 3);
                bool reversed = format is PixelFormat.Bgr24 or PixelFormat.Bgra32;
                if (size == 1)
                {
                    target[0] = Luma(source);
                    continue;
                }
                target[0] = source[reversed ? 2 : 0];
                target[1] = source[1];
                target[2] = source[reversed ? 0 : 2];
                if (size == 4) target[3] = (byte)(x * 37 + y);
            }
        }
        return (result, stride);
    }

    public static byte Luma(ReadOnlySpan<byte> rgb) => (byte)((rgb[0] * 19595 + rgb[1] * 38470 + rgb[2] * 7471 + 0x8000) >> 16);

    public static byte[] Convert(this ImagePreprocessor preprocessor, byte[] pixels, int width, int height, PixelFormat format = PixelFormat.Rgb24, int stride = 0)
    {
        var result = new byte[preprocessor.ByteLength];
        preprocessor.Convert(new ImageView(pixels, width, height, stride == 0 ? width * format.BytesPerPixel() : stride, format), result);
        return result;
    }

    public static float[] Floats(byte[] bytes)
    {
        var floats = new float[bytes.Length / 4];
        for (int i = 0; i < floats.Length; i++) floats[i] = BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(i * 4));
        return floats;
    }

    /// <summary>An input that takes pixel bytes as they are.</summary>
    public static ImagePreprocessor Bytes(int width, int height, int channels = 3, ResizeMode resize = ResizeMode.Stretch, ColorOrder order = ColorOrder.Rgb,
        ImageLayout layout = ImageLayout.ChannelsLast) =>
        new(height, width, channels, ElementType.U8, 0, 0, layout, new ImageInputOptions { Resize = resize, ColorOrder = order });
}
