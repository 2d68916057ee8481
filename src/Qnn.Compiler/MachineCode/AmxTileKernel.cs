using Iced.Intel;
using Qnn.Runtime.MachineCode;
using static Iced.Intel.AssemblerRegisters;

namespace Qnn.Compiler.MachineCode;

/// <summary>
/// What <see cref="TileKernel"/> does, with AMX: up to four tiles of up to sixteen rows of activations times up to 64 output channels, accumulated in tile registers with tdpbusd,
/// 1024 multiply-adds a cycle where vpdpbusd makes 128. The epilogue of a tile takes longer than its products where windows are small; the two are mixed then.
/// The argument is a <see cref="TileArguments"/>; its scratch memory has room for three sets of accumulators.
/// </summary>
/// <remarks>
/// Weights keep their order: four inputs of sixteen channels are 64 bytes, a row of a tile; up to sixteen such rows are a chunk.
/// Tile registers 0 to 3 are accumulators, 4 and 5 activations and weights of whole chunks, 6 and 7 those of a segment's last, smaller one.
/// Tiles computed at a time are a set: whole lines of the output if a line has no more tiles, else a part of a line, or of rows that are no lines.
/// A small image is one set: its tiles go on from a line to the next, over what lies between them, which is computed in vain.
/// </remarks>
/// <param name="Shape">What is computed at a time; its vectors are this kernel's.</param>
/// <param name="Lines">Window lines.</param>
/// <param name="Taps">Segments of a line.</param>
/// <param name="Segments">Where they are.</param>
/// <param name="Steps">Steps of four activations in a segment.</param>
/// <param name="RowPitch">Bytes from one row of activations to the next.</param>
/// <param name="ResultPitch">Bytes from one row of results to the next.</param>
/// <param name="Channels">Output channels to write, at most 16 * Vectors.</param>
/// <param name="Output">The lines that the argument counts, if it does not count rows.</param>
/// <param name="HasRemainders">Whether there are remainders: offsets of whole chunks, and their weights.</param>
/// <param name="PrefetchLines">How many cache lines of what follows the weights, most likely the next to be needed, are fetched into the second-level cache with every whole chunk.</param>
/// <param name="Epilogue">The epilogue.</param>
internal sealed record AmxTileKernel(
    AmxShape Shape, int Lines, int Taps, SegmentOffsets Segments, int Steps, int RowPitch, int ResultPitch, int Channels, OutputLines Output, bool HasRemainders, int PrefetchLines,
    TileEpilogue Epilogue) : MachineKernel
{
    /// <summary>The most rows of a tile.</summary>
    public const int MaxRows = 16;

    /// <summary>Rows of weights in a whole chunk.</summary>
    public const int ChunkSteps = 16;

    /// <summary>Bytes of a tile register of weights or accumulators.</summary>
    public const int TileBytes = 1024;

    /// <summary>Windows of so few chunks are multiplied while the set before is requantized.</summary>
    public const int MixedChunks = 40;

    // Segments of so few chunks are unrolled.
    private const int UnrolledChunks = 4;

    /// <summary>Bytes of accumulators in memory that any kernel needs.</summary>
    public const int ScratchBytes = 3 * PlaceBytes;

    private const int AccumulatorBytes = 4 * TileBytes, PlaceBytes = AccumulatorBytes + 64;

    private const int Activations = 4, Weights = 5, LastActivations = 6, LastWeights = 7;
    private const int Signs = 30, ZeroPoint = 28, Permutation = 29, Temporary = 31;
    private const int RowRegisters = 16, Scales = 16, Offsets = 20;

    private int Rows => Shape.Rows;
    private int Tiles => Shape.AllTiles;
    private int Vectors => Shape.Vectors;
    private int AllRows => Tiles * Rows;

    // Whether a set is whole lines, or a line is several sets.
    private bool IsOfLines => Shape.IsImage || Output.Width > 0 && Shape.Tiles * Rows >= Output.Width;
    private bool IsInLine => Output.Width > 0 && !IsOfLines;

    // What is counted between sets: lines, or rows and for every line's rows anew; how many are a set, and their bytes.
    private int Units => IsOfLines ? Shape.Lines : AllRows;
    private int UnitPitch => IsOfLines ? Output.Step : RowPitch;
    private int UnitResultPitch => IsOfLines ? Output.Width * ResultPitch : ResultPitch;

    private int BlockBytes => Lines * Taps * Steps * 64;
    private int Chunks => Steps / ChunkSteps;
    private int LastSteps => Steps % ChunkSteps;
    private int AllChunks => Lines * Taps * (Chunks + (LastSteps > 0 ? 1 : 0));
    private bool IsMixed => AllChunks <= MixedChunks && !HasRemainders && !Epilogue.Sums && !Shape.IsImage;
    private bool IsMasked => Epilogue.Sums ? Channels % 16 != 0 : Channels is not (16 or 32 or 64);

    // Sums go from tile registers to where they belong, but for those of a last block that is not whole.
    private int WholeVectors => Channels / 16;

    /// <inheritdoc/>
    public override void Emit(KernelCode code)
    {
        var c = code.Assembler;
        var configuration = c.CreateLabel("configuration");
        AssemblerRegister64[] preserved = [rbx, rbp, r12, r13, r14, r15];
        foreach (var register in preserved) c.push(register);
        // [rsp]: the argument, or what is to be fetched next where rdi has another use.
        c.push(rdi);
        // rsi: activations of the set, rcx: its results, r8: weights, r9: epilogue, r10: constants, r11: units left, r12: lines left where units are rows of a line, rbp: accumulators in memory.
        c.mov(rsi, __qword_ptr[rdi]);
        c.mov(rcx, __qword_ptr[rdi + 8]);
        c.mov(r8, __qword_ptr[rdi + 16]);
        c.mov(r9, __qword_ptr[rdi + 24]);
        c.mov(r10, __qword_ptr[rdi + 32]);
        c.mov(IsInLine ? r12 : r11, __qword_ptr[rdi + 40]);
        if (IsInLine) c.mov(r11d, Output.Width);
        c.mov(rbp, __qword_ptr[rdi + 64]);
        if (IsMasked)
        {
            c.mov(r13, (1L << (Epilogue.Sums ? Channels % 16 : Channels)) - 1);
            c.kmovq(k1, r13);
        }
        if (Epilogue.NeedsSigns) EpilogueEmitter.LoadSigns(c, Z(Signs));
        if (Epilogue.HasZeroPoint) c.vmovdqu32(Z(ZeroPoint), __zmmword_ptr[r10 + ConstantsLayout.ZeroPoint]);
        if (!Epilogue.Sums)
        {
            c.vmovdqu32(Z(Permutation), __zmmword_ptr[r10 + ConstantsLayout.Permutation]);
            for (int j = 0; j < Vectors; j++)
            {
                c.vmovups(Z(Scales + j), __zmmword_ptr[r9 + (j * Epilogue.VectorBytes + EpilogueLayout.Scale)]);
                if (Epilogue[j].Form != RequantizationForm.Multiply) c.vmovups(Z(Offsets + j), __zmmword_ptr[r9 + (j * Epilogue.VectorBytes + EpilogueLayout.Offset)]);
            }
        }
        // Bytes from one row of a tile to the next in memory. rax: of activations, rdx: weights, rbx: accumulators.
        c.mov(eax, RowPitch);
        c.mov(edx, 64);
        c.mov(ebx, Epilogue.Sums ? ResultPitch : Vectors * 64);
        c.ldtilecfg(__[configuration]);
        if (PrefetchLines > 0)
        {
            c.lea(rdi, __[r8 + Vectors * BlockBytes]);
            if (IsMixed) c.mov(__qword_ptr[rsp], rdi);
        }
        if (IsMixed) EmitMixedTiles(code);
        else EmitTiles(code);
        // Nothing of the tiles need be saved from here on.
        c.tilerelease();
        c.vzeroupper();
        c.pop(rdi);
        foreach (var register in preserved.Reverse()) c.pop(register);
        c.ret();
        c.Label(ref configuration);
        c.db(Configuration());
    }

    private void EmitTiles(KernelCode code)
    {
        var c = code.Assembler;
        var tile = c.CreateLabel("tile");
        c.Label(ref tile);
        EmitStepBack(c);
        EmitProducts(c);
        if (HasRemainders) EmitRemainders(c);
        if (Epilogue.Sums)
        {
            EmitSums(c);
        }
        else
        {
            EmitStore(c);
            EmitEpilogue(code, rbp, rcx);
        }
        EmitAdvance(c);
        c.jg(tile);
    }

    // A CPU has some 500 instructions under way, and a load of what a tile register has stored waits until the store is done with. So the epilogue comes two tiles later:
    // accumulators, and where their results belong, lie in three places by turns, rbp (to be written), r15 and rdi.
    private void EmitMixedTiles(KernelCode code)
    {
        var c = code.Assembler;
        var (second, tile, last) = (c.CreateLabel("second"), c.CreateLabel("tile"), c.CreateLabel("last"));
        c.lea(r15, __[rbp + PlaceBytes]);
        c.lea(rdi, __[rbp + 2 * PlaceBytes]);
        EmitStepBack(c);
        EmitProducts(c);
        EmitStore(c);
        EmitTurn(c);
        c.jg(second);
        c.mov(rdi, r15);
        c.jmp(last);
        c.Label(ref second);
        EmitStepBack(c);
        EmitProducts(c);
        EmitStore(c);
        EmitTurn(c);
        c.jle(last);
        c.Label(ref tile);
        EmitStepBack(c);
        c.mov(r14, __qword_ptr[rdi + AccumulatorBytes]);
        code.Mix(() =>
        {
            EmitProducts(c);
            EmitStore(c);
        }, () => EmitEpilogue(code, rdi, r14));
        EmitTurn(c);
        c.jg(tile);
        c.Label(ref last);
        c.mov(r14, __qword_ptr[rdi + AccumulatorBytes]);
        EmitEpilogue(code, rdi, r14);
        c.mov(r13, rdi);
        c.mov(rdi, r15);
        c.cmp(r13, r15);
        c.jne(last);
    }

    private void EmitTurn(Assembler c)
    {
        c.mov(__qword_ptr[rbp + AccumulatorBytes], rcx);
        c.mov(r13, rdi);
        c.mov(rdi, r15);
        c.mov(r15, rbp);
        c.mov(rbp, r13);
        EmitAdvance(c);
    }

    // Where fewer rows are left than are computed at a time, back to rows that are done already.
    private void EmitStepBack(Assembler c)
    {
        var full = c.CreateLabel("full");
        c.cmp(r11, Units);
        c.jge(full);
        c.mov(r13d, Units);
        c.sub(r13, r11);
        c.imul(r14, r13, UnitPitch);
        c.sub(rsi, r14);
        c.imul(r14, r13, UnitResultPitch);
        c.sub(rcx, r14);
        c.mov(r11d, Units);
        c.Label(ref full);
    }

    // Leaves the flags greater where there is another set.
    private void EmitAdvance(Assembler c)
    {
        c.add(rsi, Units * UnitPitch);
        c.add(rcx, Units * UnitResultPitch);
        c.sub(r11, Units);
        if (!IsInLine) return;
        var more = c.CreateLabel();
        c.jg(more);
        c.add(rsi, Output.Step - Output.Width * RowPitch);
        c.mov(r11d, Output.Width);
        c.dec(r12);
        c.Label(ref more);
    }

    // Rows of activations from a line of an image to the next, and of all its lines.
    private int LineRows => Output.Step / RowPitch;
    private int ImageRows => (Shape.Lines - 1) * LineRows + Output.Width;

    // Where a tile begins: the line in the set, the row of the line. The last tile of a line or an image repeats rows of the one before, if it has to.
    private (int Line, int Row) Place(int tile)
    {
        if (Shape.IsImage) return (0, Math.Min(tile * Rows, ImageRows - Rows));
        return IsOfLines ? (tile / Shape.Tiles, Math.Min(tile % Shape.Tiles * Rows, Output.Width - Rows)) : (0, tile * Rows);
    }

    private int ActivationsAt(int tile) => Place(tile).Line * UnitPitch + Place(tile).Row * RowPitch;

    private int ResultsAt(int tile) => Place(tile).Line * UnitResultPitch + Place(tile).Row * ResultPitch;

    private void EmitProducts(Assembler c)
    {
        // Every row of accumulators starts as the channels' biases.
        for (int i = 0; i < Tiles * Vectors; i++) c.tileloadd(Tile(i), __[r9 + (i % Vectors * Epilogue.VectorBytes + EpilogueLayout.Bias)]);
        if (IsMixed && PrefetchLines > 0) c.mov(Prefetched, __qword_ptr[rsp]);
        for (int line = 0; line < Lines; line++)
        {
            for (int tap = 0; tap < Taps; tap++) EmitSegment(c, Segments[line, tap], (line * Taps + tap) * Steps * 64);
        }
        if (IsMixed && PrefetchLines > 0) c.mov(__qword_ptr[rsp], Prefetched);
    }

    // Chunks in the order of their weights in memory, which hardware fetches best.
    private void EmitSegment(Assembler c, int activations, int weights)
    {
        if (IsMixed || Chunks <= UnrolledChunks)
        {
            for (int chunk = 0; chunk < Chunks; chunk++)
            {
                EmitChunk(c, Activations, Weights, rsi, activations + chunk * 64, r8, weights + chunk * TileBytes);
                EmitPrefetches(c, chunk);
            }
            AdvancePrefetches(c, Chunks);
        }
        else
        {
            c.lea(r14, __[rsi + activations]);
            c.lea(r15, __[r8 + weights]);
            c.mov(r13d, Chunks);
            var loop = c.CreateLabel();
            c.Label(ref loop);
            EmitChunk(c, Activations, Weights, r14, 0, r15, 0);
            EmitPrefetches(c, 0);
            AdvancePrefetches(c, 1);
            c.add(r14, 64);
            c.add(r15, TileBytes);
            c.dec(r13d);
            c.jne(loop);
        }
        if (LastSteps > 0) EmitChunk(c, LastActivations, LastWeights, rsi, activations + Chunks * 64, r8, weights + Chunks * TileBytes);
    }

    // Points to what is to be fetched next; in memory where tiles are mixed and the register has another use.
    private AssemblerRegister64 Prefetched => IsMixed ? r13 : rdi;

    private void EmitPrefetches(Assembler c, int chunk)
    {
        for (int line = 0; line < PrefetchLines; line++) c.prefetcht1(__byte_ptr[Prefetched + (chunk * PrefetchLines + line) * 64]);
    }

    private void AdvancePrefetches(Assembler c, int chunks)
    {
        if (chunks * PrefetchLines > 0) c.add(Prefetched, chunks * PrefetchLines * 64);
    }

    private void EmitChunk(Assembler c, int a, int b, AssemblerRegister64 activations, int offset, AssemblerRegister64 weights, int weightOffset) =>
        EmitChunk(c, a, b, activations, offset, weights, weightOffset, BlockBytes);

    // To and fro over the tiles of rows, so that one of them serves two vectors.
    private void EmitChunk(Assembler c, int a, int b, AssemblerRegister64 activations, int offset, AssemblerRegister64 weights, int weightOffset, int blockBytes)
    {
        int loaded = -1;
        for (int j = 0; j < Vectors; j++)
        {
            c.tileloadd(Tile(b), __[weights + rdx + (weightOffset + j * blockBytes)]);
            for (int i = 0; i < Tiles; i++)
            {
                int tile = j % 2 == 0 ? i : Tiles - 1 - i;
                if (tile != loaded) c.tileloadd(Tile(a), __[activations + rax + (offset + ActivationsAt(tile))]);
                loaded = tile;
                c.tdpbusd(Tile(tile * Vectors + j), Tile(a), Tile(b));
            }
        }
    }

    private void EmitRemainders(Assembler c)
    {
        c.mov(r14, __qword_ptr[rsp]);
        c.mov(r15, __qword_ptr[r14 + 48]);
        c.mov(r13, __qword_ptr[r14 + 56]);
        var loop = c.CreateLabel();
        c.Label(ref loop);
        c.movsxd(r14, __dword_ptr[r15]);
        c.add(r14, rsi);
        EmitChunk(c, Activations, Weights, r14, 0, r15, 64, TileBytes);
        c.add(r15, 64 + Vectors * TileBytes);
        c.dec(r13);
        c.jne(loop);
    }

    // Accumulators as [row][channel].
    private void EmitStore(Assembler c)
    {
        for (int i = 0; i < Tiles * Vectors; i++) c.tilestored(__[rbp + rbx + (i / Vectors * Rows * Vectors + i % Vectors) * 64], Tile(i));
    }

    private void EmitSums(Assembler c)
    {
        for (int tile = 0; tile < Tiles; tile++)
        {
            for (int j = 0; j < WholeVectors; j++) c.tilestored(__[rcx + rbx + (ResultsAt(tile) + j * 64)], Tile(tile * Vectors + j));
            if (!IsMasked) continue;
            c.tilestored(__[rbp + rdx], Tile(tile * Vectors + WholeVectors));
            for (int i = 0; i < Rows; i++)
            {
                c.vmovdqu32(Z(0), __zmmword_ptr[rbp + i * 64]);
                c.vmovdqu32(__zmmword_ptr[rcx + (ResultsAt(tile) + i * ResultPitch + WholeVectors * 64)].k1, Z(0));
            }
        }
    }

    private void EmitEpilogue(KernelCode code, AssemblerRegister64 accumulators, AssemblerRegister64 results)
    {
        for (int tile = 0; tile < Tiles; tile++)
        {
            foreach (var (first, count) in Runs(tile))
            {
                foreach (var (i, rows) in EpilogueEmitter.JoinRows(count, Channels, ResultPitch))
                {
                    EmitRows(code, accumulators, tile * Rows + first + i, rows, results, Shape.IsImage ? ImageResultsAt(Place(tile).Row + first + i) : ResultsAt(tile) + (first + i) * ResultPitch);
                }
            }
        }
    }

    // Rows of a tile that are side by side in the output: all, but where some are between lines or done already.
    private IEnumerable<(int First, int Count)> Runs(int tile)
    {
        if (!Shape.IsImage)
        {
            yield return (0, Rows);
            yield break;
        }
        int start = Place(tile).Row, end = start + Rows;
        for (int row = tile * Rows, next; row < end; row = next)
        {
            next = Math.Min(end, (row / LineRows + 1) * LineRows);
            int count = Math.Min(next, row / LineRows * LineRows + Output.Width) - row;
            if (count > 0) yield return (row - start, count);
        }
    }

    private int ImageResultsAt(int row) => (row / LineRows * Output.Width + row % LineRows) * ResultPitch;

    private void EmitRows(KernelCode code, AssemblerRegister64 accumulators, int first, int rows, AssemblerRegister64 results, int at)
    {
        var c = code.Assembler;
        // Registers by turns; the CPU renames them all the same.
        var v = new AssemblerRegisterZMM[rows * Vectors];
        for (int n = 0; n < v.Length; n++)
        {
            int j = n % Vectors, number = first * Vectors + n;
            v[n] = Z(number % RowRegisters);
            EpilogueEmitter.Requantize(
                c, v[n], Epilogue[j], new(r9, j * Epilogue.VectorBytes, Z(Scales + j), Z(Offsets + j)), r10, Z(Temporary), Z(Signs), __zmmword_ptr[accumulators + number * 64]);
        }
        EpilogueEmitter.Pack(c, v, Epilogue, Z(ZeroPoint), r10);
        EpilogueEmitter.Store(code, v[0], Z(Permutation), rows * Channels, IsMasked, __zmmword_ptr[results + at]);
    }

    // Palette 1: bytes of a row of each tile register from byte 16, its rows from byte 48.
    private byte[] Configuration()
    {
        var bytes = new byte[64];
        bytes[0] = 1;
        for (int i = 0; i < Tiles * Vectors; i++) Set(i, Rows, 64);
        Set(Activations, Rows, 64);
        Set(Weights, ChunkSteps, 64);
        if (LastSteps > 0)
        {
            Set(LastActivations, Rows, LastSteps * 4);
            Set(LastWeights, LastSteps, 64);
        }
        return bytes;

        void Set(int tile, int rows, int rowBytes) => (bytes[48 + tile], bytes[16 + tile * 2]) = ((byte)rows, (byte)rowBytes);
    }

    private static AssemblerRegisterTMM Tile(int index) => s_tiles[index];

    private static readonly AssemblerRegisterTMM[] s_tiles = [tmm0, tmm1, tmm2, tmm3, tmm4, tmm5, tmm6, tmm7];
}
