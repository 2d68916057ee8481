using System.Runtime.InteropServices;
using Qnn.Runtime.Kernels.Convolution;
using Qnn.Runtime.MachineCode;

namespace Qnn.Compiler.MachineCode;

/// <summary>Makes the machine code of a product of two matrices of run time: a <see cref="TileKernel"/> of sums for each group of up to 64 columns. Weights and where accumulation starts are made at run time.</summary>
internal static class MatMulCode
{
    private const int GroupVectors = 4;

    /// <summary>Adds the step's code; gives its entry, a <see cref="TileStep"/>, or -1 where the step stays on intrinsics.</summary>
    public static int Add(CodeSection section, in QuantizedMatMulDescription d)
    {
        // Rows are read a little beyond their end, for which constants have no room.
        if (d.A.IsConstant) return -1;
        int blocks = (d.N + 15) / 16;
        var rows = TileWindow.OfRows(d.M, d.K);
        var groups = new List<TileGroup>();
        for (int block = 0; block < blocks; block += GroupVectors)
        {
            int vectors = Math.Min(GroupVectors, blocks - block);
            var kernel = new TileKernel(
                rows.ChooseRows(vectors, paired: false), vectors, rows.Lines, rows.Taps, rows.Offsets, rows.Steps, rows.RowPitch, ResultPitch: blocks * 16 * sizeof(int),
                Channels: vectors * 16, Output: default, HasRemainders: false, IsPaired: false, new TileEpilogue { Sums = true });
            groups.Add(new TileGroup { Code = section.Function(kernel), FirstBlock = block });
        }
        int entry = section.Next;
        foreach (ref var group in CollectionsMarshal.AsSpan(groups)) group.Code -= entry;
        var header = new TileStep { Source = (int)TileSource.Rows, GroupCount = groups.Count };
        return section.Append([.. MemoryMarshal.AsBytes(new ReadOnlySpan<TileStep>(in header)), .. MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(groups))]);
    }
}
