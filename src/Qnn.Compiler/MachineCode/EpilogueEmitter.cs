using Iced.Intel;
using Qnn.Runtime.MachineCode;
using static Iced.Intel.AssemblerRegisters;

namespace Qnn.Compiler.MachineCode;

/// <summary>Emits the epilogue that all kernels share. Mask registers k2 to k7 are its own.</summary>
internal static class EpilogueEmitter
{
    // (a and b) or c, a being the destination.
    private const byte SelectSign = 0xEA;

    /// <summary>Sets a register to sixteen sign bits.</summary>
    public static void LoadSigns(Assembler c, AssemblerRegisterZMM signs)
    {
        c.mov(eax, int.MinValue);
        c.vpbroadcastd(signs, eax);
    }

    /// <summary>Sixteen accumulators to integers, in place.</summary>
    /// <param name="c">The assembler.</param>
    /// <param name="v">The accumulators.</param>
    /// <param name="epilogue">What the code depends on.</param>
    /// <param name="data">Points to the tile's <see cref="EpilogueLayout"/>s.</param>
    /// <param name="at">Where the vector's numbers are.</param>
    /// <param name="t">A free register.</param>
    /// <param name="signs">Sixteen sign bits, where the form needs them; else free.</param>
    public static void Requantize(Assembler c, AssemblerRegisterZMM v, VectorEpilogue epilogue, AssemblerRegister64 data, int at, AssemblerRegisterZMM t, AssemblerRegisterZMM signs)
    {
        AssemblerMemoryOperand Fix(int fix) => __zmmword_ptr[data + (at + EpilogueLayout.Fixes + fix * EpilogueLayout.FixBytes)];
        AssemblerMemoryOperand Delta(int fix) => __zmmword_ptr[data + (at + EpilogueLayout.Fixes + fix * EpilogueLayout.FixBytes + 64)];
        int masks = Math.Min((int)epilogue.Fixes, FloatRequantization.MaxSignedCorrections);
        for (int fix = 0; fix < masks; fix++) c.vpcmpeqd(new AssemblerRegisterK(Register.K2 + fix), v, Fix(fix));
        // There are no signs then: the register holds the accumulators.
        if (epilogue.Fixes > masks) c.vmovdqa32(signs, v);
        c.vcvtdq2ps(v, v);
        switch (epilogue.Form)
        {
            case RequantizationForm.Multiply:
                c.vmulps(v, v, __zmmword_ptr[data + (at + EpilogueLayout.Scale)]);
                c.vcvtps2dq(v, v);
                break;
            case RequantizationForm.MultiplyAdd:
                c.vmovups(t, __zmmword_ptr[data + (at + EpilogueLayout.Offset)]);
                c.vfmadd132ps(v, t, __zmmword_ptr[data + (at + EpilogueLayout.Scale)]);
                c.vcvtps2dq(v, v);
                break;
            case RequantizationForm.AddMultiply:
                c.vaddps(v, v, __zmmword_ptr[data + (at + EpilogueLayout.Offset)]);
                c.vmulps(v, v, __zmmword_ptr[data + (at + EpilogueLayout.Scale)]);
                c.vcvtps2dq(v, v);
                break;
            case RequantizationForm.MultiplyAddSigned:
                c.vmovaps(t, v);
                c.vpternlogd(t, signs, __zmmword_ptr[data + (at + EpilogueLayout.Offset)], SelectSign);
                c.vfmadd132ps(v, t, __zmmword_ptr[data + (at + EpilogueLayout.Scale)]);
                c.vcvtps2dq(v, v);
                break;
        }
        for (int fix = 0; fix < masks; fix++) c.vpaddd(Masked(v, fix), v, Delta(fix));
        for (int fix = masks; fix < epilogue.Fixes; fix++)
        {
            c.vpcmpeqd(k2, signs, Fix(fix));
            c.vpaddd(v.k2, v, Delta(fix));
        }
    }

    private static AssemblerRegisterZMM Masked(AssemblerRegisterZMM v, int fix) => fix switch { 0 => v.k2, 1 => v.k3, 2 => v.k4, 3 => v.k5, 4 => v.k6, _ => v.k7 };

    /// <summary>One to four vectors of integers to bytes in the first: zero point added, clamped. Each 128 bits hold four bytes of each vector.</summary>
    /// <param name="c">The assembler.</param>
    /// <param name="v">The vectors.</param>
    /// <param name="epilogue">What the code depends on.</param>
    /// <param name="zeroPoint">A register that holds the zero points, where one does.</param>
    /// <param name="constants">Points to the <see cref="ConstantsLayout"/>.</param>
    public static void Pack(Assembler c, ReadOnlySpan<AssemblerRegisterZMM> v, TileEpilogue epilogue, AssemblerRegisterZMM? zeroPoint, AssemblerRegister64 constants)
    {
        var low = v[0];
        c.vpackssdw(low, low, v[v.Length > 1 ? 1 : 0]);
        AddZeroPoint(low);
        var high = low;
        if (v.Length > 2)
        {
            high = v[2];
            c.vpackssdw(high, high, v[v.Length > 3 ? 3 : 2]);
            AddZeroPoint(high);
        }
        if (epilogue.SignedResults) c.vpacksswb(low, low, high);
        else c.vpackuswb(low, low, high);
        var (minimum, maximum) = (__zmmword_ptr[constants + ConstantsLayout.Minimum], __zmmword_ptr[constants + ConstantsLayout.Maximum]);
        if (epilogue.HasMinimum && epilogue.SignedResults) c.vpmaxsb(low, low, minimum);
        else if (epilogue.HasMinimum) c.vpmaxub(low, low, minimum);
        if (epilogue.HasMaximum && epilogue.SignedResults) c.vpminsb(low, low, maximum);
        else if (epilogue.HasMaximum) c.vpminub(low, low, maximum);

        void AddZeroPoint(AssemblerRegisterZMM words)
        {
            if (!epilogue.HasZeroPoint) return;
            if (zeroPoint is { } register) c.vpaddsw(words, words, register);
            else c.vpaddsw(words, words, __zmmword_ptr[constants + ConstantsLayout.ZeroPoint]);
        }
    }
}
