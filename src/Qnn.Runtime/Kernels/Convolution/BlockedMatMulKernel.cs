using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Qnn.Runtime.Execution;
using Qnn.Runtime.Kernels.Lanes;

namespace Qnn.Runtime.Kernels.Convolution;

/// <summary>Parameters of <see cref="BlockedMatMulKernel"/>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct BlockedMatMulParameters
{
    /// <summary>Elements of a block: 16, 32, 64, 128 or 256.</summary>
    public int Block;

    /// <summary>Of the weights: 2, 4 or 8. Those of two bits have blocks of 32, 64 or 128, and the data are quantized.</summary>
    public int Bits;

    /// <summary>Whether the data are quantized block by block.</summary>
    public bool Quantizes;
}

/// <summary>
/// Rows of floats times weights of few bits with a scale and a zero point for each block of a column, in the order of MLAS's kernels for AVX512-VNNI.
/// Inputs: a [.., K]; weights [N, blocks * block], uint8; scales [N, blocks]; zero points [N, blocks], floats; a bias [N], or none.
/// Where the data are quantized, weights are stored as <see cref="BlockLanes"/> says, and in place of the zero points are the negated products of scales and zero points, [N / 16, blocks, 16], padded.
/// An item is some rows and a part of the columns; its rows are quantized in scratch.
/// </summary>
internal sealed unsafe class BlockedMatMulKernel : Kernel
{
    /// <summary>Columns whose zero points' shares lie beside each other.</summary>
    public const int OffsetColumns = 16;

    private const int ItemRows = 16, RowsTogether = 4, ItemColumns = 256, Beyond = 8;

    private readonly TensorInfo _a, _weights, _scales, _zeros, _output;
    private readonly TensorInfo? _bias;
    private readonly BlockedMatMulParameters _p;
    private readonly BlockLanes _lanes;
    private readonly Vector256<int> _lowBlocks, _highBlocks;
    private readonly Vector512<int> _blockOfLane;
    private readonly int[] _order;
    private readonly int _rows, _k, _n, _blocks, _parts, _length;

    // Whole groups of weights of four bits, which are multiplied in bytes; 0 where nothing is.
    private readonly int _groups;

    // Bytes of a row in scratch: in 16 bits in two orders, or padded; for its blocks the steps, of which more are read, and sums; in 8 bits; the steps of the groups' lanes.
    private readonly nint _rowBytes;

    private BlockedMatMulKernel(StepInfo step, BlockedMatMulParameters p)
    {
        (_p, _a, _weights, _scales, _zeros, _bias, _output) = (p, step.Input(0), step.Input(1), step.Input(2), step.Input(3), step.OptionalInput(4), step.Output(0));
        step.Require(p.Bits == 2 ? p.Block is 32 or 64 or 128 && p.Quantizes : p.Block is 16 or 32 or 64 or 128 or 256 && p.Bits is 4 or 8, "the blocks are unknown");
        step.Require(_a.Type == ElementType.F32 && _output.Type == ElementType.F32 && _a.Rank > 0 && _output.Rank > 0 && _a.Shape[^1] > 0 && _output.Shape[^1] > 0);
        (_k, _n) = (_a.Shape[^1], _output.Shape[^1]);
        (_rows, _blocks) = (_a.Count / _k, (_k - 1) / p.Block + 1);
        step.Require(_rows > 0 && (long)_rows * _k == _a.Count && (long)_rows * _n == _output.Count, "the extents do not fit");
        step.Require(_weights.Type == ElementType.U8 && _weights.Count == (long)_n * _blocks * p.Block, "the weights do not fit");
        step.Require(_scales.Type == ElementType.F32 && _scales.Count == (long)_n * _blocks, "the scales do not fit");
        step.Require(_zeros.Type == ElementType.F32 && _zeros.Count == (p.Quantizes ? ((long)_n + OffsetColumns - 1) / OffsetColumns * OffsetColumns : _n) * _blocks, "the zero points do not fit");
        step.Require(_bias is null || _bias.Type == ElementType.F32 && _bias.Count == _n, "the bias does not fit");
        _parts = (_n + ItemColumns - 1) / ItemColumns;
        _lanes = new BlockLanes(p.Block, p.Bits);
        _lowBlocks = Vector256.Create<int>(_lanes.BlockOfLane.AsSpan(0, 8));
        _highBlocks = Vector256.Create<int>(_lanes.BlockOfLane.AsSpan(8));
        _blockOfLane = Vector512.Create(_lowBlocks, _highBlocks);
        _length = _blocks * p.Block;
        _order = p.Quantizes ? _lanes.Row(_blocks) : [];
        if (p.Quantizes && p.Bits == 4 && step.Tier.HasAvx512() && Vector512.IsHardwareAccelerated) _groups = _blocks / _lanes.GroupBlocks * Math.Max(1, p.Block / BlockLanes.GroupLength);
        _rowBytes = checked((nint)(((long)_length + 2L * _blocks + Beyond) * sizeof(float) + _length + _groups * 64L) + 63 & ~63);
        ScratchBytes = checked(_rowBytes * Math.Min(ItemRows, _rows));
    }

    /// <summary>Makes the kernel of a step.</summary>
    public static Kernel Create(StepInfo step) => new BlockedMatMulKernel(step, step.ReadParameters<BlockedMatMulParameters>());

    public override string Name => _p.Quantizes ? "blocked_matmul.quantized" : "blocked_matmul";

    public override int WorkItems => checked((_rows + ItemRows - 1) / ItemRows * _parts);

    public override nint ScratchBytes { get; }

    public override void Run(in KernelContext context, int begin, int end, byte* scratch)
    {
        Vector512<float>* lanes = stackalloc Vector512<float>[RowsTogether];
        for (int item = begin; item < end; item++)
        {
            int first = item / _parts * ItemRows, rows = Math.Min(ItemRows, _rows - first), column = item % _parts * ItemColumns, last = Math.Min(column + ItemColumns, _n);
            float* x = context.Pointer<float>(_a) + (nint)first * _k, y = context.Pointer<float>(_output) + (nint)first * _n;
            // Items of the same rows follow each other.
            for (int m = 0; m < rows && (item == begin || item % _parts == 0); m++) Prepare(x + (nint)m * _k, scratch + m * _rowBytes);
            for (int n = column; n < last; n++)
            {
                byte* weights = context[_weights] + (nint)n * _length;
                float* scales = context.Pointer<float>(_scales) + (nint)n * _blocks;
                float bias = _bias is null ? 0 : context.Pointer<float>(_bias)[n];
                for (int m = 0; m < rows; m++)
                {
                    byte* row = scratch + m * _rowBytes;
                    if (_groups > 0 && m % RowsTogether == 0)
                    {
                        if (rows - m >= RowsTogether) Nibbles(row, weights, scales, lanes);
                        else for (int i = 0; i < rows - m; i++) lanes[i] = Nibbles(row + i * _rowBytes, weights, scales);
                    }
                    // Where a column and the three beside it are taken together, their lanes are added in another order than where it is alone.
                    bool isQuad = n < _n / 4 * 4 && (!_p.Quantizes || _p.Block < 64 || _p.Block == 64 && _p.Bits == 8 || first + m == _rows - 1 && _rows % 2 == 1);
                    float sum = _p.Bits == 2 ? Alternating((short*)row, Steps(row), weights, scales)
                        : _p.Quantizes ? Exact(row, weights, scales, lanes[m % RowsTogether], isQuad)
                        : Real((float*)row, weights, scales, context.Pointer<float>(_zeros) + (nint)n * _blocks, isQuad);
                    y[(nint)m * _n + n] = _bias is null ? sum : sum + bias;
                }
            }
            for (int m = 0; m < rows && _p.Quantizes; m++) AddOffsets(Steps(scratch + m * _rowBytes) + _blocks + Beyond, context.Pointer<float>(_zeros), y + (nint)m * _n, column, last);
        }
    }

    private float* Steps(byte* row) => (float*)row + _length;

    private sbyte* Bytes(byte* row) => (sbyte*)(Steps(row) + 2 * _blocks + Beyond);

    private void Prepare(float* x, byte* row)
    {
        if (!_p.Quantizes)
        {
            new ReadOnlySpan<float>(x, _k).CopyTo(new Span<float>(row, _k));
            new Span<float>((float*)row + _k, _length - _k).Clear();
            return;
        }
        // In the order of the data first, behind where they lie in that of the lanes.
        short* ordered = (short*)row, natural = ordered + _length;
        float* steps = Steps(row), laneSteps = LaneSteps(row);
        Quantize(x, natural, steps, steps + _blocks + Beyond);
        sbyte* bytes = Bytes(row);
        for (int i = 0; i < _order.Length; i++)
        {
            ordered[i] = natural[_order[i]];
            bytes[i] = (sbyte)ordered[i];
        }
        for (int i = 0; i < _groups * 16; i++) laneSteps[i] = steps[FirstBlock(i / 16) + _lanes.BlockOfLane[i % 16]];
    }

    private float* LaneSteps(byte* row) => (float*)(Bytes(row) + _length);

    private int FirstBlock(int group) => _p.Block > BlockLanes.GroupLength ? group / (_p.Block / BlockLanes.GroupLength) : group * _lanes.GroupBlocks;

    // rint(x * (127 / greatest magnitude)) of each block, its step greatest magnitude / 127, and the step times the sum.
    private void Quantize(float* x, short* to, float* steps, float* sums)
    {
        for (int b = 0; b < _blocks; b++, to += _p.Block)
        {
            float* data = x + (nint)b * _p.Block;
            int count = Math.Min(_p.Block, _k - b * _p.Block), i = 0;
            float most = 0;
            var eight = Vector256<float>.Zero;
            for (; i <= count - 8; i += 8) eight = Vector256.Max(eight, Vector256.Abs(Vector256.Load(data + i)));
            for (int lane = 0; lane < 8; lane++) most = MathF.Max(most, eight[lane]);
            for (; i < count; i++) most = MathF.Max(most, MathF.Abs(data[i]));
            steps[b] = most / 127;
            float factor = most != 0 ? 127 / most : 0;
            var sum = Vector256<int>.Zero;
            for (i = 0; i <= count - 8; i += 8)
            {
                var integers = Integers(Vector256.Load(data + i) * factor);
                Vector128.Narrow(integers.GetLower(), integers.GetUpper()).Store(to + i);
                sum += integers;
            }
            int total = Vector256.Sum(sum);
            for (; i < count; i++) total += to[i] = (short)Integers(Vector256.CreateScalar(data[i] * factor))[0];
            new Span<short>(to + count, _p.Block - count).Clear();
            sums[b] = steps[b] * total;
        }
        for (int i = 0; i < Beyond; i++) steps[_blocks + i] = 0;
    }

    // What is no number of 8 bits becomes 0.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Integers(Vector256<float> v)
    {
        var rounded = Vector256.Round(v);
        var fits = Vector256.GreaterThanOrEqual(rounded, Vector256.Create(-128f)) & Vector256.LessThanOrEqual(rounded, Vector256.Create(127f));
        return Vector256.ConvertToInt32(rounded & fits);
    }

    // The zero points' share, of sixteen columns at a time.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddOffsets(float* sums, float* offsets, float* y, int column, int last)
    {
        float* shares = stackalloc float[OffsetColumns];
        for (int n = column; n < last; n += OffsetColumns)
        {
            float* from = offsets + (nint)n * _blocks;
            Vector256<float> low = default, high = default;
            for (int b = 0; b < _blocks; b++, from += OffsetColumns)
            {
                var sum = Vector256.Create(sums[b]);
                (low, high) = (Vector256.FusedMultiplyAdd(sum, Vector256.Load(from), low), Vector256.FusedMultiplyAdd(sum, Vector256.Load(from + 8), high));
            }
            if (n <= last - OffsetColumns)
            {
                (low + Vector256.Load(y + n)).Store(y + n);
                (high + Vector256.Load(y + n + 8)).Store(y + n + 8);
                continue;
            }
            low.Store(shares);
            high.Store(shares + 8);
            for (int i = 0; n + i < last; i++) y[n + i] = shares[i] + y[n + i];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private float Exact(byte* stored, byte* weights, float* scales, Vector512<float> lanes, bool isQuad)
    {
        Vector256<float> low = default, high = default;
        short* row = (short*)stored;
        float* steps = Steps(stored);
        int block = _p.Block, b = 0, perGroup = block / BlockLanes.GroupLength;
        if (_groups > 0)
        {
            (low, high) = (lanes.GetLower(), lanes.GetUpper());
            if (perGroup > 0) return isQuad ? Quad(low, high) : Single(low + high);
            b = _groups * _lanes.GroupBlocks;
            row += _groups * BlockLanes.GroupLength;
            weights += _groups * BlockLanes.GroupLength;
        }
        else if (perGroup > 0)
        {
            for (; b < _blocks; b++)
            {
                var factor = Vector256.Create(steps[b] * scales[b]);
                for (int i = 0; i < perGroup; i++, row += BlockLanes.GroupLength, weights += BlockLanes.GroupLength)
                {
                    low = Joined(Four(row, weights, 32), factor, low);
                    high = Joined(Four(row + 16, weights + 16, 32), factor, high);
                }
            }
            return isQuad ? Quad(low, high) : Single(low + high);
        }
        for (; _blocks - b >= _lanes.GroupBlocks; b += _lanes.GroupBlocks, row += BlockLanes.GroupLength, weights += BlockLanes.GroupLength)
        {
            var factors = Vector256.Load(steps + b) * Scales(scales, b);
            low = Joined(Four(row, weights, 32), Vector256.Shuffle(factors, _lowBlocks), low);
            high = Joined(Four(row + 16, weights + 16, 32), Vector256.Shuffle(factors, _highBlocks), high);
        }
        if (block == 64)
        {
            if (b < _blocks)
            {
                var factor = Vector256.Create(steps[b] * scales[b]);
                low = Joined(Pair(row, weights) + Pair(row + 32, weights + 32), factor, low);
                high = Joined(Pair(row + 16, weights + 16) + Pair(row + 48, weights + 48), factor, high);
            }
            return isQuad ? Quad(low, high) : Single(low + high);
        }
        var sum = low + high;
        for (; b < _blocks; b++, row += block, weights += block)
        {
            var exact = Pair(row, weights);
            if (block == 32) exact += Pair(row + 16, weights + 16);
            sum = Joined(exact, Vector256.Create(steps[b] * scales[b]), sum);
        }
        return isQuad ? Half(sum.GetLower()) + Half(sum.GetUpper()) : Single(sum);
    }

    // The lanes of the whole groups of a column: bytes are multiplied in pairs, since sums of eight products, of 15 * 127 at most, fit in 16 bits.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private Vector512<float> Nibbles(byte* stored, byte* weights, float* scales)
    {
        sbyte* row = Bytes(stored);
        float* steps = LaneSteps(stored);
        var sums = Vector512<float>.Zero;
        for (int group = 0; group < _groups; group++, row += BlockLanes.GroupLength, weights += BlockLanes.GroupLength, steps += 16)
        {
            sums = Vector512.FusedMultiplyAdd(Products(Vector512.Load(weights), Vector512.Load(weights + 64), row), Vector512.Load(steps) * Scales(scales, group, _lanes.GroupBlocks), sums);
        }
        return sums;
    }

    // Those of four rows.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Nibbles(byte* stored, byte* weights, float* scales, Vector512<float>* lanes)
    {
        sbyte* row = Bytes(stored);
        float* steps = LaneSteps(stored);
        nint apart = _rowBytes, stepsApart = _rowBytes / sizeof(float);
        int count = _lanes.GroupBlocks;
        Vector512<float> a = default, b = default, c = default, d = default;
        for (int group = 0; group < _groups; group++, row += BlockLanes.GroupLength, weights += BlockLanes.GroupLength, steps += 16)
        {
            Vector512<byte> first = Vector512.Load(weights), second = Vector512.Load(weights + 64);
            var scale = Scales(scales, group, count);
            a = Vector512.FusedMultiplyAdd(Products(first, second, row), Vector512.Load(steps) * scale, a);
            b = Vector512.FusedMultiplyAdd(Products(first, second, row + apart), Vector512.Load(steps + stepsApart) * scale, b);
            c = Vector512.FusedMultiplyAdd(Products(first, second, row + 2 * apart), Vector512.Load(steps + 2 * stepsApart) * scale, c);
            d = Vector512.FusedMultiplyAdd(Products(first, second, row + 3 * apart), Vector512.Load(steps + 3 * stepsApart) * scale, d);
        }
        (lanes[0], lanes[1], lanes[2], lanes[3]) = (a, b, c, d);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Products(Vector512<byte> first, Vector512<byte> second, sbyte* row)
    {
        var pairs = Avx512BW.MultiplyAddAdjacent(first, Vector512.Load(row)) + Avx512BW.MultiplyAddAdjacent(second, Vector512.Load(row + 64));
        return Avx512F.ConvertToVector512Single(Avx512F.ConvertToVector512Int32(pairs.GetLower() + pairs.GetUpper()));
    }

    // Those of a group's lanes.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector512<float> Scales(float* scales, int group, int count) => count switch
    {
        1 => Vector512.Create(scales[FirstBlock(group)]),
        2 => Avx512F.PermuteVar16x32(Vector128.CreateScalar(*(double*)(scales + 2 * group)).AsSingle().ToVector256Unsafe().ToVector512Unsafe(), _blockOfLane),
        4 => Avx512F.PermuteVar16x32(Vector128.Load(scales + 4 * group).ToVector256Unsafe().ToVector512Unsafe(), _blockOfLane),
        _ => Avx512F.PermuteVar16x32(Vector256.Load(scales + 8 * group).ToVector512Unsafe(), _blockOfLane),
    };

    // Of two bits: four blocks at a time, the even ones and the odd ones apart, their sums added to those before.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private float Alternating(short* row, float* steps, byte* weights, float* scales)
    {
        Vector256<float> low = default, high = default;
        int block = _p.Block;
        for (int first = 0; first < _blocks; first += 4)
        {
            Vector256<float> evenLow = default, evenHigh = default, oddLow = default, oddHigh = default;
            int last = Math.Min(first + 4, _blocks);
            for (int b = first; b < last; b++, row += block, weights += block)
            {
                var factor = Vector256.Create(steps[b] * scales[b]);
                Vector256<int> exactLow, exactHigh = default;
                if (block == 32)
                {
                    exactLow = Pair(row, weights) + Pair(row + 16, weights + 16);
                }
                else if (block == 64)
                {
                    exactLow = Pair(row, weights) + Pair(row + 32, weights + 32);
                    exactHigh = Pair(row + 16, weights + 16) + Pair(row + 48, weights + 48);
                }
                else
                {
                    exactLow = Four(row, weights, 32);
                    exactHigh = Four(row + 16, weights + 16, 32);
                }
                if (b % 2 == 0) (evenLow, evenHigh) = (Joined(exactLow, factor, evenLow), Joined(exactHigh, factor, evenHigh));
                else (oddLow, oddHigh) = (Joined(exactLow, factor, oddLow), Joined(exactHigh, factor, oddHigh));
            }
            low += evenLow + oddLow;
            high += evenHigh + oddHigh;
        }
        return Single(low + high);
    }

    // Those of a group, up to eight: beyond the last there may be none to read.
    private Vector256<float> Scales(float* scales, int b)
    {
        if (_lanes.GroupBlocks == 8) return Vector256.Load(scales + b);
        if (_lanes.GroupBlocks == 4) return Vector128.Load(scales + b).ToVector256();
        return Vector256.Create(scales[b], scales[b + 1], 0, 0, 0, 0, 0, 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private float Real(float* row, byte* weights, float* scales, float* zeros, bool isQuad)
    {
        Vector256<float> low = default, high = default;
        for (int b = 0; b < _blocks; b++)
        {
            var (scale, zero) = (Vector256.Create(scales[b]), Vector256.Create(zeros[b]));
            for (int i = 0; i < _p.Block; i += 16, row += 16, weights += 16)
            {
                var words = Vector128.WidenLower(Vector128.Load(weights));
                low = Vector256.FusedMultiplyAdd((Numbers(words) - zero) * scale, Vector256.Load(row), low);
                words = Vector128.WidenUpper(Vector128.Load(weights));
                high = Vector256.FusedMultiplyAdd((Numbers(words) - zero) * scale, Vector256.Load(row + 8), high);
            }
        }
        return isQuad ? Quad(low, high) : Single(low + high);
    }

    private static Vector256<float> Numbers(Vector128<ushort> words) => Vector256.ConvertToSingle(Vector256.Create(Vector128.WidenLower(words), Vector128.WidenUpper(words)).AsInt32());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Joined(Vector256<int> exact, Vector256<float> factor, Vector256<float> sum) => Vector256.FusedMultiplyAdd(Vector256.ConvertToSingle(exact), factor, sum);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Four(short* row, byte* weights, int step) =>
        Pair(row, weights) + Pair(row + step, weights + step) + (Pair(row + 2 * step, weights + 2 * step) + Pair(row + 3 * step, weights + 3 * step));

    // Two products in each of eight lanes.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Pair(short* row, byte* weights)
    {
        var x = Vector256.Load(row);
        if (Avx2.IsSupported) return Avx2.MultiplyAddAdjacent(x, Avx2.ConvertToVector256Int16(weights));
        var bytes = Vector128.Load(weights);
        var (a, b) = (x.AsInt32(), Vector256.Create(Vector128.WidenLower(bytes), Vector128.WidenUpper(bytes)).AsInt32());
        return ((a << 16) >> 16) * (b & Vector256.Create(0xFFFF)) + (a >> 16) * (b >> 16);
    }

    // Half of four quarters at a time: the first numbers of all, the second ones, and so on.
    private static float Quad(Vector256<float> low, Vector256<float> high)
    {
        if (!Avx.IsSupported) return Half(low.GetLower()) + Half(high.GetLower()) + (Half(low.GetUpper()) + Half(high.GetUpper()));
        Vector256<float> even = Avx.UnpackLow(low, high), odd = Avx.UnpackHigh(low, high);
        // Each half of these has two numbers of both.
        var halves = even + Avx.Shuffle(even, even, 0b01_00_11_10) + odd;
        halves += Avx.Shuffle(odd, odd, 0b01_00_11_10);
        var (lower, upper) = (halves.GetLower(), halves.GetUpper());
        return lower[0] + lower[1] + (upper[0] + upper[1]);
    }

    private static float Half(Vector128<float> v) => v[0] + v[1] + v[2] + v[3];

    private static float Single(Vector256<float> v)
    {
        var four = v.GetLower() + v.GetUpper();
        return four[0] + four[2] + (four[1] + four[3]);
    }
}
