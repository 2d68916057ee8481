using System.Numerics;
using Iced.Intel;
using Qnn.Runtime.Kernels.Convolution.Winograd;
using Qnn.Runtime.MachineCode;
using static Iced.Intel.AssemblerRegisters;

namespace Qnn.Compiler.MachineCode;

/// <summary>
/// The products of a transformed convolution, for each of some places a matrix product of 16-bit numbers: inputs [places][tiles][Inputs] times weights [places][inputs / 2][Vectors][16][2]
/// give [places][tiles][Vectors][16] of 32 bits, by vpdpwssd. The argument is a <see cref="WinogradArguments"/>.
/// <para>
/// A pair of two blocks is 2 * Rows products for two loads of weights and Rows broadcasts: 97 % of the limit of one product a cycle on a Zen 4 with seven rows.
/// There a product that broadcasts its operand itself takes two cycles, and four blocks at a time are no faster.
/// </para>
/// </summary>
/// <param name="Rows">Tiles whose accumulators are in registers together.</param>
/// <param name="Rests">A bit for each number of tiles that may be left.</param>
/// <param name="Vectors">Blocks of sixteen outputs, 1 or 2.</param>
/// <param name="Inputs">Input channels of the layer.</param>
internal sealed record WinogradKernel(int Rows, int Rests, int Vectors, int Inputs) : MachineKernel
{
    private const int UnrolledPairs = 4, MostRows = 12;

    // A product's result can be added to after so many cycles.
    private const int Latency = 5;

    private const int Weights = 24, Broadcast = 30;

    private int Pitch => Inputs * sizeof(short);

    /// <summary>The kernel that takes the fewest cycles for items of so many tiles.</summary>
    public static WinogradKernel Create(IEnumerable<int> items, int vectors, int inputs)
    {
        int[] tiles = [.. items];
        int best = Enumerable.Range(1, Math.Min(MostRows, tiles.Max())).MinBy(rows => (tiles.Sum(n => n / rows * Cycles(rows) + Cycles(n % rows)), -rows));
        return new WinogradKernel(best, tiles.Select(n => n % best).Where(rest => rest > 0).Aggregate(0, (bits, rest) => bits | 1 << rest), vectors, inputs);

        int Cycles(int rows) => rows == 0 ? 0 : Math.Max(rows * vectors, Latency);
    }

    /// <inheritdoc/>
    public override void Emit(KernelCode code)
    {
        var c = code.Assembler;
        c.push(rbx);
        c.push(rbp);
        // rbx: the argument, rsi: inputs of the tiles, rcx: their results, r8: weights of the place, r9: tiles left, r10: places left, r11: turns of a tile, rbp: bytes of a place's weights.
        c.mov(rbx, rdi);
        c.mov(rsi, __qword_ptr[rbx]);
        c.mov(r8, __qword_ptr[rbx + 8]);
        c.mov(rcx, __qword_ptr[rbx + 16]);
        c.mov(r10, __qword_ptr[rbx + 32]);
        c.mov(rbp, __qword_ptr[rbx + 40]);
        c.imul(rbp, rbp, Vectors * 16 * sizeof(short));
        c.add(rbp, WinogradTransform.WeightPadding * sizeof(short));
        var (place, tiles, end) = (c.CreateLabel("place"), c.CreateLabel("tiles"), c.CreateLabel("end"));
        c.Label(ref place);
        c.mov(r9, __qword_ptr[rbx + 24]);
        c.Label(ref tiles);
        // The last case is what is left of all.
        List<int> cases = [Rows];
        for (int left = Rests; left != 0; left &= ~(1 << BitOperations.Log2((uint)left))) cases.Add(BitOperations.Log2((uint)left));
        foreach (int rows in cases)
        {
            var other = c.CreateLabel("other");
            if (rows != cases[^1])
            {
                c.cmp(r9, rows);
                c.jl(other);
            }
            EmitTiles(c, rows);
            c.sub(r9, rows);
            if (rows == Rows) c.jne(tiles);
            if (rows == cases[^1]) break;
            c.jmp(end);
            c.Label(ref other);
        }
        c.Label(ref end);
        c.add(rsi, WinogradTransform.InputPadding * sizeof(short));
        c.add(rcx, WinogradTransform.ProductPadding * sizeof(int));
        c.add(r8, rbp);
        c.dec(r10);
        c.jne(place);
        c.vzeroupper();
        c.pop(rbp);
        c.pop(rbx);
        c.ret();
    }

    private void EmitTiles(Assembler c, int rows)
    {
        var some = c.CreateLabel("some");
        // rax: a pair of inputs, rdx: its weights, rdi: inputs left.
        c.mov(rax, rsi);
        c.mov(rdx, r8);
        c.mov(rdi, __qword_ptr[rbx + 48]);
        c.cmp(rdi, 0);
        c.mov(rdi, __qword_ptr[rbx + 40]);
        for (int i = 0; i < rows * Vectors; i++) c.vpxord(Z(i), Z(i), Z(i));
        c.je(some);
        for (int i = 0; i < rows * Vectors; i++) c.vmovdqu32(Z(i), __zmmword_ptr[rcx + i * 64]);
        c.Label(ref some);
        for (int pair = 0; pair < UnrolledPairs; pair++)
        {
            for (int v = 0; v < Vectors; v++)
            {
                c.vmovdqu32(Z(Weights + v), __zmmword_ptr[rdx + (pair * Vectors + v) * 64]);
                // Those of the next place.
                c.prefetcht0(__byte_ptr[rdx + rbp + (pair * Vectors + v) * 64]);
            }
            for (int row = 0; row < rows; row++)
            {
                c.vpbroadcastd(Z(Broadcast), __dword_ptr[rax + row * Pitch + pair * 4]);
                for (int v = 0; v < Vectors; v++) c.vpdpwssd(Z(row * Vectors + v), Z(Weights + v), Z(Broadcast));
            }
        }
        c.add(rax, UnrolledPairs * 4);
        c.add(rdx, UnrolledPairs * Vectors * 64);
        c.sub(rdi, UnrolledPairs * 2);
        c.jne(some);
        for (int i = 0; i < rows * Vectors; i++) c.vmovdqu32(__zmmword_ptr[rcx + i * 64], Z(i));
        c.add(rsi, rows * Pitch);
        c.add(rcx, rows * Vectors * 64);
    }
}
