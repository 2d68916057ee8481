using System.Collections.Immutable;

namespace Qnn.Runtime;

/// <summary>
/// How an image becomes a model's input: brought to size, its channels put in order, then each pixel byte p (0 to 255) made the real number
/// (p - mean) / std, which is stored in the input's element type by its scale and zero point.
/// </summary>
public sealed class ImageInputOptions
{
    /// <summary>RGB, stretched, and no normalisation.</summary>
    public static ImageInputOptions Default { get; } = new();

    /// <summary>
    /// What is subtracted from each pixel byte: one value for all channels, or one for each, in the order of the model's channels. Empty stands for 0;
    /// but when <see cref="Std"/> is empty too there is no normalisation: an 8-bit input then gets the pixel bytes themselves (less 128 where it is signed),
    /// as models want them whose first layer's scale already holds the normalisation.
    /// </summary>
    /// <exception cref="ArgumentException">A value is not a finite number.</exception>
    public ImmutableArray<float> Mean
    {
        get;
        init => field = Checked(value, nameof(Mean), float.IsFinite, "a finite number");
    } = [];

    /// <summary>What the difference is divided by: one value for all channels, or one for each. Empty stands for 1; see <see cref="Mean"/>.</summary>
    /// <exception cref="ArgumentException">A value is not a finite number above zero.</exception>
    public ImmutableArray<float> Std
    {
        get;
        init => field = Checked(value, nameof(Std), static std => float.IsFinite(std) && std > 0, "a finite number above zero");
    } = [];

    /// <summary>The channels that the model expects. A model with one channel gets gray whatever this says.</summary>
    /// <exception cref="ArgumentException">Not a value of the type.</exception>
    public ColorOrder ColorOrder
    {
        get;
        init => field = value <= ColorOrder.Gray ? value : throw new ArgumentException($"{(byte)value} is not a colour order.", nameof(ColorOrder));
    }

    /// <summary>How the image is brought to size.</summary>
    /// <exception cref="ArgumentException">Not a value of the type.</exception>
    public ResizeMode Resize
    {
        get;
        init => field = value <= ResizeMode.Letterbox ? value : throw new ArgumentException($"{(byte)value} is not a resize mode.", nameof(Resize));
    }

    internal bool IsNormalized => !Mean.IsEmpty || !Std.IsEmpty;

    internal float MeanOf(int channel) => Of(Mean, channel, 0);

    internal float StdOf(int channel) => Of(Std, channel, 1);

    private static float Of(ImmutableArray<float> values, int channel, float none) =>
        values.Length switch { 0 => none, 1 => values[0], _ => values[channel] };

    private static ImmutableArray<float> Checked(ImmutableArray<float> values, string name, Func<float, bool> valid, string wanted)
    {
        if (values.IsDefault) return [];
        foreach (float value in values)
        {
            if (!valid(value)) throw new ArgumentException($"{name} holds {value}; each value must be {wanted}.", name);
        }
        return values;
    }
}
