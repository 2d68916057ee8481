using System.Runtime.InteropServices;
using CsCheck;
using Qnn.Runtime;

namespace Qnn.Runtime.Tests.Imaging;

public class ImagePreprocessorTests
{
    private static readonly Gen<(int Width, int Height, int ToWidth, int ToHeight, ResizeMode Mode)> Sizes = Gen.Select(
        Gen.Int[1, 70], Gen.Int[1, 70], Gen.Int[1, 40], Gen.Int[1, 40], Gen.Enum<ResizeMode>());

    [Fact]
    public void FormatAndStrideDoNotMatter() => Gen.Select(Sizes, Gen.Enum<PixelFormat>(), Gen.Int[0, 9], Gen.Bool).Sample((size, format, gap, same) =>
    {
        (int width, int height, int toWidth, int toHeight, ResizeMode mode) = size;
        if (same) (toWidth, toHeight) = (width, height);
        byte[] rgb = TestImages.Pixels("noise", width, height, 3);
        (byte[] pixels, int stride) = TestImages.Repack(rgb, width, height, format, gap);
        bool gray = format == PixelFormat.Gray8;
        ImagePreprocessor input = TestImages.Bytes(toWidth, toHeight, 3, mode, gray ? ColorOrder.Gray : ColorOrder.Rgb);
        Assert.Equal(input.Convert(rgb, width, height), input.Convert(pixels, width, height, format, stride));
    });

    [Fact]
    public void ChannelsAreIndependentAndInOrder() => Sizes.Sample(size =>
    {
        (int width, int height, int toWidth, int toHeight, ResizeMode mode) = size;
        byte[] rgb = TestImages.Pixels("noise", width, height, 3);
        byte[] result = TestImages.Bytes(toWidth, toHeight, 3, mode).Convert(rgb, width, height);
        byte[] swapped = TestImages.Bytes(toWidth, toHeight, 3, mode, ColorOrder.Bgr).Convert(rgb, width, height);
        byte[] planes = TestImages.Bytes(toWidth, toHeight, 3, mode, layout: ImageLayout.ChannelsFirst).Convert(rgb, width, height);
        for (int channel = 0; channel < 3; channel++)
        {
            byte[] plane = [.. rgb.Where((_, i) => i % 3 == channel)];
            byte[] expected = TestImages.Bytes(toWidth, toHeight, 1, mode).Convert(plane, width, height, PixelFormat.Gray8);
            Assert.Equal(expected, result.Where((_, i) => i % 3 == channel));
            Assert.Equal(expected, swapped.Where((_, i) => i % 3 == 2 - channel));
            Assert.Equal(expected, planes.AsSpan(channel * toWidth * toHeight, toWidth * toHeight));
        }
    });

    [Fact]
    public void TheRightSizeIsCopied() => Gen.Select(Gen.Int[1, 50], Gen.Int[1, 50], Gen.Enum<ResizeMode>()).Sample((width, height, mode) =>
    {
        byte[] rgb = TestImages.Pixels("noise", width, height, 3);
        Assert.Equal(rgb, TestImages.Bytes(width, height, 3, mode).Convert(rgb, width, height));
    });

    [Fact]
    public void AFlatImageStaysFlat() => Gen.Select(Sizes, Gen.Byte).Sample((size, value) =>
    {
        byte[] pixels = new byte[size.Width * size.Height * 3];
        Array.Fill(pixels, value);
        ResizeMode mode = size.Mode == ResizeMode.Letterbox ? ResizeMode.Stretch : size.Mode;
        Assert.All(TestImages.Bytes(size.ToWidth, size.ToHeight, 3, mode).Convert(pixels, size.Width, size.Height), b => Assert.Equal(value, b));
    });

    [Fact]
    public void ResizingStaysWithinTheImagesRange() => Sizes.Sample(size =>
    {
        byte[] pixels = [.. TestImages.Pixels("noise", size.Width, size.Height, 1).Select(b => (byte)(60 + b % 50))];
        ResizeMode mode = size.Mode == ResizeMode.Letterbox ? ResizeMode.Stretch : size.Mode;
        byte[] result = TestImages.Bytes(size.ToWidth, size.ToHeight, 1, mode).Convert(pixels, size.Width, size.Height, PixelFormat.Gray8);
        Assert.All(result, b => Assert.InRange(b, pixels.Min(), pixels.Max()));
    });

    [Fact]
    public void LetterboxBarsAreBlackPixelsNormalized()
    {
        var options = new ImageInputOptions { Mean = [127.5f], Std = [127.5f], Resize = ResizeMode.Letterbox };
        byte[] white = new byte[40 * 20 * 3];
        Array.Fill(white, (byte)255);
        foreach (ImageLayout layout in new[] { ImageLayout.ChannelsLast, ImageLayout.ChannelsFirst })
        {
            float[] wide = TestImages.Floats(new ImagePreprocessor(12, 16, 3, ElementType.F32, 0, 0, layout, options).Convert(white, 40, 20));
            float[] tall = TestImages.Floats(new ImagePreprocessor(12, 16, 3, ElementType.F32, 0, 0, layout, options).Convert(white, 20, 40));
            for (int y = 0; y < 12; y++)
            {
                for (int x = 0; x < 16; x++)
                {
                    for (int c = 0; c < 3; c++)
                    {
                        int i = layout == ImageLayout.ChannelsLast ? (y * 16 + x) * 3 + c : (c * 12 + y) * 16 + x;
                        Assert.Equal(y is >= 2 and < 10 ? 1 : -1, wide[i]);
                        Assert.Equal(x is >= 5 and < 11 ? 1 : -1, tall[i]);
                    }
                }
            }
        }
    }

    [Fact]
    public void EveryElementOfTheDestinationIsWritten() => Gen.Select(Sizes, Gen.Bool, Gen.Bool).Sample((size, planes, gray) =>
    {
        (int width, int height, int toWidth, int toHeight, ResizeMode mode) = size;
        byte[] pixels = TestImages.Pixels("noise", width, height, 3);
        var input = new ImagePreprocessor(toHeight, toWidth, gray ? 1 : 3, ElementType.S16, 0.5f, 0,
            planes ? ImageLayout.ChannelsFirst : ImageLayout.ChannelsLast, new ImageInputOptions { Mean = [100], Std = [2], Resize = mode });
        byte[] once = new byte[input.ByteLength];
        byte[] again = new byte[input.ByteLength];
        Array.Fill(again, (byte)0xEE);
        input.Convert(ImageView.Rgb(pixels, width, height), once);
        input.Convert(ImageView.Rgb(pixels, width, height), again);
        Assert.Equal(once, again);
    });

    [Fact]
    public void GrayIsLuma()
    {
        byte[] rgb = TestImages.Pixels("noise", 61, 47, 3);
        byte[] expected = [.. rgb.Chunk(3).Select(pixel => TestImages.Luma(pixel))];
        foreach (PixelFormat format in new[] { PixelFormat.Rgb24, PixelFormat.Bgr24, PixelFormat.Rgba32, PixelFormat.Bgra32 })
        {
            (byte[] pixels, int stride) = TestImages.Repack(rgb, 61, 47, format, 5);
            Assert.Equal(expected, TestImages.Bytes(61, 47, 1).Convert(pixels, 61, 47, format, stride));
        }
    }

    [Fact]
    public void WithoutNormalisationAnEightBitInputGetsThePixels()
    {
        byte[] gray = [.. Enumerable.Range(0, 256).Select(i => (byte)i)];
        byte[] Run(ElementType type) => new ImagePreprocessor(1, 256, 1, type, 0.0078125f, type == ElementType.U8 ? 128 : 0, ImageLayout.ChannelsLast, ImageInputOptions.Default)
            .Convert(gray, 256, 1, PixelFormat.Gray8);
        Assert.Equal(gray, Run(ElementType.U8));
        Assert.Equal(gray.Select(b => (sbyte)(b - 128)), MemoryMarshal.Cast<byte, sbyte>(Run(ElementType.S8)).ToArray());
        Assert.Equal(gray.Select(b => (float)b), TestImages.Floats(Run(ElementType.F32)));
    }

    [Fact]
    public void QuantizesAsTfLiteDoes()
    {
        byte[] gray = [.. Enumerable.Range(0, 256).Select(i => (byte)i)];
        var options = new ImageInputOptions { Mean = [127.5f], Std = [127.5f] };
        byte[] s8 = new ImagePreprocessor(1, 256, 1, ElementType.S8, 0.0078125f, -1, ImageLayout.ChannelsLast, options).Convert(gray, 256, 1, PixelFormat.Gray8);
        byte[] s16 = new ImagePreprocessor(1, 256, 1, ElementType.S16, 1f / 32768, 0, ImageLayout.ChannelsLast, options).Convert(gray, 256, 1, PixelFormat.Gray8);
        for (int i = 0; i < 256; i++)
        {
            float x = (i - 127.5f) / 127.5f;
            int expected = Math.Clamp((int)MathF.Round(x / 0.0078125f, MidpointRounding.AwayFromZero) - 1, -128, 127);
            Assert.Equal(expected, (sbyte)s8[i]);
            Assert.Equal(Math.Clamp((int)MathF.Round(x * 32768, MidpointRounding.AwayFromZero), -32768, 32767), BitConverter.ToInt16(s16, i * 2));
        }
    }

    [Fact]
    public void HalvesRoundAwayFromZero()
    {
        var options = new ImageInputOptions { Mean = [2], Std = [1] };
        byte[] result = new ImagePreprocessor(1, 5, 1, ElementType.S8, 2, 10, ImageLayout.ChannelsLast, options).Convert([0, 1, 2, 3, 5], 5, 1, PixelFormat.Gray8);
        Assert.Equal([9, 9, 10, 11, 12], result.Select(b => (int)(sbyte)b));
    }

    [Fact]
    public void EachChannelHasItsOwnMeanAndDeviation()
    {
        var options = new ImageInputOptions { Mean = [10, 20, 30], Std = [1, 2, 4], ColorOrder = ColorOrder.Bgr };
        float[] result = TestImages.Floats(new ImagePreprocessor(1, 1, 3, ElementType.F32, 0, 0, ImageLayout.ChannelsFirst, options).Convert([50, 60, 70], 1, 1));
        Assert.Equal([60, 20, 5], result); // blue, green, red
    }

    [Fact]
    public void TheNormalisationOfUint8ModelsIsACopy()
    {
        // The identity in TFLite metadata: (x - 127.5) / 127.5 at scale 1/127.5 is x less 127.5, which rounds to x at zero point 127 or 128.
        var tables = new PixelTables(3, ElementType.U8, 1, 0, new ImageInputOptions { Mean = [0], Std = [1] });
        Assert.Equal(PixelTableKind.Copy, tables.Kind);
        tables = new PixelTables(1, ElementType.S8, 1 / 255f, -128, new ImageInputOptions { Mean = [0], Std = [255] });
        Assert.Equal(PixelTableKind.FlipTopBit, tables.Kind);
        tables = new PixelTables(1, ElementType.S8, 1, 0, new ImageInputOptions { Mean = [0], Std = [1] });
        Assert.Equal(PixelTableKind.General, tables.Kind);
    }

    [Fact]
    public void ThreadsMayShareOne()
    {
        ImagePreprocessor input = TestImages.Bytes(31, 17, 3, ResizeMode.CenterCrop);
        (int, int, byte[], byte[])[] images = [.. Enumerable.Range(1, 8).Select(i =>
        {
            byte[] pixels = TestImages.Pixels("noise", 20 + i * 7, 90 - i * 9, 3);
            return (20 + i * 7, 90 - i * 9, pixels, TestImages.Bytes(31, 17, 3, ResizeMode.CenterCrop).Convert(pixels, 20 + i * 7, 90 - i * 9));
        })];
        Parallel.For(0, 400, i =>
        {
            (int width, int height, byte[] pixels, byte[] expected) = images[i % images.Length];
            Assert.Equal(expected, input.Convert(pixels, width, height));
        });
    }

    [Fact]
    public void SteadyStateAllocatesNothing()
    {
        ImagePreprocessor input = TestImages.Bytes(24, 24, 3, ResizeMode.Letterbox);
        byte[] pixels = TestImages.Pixels("noise", 100, 80, 3);
        byte[] destination = new byte[input.ByteLength];
        long before = 0;
        for (int i = 0; i < 10; i++)
        {
            if (i == 2) before = GC.GetAllocatedBytesForCurrentThread();
            input.Convert(ImageView.Rgb(pixels, 100, 80), destination);
            input.Convert(ImageView.Rgb(pixels, 50, 70), destination); // taking turns with another size does not matter
        }
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void ExtremeShapesWork()
    {
        byte[] pixels = TestImages.Pixels("noise", 100_000, 1, 3);
        foreach (ResizeMode mode in Enum.GetValues<ResizeMode>())
        {
            TestImages.Bytes(3, 40, 3, mode).Convert(pixels, 100_000, 1);
            TestImages.Bytes(40, 3, 3, mode).Convert(pixels, 1, 100_000);
            TestImages.Bytes(1, 1, 1, mode).Convert(pixels, 100, 1000);
        }
    }

    [Theory]
    [InlineData(new[] { 1, 20, 30, 3 }, 20, 30, 3, false)]
    [InlineData(new[] { 1, 3, 20, 30 }, 20, 30, 3, true)]
    [InlineData(new[] { 20, 30, 1 }, 20, 30, 1, false)]
    [InlineData(new[] { 1, 28, 28 }, 28, 28, 1, true)]
    [InlineData(new[] { 1, 1, 1, 3 }, 1, 1, 3, false)]
    public void ReadsTheLayoutFromTheShape(int[] shape, int height, int width, int channels, bool planes)
    {
        var image = new ImageInputDescription(0, [1, 2, 3], [4], (byte)ColorOrder.Bgr, (byte)ResizeMode.Letterbox);
        if (channels == 1) image = image with { Mean = [] };
        var made = ImagePreprocessor.For(new TensorDescription("x", ElementType.F32, shape, 0, 0, ""), image);
        Assert.Equal((height, width, channels), (made.Height, made.Width, made.Channels));
        byte[] pixels = TestImages.Pixels("noise", 9, 9, 3);
        var options = new ImageInputOptions { Mean = [.. image.Mean], Std = [4], ColorOrder = ColorOrder.Bgr, Resize = ResizeMode.Letterbox };
        var expected = new ImagePreprocessor(height, width, channels, ElementType.F32, 0, 0, planes ? ImageLayout.ChannelsFirst : ImageLayout.ChannelsLast, options);
        Assert.Equal(expected.Convert(pixels, 9, 9), made.Convert(pixels, 9, 9));
    }

    [Theory]
    [InlineData(2, 20, 30, 3)]
    [InlineData(1, 20, 30, 4)]
    [InlineData(1, 3)]
    public void RefusesShapesThatHoldNoImage(params int[] shape) => Assert.Contains("cannot hold an image", Assert.Throws<ArgumentException>(
        () => ImagePreprocessor.For(new TensorDescription("x", ElementType.U8, shape, 0, 0, ""), new ImageInputDescription(0, [], [], 0, 0))).Message, StringComparison.Ordinal);

    [Fact]
    public void RefusesWhatDoesNotFit()
    {
        static ImagePreprocessor Make(int height = 8, int width = 8, int channels = 3, ElementType type = ElementType.U8, float scale = 1, ImageInputOptions? options = null) =>
            new(height, width, channels, type, scale, 0, ImageLayout.ChannelsLast, options ?? ImageInputOptions.Default);

        Assert.Contains("1 or 3 channels, not 4", Assert.Throws<ArgumentException>(() => Make(channels: 4)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Make(height: 0));
        Assert.Throws<ArgumentException>(() => Make(height: 100_000, width: 100_000));
        Assert.Contains("int64", Assert.Throws<ArgumentException>(() => Make(type: ElementType.S64)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Make(scale: float.NaN));
        Assert.Throws<ArgumentException>(() => Make(scale: -1));
        Assert.Contains("Mean has 2 values", Assert.Throws<ArgumentException>(() => Make(options: new() { Mean = [1, 2] })).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Make(channels: 1, options: new() { Std = [1, 2, 3] }));
        Assert.Throws<ArgumentException>(() => new ImageInputOptions { Std = [0] });
        Assert.Throws<ArgumentException>(() => new ImageInputOptions { Mean = [float.PositiveInfinity] });
        Assert.Throws<ArgumentException>(() => new ImageInputOptions { Resize = (ResizeMode)3 });
        Assert.Throws<ArgumentException>(() => new ImageInputOptions { ColorOrder = (ColorOrder)3 });
        Assert.Throws<ArgumentException>(() => Make().Convert(default, new byte[192]));
        Assert.Contains("191 bytes; the input has 192", Assert.Throws<ArgumentException>(() => Make().Convert(ImageView.Gray(new byte[1], 1, 1), new byte[191])).Message, StringComparison.Ordinal);
    }
}
