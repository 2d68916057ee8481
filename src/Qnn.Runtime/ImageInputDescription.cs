namespace Qnn.Runtime;

/// <summary>How an image becomes an input: x = (pixel - Mean) / Std for each channel, pixels being 0 to 255.</summary>
/// <param name="Input">The place of the input in <see cref="QuantizedModel.Inputs"/>.</param>
/// <param name="Mean">One value, or one a channel.</param>
/// <param name="Std">One value, or one a channel.</param>
/// <param name="ColorOrder">0 RGB, 1 BGR, 2 gray; the values of the ColorOrder type.</param>
/// <param name="Resize">0 stretch, 1 centre crop, 2 letterbox; the values of the ResizeMode type.</param>
public sealed record ImageInputDescription(int Input, IReadOnlyList<float> Mean, IReadOnlyList<float> Std, byte ColorOrder, byte Resize);
