namespace Qnn.Runtime.MachineCode;

/// <summary>Byte offsets of what an assembled epilogue reads for sixteen channels: vectors of sixteen 32-bit numbers, one after the other.</summary>
internal static class EpilogueLayout
{
    /// <summary>int32: where accumulation starts; the input's zero point is folded in.</summary>
    public const int Bias = 0;
    /// <summary>float32 multiplier.</summary>
    public const int Scale = 64;
    /// <summary>float32, added before rounding.</summary>
    public const int Offset = 128;
    /// <summary>int32: an accumulator whose result is off, and 64 bytes on what to add to the result there. As many as the code needs.</summary>
    public const int Fixes = 192;
    public const int FixBytes = 128;
}

/// <summary>Byte offsets of what an assembled epilogue reads for a whole layer.</summary>
internal static class ConstantsLayout
{
    /// <summary>32-bit indices that put packed results in order.</summary>
    public const int Permutation = 0;
    /// <summary>The output zero point in 16-bit words.</summary>
    public const int ZeroPoint = 64;
    /// <summary>The least result in bytes.</summary>
    public const int Minimum = 128;
    /// <summary>The greatest result in bytes.</summary>
    public const int Maximum = 192;
    /// <summary>The input zero point in bytes.</summary>
    public const int InputZeroPoint = 256;
    /// <summary>The reciprocal of the result's scale in float32.</summary>
    public const int Reciprocal = 320;
    /// <summary>The output zero point in float32.</summary>
    public const int FloatZeroPoint = 384;
    public const int Bytes = 448;
}
