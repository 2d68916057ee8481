using Storage = Qnn.Runtime.Artifact.Format.Storage;

namespace Qnn.Compiler.Lowering;

/// <summary>
/// Gives every arena tensor an offset. Tensors whose lives do not overlap share memory. Where it takes little more, they share it centered on one another:
/// of two threads each then writes its half of every tensor where it wrote before, and need not fetch the lines from the other's cache (100 ns each).
/// Else largest first, each at the lowest offset that is free during its life (greedy by size; Pisarchyk and Lee, "Efficient Memory Management for Deep Neural Net Inference", 2020).
/// Aliases and in-place results take over their source's block.
/// Inputs live from the start to the end, so that a caller may run again on the same inputs; outputs live to the end.
/// </summary>
internal static class MemoryPlanner
{
    private const long Alignment = 64;

    // What centered blocks may take more than packed ones.
    private const double MostForCenters = 1.25;

    private sealed class Block
    {
        public long Bytes;
        public int First = int.MaxValue;
        public int Last = -1;
        public long Offset = -1;
        public readonly List<LoweredTensor> Tensors = [];

        public bool LivesWith(Block other) => First <= other.Last && other.First <= Last;
    }

    /// <summary>Sets all offsets and the sizes of arena and state.</summary>
    public static void Plan(LoweredProgram program)
    {
        var block = AssignBlocks(program);
        var blocks = block.Where(b => b is not null).Distinct().OrderByDescending(b => b!.Bytes).ThenBy(b => b!.First).ThenBy(b => b!.Tensors[0].Index).Select(b => b!).ToArray();
        program.ArenaBytes = Place(blocks);
        foreach (var b in blocks)
        {
            foreach (var tensor in b.Tensors) tensor.Offset = b.Offset;
        }

        foreach (var tensor in program.Tensors.Where(t => t.Storage == Storage.State))
        {
            tensor.Offset = tensor.AliasOf >= 0 ? program.Tensors[tensor.AliasOf].Offset : program.StateBytes;
            if (tensor.AliasOf < 0) program.StateBytes = Align(program.StateBytes + tensor.Type.ByteLength);
        }
    }

    // Gives blocks, the largest first, their offsets, and the bytes of all.
    private static long Place(Block[] blocks)
    {
        long packed = Pack(blocks);
        var slots = AssignSlots(blocks);
        long centered = slots.Sum(s => Align(s[0].Bytes));
        if (centered > packed * MostForCenters) return packed;
        long begin = 0;
        foreach (var slot in slots)
        {
            long bytes = Align(slot[0].Bytes);
            foreach (var b in slot) b.Offset = begin + (bytes - Align(b.Bytes)) / 2 / Alignment * Alignment;
            begin += bytes;
        }
        return centered;
    }

    // Each at the lowest offset that is free during its life.
    private static long Pack(Block[] blocks)
    {
        var placed = new List<Block>();
        foreach (var b in blocks)
        {
            long offset = 0;
            foreach (var other in placed.Where(b.LivesWith).OrderBy(o => o.Offset))
            {
                if (offset + b.Bytes <= other.Offset) break;
                offset = Math.Max(offset, Align(other.Offset + other.Bytes));
            }
            b.Offset = offset;
            placed.Add(b);
        }
        return blocks.Select(b => Align(b.Offset + b.Bytes)).DefaultIfEmpty(0).Max();
    }

    // Blocks that follow one another in the same memory; one of equal size is the best to follow.
    private static List<List<Block>> AssignSlots(Block[] blocks)
    {
        var slots = new List<List<Block>>();
        foreach (var b in blocks)
        {
            var free = slots.Where(s => !s.Any(b.LivesWith)).ToArray();
            if ((free.FirstOrDefault(s => s.Any(o => o.Bytes == b.Bytes)) ?? free.MinBy(s => s[^1].Bytes)) is { } slot) slot.Add(b);
            else slots.Add([b]);
        }
        return slots;
    }

    /// <summary>One block for each arena tensor, shared by aliases and in-place chains; null for other tensors.</summary>
    private static Block?[] AssignBlocks(LoweredProgram program)
    {
        var block = new Block?[program.Tensors.Count];
        var lastUse = LastUses(program);

        void Join(LoweredTensor tensor, Block target)
        {
            block[tensor.Index] = target;
            target.Tensors.Add(tensor);
            target.Bytes = Math.Max(target.Bytes, tensor.Type.ByteLength);
        }
        Block Get(int index)
        {
            if (block[index] is { } existing) return existing;
            var tensor = program.Tensors[index];
            Join(tensor, tensor.AliasOf >= 0 ? Get(tensor.AliasOf) : new Block());
            return block[index]!;
        }
        void Live(int index, int step)
        {
            if (index < 0 || program.Tensors[index].Storage != Storage.Arena) return;
            var b = Get(index);
            b.First = Math.Min(b.First, step);
            b.Last = Math.Max(b.Last, step);
        }

        foreach (var input in program.Inputs)
        {
            Live(input.Tensor, -1);
            Live(input.Tensor, program.Steps.Count);
        }
        for (int s = 0; s < program.Steps.Count; s++)
        {
            var step = program.Steps[s];
            if (step.InPlaceInput >= 0) TakeOver(step, s);
            foreach (int input in step.Inputs) Live(input, s);
            foreach (int output in step.Outputs) Live(output, s);
        }
        foreach (var output in program.Outputs)
        {
            Live(output.Tensor, program.Steps.Count);
            Live(output.Count, program.Steps.Count);
        }
        return block;

        void TakeOver(LoweredStep step, int s)
        {
            int from = step.Inputs[step.InPlaceInput], to = step.Outputs[0];
            if (from < 0 || block[to] is not null || program.Tensors[to].AliasOf >= 0) return;
            if (program.Tensors[from].Storage != Storage.Arena || program.Tensors[to].Storage != Storage.Arena) return;
            if (program.Tensors[from].Type.ByteLength != program.Tensors[to].Type.ByteLength) return;
            // Another operand of this step may be the same block (x + x).
            var source = Get(from);
            if (step.Inputs.Where((_, i) => i != step.InPlaceInput).Any(i => i >= 0 && block[i] == source)) return;
            if (source.Tensors.Any(t => lastUse[t.Index] > s)) return;
            // Aliases made later of a tensor in this block would still need the old bytes.
            if (program.Tensors.Any(t => t.AliasOf >= 0 && block[t.Index] is null && source.Tensors.Any(x => x.Index == t.AliasOf) && lastUse[t.Index] > s)) return;
            Join(program.Tensors[to], source);
        }
    }

    // The last step that reads each tensor or an alias of it; inputs and outputs of the model count as read after the last step.
    private static int[] LastUses(LoweredProgram program)
    {
        var last = new int[program.Tensors.Count];
        Array.Fill(last, -1);
        void Use(int index, int step)
        {
            for (; index >= 0; index = program.Tensors[index].AliasOf) last[index] = Math.Max(last[index], step);
        }
        for (int s = 0; s < program.Steps.Count; s++)
        {
            foreach (int input in program.Steps[s].Inputs) Use(input, s);
        }
        foreach (var port in program.Inputs.Concat(program.Outputs))
        {
            Use(port.Tensor, program.Steps.Count);
            Use(port.Count, program.Steps.Count);
        }
        return last;
    }

    private static long Align(long bytes) => (bytes + Alignment - 1) / Alignment * Alignment;
}
