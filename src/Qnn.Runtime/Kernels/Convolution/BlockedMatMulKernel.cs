using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Qnn.Runtime.Execution;
using Qnn.Runtime.Kernels.Lanes;
using Qnn.Runtime.MachineCode;

namespace Qnn.Runtime.Kernels.Convolution;

/// <summary>Parameters of a product with weights of few bits.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct BlockedMatMulParameters
{
    /// <summary>Elements of a block: 16, 32, 64, 128 or 256.</summary>
    public int Block;

    /// <summary>Of the weights: 2, 4 or 8. Those of two bits have blocks of 32, 64 or 128, and the data are quantized; of eight bits they are too.</summary>
    public int Bits;

    /// <summary>Whether the data are quantized block by block. Else they are one row.</summary>
    public bool Quantizes;
}

/// <summary>Rows of floats [.., K] times weights of few bits with a scale and a zero point for each block of a column, plus a bias [N] or none, in the order of MLAS's kernels for AVX512-VNNI: the kernel of such a step.</summary>
internal static unsafe class BlockedMatMulKernel
{
    /// <summary>Makes it.</summary>
    public static Kernel Create(StepInfo step)
    {
        var p = step.ReadParameters<BlockedMatMulParameters>();
        var (a, bias, output) = (step.Input(0), step.OptionalInput(4), step.Output(0));
        step.Require(p.Bits == 2 ? p.Block is 32 or 64 or 128 && p.Quantizes : p.Block is 16 or 32 or 64 or 128 or 256 && (p.Bits == 4 || p.Bits == 8 && p.Quantizes), "the blocks are unknown");
        step.Require(a.Type == ElementType.F32 && output.Type == ElementType.F32 && a.Rank > 0 && output.Rank > 0 && a.Shape[^1] > 0 && output.Shape[^1] > 0, "the types do not fit");
        int k = a.Shape[^1], n = output.Shape[^1], rows = a.Count / k;
        step.Require(rows > 0 && (long)rows * k == a.Count && (long)rows * n == output.Count && (p.Quantizes || rows == 1), "the extents do not fit");
        step.Require(bias is null || bias.Type == ElementType.F32 && bias.Count == n, "the bias does not fit");
        bool hasAvx512 = step.Tier.HasAvx512() && Vector512.IsHardwareAccelerated;
        if (!p.Quantizes) return new BlockedRowKernel(step, p, hasAvx512);
        if (p.Bits == 2) return new TwoBitMatMulKernel(step, p);
        if (step.MachineCode != null)
        {
            var code = (BlockStrandStep*)step.MachineCode;
            return p.Bits == 4 ? new BlockPanelMatMulKernel<FourBits, BlockTilesNative>(step, p, code) : new BlockPanelMatMulKernel<EightBitsOfBytes, BlockTilesNative>(step, p, code);
        }
        if (hasAvx512) return p.Bits == 4 ? new BlockPanelMatMulKernel<FourBits, BlockTiles512>(step, p) : new BlockPanelMatMulKernel<EightBits, BlockTiles512>(step, p);
        return p.Bits == 4 ? new BlockPanelMatMulKernel<FourBits, BlockTiles256>(step, p) : new BlockPanelMatMulKernel<EightBits, BlockTiles256>(step, p);
    }
}
