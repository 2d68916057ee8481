using Qnn.Runtime;

namespace Qnn.Runtime.Tests.Imaging;

public class ImageViewTests
{
    [Theory]
    [InlineData(0, 4, 12, PixelFormat.Rgb24, "width is 0")]
    [InlineData(4, -1, 12, PixelFormat.Rgb24, "height is -1")]
    [InlineData(ImageView.MaxExtent + 1, 1, int.MaxValue, PixelFormat.Rgb24, "width is 1048577")]
    [InlineData(4, 4, 11, PixelFormat.Rgb24, "The stride is 11 bytes; a row of 4 pixels in Rgb24 takes 12")]
    [InlineData(4, 4, -12, PixelFormat.Rgb24, "The stride is -12")]
    [InlineData(4, 4, 13, PixelFormat.Rgb24, "48 bytes; 4x4 pixels in Rgb24 with a stride of 13 bytes take 51")]
    [InlineData(4, 5, 12, PixelFormat.Rgb24, "take 60")]
    [InlineData(1 << 20, 1 << 20, 1 << 22, PixelFormat.Rgba32, "take 4398046511104")]
    [InlineData(4, 4, 12, (PixelFormat)9, "9 is not a pixel format")]
    public void RefusesWhatDoesNotFit(int width, int height, int stride, PixelFormat format, string words)
    {
        var error = Assert.Throws<ArgumentException>(() => new ImageView(new byte[48], width, height, stride, format));
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TheLastRowNeedsNoGap()
    {
        var view = new ImageView(new byte[3 * 20 + 12], 4, 4, 20, PixelFormat.Rgb24);
        Assert.Equal(12, view.Row(3).Length);
    }

    [Fact]
    public void FactoriesComputeTheStride()
    {
        var pixels = new byte[4 * 5 * 4];
        Assert.Equal((15, PixelFormat.Rgb24), Shape(ImageView.Rgb(pixels, 5, 4)));
        Assert.Equal((15, PixelFormat.Bgr24), Shape(ImageView.Bgr(pixels, 5, 4)));
        Assert.Equal((20, PixelFormat.Rgba32), Shape(ImageView.Rgba(pixels, 5, 4)));
        Assert.Equal((20, PixelFormat.Bgra32), Shape(ImageView.Bgra(pixels, 5, 4)));
        Assert.Equal((5, PixelFormat.Gray8), Shape(ImageView.Gray(pixels, 5, 4)));
        Assert.Equal((18, PixelFormat.Gray8), Shape(ImageView.Gray(pixels, 5, 4, 18)));
        Assert.Throws<ArgumentException>(() => ImageView.Rgb(new byte[80], -5, 4));
        Assert.Throws<ArgumentException>(() => ImageView.Rgb(new byte[80], 5, 6));
    }

    [Fact]
    public void CropsWithoutCopying()
    {
        byte[] pixels = TestImages.Pixels("noise", 10, 8, 3);
        ImageView part = ImageView.Rgb(pixels, 10, 8).Crop(3, 2, 4, 5);
        Assert.Equal(pixels.AsSpan((2 * 10 + 3) * 3, 12), part.Row(0));
        Assert.Equal(pixels.AsSpan((6 * 10 + 3) * 3, 12), part.Row(4));
        Assert.Throws<ArgumentException>(() => ImageView.Rgb(new byte[240], 10, 8).Crop(7, 0, 4, 1));
        Assert.Throws<ArgumentException>(() => ImageView.Rgb(new byte[240], 10, 8).Crop(0, 8, 1, 1));
        Assert.Throws<ArgumentException>(() => ImageView.Rgb(new byte[240], 10, 8).Crop(int.MaxValue, 0, int.MaxValue, 1));
    }

    private static (int Stride, PixelFormat Format) Shape(ImageView view) => (view.Stride, view.Format);
}
