using Iced.Intel;
using Qnn.Runtime.MachineCode;
using static Iced.Intel.AssemblerRegisters;

namespace Qnn.Compiler.MachineCode;

/// <summary>Emits the epilogue that all kernels share. Mask registers k2 and k3 are its own.</summary>
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
    /// <param name="signs">Sixteen sign bits, where the form needs them.</param>
    public static void Requantize(Assembler c, AssemblerRegisterZMM v, VectorEpilogue epilogue, AssemblerRegister64 data, int at, AssemblerRegisterZMM t, AssemblerRegisterZMM signs)
    {
        AssemblerMemoryOperand Fix(int fix) => __zmmword_ptr[data + (at + EpilogueLayout.Fixes + fix * EpilogueLayout.FixBytes)];
        AssemblerMemoryOperand Delta(int fix) => __zmmword_ptr[data + (at + EpilogueLayout.Fixes + fix * EpilogueLayout.FixBytes + 64)];
        if (epilogue.Fixes > 0) c.vpcmpeqd(k2, v, Fix(0));
        if (epilogue.Fixes > 1) c.vpcmpeqd(k3, v, Fix(1));
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
            case RequantizationForm.MultiplyAddSigned:
                c.vmovaps(t, v);
                c.vpternlogd(t, signs, __zmmword_ptr[data + (at + EpilogueLayout.Offset)], SelectSign);
                c.vfmadd132ps(v, t, __zmmword_ptr[data + (at + EpilogueLayout.Scale)]);
                c.vcvtps2dq(v, v);
                break;
        }
        if (epilogue.Fixes > 0) c.vpaddd(v.k2, v, Delta(0));
        if (epilogue.Fixes > 1) c.vpaddd(v.k3, v, Delta(1));
    }

    /// <summary>One to four vectors of integers to bytes in the first: zero point added, clamped. Each 128 bits hold four bytes of each vector.</summary>
    public static void Pack(Assembler c, ReadOnlySpan<AssemblerRegisterZMM> v, TileEpilogue epilogue, AssemblerRegisterZMM zeroPoint, AssemblerRegister64 constants)
    {
        var low = v[0];
        c.vpackssdw(low, low, v[v.Length > 1 ? 1 : 0]);
        c.vpaddsw(low, low, zeroPoint);
        var high = low;
        if (v.Length > 2)
        {
            high = v[2];
            c.vpackssdw(high, high, v[v.Length > 3 ? 3 : 2]);
            c.vpaddsw(high, high, zeroPoint);
        }
        if (epilogue.SignedResults) c.vpacksswb(low, low, high);
        else c.vpackuswb(low, low, high);
        var (minimum, maximum) = (__zmmword_ptr[constants + ConstantsLayout.Minimum], __zmmword_ptr[constants + ConstantsLayout.Maximum]);
        if (epilogue.HasMinimum && epilogue.SignedResults) c.vpmaxsb(low, low, minimum);
        else if (epilogue.HasMinimum) c.vpmaxub(low, low, minimum);
        if (epilogue.HasMaximum && epilogue.SignedResults) c.vpminsb(low, low, maximum);
        else if (epilogue.HasMaximum) c.vpminub(low, low, maximum);
    }
}
