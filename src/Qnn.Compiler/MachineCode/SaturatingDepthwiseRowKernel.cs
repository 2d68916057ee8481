using Iced.Intel;
using Qnn.Runtime.MachineCode;
using static Iced.Intel.AssemblerRegisters;

namespace Qnn.Compiler.MachineCode;

/// <summary>
/// Sums whose products saturate by pairs as FBGEMM's do: the taps 2i and 2i + 1 of the window, row by row, are interleaved to [channel][2] bytes, multiplied and added to 16 bits by vpmaddubsw,
/// and two such sums at a time are added to the accumulators. The ninth tap alone cannot saturate.
/// </summary>
/// <param name="Stride">1 or 2.</param>
/// <param name="PadLeft">Columns of zero points before the input, 0 to 2.</param>
/// <param name="InputWidth">Columns of the input.</param>
/// <param name="OutputWidth">Columns of the output.</param>
/// <param name="Channels">Channels.</param>
/// <param name="Dilation">Columns from one of the window to the next; of others the function knows nothing. 1 where the stride is not.</param>
/// <param name="Epilogue">The epilogue, for every 64 channels the same.</param>
internal sealed record SaturatingDepthwiseRowKernel(int Stride, int PadLeft, int InputWidth, int OutputWidth, int Channels, int Dilation, TileEpilogue Epilogue)
    : ChannelBlocksKernel(Channels, Dilation, Epilogue)
{
    /// <summary>Weights of 64 channels: for each of four pairs of taps the two halves of the interleaved bytes, then the ninth tap as <see cref="DepthwiseRowKernel"/> has it.</summary>
    public const int BlockWeights = 12 * 64;

    private const int Window = 3;
    private const int Weights = 0, Last = 8, Sums = 12, Words = 16, Taps = 20, Ones = 22, Accumulators = 24, Temporary = 30;

    /// <inheritdoc/>
    protected override int BlockBytes => BlockWeights;

    /// <inheritdoc/>
    protected override void EmitConstants(Assembler c)
    {
        c.mov(eax, 0x0001_0001);
        c.vpbroadcastd(Z(Ones), eax);
    }

    /// <inheritdoc/>
    protected override void EmitBlock(Assembler c, bool masked)
    {
        for (int i = 0; i < 12; i++) c.vmovdqu32(Z(Weights + i), __zmmword_ptr[rdx + i * 64]);
        c.mov(rax, rcx);
        // rbx: the window's first column.
        c.mov(rbx, -(long)PadLeft * Pitch);
        int output = 0;
        for (; output < OutputWidth && !IsInside(output); output++) EmitOutput(c, output, masked);
        int regular = 0;
        while (output + regular < OutputWidth && IsInside(output + regular)) regular++;
        if (regular > 1)
        {
            c.mov(ebp, regular);
            var loop = c.CreateLabel();
            c.Label(ref loop);
            EmitOutput(c, output, masked);
            c.dec(ebp);
            c.jne(loop);
            output += regular;
        }
        for (; output < OutputWidth; output++) EmitOutput(c, output, masked);
    }

    // Whether the whole window is in the input.
    private bool IsInside(int output) => IsInside(output, 0) && IsInside(output, Window - 1);

    private bool IsInside(int output, int column) => (uint)(output * Stride - PadLeft + column) < (uint)InputWidth;

    private void EmitOutput(Assembler c, int output, bool masked)
    {
        for (int j = 0; j < 4; j++) c.vmovdqu32(Z(Accumulators + j), __zmmword_ptr[rsi + (j * Epilogue.VectorBytes + EpilogueLayout.Bias)]);
        for (int pair = 0; pair < 4; pair += 2)
        {
            EmitPair(c, output, pair, Sums);
            EmitPair(c, output, pair + 1, Sums + 2);
            for (int j = 0; j < 4; j++)
            {
                var (word, first, second) = (Z(Words + j), Z(Sums + j / 2), Z(Sums + 2 + j / 2));
                if (j % 2 == 0) c.vpunpcklwd(word, first, second);
                else c.vpunpckhwd(word, first, second);
                c.vpdpwssd(Z(Accumulators + j), word, Z(Ones));
            }
        }
        EmitTap(c, output, 8, Z(Taps));
        c.vpunpcklbw(Z(Sums), Z(Taps), Z(Taps));
        c.vpunpckhbw(Z(Sums + 1), Z(Taps), Z(Taps));
        for (int j = 0; j < 4; j++)
        {
            if (j % 2 == 0) c.vpunpcklwd(Z(Words + j), Z(Sums + j / 2), Z(Sums + j / 2));
            else c.vpunpckhwd(Z(Words + j), Z(Sums + j / 2), Z(Sums + j / 2));
            c.vpdpbusd(Z(Accumulators + j), Z(Words + j), Z(Last + j));
        }
        EmitResults(c, Accumulators, Temporary, masked);
        c.add(rbx, Stride * Pitch);
    }

    // A pair's sums: the channels of the low half of each 128 bits to one register, those of the high half to the next.
    private void EmitPair(Assembler c, int output, int pair, int to)
    {
        EmitTap(c, output, 2 * pair, Z(Taps));
        EmitTap(c, output, 2 * pair + 1, Z(Taps + 1));
        c.vpunpcklbw(Z(to), Z(Taps), Z(Taps + 1));
        c.vpunpckhbw(Z(to + 1), Z(Taps), Z(Taps + 1));
        c.vpmaddubsw(Z(to), Z(to), Z(Weights + 2 * pair));
        c.vpmaddubsw(Z(to + 1), Z(to + 1), Z(Weights + 2 * pair + 1));
    }

    private void EmitTap(Assembler c, int output, int tap, AssemblerRegisterZMM to)
    {
        int column = tap % Window;
        if (IsInside(output, column)) c.vmovdqu8(to, __zmmword_ptr[Row(tap / Window) + rbx + column * Pitch]);
        else c.vmovdqu32(to, __zmmword_ptr[r11 + ConstantsLayout.InputZeroPoint]);
    }
}
