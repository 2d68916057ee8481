using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Qnn.Runtime.Execution;
using Qnn.Runtime.MachineCode;

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
    private const int ItemRows = 16, ItemPanels = 16, Lanes = BlockPanels.Strands * BlockPanels.StrandLanes, Width = 8, Together = 4;

    private readonly TensorInfo _a, _weights, _scales, _zeros, _output;
    private readonly TensorInfo? _bias;
    private readonly BlockPanels _panels;
    private readonly int[] _chunks, _firstBlocks;
    private readonly Vector128<int>[] _laneSums;
    private readonly int _block, _rows, _k, _n, _blocks, _length, _parts, _groupPairs, _restBlock, _groupBlocks, _groupShift;

    // Bytes of a strand, and of a row's. Of a row in scratch: its chunks, those of the lanes of blocks that fill no group, the blocks' steps and their sums.
    private readonly nint _strandWeights, _strandRow, _restAt, _stepsAt, _sumsAt, _rowBytes;

    // Machine code, where the tiles are.
    private readonly byte* _one, _many;

    /// <summary>Makes the kernel of a step, and of its entry in the machine code if it has one.</summary>
    public BlockPanelMatMulKernel(StepInfo step, BlockedMatMulParameters p, BlockStrandStep* code = null)
    {
        if (code != null)
        {
            _one = (byte*)code + code->One;
            _many = (byte*)code + code->Many;
        }
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
        _firstBlocks = [.. Enumerable.Range(0, BlockPanels.Strands).Select(_panels.FirstBlock)];
        _laneSums = [.. Enumerable.Range(0, BlockPanels.Strands).Select(strand => Vector128.Create<int>(_panels.LaneOfPlace.AsSpan(strand * BlockPanels.StrandLanes)) * BlockPanels.Columns)];
        (_groupPairs, _groupBlocks, _groupShift) = (_panels.Groups * Lanes, _panels.GroupBlocks, p.Block > BlockLanes.GroupLength ? 1 : 0);
        _restBlock = _panels.Groups * _groupBlocks >> _groupShift;
        _strandWeights = (nint)_panels.Groups * BlockPanels.StrandLanes * TWeights.PairBytes;
        _strandRow = (nint)_panels.Groups * BlockPanels.StrandLanes * TWeights.RowBytes;
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
        var run = new BlockRun { Pitch = _rowBytes, Groups = _panels.Groups, GroupBlocks = _groupBlocks, GroupShift = _groupShift, BlockStep = _panels.BlockStep, Sums = (float*)scratch, One = _one, Many = _many };
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
                    Add(&run, weights, scales + panel * _blocks * BlockPanels.Columns, row, count);
                    for (int i = 0; i < count; i++)
                    {
                        // Where a column and the three beside it are taken together, their lanes are added in another order than where it is alone.
                        bool areTogether = _block < 64 || _block == 64 && TWeights.Bits == 8 || first + m + i == _rows - 1 && _rows % 2 == 1;
                        Finish(weights, scales + panel * _blocks * BlockPanels.Columns, row + i * _rowBytes, (float*)scratch + i * BlockRun.RowSums, areTogether, _bias is null ? null : context.Pointer<float>(_bias) + n, n, y + (nint)(m + i) * _n + n);
                    }
                }
            }
            AddZeros(prepared, rows, scales, context.Pointer<float>(_zeros), y, column, last);
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

    private void Add(BlockRun* run, byte* weights, float* scales, byte* row, int rows)
    {
        run->Weights = weights;
        run->Row = row;
        for (int strand = 0; strand < BlockPanels.Strands; strand++, run->Weights += _strandWeights, run->Row += _strandRow)
        {
            int block = _firstBlocks[strand];
            run->Scales = scales + block * BlockPanels.Columns;
            run->Steps = (float*)(row + _stepsAt) + block;
            _laneSums[strand].Store(run->SumsAt);
            if (rows == 1) TTiles.One<TWeights>(run);
            else TTiles.Many<TWeights>(run);
        }
    }

    // The lanes' sum, and the bias.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Finish(byte* weights, float* scales, byte* row, float* sums, bool areTogether, float* bias, int n, float* y)
    {
        bool isHalved = _block < 64;
        for (int column = 0; column < BlockPanels.Columns && n + column < _n; column += Width, sums += Width)
        {
            for (int lane = 0; isHalved && _restBlock < _blocks && lane < Lanes / 2; lane++) Join(sums, lane).Store(sums + lane * BlockPanels.Columns);
            if (_restBlock < _blocks) AddRest(weights + column * BlockPanels.ChunkLength, scales + column, row, sums);
            Vector256<float> together, alone;
            // A column's lanes one after the other, in quarters, or all that are four apart first.
            if (!isHalved)
            {
                together = Quarter(sums, 0) + Quarter(sums, 8) + (Quarter(sums, 4) + Quarter(sums, 12));
                alone = Join(sums, 0) + Join(sums, 4) + (Join(sums, 2) + Join(sums, 6)) + (Join(sums, 1) + Join(sums, 5) + (Join(sums, 3) + Join(sums, 7)));
            }
            else if (_restBlock < _blocks)
            {
                together = Quarter(sums, 0) + Quarter(sums, 4);
                alone = Lane(sums, 0) + Lane(sums, 4) + (Lane(sums, 2) + Lane(sums, 6)) + (Lane(sums, 1) + Lane(sums, 5) + (Lane(sums, 3) + Lane(sums, 7)));
            }
            else
            {
                Vector256<float> a = Join(sums, 0), b = Join(sums, 1), c = Join(sums, 2), d = Join(sums, 3), e = Join(sums, 4), f = Join(sums, 5), g = Join(sums, 6), h = Join(sums, 7);
                (together, alone) = (a + b + c + d + (e + f + g + h), a + e + (c + g) + (b + f + (d + h)));
            }
            int count = Math.Min(Width, _n - n - column), left = areTogether ? _n / 4 * 4 - n - column : 0;
            if (count == Width && (left >= Width || left <= 0))
            {
                var sum = left > 0 ? together : alone;
                (bias == null ? sum : sum + Vector256.Load(bias + column)).Store(y + column);
            }
            else
            {
                for (int i = 0; i < count; i++) y[column + i] = (i < left ? together : alone)[i] + (bias == null ? 0 : bias[column + i]);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Lane(float* sums, int lane) => Vector256.Load(sums + lane * BlockPanels.Columns);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Join(float* sums, int lane) => Lane(sums, lane) + Lane(sums, lane + Lanes / 2);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Quarter(float* sums, int lane) => Lane(sums, lane) + Lane(sums, lane + 1) + Lane(sums, lane + 2) + Lane(sums, lane + 3);

    // Blocks that fill no group.
    private void AddRest(byte* weights, float* scales, byte* row, float* sums)
    {
        int each = _block / _panels.RestLanes, at = _restBlock * _block;
        byte* pair = row + _restAt;
        for (int block = _restBlock; block < _blocks; block++)
        {
            var factor = Vector256.Load(scales + (nint)block * BlockPanels.Columns) * Vector256.Create(((float*)(row + _stepsAt))[block]);
            for (int lane = 0; lane < _panels.RestLanes; lane++, at += each, pair += TWeights.RowBytes)
            {
                var exact = TWeights.Dot256(weights + (nint)(at / (2 * BlockPanels.ChunkLength)) * TWeights.PairBytes, pair);
                Vector256.FusedMultiplyAdd(Vector256.ConvertToSingle(exact), factor, Lane(sums, lane)).Store(sums + lane * BlockPanels.Columns);
            }
        }
    }

    // The zero points' share of some rows and columns: of four rows together, or four panels.
    private void AddZeros(byte* rows, int count, float* scales, float* zeros, float* y, int column, int last)
    {
        bool isOne = _zeros.Count == 1;
        float factor = isOne ? -*zeros : 1;
        nint panel = (nint)_blocks * BlockPanels.Columns;
        float* from = (isOne ? scales : zeros) + column / BlockPanels.Columns * panel;
        for (int m = 0, taken; m < count; m += taken)
        {
            taken = count - m >= Together ? Together : 1;
            var sums = (float*)(rows + m * _rowBytes + _sumsAt);
            for (int n = column, i = 0; n < last; n += taken == 1 ? Together * BlockPanels.Columns : BlockPanels.Columns, i += taken == 1 ? Together : 1)
            {
                // The last panel again where there are less.
                int most = taken == 1 ? (last - n - 1) / BlockPanels.Columns : 0;
                AddZeros(sums, taken == 1 ? 0 : _rowBytes / sizeof(float), from + i * panel, Math.Min(1, most) * panel, Math.Min(2, most) * panel, Math.Min(3, most) * panel, factor, y + (nint)m * _n + n, last - n);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddZeros(float* sums, nint nextRow, float* from, nint second, nint third, nint fourth, float factor, float* y, int count)
    {
        Vector256<float> a0 = default, a1 = default, b0 = default, b1 = default, c0 = default, c1 = default, d0 = default, d1 = default, f = Vector256.Create(factor);
        if (nextRow == 0)
        {
            for (nint i = _blocks; i > 0; i--, sums++, from += BlockPanels.Columns)
            {
                var sum = Vector256.Create(*sums);
                a0 = Vector256.FusedMultiplyAdd(sum, Vector256.Load(from) * f, a0);
                a1 = Vector256.FusedMultiplyAdd(sum, Vector256.Load(from + Width) * f, a1);
                b0 = Vector256.FusedMultiplyAdd(sum, Vector256.Load(from + second) * f, b0);
                b1 = Vector256.FusedMultiplyAdd(sum, Vector256.Load(from + second + Width) * f, b1);
                c0 = Vector256.FusedMultiplyAdd(sum, Vector256.Load(from + third) * f, c0);
                c1 = Vector256.FusedMultiplyAdd(sum, Vector256.Load(from + third + Width) * f, c1);
                d0 = Vector256.FusedMultiplyAdd(sum, Vector256.Load(from + fourth) * f, d0);
                d1 = Vector256.FusedMultiplyAdd(sum, Vector256.Load(from + fourth + Width) * f, d1);
            }
            Put(a0, a1, y, count);
            Put(b0, b1, y + BlockPanels.Columns, count - BlockPanels.Columns);
            Put(c0, c1, y + 2 * BlockPanels.Columns, count - 2 * BlockPanels.Columns);
            Put(d0, d1, y + 3 * BlockPanels.Columns, count - 3 * BlockPanels.Columns);
            return;
        }
        for (nint i = _blocks; i > 0; i--, sums++, from += BlockPanels.Columns)
        {
            Vector256<float> low = Vector256.Load(from) * f, high = Vector256.Load(from + Width) * f, sum = Vector256.Create(*sums);
            (a0, a1) = (Vector256.FusedMultiplyAdd(sum, low, a0), Vector256.FusedMultiplyAdd(sum, high, a1));
            sum = Vector256.Create(sums[nextRow]);
            (b0, b1) = (Vector256.FusedMultiplyAdd(sum, low, b0), Vector256.FusedMultiplyAdd(sum, high, b1));
            sum = Vector256.Create(sums[2 * nextRow]);
            (c0, c1) = (Vector256.FusedMultiplyAdd(sum, low, c0), Vector256.FusedMultiplyAdd(sum, high, c1));
            sum = Vector256.Create(sums[3 * nextRow]);
            (d0, d1) = (Vector256.FusedMultiplyAdd(sum, low, d0), Vector256.FusedMultiplyAdd(sum, high, d1));
        }
        Put(a0, a1, y, count);
        Put(b0, b1, y + _n, count);
        Put(c0, c1, y + 2 * (nint)_n, count);
        Put(d0, d1, y + 3 * (nint)_n, count);
    }

    // A panel's shares added to as many results as there are.
    private static void Put(Vector256<float> low, Vector256<float> high, float* y, int count)
    {
        if (count >= Width) (low + Vector256.Load(y)).Store(y);
        else for (int i = 0; i < count; i++) y[i] = low[i] + y[i];
        if (count >= BlockPanels.Columns) (high + Vector256.Load(y + Width)).Store(y + Width);
        else for (int i = Width; i < count; i++) y[i] = high[i - Width] + y[i];
    }
}
