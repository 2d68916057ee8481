using System.Runtime.InteropServices;
using Iced.Intel;

namespace Qnn.Compiler.Tests.MachineCode.Interpreter;

/// <summary>The vector instructions, each written from its definition, element by element.</summary>
internal sealed unsafe class VectorUnit(Registers registers, GuardedMemory memory)
{
    private readonly byte[] _result = new byte[64];

    /// <summary>The address of an instruction's memory operand.</summary>
    public static nint Address(Registers registers, in Instruction i)
    {
        long address = (long)i.MemoryDisplacement64;
        if (i.MemoryBase is not (Register.None or Register.RIP)) address += registers[i.MemoryBase];
        if (i.MemoryIndex != Register.None) address += registers[i.MemoryIndex] * i.MemoryIndexScale;
        return (nint)address;
    }

    /// <summary>Executes an instruction; false where it is not known.</summary>
    public bool Execute(in Instruction i)
    {
        if (i.IsBroadcast || i.RoundingControl != RoundingControl.None) return false;
        switch (i.Mnemonic)
        {
            case Mnemonic.Vmovdqu8: Move(i, 1); break;
            case Mnemonic.Vmovdqu32 or Mnemonic.Vmovups: Move(i, 4); break;
            case Mnemonic.Vmovdqa32 or Mnemonic.Vmovaps when i.Op1Kind == OpKind.Register: Move(i, 4); break;
            case Mnemonic.Vpbroadcastd: Broadcast(i); break;
            case Mnemonic.Vpdpbusd: DotProduct(i); break;
            case Mnemonic.Vpdpwssd: DotProductOfWords(i); break;
            case Mnemonic.Vpmaddubsw: MultiplyPairs(i); break;
            case Mnemonic.Vpaddd: Binary<int>(i, static (a, b) => unchecked(a + b)); break;
            case Mnemonic.Vpandd: Binary<int>(i, static (a, b) => a & b); break;
            case Mnemonic.Vpsrld: ShiftRight(i); break;
            case Mnemonic.Vpxord: Binary<int>(i, static (a, b) => a ^ b); break;
            case Mnemonic.Vpaddsw: Binary<short>(i, static (a, b) => (short)Math.Clamp(a + b, short.MinValue, short.MaxValue)); break;
            case Mnemonic.Vpmaxsb: Binary<sbyte>(i, Math.Max); break;
            case Mnemonic.Vpminsb: Binary<sbyte>(i, Math.Min); break;
            case Mnemonic.Vpmaxub: Binary<byte>(i, Math.Max); break;
            case Mnemonic.Vpminub: Binary<byte>(i, Math.Min); break;
            case Mnemonic.Vaddps: Binary<float>(i, static (a, b) => a + b); break;
            case Mnemonic.Vmulps: Binary<float>(i, static (a, b) => a * b); break;
            case Mnemonic.Vfmadd132ps: MultiplyAdd(i, 0, 2, 1); break;
            case Mnemonic.Vfmadd231ps: MultiplyAdd(i, 1, 2, 0); break;
            case Mnemonic.Vcvtdq2ps: Unary<int, float>(i, static a => a); break;
            case Mnemonic.Vcvtps2dq: Unary<float, int>(i, Round); break;
            case Mnemonic.Vpternlogd: Ternary(i); break;
            case Mnemonic.Vpcmpeqd: CompareEqual(i); break;
            case Mnemonic.Vpermd: Permute(i); break;
            case Mnemonic.Vpackssdw: Pack<int, short>(i, static a => (short)Math.Clamp(a, short.MinValue, short.MaxValue)); break;
            case Mnemonic.Vpacksswb: Pack<short, sbyte>(i, static a => (sbyte)Math.Clamp(a, sbyte.MinValue, sbyte.MaxValue)); break;
            case Mnemonic.Vpackuswb: Pack<short, byte>(i, static a => (byte)Math.Clamp(a, byte.MinValue, byte.MaxValue)); break;
            case Mnemonic.Vpunpcklbw: Unpack(i, 1, 0); break;
            case Mnemonic.Vpunpckhbw: Unpack(i, 1, 8); break;
            case Mnemonic.Vpunpcklwd: Unpack(i, 2, 0); break;
            case Mnemonic.Vpunpckhwd: Unpack(i, 2, 8); break;
            case Mnemonic.Vzeroupper:
                for (var r = Register.ZMM0; r <= Register.ZMM15; r++) registers.Whole(r)[16..].Clear();
                break;
            default: return false;
        }
        return true;
    }

    private static int Round(float value)
    {
        float rounded = MathF.Round(value, MidpointRounding.ToEven);
        return rounded is >= -2147483648f and < 2147483648f ? (int)rounded : int.MinValue;
    }

    private void Move(in Instruction i, int elementBytes)
    {
        if (i.Op0Kind == OpKind.Register)
        {
            // A masked load does not touch what is masked; no kernel has one.
            if (i.Op1Kind == OpKind.Memory && i.HasOpMask) throw new NotSupportedException("The interpreter knows no masked loads.");
            Source(i, 1).CopyTo(_result);
            Commit(i, elementBytes);
            return;
        }
        var source = registers.Vector(i.Op1Register);
        nint address = Address(registers, i);
        if (!i.HasOpMask)
        {
            source.CopyTo(new Span<byte>(memory.Check(address, source.Length, write: true), source.Length));
            return;
        }
        for (int at = 0; at < source.Length; at += elementBytes)
        {
            if (IsOn(i, at / elementBytes)) source.Slice(at, elementBytes).CopyTo(new Span<byte>(memory.Check(address + at, elementBytes, write: true), elementBytes));
        }
    }

    private void Broadcast(in Instruction i)
    {
        int value = i.Op1Kind == OpKind.Memory ? *(int*)memory.Check(Address(registers, i), 4, write: false)
            : i.Op1Register.IsGPR32() ? (int)registers[i.Op1Register] : As<int>(registers.Whole(i.Op1Register))[0];
        As<int>(_result).Fill(value);
        Commit(i, 4);
    }

    private void DotProduct(in Instruction i)
    {
        var sums = As<int>(Source(i, 0));
        var a = Source(i, 1);
        var b = As<sbyte>(Source(i, 2));
        var result = As<int>(_result);
        for (int n = 0; n < sums.Length; n++)
        {
            int at = n * 4;
            result[n] = sums[n] + a[at] * b[at] + a[at + 1] * b[at + 1] + a[at + 2] * b[at + 2] + a[at + 3] * b[at + 3];
        }
        Commit(i, 4);
    }

    private void DotProductOfWords(in Instruction i)
    {
        var sums = As<int>(Source(i, 0));
        var a = As<short>(Source(i, 1));
        var b = As<short>(Source(i, 2));
        var result = As<int>(_result);
        for (int n = 0; n < sums.Length; n++) result[n] = unchecked(sums[n] + a[n * 2] * b[n * 2] + a[n * 2 + 1] * b[n * 2 + 1]);
        Commit(i, 4);
    }

    private void MultiplyPairs(in Instruction i)
    {
        var a = Source(i, 1);
        var b = As<sbyte>(Source(i, 2));
        var result = As<short>(_result);
        for (int n = 0; n < a.Length / 2; n++) result[n] = (short)Math.Clamp(a[n * 2] * b[n * 2] + a[n * 2 + 1] * b[n * 2 + 1], short.MinValue, short.MaxValue);
        Commit(i, 2);
    }

    // Two operands' product and a third.
    private void MultiplyAdd(in Instruction i, int first, int second, int third)
    {
        var a = As<float>(Source(i, first));
        var b = As<float>(Source(i, second));
        var c = As<float>(Source(i, third));
        var result = As<float>(_result);
        for (int n = 0; n < a.Length; n++) result[n] = MathF.FusedMultiplyAdd(a[n], b[n], c[n]);
        Commit(i, 4);
    }

    private void ShiftRight(in Instruction i)
    {
        var a = As<uint>(Source(i, 1));
        var result = As<uint>(_result);
        for (int n = 0; n < a.Length; n++) result[n] = a[n] >> i.Immediate8;
        Commit(i, 4);
    }

    private void Ternary(in Instruction i)
    {
        var a = As<uint>(Source(i, 0));
        var b = As<uint>(Source(i, 1));
        var c = As<uint>(Source(i, 2));
        var result = As<uint>(_result);
        uint table = i.Immediate8;
        for (int n = 0; n < a.Length; n++)
        {
            result[n] = 0;
            for (int bit = 0; bit < 32; bit++)
            {
                uint row = (a[n] >> bit & 1) << 2 | (b[n] >> bit & 1) << 1 | (c[n] >> bit & 1);
                result[n] |= (table >> (int)row & 1) << bit;
            }
        }
        Commit(i, 4);
    }

    private void CompareEqual(in Instruction i)
    {
        var a = As<int>(Source(i, 1));
        var b = As<int>(Source(i, 2));
        ulong mask = 0;
        for (int n = 0; n < a.Length; n++) mask |= (a[n] == b[n] ? 1UL : 0) << n;
        registers.Masks[i.Op0Register.GetNumber()] = mask;
    }

    private void Permute(in Instruction i)
    {
        var places = As<int>(Source(i, 1));
        var from = As<int>(Source(i, 2));
        var result = As<int>(_result);
        for (int n = 0; n < places.Length; n++) result[n] = from[places[n] & (places.Length - 1)];
        Commit(i, 4);
    }

    // Each 128 bits: those of the first operand, then those of the second.
    private void Pack<TFrom, TTo>(in Instruction i, Func<TFrom, TTo> narrow) where TFrom : unmanaged where TTo : unmanaged
    {
        var a = As<TFrom>(Source(i, 1));
        var b = As<TFrom>(Source(i, 2));
        var result = As<TTo>(_result);
        int lane = 16 / sizeof(TFrom);
        for (int n = 0; n < a.Length; n++)
        {
            int to = n / lane * 2 * lane + n % lane;
            result[to] = narrow(a[n]);
            result[to + lane] = narrow(b[n]);
        }
        Commit(i, sizeof(TTo));
    }

    // Each 128 bits: elements of one half of both operands, alternating.
    private void Unpack(in Instruction i, int bytes, int half)
    {
        var a = Source(i, 1);
        var b = Source(i, 2);
        for (int lane = 0; lane < a.Length; lane += 16)
            for (int at = 0; at < 8; at += bytes)
            {
                a.Slice(lane + half + at, bytes).CopyTo(_result.AsSpan(lane + at * 2));
                b.Slice(lane + half + at, bytes).CopyTo(_result.AsSpan(lane + at * 2 + bytes));
            }
        Commit(i, bytes);
    }

    private void Binary<T>(in Instruction i, Func<T, T, T> function) where T : unmanaged
    {
        var a = As<T>(Source(i, 1));
        var b = As<T>(Source(i, 2));
        var result = As<T>(_result);
        for (int n = 0; n < a.Length; n++) result[n] = function(a[n], b[n]);
        Commit(i, sizeof(T));
    }

    private void Unary<TFrom, TTo>(in Instruction i, Func<TFrom, TTo> function) where TFrom : unmanaged where TTo : unmanaged
    {
        var a = As<TFrom>(Source(i, 1));
        var result = As<TTo>(_result);
        for (int n = 0; n < a.Length; n++) result[n] = function(a[n]);
        Commit(i, sizeof(TTo));
    }

    private Span<byte> Source(in Instruction i, int operand)
    {
        if (i.GetOpKind(operand) == OpKind.Register) return registers.Vector(i.GetOpRegister(operand));
        int bytes = i.MemorySize.GetSize();
        return new Span<byte>(memory.Check(Address(registers, i), bytes, write: false), bytes);
    }

    // Writes the result where the mask allows it; above the operand's size a register becomes zero.
    private void Commit(in Instruction i, int elementBytes)
    {
        var to = registers.Whole(i.Op0Register);
        int bytes = i.Op0Register.GetSize();
        for (int at = 0; at < bytes; at += elementBytes)
        {
            if (!i.HasOpMask || IsOn(i, at / elementBytes)) _result.AsSpan(at, elementBytes).CopyTo(to[at..]);
            else if (i.ZeroingMasking) to.Slice(at, elementBytes).Clear();
        }
        to[bytes..].Clear();
    }

    private bool IsOn(in Instruction i, int element) => (registers.Masks[i.OpMask.GetNumber()] >> element & 1) != 0;

    private static Span<T> As<T>(Span<byte> bytes) where T : unmanaged => MemoryMarshal.Cast<byte, T>(bytes);
}
