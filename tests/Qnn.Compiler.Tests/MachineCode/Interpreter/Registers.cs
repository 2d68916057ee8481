using System.Runtime.InteropServices;
using Iced.Intel;

namespace Qnn.Compiler.Tests.MachineCode.Interpreter;

/// <summary>The registers of a CPU with AVX-512.</summary>
internal sealed class Registers
{
    private readonly byte[] _vectors = new byte[32 * 64];

    /// <summary>General registers by number, rax first.</summary>
    public long[] General { get; } = new long[16];

    /// <summary>Mask registers.</summary>
    public ulong[] Masks { get; } = new ulong[8];

    /// <summary>The zero flag.</summary>
    public bool IsZero { get; set; }

    /// <summary>Whether the sign flag differs from the overflow flag.</summary>
    public bool IsLess { get; set; }

    /// <summary>Fills all registers with what no code may rely on.</summary>
    public void Poison(Random random)
    {
        random.NextBytes(_vectors);
        random.NextBytes(MemoryMarshal.AsBytes(General.AsSpan()));
        random.NextBytes(MemoryMarshal.AsBytes(Masks.AsSpan()));
    }

    /// <summary>A general register's value, sign-extended.</summary>
    public long this[Register register]
    {
        get
        {
            long value = General[register.GetFullRegister().GetNumber()];
            return register.GetSize() == 4 ? (int)value : value;
        }

        // Writing 32 bits clears the rest.
        set => General[register.GetFullRegister().GetNumber()] = register.GetSize() == 4 ? (uint)value : value;
    }

    /// <summary>The bytes of a vector register, as many as its name says.</summary>
    public Span<byte> Vector(Register register) => _vectors.AsSpan(register.GetFullRegister().GetNumber() * 64, register.GetSize());

    /// <summary>All 64 bytes of a vector register.</summary>
    public Span<byte> Whole(Register register) => _vectors.AsSpan(register.GetFullRegister().GetNumber() * 64, 64);
}
