using Iced.Intel;
using Qnn.Runtime.MachineCode;
using static Iced.Intel.AssemblerRegisters;

namespace Qnn.Compiler.MachineCode;

/// <summary>
/// Exact sums, by vpdpbusd: the three rows of an input column are interleaved to [channel][row 0, row 1, row 2, -] and stay in registers for all the outputs whose window has the column.
/// </summary>
/// <param name="Stride">1 or 2.</param>
/// <param name="PadLeft">Columns of zero points before the input, 0 to 2.</param>
/// <param name="InputWidth">Columns of the input.</param>
/// <param name="OutputWidth">Columns of the output.</param>
/// <param name="Channels">Channels.</param>
/// <param name="Dilation">Columns from one of the window to the next; of others the function knows nothing. 1 where the stride is not.</param>
/// <param name="Remainders">A bit for each of the 3 x 4 weight vectors: whether a block has remainders there.</param>
/// <param name="Epilogue">The epilogue, for every 64 channels the same.</param>
internal sealed record DepthwiseRowKernel(int Stride, int PadLeft, int InputWidth, int OutputWidth, int Channels, int Dilation, int Remainders, TileEpilogue Epilogue)
    : ChannelBlocksKernel(Channels, Dilation, Epilogue)
{
    private const int Weights = 0, Columns = 12, Accumulators = 24, Temporary = 30;
    private const int BlockWeights = 12 * 64;

    /// <inheritdoc/>
    protected override int BlockBytes => Remainders != 0 ? 2 * BlockWeights : BlockWeights;

    /// <inheritdoc/>
    protected override void EmitBlock(Assembler c, bool masked)
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
        c.add(rbx, Pitch);
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
        EmitResults(c, Accumulators, Temporary, masked);
    }
}
