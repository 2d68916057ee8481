using System.Runtime.InteropServices;
using Qnn.Runtime.Kernels.Requantization;
using Qnn.Runtime.MachineCode;

namespace Qnn.Compiler.MachineCode;

/// <summary>Makes the numbers that an assembled epilogue reads, and finds out which code they need.</summary>
/// <param name="epilogue">The layer's epilogue.</param>
/// <param name="signedResults">int8 results.</param>
/// <param name="inputZeroPoint">What padding is filled with.</param>
internal sealed unsafe class EpilogueData(Epilogue epilogue, bool signedResults, int inputZeroPoint)
{
    /// <summary>Whether assembled code exists for the arithmetic.</summary>
    public bool IsSupported => epilogue.Arithmetic is RequantizeArithmetic.None or RequantizeArithmetic.FixedPointDouble or RequantizeArithmetic.FixedPointSingle
        or RequantizeArithmetic.Float32NearestEven or RequantizeArithmetic.Float32Bias or RequantizeArithmetic.Float32Stepped;

    /// <summary>Accumulation starts at a channel's bias.</summary>
    public int Bias(int channel) => epilogue.Bias[channel];

    /// <summary>The float form of a channel's requantization, or null where none is found.</summary>
    /// <param name="channel">A packed channel.</param>
    /// <param name="least">Its least accumulator, bias included.</param>
    /// <param name="greatest">Its greatest accumulator.</param>
    public FloatRequantization? Form(int channel, long least, long greatest)
    {
        if (epilogue.Arithmetic == RequantizeArithmetic.None) return new FloatRequantization(0, 0, false, []);
        if (least < int.MinValue || greatest > int.MaxValue) return null;
        int multiplier = epilogue.Multipliers[channel];
        if (epilogue.Arithmetic is RequantizeArithmetic.Float32NearestEven or RequantizeArithmetic.Float32Bias)
        {
            var form = epilogue.Arithmetic == RequantizeArithmetic.Float32Bias ? RequantizationForm.AddMultiply : RequantizationForm.Multiply;
            float scale = BitConverter.Int32BitsToSingle(multiplier), bias = form == RequantizationForm.AddMultiply ? BitConverter.Int32BitsToSingle(epilogue.Exponents[channel]) : 0;
            return scale >= 0 && Converts((least + (double)bias) * scale, (greatest + (double)bias) * scale) ? new FloatRequantization(scale, bias, false, [], 0, form) : null;
        }
        if (epilogue.Arithmetic == RequantizeArithmetic.Float32Stepped)
        {
            float scale = BitConverter.Int32BitsToSingle(multiplier), bias = BitConverter.Int32BitsToSingle(epilogue.Exponents[channel]);
            return scale >= 0 && Converts((least * (double)scale + bias) * epilogue.Reciprocal, (greatest * (double)scale + bias) * epilogue.Reciprocal)
                ? new FloatRequantization(scale, bias, false, [], 0, RequantizationForm.Stepped) : null;
        }
        return FloatRequantization.Find(
            epilogue.Arithmetic == RequantizeArithmetic.FixedPointDouble, multiplier, epilogue.Exponents[channel],
            epilogue.Minimum - epilogue.ZeroPoint, epilogue.Maximum - epilogue.ZeroPoint, (int)least, (int)greatest);
    }

    // Whether the conversion to integers cannot overflow.
    private static bool Converts(double least, double greatest) => Math.Max(-least, greatest) < 1 << 30;

    /// <summary>The code that sixteen channels need; null when they need different forms.</summary>
    public static VectorEpilogue? Vector(ReadOnlySpan<FloatRequantization> channels)
    {
        var form = RequantizationForm.Multiply;
        int fixes = 0;
        bool plainOffset = false;
        foreach (var channel in channels)
        {
            if (channel.Offset != 0 && !channel.Signed) plainOffset = true;
            if (channel.Offset != 0 || channel.Form == RequantizationForm.Stepped) form = (RequantizationForm)Math.Max((int)form, (int)Form(channel));
            fixes = Math.Max(fixes, channel.Corrections.Count);
        }
        return form == RequantizationForm.MultiplyAddSigned && plainOffset ? null : Checked(form, fixes);
    }

    /// <summary>Code that does for both.</summary>
    public static VectorEpilogue? Join(VectorEpilogue a, VectorEpilogue b)
    {
        if (a.Form != b.Form && a.Form != RequantizationForm.Multiply && b.Form != RequantizationForm.Multiply) return null;
        return Checked((RequantizationForm)Math.Max((int)a.Form, (int)b.Form), Math.Max(a.Fixes, b.Fixes));
    }

    private static RequantizationForm Form(in FloatRequantization channel) =>
        channel.Form != RequantizationForm.Multiply ? channel.Form : channel.Signed ? RequantizationForm.MultiplyAddSigned : RequantizationForm.MultiplyAdd;

    private static VectorEpilogue? Checked(RequantizationForm form, int fixes) =>
        form == RequantizationForm.MultiplyAddSigned && fixes > FloatRequantization.MaxSignedCorrections ? null : new VectorEpilogue(form, (byte)fixes);

    /// <summary>The code of a tile.</summary>
    public TileEpilogue Tile(ReadOnlySpan<VectorEpilogue> vectors) => epilogue.Arithmetic == RequantizeArithmetic.None ? new TileEpilogue { Sums = true } : new(
        vectors[0], vectors.Length > 1 ? vectors[1] : default, vectors.Length > 2 ? vectors[2] : default, vectors.Length > 3 ? vectors[3] : default,
        epilogue.ZeroPoint != 0 && epilogue.Arithmetic != RequantizeArithmetic.Float32Stepped, epilogue.Minimum > (signedResults ? sbyte.MinValue : byte.MinValue), epilogue.Maximum < (signedResults ? sbyte.MaxValue : byte.MaxValue), signedResults);

    /// <summary>Sixteen channels' numbers, laid out as <see cref="EpilogueLayout"/> says.</summary>
    public static void Write(Span<byte> to, ReadOnlySpan<int> biases, ReadOnlySpan<FloatRequantization> channels)
    {
        var integers = MemoryMarshal.Cast<byte, int>(to);
        var floats = MemoryMarshal.Cast<byte, float>(to);
        for (int n = 0; n < channels.Length; n++)
        {
            integers[EpilogueLayout.Bias / 4 + n] = biases[n] - channels[n].Origin;
            floats[EpilogueLayout.Scale / 4 + n] = channels[n].Scale;
            floats[EpilogueLayout.Offset / 4 + n] = channels[n].Offset;
            for (int fix = 0; fix < channels[n].Corrections.Count; fix++)
            {
                int at = (EpilogueLayout.Fixes + fix * EpilogueLayout.FixBytes) / 4 + n;
                (integers[at], integers[at + 16]) = channels[n].Corrections[fix];
            }
        }
    }

    /// <summary>The layer's numbers, laid out as <see cref="ConstantsLayout"/> says.</summary>
    public byte[] Constants()
    {
        var bytes = new byte[ConstantsLayout.Bytes];
        for (int i = 0; i < 16; i++) bytes[ConstantsLayout.Permutation + i * 4] = (byte)(i % 4 * 4 + i / 4);
        MemoryMarshal.Cast<byte, short>(bytes.AsSpan(ConstantsLayout.ZeroPoint, 64)).Fill((short)epilogue.ZeroPoint);
        bytes.AsSpan(ConstantsLayout.Minimum, 64).Fill(unchecked((byte)epilogue.Minimum));
        bytes.AsSpan(ConstantsLayout.Maximum, 64).Fill(unchecked((byte)epilogue.Maximum));
        bytes.AsSpan(ConstantsLayout.InputZeroPoint, 64).Fill((byte)inputZeroPoint);
        MemoryMarshal.Cast<byte, float>(bytes.AsSpan(ConstantsLayout.Reciprocal, 64)).Fill(epilogue.Reciprocal);
        MemoryMarshal.Cast<byte, float>(bytes.AsSpan(ConstantsLayout.FloatZeroPoint, 64)).Fill(epilogue.ZeroPoint);
        return bytes;
    }
}
