using Iced.Intel;
using Qnn.Runtime.MachineCode;
using static Iced.Intel.AssemblerRegisters;

namespace Qnn.Compiler.MachineCode;

/// <summary>
/// Rows of uint8 activations times int8 weights of up to 64 output channels, accumulated in registers with vpdpbusd and requantized: pointwise convolutions, dense layers,
/// and other convolutions, whose window is a sequence of segments in memory. The argument is a <see cref="TileArguments"/>.
/// </summary>
/// <param name="Rows">Rows of a tile, at most <see cref="MaxRows"/>.</param>
/// <param name="Vectors">Blocks of sixteen output channels, 1 to 4.</param>
/// <param name="Lines">Window lines.</param>
/// <param name="Taps">Segments of a line.</param>
/// <param name="Segments">Where they are.</param>
/// <param name="Steps">Steps of four activations in a segment.</param>
/// <param name="RowPitch">Bytes from one row of activations to the next.</param>
/// <param name="ResultPitch">Bytes from one row of results to the next.</param>
/// <param name="Channels">Output channels to write, at most 16 * Vectors.</param>
/// <param name="Output">The lines that the argument counts, if it does not count rows.</param>
/// <param name="HasRemainders">Whether there are remainder steps.</param>
/// <param name="IsPaired">Whether a tile is multiplied while the one before is requantized, see <see cref="PairingPays"/>.</param>
/// <param name="Epilogue">The epilogue.</param>
internal sealed record TileKernel(
    int Rows, int Vectors, int Lines, int Taps, SegmentOffsets Segments, int Steps, int RowPitch, int ResultPitch, int Channels, OutputLines Output, bool HasRemainders, bool IsPaired, TileEpilogue Epilogue) : MachineKernel
{
    // Windows of so few steps are unrolled.
    private const int UnrolledSteps = 16;

    // Windows of so few steps take little longer than their epilogue.
    private const int PairedSteps = 24;

    // With so few rows the weights come from memory as fast as they are used; larger ones than a first-level cache keeps come from the second for every tile, and hardware prefetches them too late.
    private const int StreamingRows = 2, HeavyBytes = 32 * 1024, PrefetchBytes = 1024;

    private const int Permutation = 29, Signs = 30, ZeroPoint = Signs, Temporary = 31;

    private bool IsByLine => Output.Width > 0;
    private int Half => Rows * Vectors;
    private int Weights => IsPaired ? 2 * Half : Half;
    private int Broadcast => Weights + Vectors;
    private int AllSteps => Lines * Taps * Steps;
    private int BlockBytes => AllSteps * 64;
    private bool PrefetchesWeights => !IsPaired && (Rows <= StreamingRows || BlockBytes * Vectors > HeavyBytes);
    private bool IsMasked => Epilogue.Sums ? Channels % 16 != 0 : Channels is not (16 or 32 or 64);

    // The register of the signs is free where neither they nor a copy of accumulators is needed.
    private bool KeepsZeroPoint => Epilogue.HasZeroPoint && !Epilogue.NeedsSigns && Epilogue.Fixes <= FloatRequantization.MaxSignedCorrections;

    /// <summary>The most rows of a tile: accumulators, twice as many where tiles are paired, take at most 24 registers.</summary>
    public static int MaxRows(int vectors, bool paired) => paired ? 12 / vectors : vectors switch { 4 => 6, 3 => 8, 2 => 12, _ => 16 };

    /// <summary>
    /// Whether tiles are best paired. A CPU looks some hundred vector instructions ahead: while it requantizes a large tile it does not come to multiply the next one.
    /// Where steps are few that is much of the time; where they are many, larger tiles load their weights less often.
    /// </summary>
    /// <param name="steps">All steps of a window.</param>
    /// <param name="rows">Rows of a call.</param>
    public static bool PairingPays(int steps, int rows) => steps <= PairedSteps && rows >= 2 * MaxRows(1, true);

    /// <inheritdoc/>
    public override void Emit(KernelCode code)
    {
        var c = code.Assembler;
        // rsi: activations of the tile, rcx: its results, r8: weights, r9: epilogue, r10: constants, r11: rows left, of a line if there are lines, rbp: lines left.
        c.push(rbx);
        c.push(rbp);
        c.mov(rsi, __qword_ptr[rdi]);
        c.mov(rcx, __qword_ptr[rdi + 8]);
        c.mov(r8, __qword_ptr[rdi + 16]);
        c.mov(r9, __qword_ptr[rdi + 24]);
        c.mov(r10, __qword_ptr[rdi + 32]);
        c.mov(IsByLine ? rbp : r11, __qword_ptr[rdi + 40]);
        if (IsByLine) c.mov(r11d, Output.Width);
        if (IsMasked)
        {
            c.mov(rax, (1L << (Epilogue.Sums ? Channels % 16 : Channels)) - 1);
            c.kmovq(k1, rax);
        }
        if (Epilogue.NeedsSigns) EpilogueEmitter.LoadSigns(c, Z(Signs));
        if (KeepsZeroPoint) c.vmovdqu32(Z(ZeroPoint), __zmmword_ptr[r10 + ConstantsLayout.ZeroPoint]);
        if (!Epilogue.Sums) c.vmovdqu32(Z(Permutation), __zmmword_ptr[r10 + ConstantsLayout.Permutation]);
        if (IsPaired) EmitPairedTiles(code);
        else EmitTiles(code);
        c.vzeroupper();
        c.pop(rbp);
        c.pop(rbx);
        c.ret();
    }

    private void EmitTiles(KernelCode code)
    {
        var c = code.Assembler;
        var tile = c.CreateLabel("tile");
        c.Label(ref tile);
        EmitStepBack(c);
        EmitProducts(code, 0);
        if (HasRemainders) EmitRemainders(code, 0);
        EmitEpilogue(code, 0, rcx);
        EmitAdvance(c);
        c.jg(tile);
    }

    // Two sets of accumulators by turns. rdx: results of the tile before. Before the first there is none; what the other set gives then is overwritten by the first tile's results.
    private void EmitPairedTiles(KernelCode code)
    {
        var c = code.Assembler;
        var (tile, first, second, end) = (c.CreateLabel("tile"), c.CreateLabel("first"), c.CreateLabel("second"), c.CreateLabel("end"));
        EmitStepBack(c);
        c.mov(rdx, rcx);
        c.jmp(first);
        c.Label(ref tile);
        EmitStepBack(c, ref first);
        code.Mix(() => EmitProducts(code, 0), () => EmitEpilogue(code, Half, rdx));
        if (HasRemainders) EmitRemainders(code, 0);
        c.mov(rdx, rcx);
        EmitAdvance(c);
        c.jg(second);
        EmitEpilogue(code, 0, rdx);
        c.jmp(end);
        c.Label(ref second);
        EmitStepBack(c);
        code.Mix(() => EmitProducts(code, Half), () => EmitEpilogue(code, 0, rdx));
        if (HasRemainders) EmitRemainders(code, Half);
        c.mov(rdx, rcx);
        EmitAdvance(c);
        c.jg(tile);
        EmitEpilogue(code, Half, rdx);
        c.Label(ref end);
    }

    // Where fewer rows are left than the tile has, back to rows that are done already.
    private void EmitStepBack(Assembler c)
    {
        var full = c.CreateLabel("full");
        EmitStepBack(c, ref full);
    }

    private void EmitStepBack(Assembler c, ref Label full)
    {
        c.cmp(r11, Rows);
        c.jge(full);
        c.mov(eax, Rows);
        c.sub(rax, r11);
        c.imul(rbx, rax, RowPitch);
        c.sub(rsi, rbx);
        c.imul(rbx, rax, ResultPitch);
        c.sub(rcx, rbx);
        c.mov(r11d, Rows);
        c.Label(ref full);
    }

    // Leaves the flags greater where there is another tile.
    private void EmitAdvance(Assembler c)
    {
        c.add(rsi, Rows * RowPitch);
        c.add(rcx, Rows * ResultPitch);
        c.sub(r11, Rows);
        if (!IsByLine) return;
        var more = c.CreateLabel();
        c.jg(more);
        c.add(rsi, Output.Step - Output.Width * RowPitch);
        c.mov(r11d, Output.Width);
        c.dec(rbp);
        c.Label(ref more);
    }

    // What a vector of channels needs of its registers.
    private int Bytes(int vector) => Channels - vector * 16 <= 8 ? 32 : 64;

    private void EmitProducts(KernelCode code, int accumulators)
    {
        var c = code.Assembler;
        for (int j = 0; j < Vectors; j++)
        {
            code.Narrow(Bytes(j), () =>
            {
                c.vmovdqu32(Z(accumulators + j), __zmmword_ptr[r9 + (j * Epilogue.VectorBytes + EpilogueLayout.Bias)]);
                for (int i = 1; i < Rows; i++) c.vmovdqa32(Z(accumulators + i * Vectors + j), Z(accumulators + j));
            });
        }
        for (int line = 0; line < Lines; line++)
        {
            for (int tap = 0; tap < Taps; tap++) EmitSegment(code, accumulators, Segments[line, tap], (line * Taps + tap) * Steps * 64);
        }
    }

    private void EmitSegment(KernelCode code, int accumulators, int activations, int weights)
    {
        var c = code.Assembler;
        if (IsPaired || AllSteps <= UnrolledSteps || Steps <= 2)
        {
            for (int step = 0; step < Steps; step++) EmitStep(code, accumulators, rsi, activations + step * 4, r8, weights + step * 64, BlockBytes);
            return;
        }
        c.lea(rax, __[rsi + activations]);
        c.lea(rdx, __[r8 + weights]);
        c.mov(ebx, Steps);
        var loop = c.CreateLabel();
        c.Label(ref loop);
        EmitStep(code, accumulators, rax, 0, rdx, 0, BlockBytes);
        c.add(rax, 4);
        c.add(rdx, 64);
        c.dec(ebx);
        c.jne(loop);
    }

    // acc[i][j] += four activations of row i x four weights of each channel of block j.
    private void EmitStep(KernelCode code, int accumulators, AssemblerRegister64 activations, int offset, AssemblerRegister64 weights, int weightOffset, int blockBytes)
    {
        var c = code.Assembler;
        for (int j = 0; j < Vectors; j++)
        {
            code.Narrow(Bytes(j), () => c.vmovdqu32(Z(Weights + j), __zmmword_ptr[weights + (weightOffset + j * blockBytes)]));
            if (PrefetchesWeights) c.prefetcht0(__byte_ptr[weights + (weightOffset + j * blockBytes + PrefetchBytes)]);
        }
        for (int i = 0; i < Rows; i++)
        {
            var four = Z(Broadcast);
            c.vpbroadcastd(four, __dword_ptr[activations + (offset + i * RowPitch)]);
            for (int j = 0; j < Vectors; j++) code.Narrow(Bytes(j), () => c.vpdpbusd(Z(accumulators + i * Vectors + j), four, Z(Weights + j)));
        }
    }

    private void EmitRemainders(KernelCode code, int accumulators)
    {
        var c = code.Assembler;
        c.mov(rdx, __qword_ptr[rdi + 48]);
        c.mov(rbx, __qword_ptr[rdi + 56]);
        var loop = c.CreateLabel();
        c.Label(ref loop);
        c.movsxd(rax, __dword_ptr[rdx]);
        c.add(rax, rsi);
        EmitStep(code, accumulators, rax, 0, rdx, 64, 64);
        c.add(rdx, 64 + Vectors * 64);
        c.dec(rbx);
        c.jne(loop);
    }

    private void EmitEpilogue(KernelCode code, int accumulators, AssemblerRegister64 results)
    {
        if (Epilogue.Sums) EmitSums(code, accumulators, results);
        else EmitRequantization(code, accumulators, results);
    }

    private void EmitSums(KernelCode code, int accumulators, AssemblerRegister64 results)
    {
        var c = code.Assembler;
        for (int i = 0; i < Rows; i++)
        {
            for (int j = 0; j < Vectors; j++)
            {
                var to = __zmmword_ptr[results + (i * ResultPitch + j * 64)];
                var sums = Z(accumulators + i * Vectors + j);
                code.Narrow(Bytes(j), () =>
                {
                    if (IsMasked && j == Vectors - 1) c.vmovdqu32(to.k1, sums);
                    else c.vmovdqu32(to, sums);
                });
            }
        }
    }

    private void EmitRequantization(KernelCode code, int accumulators, AssemblerRegister64 results)
    {
        var c = code.Assembler;
        foreach (var (i, rows) in EpilogueEmitter.JoinRows(Rows, Channels, ResultPitch))
        {
            var v = new AssemblerRegisterZMM[rows * Vectors];
            for (int n = 0; n < v.Length; n++)
            {
                v[n] = Z(accumulators + i * Vectors + n);
                int j = n % Vectors;
                code.Narrow(Bytes(j), () => EpilogueEmitter.Requantize(c, v[n], Epilogue[j], new(r9, j * Epilogue.VectorBytes), r10, Z(Temporary), Z(Signs)));
            }
            EpilogueEmitter.Pack(c, v, Epilogue, KeepsZeroPoint ? Z(ZeroPoint) : null, r10);
            EpilogueEmitter.Store(code, v[0], Z(Permutation), rows * Channels, IsMasked, __zmmword_ptr[results + i * ResultPitch]);
        }
    }
}
