using Qnn.Runtime.MachineCode;

namespace Qnn.Compiler.MachineCode;

/// <summary>How sixteen channels' accumulators become integers.</summary>
internal enum RequantizationForm : byte
{
    /// <summary>rint(acc * scale).</summary>
    Multiply,
    /// <summary>rint(fma(acc, scale, offset)).</summary>
    MultiplyAdd,
    /// <summary>rint(fma(acc, scale, sign(acc) * offset)).</summary>
    MultiplyAddSigned,
    /// <summary>rint((acc + offset) * scale), both steps rounding.</summary>
    AddMultiply,
    /// <summary>rint((acc * scale + offset) * reciprocal + zero point), every step rounding.</summary>
    Stepped,
}

/// <summary>The epilogue of sixteen channels.</summary>
/// <param name="Form">The float form.</param>
/// <param name="Fixes">Accumulators of a channel at which the form is off, at most <see cref="FloatRequantization.MaxCorrections"/>.</param>
internal readonly record struct VectorEpilogue(RequantizationForm Form, byte Fixes);

/// <summary>The epilogue of up to 64 channels: all that the code depends on; the numbers are data.</summary>
/// <param name="First">Channels 0 to 15.</param>
/// <param name="Second">Channels 16 to 31.</param>
/// <param name="Third">Channels 32 to 47.</param>
/// <param name="Fourth">Channels 48 to 63.</param>
/// <param name="HasZeroPoint">Whether a zero point is added.</param>
/// <param name="HasMinimum">Whether the clamp is above the result type's least value.</param>
/// <param name="HasMaximum">Whether the clamp is below the result type's greatest value.</param>
/// <param name="SignedResults">int8 results instead of uint8.</param>
/// <param name="Sums">Whether the int32 accumulators are the results, as they are.</param>
internal readonly record struct TileEpilogue(
    VectorEpilogue First, VectorEpilogue Second, VectorEpilogue Third, VectorEpilogue Fourth, bool HasZeroPoint, bool HasMinimum, bool HasMaximum, bool SignedResults, bool Sums = false)
{
    /// <summary>The epilogue of one vector.</summary>
    public VectorEpilogue this[int vector] => vector switch { 0 => First, 1 => Second, 2 => Third, _ => Fourth };

    /// <summary>Bytes of the numbers of one vector: <see cref="EpilogueLayout"/> without the fixes that no vector has.</summary>
    public int VectorBytes => EpilogueLayout.Fixes + Fixes * EpilogueLayout.FixBytes;

    /// <summary>The most fixes of a vector.</summary>
    public int Fixes => Math.Max(Math.Max(First.Fixes, Second.Fixes), Math.Max(Third.Fixes, Fourth.Fixes));

    /// <summary>Whether a vector needs the mask of sign bits.</summary>
    public bool NeedsSigns => First.Form == RequantizationForm.MultiplyAddSigned || Second.Form == RequantizationForm.MultiplyAddSigned
        || Third.Form == RequantizationForm.MultiplyAddSigned || Fourth.Form == RequantizationForm.MultiplyAddSigned;
}
