using Iced.Intel;
using Qnn.Runtime.Kernels.Convolution.Winograd;
using Qnn.Runtime.MachineCode;
using static Iced.Intel.AssemblerRegisters;

namespace Qnn.Compiler.MachineCode;

/// <summary>
/// The products of a transformed convolution, for each of its 36 places a matrix product of 16-bit numbers: inputs [36][tiles][2 * Pairs] times weights [36][Pairs][Vectors][16][2]
/// give [36][tiles][Vectors][16] of 32 bits, by vpdpwssd. The argument is a <see cref="TileArguments"/>, whose rows are tiles, at least <paramref name="Rows"/>.
/// <para>
/// A pair of two blocks is 2 * Rows products for two loads of weights and Rows broadcasts: 97 % of the limit of one product a cycle on a Zen 4 with seven rows.
/// There a product that broadcasts its operand itself takes two cycles, and four blocks at a time are no faster.
/// </para>
/// </summary>
/// <param name="Rows">Tiles whose accumulators are in registers together.</param>
/// <param name="Vectors">Blocks of sixteen outputs, 1 or 2.</param>
/// <param name="Pairs">Pairs of input channels.</param>
internal sealed record WinogradKernel(int Rows, int Vectors, int Pairs) : MachineKernel
{
    private const int Unrolled = 4, MostRows = 12;

    // A product's result can be added to after so many cycles.
    private const int Latency = 5;

    private const int Weights = 24, Broadcast = 30;

    private int Pitch => Pairs * 4;

    /// <summary>The kernel that takes the fewest cycles for the items of a layer.</summary>
    public static WinogradKernel Create(in WinogradTiling tiling, int vectors, int pairs)
    {
        int[] items = [.. tiling.TilesOfItems()];
        // A set of rows of fewer tiles than that goes back to some before them.
        int best = Enumerable.Range(1, Math.Min(MostRows, items.Min())).MinBy(rows => (items.Sum(tiles => (tiles + rows - 1) / rows * Math.Max(rows * vectors, Latency)), -rows));
        return new WinogradKernel(best, vectors, pairs);
    }

    /// <inheritdoc/>
    public override void Emit(KernelCode code)
    {
        var c = code.Assembler;
        // rsi: inputs of the tile, rcx: its results, r8: weights of the place, r9: tiles left, r10: places left, r11: tiles.
        c.mov(rsi, __qword_ptr[rdi]);
        c.mov(rcx, __qword_ptr[rdi + 8]);
        c.mov(r8, __qword_ptr[rdi + 16]);
        c.mov(r11, __qword_ptr[rdi + 40]);
        c.mov(r10d, WinogradTransform.Places);
        var (place, tile, whole) = (c.CreateLabel("place"), c.CreateLabel("tile"), c.CreateLabel("whole"));
        c.Label(ref place);
        c.mov(r9, r11);
        c.Label(ref tile);
        c.sub(r9, Rows);
        c.jge(whole);
        c.imul(rax, r9, Pitch);
        c.add(rsi, rax);
        c.imul(rax, r9, Vectors * 64);
        c.add(rcx, rax);
        c.Label(ref whole);
        EmitProducts(c);
        for (int i = 0; i < Rows * Vectors; i++) c.vmovdqu32(__zmmword_ptr[rcx + i * 64], Z(i));
        c.add(rsi, Rows * Pitch);
        c.add(rcx, Rows * Vectors * 64);
        c.cmp(r9, 0);
        c.jg(tile);
        c.add(r8, Pairs * Vectors * 64);
        c.dec(r10d);
        c.jne(place);
        c.vzeroupper();
        c.ret();
    }

    private void EmitProducts(Assembler c)
    {
        for (int i = 0; i < Rows * Vectors; i++) c.vpxord(Z(i), Z(i), Z(i));
        // rax: a pair of inputs, rdx: its weights, rdi: pairs left.
        c.mov(rax, rsi);
        c.mov(rdx, r8);
        c.mov(edi, Pairs / Unrolled);
        var some = c.CreateLabel("some");
        c.Label(ref some);
        for (int pair = 0; pair < Unrolled; pair++)
        {
            for (int v = 0; v < Vectors; v++)
            {
                c.vmovdqu32(Z(Weights + v), __zmmword_ptr[rdx + (pair * Vectors + v) * 64]);
                // Those of the next place.
                c.prefetcht0(__byte_ptr[rdx + ((Pairs + pair) * Vectors + v) * 64]);
            }
            for (int row = 0; row < Rows; row++)
            {
                c.vpbroadcastd(Z(Broadcast), __dword_ptr[rax + row * Pitch + pair * 4]);
                for (int v = 0; v < Vectors; v++) c.vpdpwssd(Z(row * Vectors + v), Z(Weights + v), Z(Broadcast));
            }
        }
        c.add(rax, Unrolled * 4);
        c.add(rdx, Unrolled * Vectors * 64);
        c.dec(edi);
        c.jne(some);
    }
}
