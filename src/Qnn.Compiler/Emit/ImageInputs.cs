using Qnn.Runtime;

namespace Qnn.Compiler.Emit;

/// <summary>Which inputs take images, and how images become them.</summary>
internal static class ImageInputs
{
    // Smaller "images" are windows of other data.
    private const int LeastExtent = 8;

    /// <summary>Height, width and channels of an input that can hold an image: [1, H, W, C] or [1, C, H, W] with 1 or 3 channels, the leading 1 optional; null for others.</summary>
    public static (int Height, int Width, int Channels)? Sizes(TensorDescription input)
    {
        if (input.Type is not (ElementType.U8 or ElementType.S8 or ElementType.U16 or ElementType.S16 or ElementType.S32 or ElementType.F32)) return null;
        int[] shape = [.. input.Shape];
        return (shape is [1, _, _, _] ? shape[1..] : shape) switch
        {
            [> 0 and var height, > 0 and var width, (1 or 3) and var channels] => (height, width, channels),
            [(1 or 3) and var channels, > 0 and var height, > 0 and var width] => (height, width, channels),
            _ => null,
        };
    }

    /// <summary>
    /// Whether an input of which nothing is said is an image all the same: 8-bit, with three channels, or with one and square.
    /// Real-valued ones are not, because the range of their pixels cannot be guessed.
    /// </summary>
    public static bool LooksLikeImage(TensorDescription input) =>
        input.Type is ElementType.U8 or ElementType.S8 && Sizes(input) is { } size
        && size.Height >= LeastExtent && size.Width >= LeastExtent && (size.Channels == 3 || size.Height == size.Width);
}
