using Iced.Intel;
using Qnn.Runtime.MachineCode;
using static Iced.Intel.AssemblerRegisters;

namespace Qnn.Compiler.MachineCode;

/// <summary>
/// One row of a depthwise convolution, 64 channels at a time; the last block, of fewer, in registers no wider than it needs. Interleaving bytes leaves accumulators in an order that packing undoes.
/// The argument is a <see cref="DepthwiseArguments"/>.
/// </summary>
/// <param name="Channels">Channels.</param>
/// <param name="Dilation">Columns from one that the function reads or writes to the next.</param>
/// <param name="Epilogue">The epilogue, for every 64 channels the same.</param>
internal abstract record ChannelBlocksKernel(int Channels, int Dilation, TileEpilogue Epilogue) : MachineKernel
{
    /// <summary>Bytes from a column to the next.</summary>
    protected int Pitch => Channels * Dilation;

    /// <summary>The register of the signs, where the epilogue needs them.</summary>
    protected const int Signs = 28;

    /// <summary>The register of the zero point.</summary>
    protected const int ZeroPoint = 29;

    private const int ResultsAt = 0, WeightsAt = 8, EpilogueAt = 16, ConstantsAt = 24, RowsAt = 32, BlocksAt = RowsAt + DepthwiseArguments.MaxRows * 8;

    private static readonly AssemblerRegister64[] s_rows = [r8, r9, r10, r12, r13, r14, r15];

    /// <summary>Rows of the window.</summary>
    protected virtual int Rows => 3;

    /// <summary>Bytes of the weights of 64 channels.</summary>
    protected abstract int BlockBytes { get; }

    /// <inheritdoc/>
    public sealed override void Emit(KernelCode code)
    {
        var c = code.Assembler;
        // r8, r9, r10, r12 to r15: rows; rcx: results, both at the first channel of the block. rdx: weights, rsi: epilogue, r11: constants, rdi: blocks left; rax: result, rbx: column.
        c.push(rbx);
        c.push(rbp);
        for (int i = 3; i < Rows; i++) c.push(s_rows[i]);
        for (int i = 0; i < Rows; i++) c.mov(s_rows[i], __qword_ptr[rdi + (RowsAt + i * 8)]);
        c.mov(rcx, __qword_ptr[rdi + ResultsAt]);
        c.mov(rdx, __qword_ptr[rdi + WeightsAt]);
        c.mov(rsi, __qword_ptr[rdi + EpilogueAt]);
        c.mov(r11, __qword_ptr[rdi + ConstantsAt]);
        if (Epilogue.HasZeroPoint) c.vmovdqu32(Z(ZeroPoint), __zmmword_ptr[r11 + ConstantsLayout.ZeroPoint]);
        EmitConstants(c);
        if (Epilogue.NeedsSigns) EpilogueEmitter.LoadSigns(c, Z(Signs));
        int whole = Channels / 64, last = Channels % 64;
        if (last != 0)
        {
            c.mov(rax, (1L << last) - 1);
            c.kmovq(k1, rax);
        }
        if (whole > 0)
        {
            if (last == 0) c.mov(edi, __dword_ptr[rdi + BlocksAt]);
            else c.mov(edi, whole);
            var block = c.CreateLabel("block");
            c.Label(ref block);
            EmitBlock(c, masked: false);
            for (int i = 0; i < Rows; i++) c.add(s_rows[i], 64);
            c.add(rcx, 64);
            c.add(rdx, BlockBytes);
            c.add(rsi, 4 * Epilogue.VectorBytes);
            c.dec(edi);
            c.jne(block);
        }
        if (last > 0) code.Narrow(last <= 16 ? 16 : last <= 32 ? 32 : 64, () => EmitBlock(c, masked: last is not (16 or 32)));
        c.vzeroupper();
        for (int i = Rows - 1; i >= 3; i--) c.pop(s_rows[i]);
        c.pop(rbp);
        c.pop(rbx);
        c.ret();
    }

    /// <summary>The register of a row.</summary>
    protected static AssemblerRegister64 Row(int index) => s_rows[index];

    /// <summary>Fills registers that all blocks use.</summary>
    protected virtual void EmitConstants(Assembler c)
    {
    }

    /// <summary>All outputs of up to 64 channels; <paramref name="masked"/>: only those that k1 says are written.</summary>
    protected abstract void EmitBlock(Assembler c, bool masked);

    /// <summary>Four accumulators, from <paramref name="first"/> on, to an output's results, and on to the next.</summary>
    protected void EmitResults(Assembler c, int first, int temporary, bool masked)
    {
        Span<AssemblerRegisterZMM> v = [Z(first), Z(first + 1), Z(first + 2), Z(first + 3)];
        for (int j = 0; j < 4; j++) EpilogueEmitter.Requantize(c, v[j], Epilogue[j], new(rsi, j * Epilogue.VectorBytes), r11, Z(temporary), Z(Signs));
        EpilogueEmitter.Pack(c, v, Epilogue, Z(ZeroPoint), r11);
        if (masked) c.vmovdqu8(__zmmword_ptr[rax].k1, v[0]);
        else c.vmovdqu8(__zmmword_ptr[rax], v[0]);
        c.add(rax, Pitch);
    }
}
