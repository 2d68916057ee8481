using Iced.Intel;
using Qnn.Runtime.Kernels.Convolution;
using static Iced.Intel.AssemblerRegisters;

namespace Qnn.Compiler.MachineCode;

/// <summary>
/// A strand of weights of few bits times rows of quantized data, by vpdpbusd: exact sums of eight products in each of four lanes, times both scales, added with one rounding. The argument is a <see cref="BlockRun"/>.
/// A product that broadcasts its operand itself takes two cycles on a Zen 4, so operands are spread by loads of their own.
/// </summary>
/// <param name="Rows">Rows, 1 or 4.</param>
/// <param name="Bits">Of a weight: 4 or 8.</param>
/// <param name="GroupBlocks">Blocks of a group.</param>
/// <param name="BlockStep">Blocks from the first two lanes to the other two.</param>
internal sealed record BlockStrandKernel(int Rows, int Bits, int GroupBlocks, int BlockStep) : MachineKernel
{
    private const int Lanes = BlockPanels.StrandLanes, VectorBytes = 64, ScaleBytes = BlockPanels.Columns * sizeof(float), RowPairBytes = 2 * sizeof(int);

    private const int First = 16, Second = 17, Mask = 18, Scale = 19, Factors = 20, Exact = 24, Broadcast = 28;

    private int PairBytes => VectorBytes * Bits / 4;

    /// <inheritdoc/>
    public override void Emit(KernelCode code)
    {
        var c = code.Assembler;
        // rax: weights, rdx: scales, rsi: the first row, r8: its steps, rcx: bytes from row to row, r9: groups left, r10 and r11: the fourth row and its steps.
        c.mov(rax, __qword_ptr[rdi]);
        c.mov(rdx, __qword_ptr[rdi + 8]);
        c.mov(rsi, __qword_ptr[rdi + 16]);
        c.mov(r8, __qword_ptr[rdi + 24]);
        c.mov(rcx, __qword_ptr[rdi + 32]);
        c.movsxd(r9, __dword_ptr[rdi + 40]);
        if (Rows > 1)
        {
            c.lea(r10, __[rsi + rcx * 2]);
            c.add(r10, rcx);
            c.lea(r11, __[r8 + rcx * 2]);
            c.add(r11, rcx);
        }
        for (int i = 0; i < Lanes * Rows; i++) c.vpxord(Z(i), Z(i), Z(i));
        if (Bits == 4)
        {
            c.mov(r9d, 0x0F0F0F0F);
            c.vpbroadcastd(Z(Mask), r9d);
            c.movsxd(r9, __dword_ptr[rdi + 40]);
        }
        var (group, end) = (c.CreateLabel("group"), c.CreateLabel("end"));
        c.cmp(r9, 0);
        c.jle(end);
        c.Label(ref group);
        for (int lane = 0; lane < Lanes; lane++)
        {
            if (lane == 0) EmitFactors(c, 0);
            else if (lane == Lanes / 2 && BlockStep != 0) EmitFactors(c, BlockStep);
            EmitWeights(c, lane * PairBytes);
            for (int row = 0; row < Rows; row++) EmitProducts(c, lane, row);
            for (int row = 0; row < Rows; row++)
            {
                c.vcvtdq2ps(Z(Exact + row), Z(Exact + row));
                c.vfmadd231ps(Z(lane * Rows + row), Z(Exact + row), Z(Factors + row));
            }
        }
        c.add(rax, Lanes * PairBytes);
        c.add(rdx, GroupBlocks * ScaleBytes);
        c.add(rsi, Lanes * RowPairBytes);
        c.add(r8, GroupBlocks * sizeof(float));
        if (Rows > 1)
        {
            c.add(r10, Lanes * RowPairBytes);
            c.add(r11, GroupBlocks * sizeof(float));
        }
        c.dec(r9);
        c.jne(group);
        c.Label(ref end);
        c.mov(rdx, __qword_ptr[rdi + 56]);
        for (int lane = 0; lane < Lanes; lane++)
        {
            c.movsxd(rax, __dword_ptr[rdi + (64 + lane * sizeof(int))]);
            for (int row = 0; row < Rows; row++) c.vmovups(__zmmword_ptr[rdx + rax * sizeof(float) + row * BlockRun.RowSums * sizeof(float)], Z(lane * Rows + row));
        }
        c.vzeroupper();
        c.ret();
    }

    // What is at an offset from the first row, or its steps, in another row.
    private static AssemblerMemoryOperand At(int row, AssemblerRegister64 first, AssemblerRegister64 fourth, int offset) => row switch
    {
        0 => __dword_ptr[first + offset],
        1 => __dword_ptr[first + rcx + offset],
        2 => __dword_ptr[first + rcx * 2 + offset],
        _ => __dword_ptr[fourth + offset],
    };

    private void EmitFactors(Assembler c, int block)
    {
        c.vmovups(Z(Scale), __zmmword_ptr[rdx + block * ScaleBytes]);
        for (int row = 0; row < Rows; row++)
        {
            c.vpbroadcastd(Z(Factors + row), At(row, r8, r11, block * sizeof(float)));
            c.vmulps(Z(Factors + row), Z(Scale), Z(Factors + row));
        }
    }

    private void EmitWeights(Assembler c, int offset)
    {
        c.vmovdqu32(Z(First), __zmmword_ptr[rax + offset]);
        if (Bits == 8)
        {
            c.vmovdqu32(Z(Second), __zmmword_ptr[rax + (offset + VectorBytes)]);
            return;
        }
        c.vpsrld(Z(Second), Z(First), 4);
        c.vpandd(Z(First), Z(First), Z(Mask));
        c.vpandd(Z(Second), Z(Second), Z(Mask));
    }

    private static void EmitProducts(Assembler c, int lane, int row)
    {
        var (exact, first, second) = (Z(Exact + row), Z(Broadcast + row % 2 * 2), Z(Broadcast + row % 2 * 2 + 1));
        c.vpbroadcastd(first, At(row, rsi, r10, lane * RowPairBytes));
        c.vpbroadcastd(second, At(row, rsi, r10, lane * RowPairBytes + sizeof(int)));
        c.vpxord(exact, exact, exact);
        c.vpdpbusd(exact, Z(First), first);
        c.vpdpbusd(exact, Z(Second), second);
    }
}
