using System.Runtime.InteropServices;
using Qnn.Runtime.Execution;
using Qnn.Runtime.Kernels.Convolution;
using Qnn.Runtime.MachineCode;

namespace Qnn.Compiler.MachineCode;

/// <summary>Makes the machine code of a product of quantized rows with weights of 4 or 8 bits: a <see cref="BlockStrandKernel"/> for a row, and one for four.</summary>
internal static class BlockedMatMulCode
{
    private const int RowsTogether = 4;

    /// <summary>Adds the step's code; gives its entry, a <see cref="BlockStrandStep"/>, or -1 where the step stays on intrinsics.</summary>
    public static int Add(CodeSection section, StepInfo step)
    {
        var p = step.ReadParameters<BlockedMatMulParameters>();
        // A block of 256 is two groups.
        if (!p.Quantizes || p.Bits is not (4 or 8) || p.Block is not (16 or 32 or 64 or 128)) return -1;
        var panels = new BlockPanels(p.Block, p.Bits, 0);
        BlockStrandKernel Kernel(int rows) => new(rows, p.Bits, panels.GroupBlocks, panels.BlockStep);
        var entry = new BlockStrandStep { One = section.Function(Kernel(1)), Many = section.Function(Kernel(RowsTogether)) };
        entry.One -= section.Next;
        entry.Many -= section.Next;
        return section.Append(MemoryMarshal.AsBytes(new ReadOnlySpan<BlockStrandStep>(in entry)));
    }
}
