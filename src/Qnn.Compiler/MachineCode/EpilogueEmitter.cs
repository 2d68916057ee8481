using System.Numerics;
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

    /// <summary>Sixteen accumulators to integers.</summary>
    /// <param name="c">The assembler.</param>
    /// <param name="v">Gets the integers; holds the accumulators, unless they are elsewhere.</param>
    /// <param name="epilogue">What the code depends on.</param>
    /// <param name="numbers">Where the vector's numbers are.</param>
    /// <param name="constants">Points to the <see cref="ConstantsLayout"/>.</param>
    /// <param name="t">A free register.</param>
    /// <param name="signs">Sixteen sign bits, where the form needs them; else free.</param>
    /// <param name="accumulators">Where the accumulators are in memory, if they are.</param>
    public static void Requantize(
        Assembler c, AssemblerRegisterZMM v, VectorEpilogue epilogue, VectorNumbers numbers, AssemblerRegister64 constants, AssemblerRegisterZMM t, AssemblerRegisterZMM signs,
        AssemblerMemoryOperand? accumulators = null)
    {
        AssemblerMemoryOperand At(int offset) => __zmmword_ptr[numbers.Data + (numbers.At + offset)];
        AssemblerMemoryOperand Fix(int fix) => At(EpilogueLayout.Fixes + fix * EpilogueLayout.FixBytes);
        AssemblerMemoryOperand Delta(int fix) => At(EpilogueLayout.Fixes + fix * EpilogueLayout.FixBytes + 64);
        if (accumulators is { } memory && epilogue.Fixes == 0)
        {
            c.vcvtdq2ps(v, memory);
        }
        else
        {
            if (accumulators is { } from) c.vmovdqu32(v, from);
            for (int fix = 0; fix < Math.Min((int)epilogue.Fixes, FloatRequantization.MaxSignedCorrections); fix++) c.vpcmpeqd(new AssemblerRegisterK(Register.K2 + fix), v, Fix(fix));
            // There are no signs then: the register holds the accumulators.
            if (epilogue.Fixes > FloatRequantization.MaxSignedCorrections) c.vmovdqa32(signs, v);
            c.vcvtdq2ps(v, v);
        }
        switch (epilogue.Form)
        {
            case RequantizationForm.Multiply:
                Multiply();
                break;
            case RequantizationForm.MultiplyAdd:
                if (numbers.Offset is null) c.vmovups(t, At(EpilogueLayout.Offset));
                MultiplyAdd(numbers.Offset ?? t);
                break;
            case RequantizationForm.AddMultiply:
                Add();
                Multiply();
                break;
            case RequantizationForm.Stepped:
                Multiply();
                Add();
                c.vmulps(v, v, __zmmword_ptr[constants + ConstantsLayout.Reciprocal]);
                c.vaddps(v, v, __zmmword_ptr[constants + ConstantsLayout.FloatZeroPoint]);
                break;
            case RequantizationForm.MultiplyAddSigned:
                c.vmovaps(t, v);
                if (numbers.Offset is { } unsigned) c.vpternlogd(t, signs, unsigned, SelectSign);
                else c.vpternlogd(t, signs, At(EpilogueLayout.Offset), SelectSign);
                MultiplyAdd(t);
                break;
        }
        c.vcvtps2dq(v, v);
        for (int fix = 0; fix < epilogue.Fixes; fix++)
        {
            bool isMasked = fix < FloatRequantization.MaxSignedCorrections;
            if (!isMasked) c.vpcmpeqd(k2, signs, Fix(fix));
            c.vpaddd(isMasked ? Masked(v, fix) : v.k2, v, Delta(fix));
        }

        void Multiply()
        {
            if (numbers.Scale is { } scale) c.vmulps(v, v, scale);
            else c.vmulps(v, v, At(EpilogueLayout.Scale));
        }

        void Add()
        {
            if (numbers.Offset is { } offset) c.vaddps(v, v, offset);
            else c.vaddps(v, v, At(EpilogueLayout.Offset));
        }

        void MultiplyAdd(AssemblerRegisterZMM added)
        {
            if (numbers.Scale is { } scale) c.vfmadd132ps(v, added, scale);
            else c.vfmadd132ps(v, added, At(EpilogueLayout.Scale));
        }
    }

    /// <summary>
    /// Divides a tile's rows of results among registers of 64 bytes: one, two or four at a time. Rows of 16 or 32 channels, without others between them, are packed and stored together.
    /// </summary>
    public static IEnumerable<(int First, int Rows)> JoinRows(int count, int channels, int pitch)
    {
        int most = channels == pitch && channels is 16 or 32 ? 64 / channels : 1;
        for (int i = 0, rows; i < count; i += rows)
        {
            rows = Math.Min(most, 1 << BitOperations.Log2((uint)(count - i)));
            yield return (i, rows);
        }
    }

    private static AssemblerRegisterZMM Masked(AssemblerRegisterZMM v, int fix) => fix switch { 0 => v.k2, 1 => v.k3, 2 => v.k4, 3 => v.k5, 4 => v.k6, _ => v.k7 };

    /// <summary>Stores what <see cref="Pack"/> gave, in the order of the vectors.</summary>
    /// <param name="code">The function.</param>
    /// <param name="v">The vector.</param>
    /// <param name="permutation">A register that holds the order.</param>
    /// <param name="bytes">Bytes of results, 1 to 64.</param>
    /// <param name="masked">Whether k1 says which bytes are written.</param>
    /// <param name="to">Where to.</param>
    public static void Store(KernelCode code, AssemblerRegisterZMM v, AssemblerRegisterZMM permutation, int bytes, bool masked, AssemblerMemoryOperand to)
    {
        var c = code.Assembler;
        c.vpermd(v, permutation, v);
        code.Narrow(bytes <= 16 ? 16 : bytes <= 32 ? 32 : 64, () =>
        {
            if (masked) c.vmovdqu8(to.k1, v);
            else c.vmovdqu8(to, v);
        });
    }

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
