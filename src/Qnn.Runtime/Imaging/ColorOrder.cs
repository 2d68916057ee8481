namespace Qnn.Runtime;

/// <summary>The channels that a model's image input expects, in order. The numbers are part of the artifact format.</summary>
public enum ColorOrder : byte
{
    /// <summary>Red, green, blue. A model with one channel gets gray all the same.</summary>
    Rgb = 0,
    /// <summary>Blue, green, red. A model with one channel gets gray all the same.</summary>
    Bgr = 1,
    /// <summary>Brightness by ITU-R 601: (19595 R + 38470 G + 7471 B + 32768) / 65536, the same in every channel of the model.</summary>
    Gray = 2,
}
