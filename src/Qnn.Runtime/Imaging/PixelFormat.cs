namespace Qnn.Runtime;

/// <summary>How the bytes of an image's pixels are laid out in memory, first byte first.</summary>
public enum PixelFormat : byte
{
    /// <summary>Three bytes a pixel: red, green, blue.</summary>
    Rgb24 = 0,
    /// <summary>Three bytes a pixel: blue, green, red.</summary>
    Bgr24 = 1,
    /// <summary>Four bytes a pixel: red, green, blue, alpha. Alpha is ignored: no blending takes place.</summary>
    Rgba32 = 2,
    /// <summary>Four bytes a pixel: blue, green, red, alpha. Alpha is ignored: no blending takes place.</summary>
    Bgra32 = 3,
    /// <summary>One byte a pixel: brightness.</summary>
    Gray8 = 4,
}

/// <summary>Facts about <see cref="PixelFormat"/>.</summary>
public static class PixelFormats
{
    /// <summary>The size of one pixel in bytes; 0 for a value that is not a pixel format.</summary>
    public static int BytesPerPixel(this PixelFormat format) => format switch
    {
        PixelFormat.Rgb24 or PixelFormat.Bgr24 => 3,
        PixelFormat.Rgba32 or PixelFormat.Bgra32 => 4,
        PixelFormat.Gray8 => 1,
        _ => 0,
    };

    // Where a colour pixel keeps red; green is always in the middle, and blue opposite.
    internal static int RedOffset(this PixelFormat format) => format is PixelFormat.Bgr24 or PixelFormat.Bgra32 ? 2 : 0;
}
