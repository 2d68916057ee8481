using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Qnn.Runtime.Execution;

namespace Qnn.Runtime.Kernels.Convolution;

/// <summary>
/// Rows of floats, quantized block by block, times weights of 4 or 8 bits, in the order of MLAS's kernels for AVX512-VNNI.
/// Inputs: a [.., K]; weights and scales as <see cref="BlockPanels"/> has them; one zero point for all, a float, or the negated products of scales and zero points; a bias [N], or none.
/// An item is some rows and some panels.
/// </summary>
internal sealed unsafe class BlockPanelMatMulKernel<TWeights, TTiles> : Kernel
    where TWeights : struct, IBlockWeights
    where TTiles : struct, IBlockTiles
{
    private const int ItemRows = 16, ItemPanels = 16, Lanes = BlockPanels.Strands * BlockPanels.StrandLanes, Width = 8, PanelsTogether = 2;

    private readonly TensorInfo _a, _weights, _scales, _zeros, _output;
    private readonly TensorInfo? _bias;
    private readonly BlockPanels _panels;
    private readonly int[] _chunks, _lanePlaces;
    private readonly int _block, _rows, _k, _n, _blocks, _length, _parts, _groupPairs, _restBlock, _groupBlocks, _groupShift;

    // Of a row in scratch: its chunks, those of the lanes of blocks that fill no group, the blocks' steps and their sums.
    private readonly nint _restAt, _stepsAt, _sumsAt, _rowBytes;

    public BlockPanelMatMulKernel(StepInfo step, BlockedMatMulParameters p)
    {
        (_a, _weights, _scales, _zeros, _bias, _output, _block) = (step.Input(0), step.Input(1), step.Input(2), step.Input(3), step.OptionalInput(4), step.Output(0), p.Block);
        (_k, _n) = (_a.Shape[^1], _output.Shape[^1]);
        (_rows, _blocks) = (_a.Count / _k, (_k - 1) / p.Block + 1);
        int panels = BlockPanels.Count(_n);
        long scales = (long)panels * _blocks * BlockPanels.Columns;
        _length = checked(_blocks * p.Block);
        step.Require(_weights.Type == ElementType.U8 && _weights.Count == (long)panels * (_length / (2 * BlockPanels.ChunkLength)) * TWeights.PairBytes, "the weights do not fit");
        step.Require(_scales.Type == ElementType.F32 && _scales.Count == scales, "the scales do not fit");
        step.Require(_zeros.Type == ElementType.F32 && (_zeros.Count == 1 || _zeros.Count == scales), "the zero points do not fit");
        _panels = new BlockPanels(p.Block, TWeights.Bits, _blocks);
        _parts = (panels + ItemPanels - 1) / ItemPanels;
        _chunks = _panels.Chunks;
        _lanePlaces = [.. Enumerable.Range(0, Lanes).Select(lane => Array.IndexOf(_panels.LaneOfPlace, lane))];
        (_groupPairs, _groupBlocks, _groupShift) = (_panels.Groups * Lanes, _panels.GroupBlocks, p.Block > BlockLanes.GroupLength ? 1 : 0);
        _restBlock = _panels.Groups * _groupBlocks >> _groupShift;
        _restAt = (nint)_groupPairs * TWeights.RowBytes;
        _stepsAt = _restAt + (nint)(_blocks - _restBlock) * _panels.RestLanes * TWeights.RowBytes;
        _sumsAt = _stepsAt + (nint)_blocks * sizeof(float);
        _rowBytes = checked(_sumsAt + (nint)_blocks * sizeof(float) + 63 & ~63);
        ScratchBytes = checked(_rowBytes * Math.Min(ItemRows, _rows) + TTiles.Rows * BlockRun.RowSums * sizeof(float) + _length);
    }

    public override string Name { get; } = $"blocked_matmul.quantized.{TTiles.Name}";

    public override int WorkItems => checked((_rows + ItemRows - 1) / ItemRows * _parts);

    public override nint ScratchBytes { get; }

    public override void Run(in KernelContext context, int begin, int end, byte* scratch)
    {
        byte* prepared = scratch + TTiles.Rows * BlockRun.RowSums * sizeof(float);
        float* scales = context.Pointer<float>(_scales);
        for (int item = begin; item < end; item++)
        {
            int first = item / _parts * ItemRows, rows = Math.Min(ItemRows, _rows - first), column = item % _parts * (ItemPanels * BlockPanels.Columns), last = Math.Min(column + ItemPanels * BlockPanels.Columns, _n);
            float* x = context.Pointer<float>(_a) + (nint)first * _k, y = context.Pointer<float>(_output) + (nint)first * _n;
            // Items of the same rows follow each other.
            for (int m = 0; m < rows && (item == begin || item % _parts == 0); m++) Prepare(x + (nint)m * _k, prepared + m * _rowBytes, (sbyte*)prepared + Math.Min(ItemRows, _rows) * _rowBytes);
            for (int n = column; n < last; n += BlockPanels.Columns)
            {
                nint panel = n / BlockPanels.Columns;
                byte* weights = context[_weights] + panel * (_length / (2 * BlockPanels.ChunkLength)) * TWeights.PairBytes;
                for (int m = 0, count; m < rows; m += count)
                {
                    count = rows - m >= TTiles.Rows ? TTiles.Rows : 1;
                    byte* row = prepared + m * _rowBytes;
                    Add(weights, scales + panel * _blocks * BlockPanels.Columns, row, count, (float*)scratch);
                    for (int i = 0; i < count; i++)
                    {
                        // Where a column and the three beside it are taken together, their lanes are added in another order than where it is alone.
                        bool areTogether = _block < 64 || _block == 64 && TWeights.Bits == 8 || first + m + i == _rows - 1 && _rows % 2 == 1;
                        Finish(weights, scales + panel * _blocks * BlockPanels.Columns, row + i * _rowBytes, (float*)scratch + i * BlockRun.RowSums, areTogether, _bias is null ? null : context.Pointer<float>(_bias) + n, n, y + (nint)(m + i) * _n + n);
                    }
                }
            }
            for (int m = 0; m < rows; m++) AddZeros((float*)(prepared + m * _rowBytes + _sumsAt), scales, context.Pointer<float>(_zeros), y + (nint)m * _n, column, last);
        }
    }

    private void Prepare(float* x, byte* row, sbyte* numbers)
    {
        BlockQuantizer.Quantize(x, _k, _block, numbers, (float*)(row + _stepsAt), (float*)(row + _sumsAt));
        fixed (int* chunks = _chunks) TWeights.Put(numbers, chunks, 2 * _groupPairs, row);
        // Each lane's elements of a block that fills no group in a pair of their own.
        int* pair = stackalloc int[2] { 0, 1 };
        sbyte* elements = stackalloc sbyte[2 * BlockPanels.ChunkLength];
        int each = _block / _panels.RestLanes;
        byte* to = row + _restAt;
        for (int at = _restBlock * _block; at < _length; at += each, to += TWeights.RowBytes)
        {
            new Span<sbyte>(elements, 2 * BlockPanels.ChunkLength).Clear();
            for (int i = 0; i < each; i++) elements[(at + i) % (2 * BlockPanels.ChunkLength)] = numbers[at + i];
            TWeights.Put(elements, pair, 2, to);
        }
    }

    private void Add(byte* weights, float* scales, byte* row, int rows, float* sums)
    {
        BlockRun run;
        (run.Pitch, run.Groups, run.GroupBlocks, run.GroupShift, run.BlockStep) = (_rowBytes, _panels.Groups, _groupBlocks, _groupShift, _panels.BlockStep);
        for (int strand = 0; strand < BlockPanels.Strands; strand++)
        {
            int block = _panels.FirstBlock(strand);
            nint pairs = (nint)strand * _panels.Groups * BlockPanels.StrandLanes;
            run.Weights = weights + pairs * TWeights.PairBytes;
            run.Row = row + pairs * TWeights.RowBytes;
            run.Scales = scales + block * BlockPanels.Columns;
            run.Steps = (float*)(row + _stepsAt) + block;
            run.Sums = sums + strand * BlockPanels.StrandLanes * BlockPanels.Columns;
            if (rows == 1) TTiles.One<TWeights>(&run);
            else TTiles.Many<TWeights>(&run);
        }
    }

    // The lanes' sum, and the bias.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Finish(byte* weights, float* scales, byte* row, float* sums, bool areTogether, float* bias, int n, float* y)
    {
        var lanes = stackalloc Vector256<float>[Lanes];
        float* results = stackalloc float[Width];
        for (int column = 0; column < BlockPanels.Columns && n + column < _n; column += Width)
        {
            for (int lane = 0; lane < Lanes; lane++) lanes[lane] = Vector256.Load(sums + _lanePlaces[lane] * BlockPanels.Columns + column);
            bool isHalved = _block < 64;
            for (int lane = 0; isHalved && lane < Lanes / 2; lane++) lanes[lane] += lanes[lane + Lanes / 2];
            if (_restBlock < _blocks) AddRest(weights + column * BlockPanels.ChunkLength, scales + column, row, lanes);
            // A column's lanes one after the other, in quarters, or all that are four apart first.
            Vector256<float> quarters = lanes[0] + lanes[1] + lanes[2] + lanes[3], further = lanes[4] + lanes[5] + lanes[6] + lanes[7];
            if (!isHalved)
            {
                quarters += lanes[8] + lanes[9] + lanes[10] + lanes[11];
                further += lanes[12] + lanes[13] + lanes[14] + lanes[15];
                for (int lane = 0; lane < Lanes / 2; lane++) lanes[lane] += lanes[lane + Lanes / 2];
            }
            Vector256<float> together = quarters + further, alone = lanes[0] + lanes[4] + (lanes[2] + lanes[6]) + (lanes[1] + lanes[5] + (lanes[3] + lanes[7]));
            int count = Math.Min(Width, _n - n - column), left = areTogether ? _n / 4 * 4 - n - column : 0;
            if (count == Width && (left >= Width || left <= 0))
            {
                var sum = left > 0 ? together : alone;
                (bias == null ? sum : sum + Vector256.Load(bias + column)).Store(y + column);
                continue;
            }
            together.Store(results);
            if (left < Width) for (int i = Math.Max(left, 0); i < Width; i++) results[i] = alone[i];
            for (int i = 0; i < count; i++) y[column + i] = bias == null ? results[i] : results[i] + bias[column + i];
        }
    }

    // Blocks that fill no group.
    private void AddRest(byte* weights, float* scales, byte* row, Vector256<float>* lanes)
    {
        int each = _block / _panels.RestLanes, at = _restBlock * _block;
        byte* pair = row + _restAt;
        for (int block = _restBlock; block < _blocks; block++)
        {
            var factor = Vector256.Load(scales + (nint)block * BlockPanels.Columns) * Vector256.Create(((float*)(row + _stepsAt))[block]);
            for (int lane = 0; lane < _panels.RestLanes; lane++, at += each, pair += TWeights.RowBytes)
            {
                var exact = TWeights.Dot256(weights + (nint)(at / (2 * BlockPanels.ChunkLength)) * TWeights.PairBytes, pair);
                lanes[lane] = Vector256.FusedMultiplyAdd(Vector256.ConvertToSingle(exact), factor, lanes[lane]);
            }
        }
    }

    // The zero points' share.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddZeros(float* sums, float* scales, float* zeros, float* y, int column, int last)
    {
        float* shares = stackalloc float[PanelsTogether * BlockPanels.Columns];
        bool isOne = _zeros.Count == 1;
        var factor = Vector256.Create(isOne ? -*zeros : 1);
        float* from = (isOne ? scales : zeros) + (nint)(column / BlockPanels.Columns) * _blocks * BlockPanels.Columns;
        for (int n = column; n < last; n += PanelsTogether * BlockPanels.Columns, from += (nint)PanelsTogether * _blocks * BlockPanels.Columns)
        {
            Vector256<float> a = default, b = default, c = default, d = default;
            // Where there is but one panel it is taken twice.
            float* next = n + BlockPanels.Columns < last ? from + (nint)_blocks * BlockPanels.Columns : from;
            for (nint i = 0; i < _blocks; i++)
            {
                var sum = Vector256.Create(sums[i]);
                a = Vector256.FusedMultiplyAdd(sum, Vector256.Load(from + i * BlockPanels.Columns) * factor, a);
                b = Vector256.FusedMultiplyAdd(sum, Vector256.Load(from + i * BlockPanels.Columns + Width) * factor, b);
                c = Vector256.FusedMultiplyAdd(sum, Vector256.Load(next + i * BlockPanels.Columns) * factor, c);
                d = Vector256.FusedMultiplyAdd(sum, Vector256.Load(next + i * BlockPanels.Columns + Width) * factor, d);
            }
            a.Store(shares);
            b.Store(shares + Width);
            c.Store(shares + 2 * Width);
            d.Store(shares + 3 * Width);
            int count = Math.Min(PanelsTogether * BlockPanels.Columns, last - n), at = 0;
            for (; at <= count - Width; at += Width) (Vector256.Load(shares + at) + Vector256.Load(y + n + at)).Store(y + n + at);
            for (; at < count; at++) y[n + at] = shares[at] + y[n + at];
        }
    }
}
