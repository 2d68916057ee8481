using Iced.Intel;

namespace Qnn.Compiler.MachineCode;

/// <summary>A function to assemble. Equal records make equal code, so a function that several layers need is stored once.</summary>
internal abstract record MachineKernel
{
    /// <summary>Assembles the function: System V calling convention, one argument (a pointer to the family's argument structure), position independent.</summary>
    public abstract void Emit(KernelCode code);

    /// <summary>The function's bytes.</summary>
    public byte[] Assemble()
    {
        var code = new KernelCode();
        Emit(code);
        return code.Encode();
    }

    /// <summary>A 512-bit register.</summary>
    protected static AssemblerRegisterZMM Z(int index) => s_zmm[index];

    /// <summary>The low 256 bits of a register.</summary>
    protected static AssemblerRegisterYMM Y(int index) => s_ymm[index];

    /// <summary>The low 128 bits of a register.</summary>
    protected static AssemblerRegisterXMM X(int index) => s_xmm[index];

    private static readonly AssemblerRegisterZMM[] s_zmm = [.. Enumerable.Range(0, 32).Select(i => new AssemblerRegisterZMM(Register.ZMM0 + i))];
    private static readonly AssemblerRegisterYMM[] s_ymm = [.. Enumerable.Range(0, 32).Select(i => new AssemblerRegisterYMM(Register.YMM0 + i))];
    private static readonly AssemblerRegisterXMM[] s_xmm = [.. Enumerable.Range(0, 32).Select(i => new AssemblerRegisterXMM(Register.XMM0 + i))];
}
