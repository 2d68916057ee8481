namespace Qnn.Runtime;

/// <summary>
/// How an image is brought to the size of a model's input. Every mode samples bilinearly with half-pixel centres and widens the filter where
/// it shrinks the image, byte for byte as Pillow's <c>BILINEAR</c> does. The numbers are part of the artifact format.
/// </summary>
public enum ResizeMode : byte
{
    /// <summary>Fill the input, changing the image's aspect ratio where it differs; <c>Image.resize</c> of Pillow.</summary>
    Stretch = 0,
    /// <summary>Keep the aspect ratio and fill the input with the largest centred part of the image that fits it; <c>ImageOps.fit</c> of Pillow.</summary>
    CenterCrop = 1,
    /// <summary>Keep the aspect ratio and show the whole image, centred between bars of black pixels; <c>ImageOps.pad</c> of Pillow.</summary>
    Letterbox = 2,
}
