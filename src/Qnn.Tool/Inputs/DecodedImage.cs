namespace Qnn.Tool.Inputs;

/// <summary>Pixels of an image file: RGB, or gray.</summary>
internal sealed record DecodedImage(byte[] Pixels, int Width, int Height, bool Color)
{
    private const long MaxPixels = 1 << 28;

    /// <summary>Rejects sizes that no picture has, before memory is taken for them.</summary>
    public static void CheckSize(int width, int height)
    {
        if (width < 1 || height < 1 || (long)width * height > MaxPixels) throw new InvalidDataException($"its size is {width}x{height}");
    }
}
