using Iced.Intel;
using Qnn.Runtime.MachineCode;
using static Iced.Intel.AssemblerRegisters;

namespace Qnn.Compiler.MachineCode;

/// <summary>
/// Rows of uint8 activations times int8 weights of up to 64 output channels, accumulated in registers with vpdpbusd and requantized: pointwise convolutions, dense layers,
/// and other convolutions, whose window is a sequence of segments in memory. The argument is a <see cref="TileArguments"/>.
/// </summary>
/// <param name="Rows">Rows of a tile; Rows x Vectors accumulators, at most 24.</param>
/// <param name="Vectors">Blocks of sixteen output channels, 1 to 4.</param>
/// <param name="Lines">Window lines.</param>
/// <param name="LinePitch">Bytes from a line of the window to the next.</param>
/// <param name="Taps">Segments of a line.</param>
/// <param name="TapPitch">Bytes from a segment to the next.</param>
/// <param name="Steps">Steps of four activations in a segment.</param>
/// <param name="RowPitch">Bytes from one row of activations to the next.</param>
/// <param name="ResultPitch">Bytes from one row of results to the next.</param>
/// <param name="Channels">Output channels to write, at most 16 * Vectors.</param>
/// <param name="HasRemainders">Whether there are remainder steps.</param>
/// <param name="Epilogue">The epilogue.</param>
internal sealed record TileKernel(
    int Rows, int Vectors, int Lines, int LinePitch, int Taps, int TapPitch, int Steps, int RowPitch, int ResultPitch, int Channels, bool HasRemainders, TileEpilogue Epilogue) : MachineKernel
{
    // Windows of so few steps are unrolled.
    private const int UnrolledSteps = 16;

    // With so few rows the weights come from memory as fast as they are used.
    private const int StreamingRows = 2, PrefetchBytes = 1024;

    private const int Temporary = 31, Signs = 30;

    /// <summary>The most rows of a tile.</summary>
    public static int MaxRows(int vectors) => vectors switch { 4 => 6, 3 => 8, 2 => 12, _ => 14 };

    private int Weights => Rows * Vectors;
    private int Broadcast => Weights + Vectors;
    private int BlockBytes => Lines * Taps * Steps * 64;

    /// <inheritdoc/>
    public override void Emit(Assembler c)
    {
        // rsi: activations of the tile, rcx: its results, r8: weights, r9: epilogue, r10: constants, r11: rows left.
        c.push(rbx);
        c.mov(rsi, __qword_ptr[rdi]);
        c.mov(rcx, __qword_ptr[rdi + 8]);
        c.mov(r8, __qword_ptr[rdi + 16]);
        c.mov(r9, __qword_ptr[rdi + 24]);
        c.mov(r10, __qword_ptr[rdi + 32]);
        c.mov(r11, __qword_ptr[rdi + 40]);
        if (IsMasked)
        {
            c.mov(rax, (1L << Channels) - 1);
            c.kmovq(k1, rax);
        }
        if (Epilogue.NeedsSigns) EpilogueEmitter.LoadSigns(c, Z(Signs));

        var tile = c.CreateLabel("tile");
        var full = c.CreateLabel("full");
        c.Label(ref tile);
        c.cmp(r11, Rows);
        c.jge(full);
        // Fewer rows are left than the tile has: step back to rows that are done already.
        c.mov(eax, Rows);
        c.sub(rax, r11);
        c.imul(rdx, rax, RowPitch);
        c.sub(rsi, rdx);
        c.imul(rdx, rax, ResultPitch);
        c.sub(rcx, rdx);
        c.mov(r11d, Rows);

        c.Label(ref full);
        for (int j = 0; j < Vectors; j++) c.vmovdqu32(Z(j), __zmmword_ptr[r9 + (j * Epilogue.VectorBytes + EpilogueLayout.Bias)]);
        for (int i = 1; i < Rows; i++)
        {
            for (int j = 0; j < Vectors; j++) c.vmovdqa32(Z(i * Vectors + j), Z(j));
        }
        for (int line = 0; line < Lines; line++)
        {
            for (int tap = 0; tap < Taps; tap++) EmitSegment(c, line * LinePitch + tap * TapPitch, (line * Taps + tap) * Steps * 64);
        }
        if (HasRemainders) EmitRemainders(c);
        EmitEpilogue(c);

        c.add(rsi, Rows * RowPitch);
        c.add(rcx, Rows * ResultPitch);
        c.sub(r11, Rows);
        c.jg(tile);
        c.vzeroupper();
        c.pop(rbx);
        c.ret();
    }

    private bool IsMasked => Channels is not (16 or 32 or 64);

    private void EmitSegment(Assembler c, int activations, int weights)
    {
        if (Steps * Lines * Taps <= UnrolledSteps || Steps <= 2)
        {
            for (int step = 0; step < Steps; step++) EmitStep(c, rsi, activations + step * 4, r8, weights + step * 64, BlockBytes);
            return;
        }
        c.lea(rax, __[rsi + activations]);
        c.lea(rdx, __[r8 + weights]);
        c.mov(ebx, Steps);
        var loop = c.CreateLabel();
        c.Label(ref loop);
        EmitStep(c, rax, 0, rdx, 0, BlockBytes);
        c.add(rax, 4);
        c.add(rdx, 64);
        c.dec(ebx);
        c.jne(loop);
    }

    // acc[i][j] += four activations of row i x four weights of each channel of block j.
    private void EmitStep(Assembler c, AssemblerRegister64 activations, int offset, AssemblerRegister64 weights, int weightOffset, int blockBytes)
    {
        for (int j = 0; j < Vectors; j++)
        {
            c.vmovdqu32(Z(Weights + j), __zmmword_ptr[weights + (weightOffset + j * blockBytes)]);
            if (Rows <= StreamingRows) c.prefetcht0(__byte_ptr[weights + (weightOffset + j * blockBytes + PrefetchBytes)]);
        }
        for (int i = 0; i < Rows; i++)
        {
            var four = Z(Broadcast + (i & 1));
            c.vpbroadcastd(four, __dword_ptr[activations + (offset + i * RowPitch)]);
            for (int j = 0; j < Vectors; j++) c.vpdpbusd(Z(i * Vectors + j), four, Z(Weights + j));
        }
    }

    private void EmitRemainders(Assembler c)
    {
        c.mov(rdx, __qword_ptr[rdi + 48]);
        c.mov(rbx, __qword_ptr[rdi + 56]);
        var loop = c.CreateLabel();
        c.Label(ref loop);
        c.movsxd(rax, __dword_ptr[rdx]);
        c.add(rax, rsi);
        EmitStep(c, rax, 0, rdx, 64, 64);
        c.add(rdx, 64 + Vectors * 64);
        c.dec(rbx);
        c.jne(loop);
    }

    private void EmitEpilogue(Assembler c)
    {
        var (zeroPoint, permutation) = (Z(Weights), Z(Weights + 1));
        c.vmovdqu32(zeroPoint, __zmmword_ptr[r10 + ConstantsLayout.ZeroPoint]);
        c.vmovdqu32(permutation, __zmmword_ptr[r10 + ConstantsLayout.Permutation]);
        Span<AssemblerRegisterZMM> row = stackalloc AssemblerRegisterZMM[Vectors];
        for (int i = 0; i < Rows; i++)
        {
            for (int j = 0; j < Vectors; j++)
            {
                row[j] = Z(i * Vectors + j);
                EpilogueEmitter.Requantize(c, row[j], Epilogue[j], r9, j * Epilogue.VectorBytes, Z(Temporary), Z(Signs));
            }
            EpilogueEmitter.Pack(c, row, Epilogue, zeroPoint, r10);
            c.vpermd(row[0], permutation, row[0]);
            int at = i * ResultPitch;
            switch (Channels)
            {
                case 64: c.vmovdqu8(__zmmword_ptr[rcx + at], row[0]); break;
                case 32: c.vmovdqu8(__ymmword_ptr[rcx + at], Y(i * Vectors)); break;
                case 16: c.vmovdqu8(__xmmword_ptr[rcx + at], X(i * Vectors)); break;
                default: c.vmovdqu8(__zmmword_ptr[rcx + at].k1, row[0]); break;
            }
        }
    }
}
