using Iced.Intel;
using Qnn.Runtime.MachineCode;
using static Iced.Intel.AssemblerRegisters;

namespace Qnn.Compiler.MachineCode;

/// <summary>
/// One row of a depthwise 3x3 convolution, 64 channels at a time; the last block, of fewer, in registers no wider than it needs. The three rows of an input column are interleaved to [channel][row 0, row 1, row 2, -],
/// which vpdpbusd takes, and stay in registers for all the outputs whose window has the column. The interleaving leaves accumulators in an order that packing undoes.
/// The argument is a <see cref="DepthwiseArguments"/>.
/// </summary>
/// <param name="Stride">1 or 2.</param>
/// <param name="PadLeft">Columns of zero points before the input, 0 to 2.</param>
/// <param name="InputWidth">Columns of the input.</param>
/// <param name="OutputWidth">Columns of the output.</param>
/// <param name="Channels">Channels.</param>
/// <param name="Remainders">A bit for each of the 3 x 4 weight vectors: whether a block has remainders there.</param>
/// <param name="Epilogue">The epilogue, for every 64 channels the same.</param>
internal sealed record DepthwiseRowKernel(int Stride, int PadLeft, int InputWidth, int OutputWidth, int Channels, int Remainders, TileEpilogue Epilogue) : MachineKernel
{
    private const int Weights = 0, Columns = 12, Accumulators = 24, Signs = 28, ZeroPoint = 29, Temporary = 30;
    private const int BlockWeights = 12 * 64;

    /// <inheritdoc/>
    public override void Emit(KernelCode code)
    {
        var c = code.Assembler;
        // r8, r9, r10: rows; rcx: results, both at the first channel of the block. rdx: weights, rsi: epilogue, r11: constants, rdi: blocks left; rax: result, rbx: column.
        c.push(rbx);
        c.push(rbp);
        c.mov(r8, __qword_ptr[rdi]);
        c.mov(r9, __qword_ptr[rdi + 8]);
        c.mov(r10, __qword_ptr[rdi + 16]);
        c.mov(rcx, __qword_ptr[rdi + 24]);
        c.mov(rdx, __qword_ptr[rdi + 32]);
        c.mov(rsi, __qword_ptr[rdi + 40]);
        c.mov(r11, __qword_ptr[rdi + 48]);
        if (Epilogue.HasZeroPoint) c.vmovdqu32(Z(ZeroPoint), __zmmword_ptr[r11 + ConstantsLayout.ZeroPoint]);
        if (Epilogue.NeedsSigns) EpilogueEmitter.LoadSigns(c, Z(Signs));
        int whole = Channels / 64, last = Channels % 64;
        if (last != 0)
        {
            c.mov(rax, (1L << last) - 1);
            c.kmovq(k1, rax);
        }
        if (whole > 0)
        {
            c.mov(edi, whole);
            var block = c.CreateLabel("block");
            c.Label(ref block);
            EmitBlock(c, masked: false);
            c.add(r8, 64);
            c.add(r9, 64);
            c.add(r10, 64);
            c.add(rcx, 64);
            c.add(rdx, Remainders != 0 ? 2 * BlockWeights : BlockWeights);
            c.add(rsi, 4 * Epilogue.VectorBytes);
            c.dec(edi);
            c.jne(block);
        }
        if (last > 0) code.Narrow(last <= 16 ? 16 : last <= 32 ? 32 : 64, () => EmitBlock(c, masked: last is not (16 or 32)));
        c.vzeroupper();
        c.pop(rbp);
        c.pop(rbx);
        c.ret();
    }

    private void EmitBlock(Assembler c, bool masked)
    {
        for (int i = 0; i < 12; i++) c.vmovdqu32(Z(Weights + i), __zmmword_ptr[rdx + i * 64]);
        c.mov(rax, rcx);
        c.xor(ebx, ebx);
        // Columns count from the first, padded one; the window of output x is columns x * Stride to x * Stride + 2, column i in register set i % 3.
        for (int column = 0; column < 3 - Stride; column++) EmitColumn(c, column);
        int first = 0;
        while (first < OutputWidth && !IsInside(first)) EmitOutput(c, first++, masked);
        int regular = first;
        while (regular < OutputWidth && IsInside(regular)) regular++;
        int rounds = (regular - first) / 3;
        if (rounds > 1)
        {
            c.mov(ebp, rounds);
            var loop = c.CreateLabel();
            c.Label(ref loop);
            for (int i = 0; i < 3; i++) EmitOutput(c, first + i, masked);
            c.dec(ebp);
            c.jne(loop);
            first += rounds * 3;
        }
        for (; first < OutputWidth; first++) EmitOutput(c, first, masked);
    }

    // Whether all new columns of an output are in the input.
    private bool IsInside(int output)
    {
        int newest = output * Stride + 2 - PadLeft;
        return newest - (Stride - 1) >= 0 && newest < InputWidth;
    }

    private void EmitColumn(Assembler c, int column)
    {
        int set = Columns + column % 3 * 4;
        if (column < PadLeft || column - PadLeft >= InputWidth)
        {
            for (int j = 0; j < 4; j++) c.vmovdqu32(Z(set + j), __zmmword_ptr[r11 + ConstantsLayout.InputZeroPoint]);
            return;
        }
        var (q0, q1, q2, q3, t0, t1) = (Z(set), Z(set + 1), Z(set + 2), Z(set + 3), Z(Temporary), Z(Temporary + 1));
        c.vmovdqu8(t0, __zmmword_ptr[r8 + rbx]);
        c.vmovdqu8(t1, __zmmword_ptr[r9 + rbx]);
        c.vpunpcklbw(q0, t0, t1);
        c.vpunpckhbw(q2, t0, t1);
        c.vmovdqu8(t0, __zmmword_ptr[r10 + rbx]);
        // The fourth weight is zero, so the third row may stand there as well.
        c.vpunpckhbw(t1, t0, t0);
        c.vpunpcklbw(t0, t0, t0);
        c.vpunpckhwd(q1, q0, t0);
        c.vpunpcklwd(q0, q0, t0);
        c.vpunpckhwd(q3, q2, t1);
        c.vpunpcklwd(q2, q2, t1);
        c.add(rbx, Channels);
    }

    private void EmitOutput(Assembler c, int output, bool masked)
    {
        for (int i = 0; i < Stride; i++) EmitColumn(c, output * Stride + 3 - Stride + i);
        for (int j = 0; j < 4; j++) c.vmovdqu32(Z(Accumulators + j), __zmmword_ptr[rsi + (j * Epilogue.VectorBytes + EpilogueLayout.Bias)]);
        for (int column = 0; column < 3; column++)
        {
            for (int j = 0; j < 4; j++) c.vpdpbusd(Z(Accumulators + j), Z(Columns + (output * Stride + column) % 3 * 4 + j), Z(Weights + column * 4 + j));
        }
        for (int i = 0; i < 12; i++)
        {
            if ((Remainders >> i & 1) != 0) c.vpdpbusd(Z(Accumulators + i % 4), Z(Columns + (output * Stride + i / 4) % 3 * 4 + i % 4), __zmmword_ptr[rdx + (BlockWeights + i * 64)]);
        }
        Span<AssemblerRegisterZMM> v = [Z(Accumulators), Z(Accumulators + 1), Z(Accumulators + 2), Z(Accumulators + 3)];
        for (int j = 0; j < 4; j++) EpilogueEmitter.Requantize(c, v[j], Epilogue[j], rsi, j * Epilogue.VectorBytes, Z(Temporary), Z(Signs));
        EpilogueEmitter.Pack(c, v, Epilogue, Z(ZeroPoint), r11);
        if (masked) c.vmovdqu8(__zmmword_ptr[rax].k1, v[0]);
        else c.vmovdqu8(__zmmword_ptr[rax], v[0]);
        c.add(rax, Channels);
    }
}
