using Qnn.Runtime.Artifact.Format;

namespace Qnn.Runtime.Execution;

/// <summary>
/// Which items of each step of a session belong to which lane, and what a lane waits for before it begins a step: the last step of another lane whose memory meets its own
/// (written and then read, read and then written, or written twice). A lane has the same part of every step, so that it mostly reads what it wrote itself, and waits for little.
/// </summary>
internal sealed unsafe class ParallelPlan
{
    // With more lanes than this, a step whose tensors meet an earlier one's waits for all lanes.
    private const int MostExactLanes = 16;

    // The least work (Program.Work) for a lane, about a fifth of a microsecond, and for a chunk, about forty. Chunks are what a thread takes at a time; those not begun when a thread is delayed go to others.
    private const long WorkPerLane = 50_000, WorkPerChunk = 16_000_000;

    private readonly int[] _begins, _chunks, _waitStarts;
    private readonly Wait[] _waits;

    /// <summary>The pool's number of the first step; set for each inference.</summary>
    public long Base;

    /// <summary>The step behind the last one to run now.</summary>
    public int Last;

    private readonly record struct Wait(int Lane, int Finished);

    /// <summary>Plans a program.</summary>
    /// <param name="program">The program.</param>
    /// <param name="tensors">Where the session has its tensors.</param>
    /// <param name="lanes">Lanes, at least 1.</param>
    /// <param name="splitsAll">Whether to share out even the smallest steps.</param>
    /// <param name="scratch">Scratch memory, one block for each lane's thread.</param>
    /// <param name="scratchStride">Bytes from one thread's scratch block to the next.</param>
    public ParallelPlan(Program program, byte** tensors, int lanes, bool splitsAll, byte* scratch, nint scratchStride)
    {
        (Steps, Kernels, Context, Lanes, ScratchStride) = (program.Steps.Length, program.Kernels, new KernelContext(tensors), lanes, scratchStride);
        Scratch = scratch;
        _begins = new int[Steps * (lanes + 1)];
        _chunks = new int[Steps];
        for (int step = 0; step < Steps; step++)
        {
            var kernel = Kernels[step];
            long items = kernel.WorkItems, grain = Math.Max(1, kernel.Grain), work = program.Work(step);
            int parts = (int)Math.Clamp(Math.Min(splitsAll ? lanes : work / WorkPerLane, items / grain), 1, lanes);
            for (int lane = 0; lane <= lanes; lane++) _begins[step * (lanes + 1) + lane] = kernel.PartBegin(Math.Min(lane, parts), parts);
            long chunks = splitsAll ? 4 * parts : Math.Clamp(work / WorkPerChunk, parts, 4 * parts);
            _chunks[step] = (int)Math.Max(grain, (items + chunks - 1) / chunks);
        }
        (_waitStarts, _waits) = FindWaits(program, tensors);
    }

    /// <summary>The number of steps.</summary>
    public int Steps { get; }

    /// <summary>The number of lanes.</summary>
    public int Lanes { get; }

    /// <summary>The steps' kernels.</summary>
    public Kernel[] Kernels { get; }

    /// <summary>The session's memory.</summary>
    public KernelContext Context { get; }

    /// <summary>The first thread's scratch memory.</summary>
    public byte* Scratch { get; }

    /// <summary>Bytes from one thread's scratch memory to the next one's.</summary>
    public nint ScratchStride { get; }

    /// <summary>The lane's first item of a step.</summary>
    public int Begin(int step, int lane) => _begins[step * (Lanes + 1) + lane];

    /// <summary>The item behind the lane's last.</summary>
    public int End(int step, int lane) => Begin(step, lane + 1);

    /// <summary>The lane's number of items of a step.</summary>
    public int Items(int step, int lane) => End(step, lane) - Begin(step, lane);

    /// <summary>How many items of a step a thread takes at a time.</summary>
    public int Chunk(int step) => _chunks[step];

    /// <summary>Whether others have done what a lane's part of a step needs.</summary>
    public bool IsReady(int step, int lane, long first, Lane** lanes)
    {
        int part = step * Lanes + lane;
        for (int i = _waitStarts[part]; i < _waitStarts[part + 1]; i++)
        {
            if (Volatile.Read(ref lanes[_waits[i].Lane]->Finished) < first + _waits[i].Finished) return false;
        }
        return true;
    }

    private (int[] Starts, Wait[] Waits) FindWaits(Program program, byte** tensors)
    {
        var starts = new int[Steps * Lanes + 1];
        List<Wait> waits = [];
        var operands = new Operands[Steps];
        // What a lane has waited for already.
        var known = new int[Lanes, Lanes];
        for (int step = 0; step < Steps; step++)
        {
            operands[step] = new Operands(program.Steps[step], Kernels[step], tensors);
            for (int lane = 0; lane < Lanes; lane++)
            {
                starts[step * Lanes + lane] = waits.Count;
                if (Items(step, lane) == 0) continue;
                for (int other = 0; other < Lanes; other++)
                {
                    if (other == lane) continue;
                    int earlier = step - 1;
                    while (earlier >= known[lane, other] && (Items(earlier, other) == 0 || !Meet(operands[step], step, lane, operands[earlier], earlier, other))) earlier--;
                    if (earlier < known[lane, other]) continue;
                    known[lane, other] = earlier + 1;
                    waits.Add(new Wait(other, earlier + 1));
                }
            }
        }
        starts[^1] = waits.Count;
        return (starts, [.. waits]);
    }

    private bool Meet(Operands a, int stepA, int laneA, Operands b, int stepB, int laneB)
    {
        bool exact = Lanes <= MostExactLanes;
        (int Begin, int End) itemsA = (Begin(stepA, laneA), End(stepA, laneA)), itemsB = (Begin(stepB, laneB), End(stepB, laneB));
        return a.Writes(b, itemsA, itemsB, exact) || b.Writes(a, itemsB, itemsA, exact);
    }

    /// <summary>A step's tensors, and where they are.</summary>
    private sealed class Operands
    {
        private readonly Kernel _kernel;
        private readonly (TensorInfo Tensor, nint Address)[] _read, _written;

        public Operands(StepInfo step, Kernel kernel, byte** tensors)
        {
            _kernel = kernel;
            var inputs = step.Inputs.OfType<TensorInfo>().Where(t => !t.IsConstant).ToArray();
            // Kernels bring state up to date in place.
            _written = [.. step.Outputs.Concat(inputs.Where(t => t.Storage == Storage.State)).Select(Locate)];
            _read = [.. inputs.Where(t => t.Storage != Storage.State).Select(Locate)];

            (TensorInfo, nint) Locate(TensorInfo tensor) => (tensor, (nint)tensors[tensor.Index]);
        }

        /// <summary>Whether some items of this step write what some of another's read or write.</summary>
        public bool Writes(Operands other, (int Begin, int End) items, (int Begin, int End) otherItems, bool exact)
        {
            foreach (var written in _written)
            {
                foreach (var read in other._read)
                {
                    if (Meet(written, read) && (!exact || Meet(Written(written, items), written, other._kernel.Reads(read.Tensor, otherItems.Begin, otherItems.End), read))) return true;
                }
                foreach (var rewritten in other._written)
                {
                    if (Meet(written, rewritten) && (!exact || Meet(Written(written, items), written, other.Written(rewritten, otherItems), rewritten))) return true;
                }
            }
            return false;
        }

        private Region Written((TensorInfo Tensor, nint Address) operand, (int Begin, int End) items) =>
            operand.Tensor.Storage == Storage.State ? Region.All(operand.Tensor) : _kernel.Writes(operand.Tensor, items.Begin, items.End);

        private static bool Meet((TensorInfo Tensor, nint Address) a, (TensorInfo Tensor, nint Address) b) =>
            a.Address < b.Address + b.Tensor.ByteLength && b.Address < a.Address + a.Tensor.ByteLength;

        private static bool Meet(in Region a, (TensorInfo Tensor, nint Address) operandA, in Region b, (TensorInfo Tensor, nint Address) operandB) =>
            operandA.Tensor == operandB.Tensor ? a.Meets(b) : operandA.Address + a.Begin < operandB.Address + b.End && operandB.Address + b.Begin < operandA.Address + a.End;
    }
}
