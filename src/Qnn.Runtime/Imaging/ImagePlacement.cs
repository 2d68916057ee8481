namespace Qnn.Runtime;

/// <summary>Which part of an image goes to which part of a model's input.</summary>
/// <param name="Left">Left edge of the part of the image, in its pixels; edges may fall between pixels.</param>
/// <param name="Top">Top edge.</param>
/// <param name="Right">Right edge.</param>
/// <param name="Bottom">Bottom edge.</param>
/// <param name="X">First column of the input that is filled.</param>
/// <param name="Y">First row of the input that is filled.</param>
/// <param name="Width">Columns of the input that are filled.</param>
/// <param name="Height">Rows of the input that are filled.</param>
internal readonly record struct ImagePlacement(float Left, float Top, float Right, float Bottom, int X, int Y, int Width, int Height)
{
    /// <summary>Places an image of one size into an input of another. The arithmetic is Pillow's, double by double, so that edges fall where Pillow's do.</summary>
    public static ImagePlacement Of(ResizeMode mode, int imageWidth, int imageHeight, int width, int height) => mode switch
    {
        ResizeMode.CenterCrop => Fit(imageWidth, imageHeight, width, height),
        ResizeMode.Letterbox => Pad(imageWidth, imageHeight, width, height),
        _ => new(0, 0, imageWidth, imageHeight, 0, 0, width, height),
    };

    // ImageOps.fit
    private static ImagePlacement Fit(int imageWidth, int imageHeight, int width, int height)
    {
        double imageRatio = (double)imageWidth / imageHeight;
        double ratio = (double)width / height;
        double cropWidth = imageRatio > ratio ? ratio * imageHeight : imageWidth;
        double cropHeight = imageRatio < ratio ? imageWidth / ratio : imageHeight;
        double left = (imageWidth - cropWidth) * 0.5;
        double top = (imageHeight - cropHeight) * 0.5;
        // A product that rounds up must not reach past the image.
        return new((float)left, (float)top,
            Math.Min((float)(left + cropWidth), imageWidth), Math.Min((float)(top + cropHeight), imageHeight), 0, 0, width, height);
    }

    // ImageOps.pad; Math.Round rounds halves to even, as Python does.
    private static ImagePlacement Pad(int imageWidth, int imageHeight, int width, int height)
    {
        double imageRatio = (double)imageWidth / imageHeight;
        double ratio = (double)width / height;
        int shownWidth = imageRatio < ratio ? (int)Math.Round((double)imageWidth / imageHeight * height) : width;
        int shownHeight = imageRatio > ratio ? (int)Math.Round((double)imageHeight / imageWidth * width) : height;
        shownWidth = Math.Clamp(shownWidth, 1, width);
        shownHeight = Math.Clamp(shownHeight, 1, height);
        int x = (int)Math.Round((width - shownWidth) * 0.5);
        int y = (int)Math.Round((height - shownHeight) * 0.5);
        return new(0, 0, imageWidth, imageHeight, x, y, shownWidth, shownHeight);
    }
}
