using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Qnn.Runtime.Execution;

namespace Qnn.Runtime.Kernels.Convolution;

/// <summary>
/// Rows of floats, quantized block by block, times weights of two bits, in the order of MLAS's kernels for AVX512-VNNI.
/// Inputs: a [.., K]; weights [N, blocks * block], a byte each, as <see cref="BlockLanes"/> stores them; scales [N, blocks]; the negated products of scales and zero points, [N / 16, blocks, 16], padded; a bias [N], or none.
/// An item is some rows and a part of the columns; its rows are quantized in scratch.
/// </summary>
internal sealed unsafe class TwoBitMatMulKernel : Kernel
{
    /// <summary>Columns whose zero points' shares lie beside each other.</summary>
    public const int OffsetColumns = 16;

    private const int ItemRows = 16, ItemColumns = 256;

    private readonly TensorInfo _a, _weights, _scales, _zeros, _output;
    private readonly TensorInfo? _bias;
    private readonly int[] _order;
    private readonly int _block, _rows, _k, _n, _blocks, _parts, _length;

    // Of a row in scratch: in 16 bits in the order of the lanes; its blocks' steps and sums; in 8 bits in the order of the data.
    private readonly nint _rowBytes;

    public TwoBitMatMulKernel(StepInfo step, BlockedMatMulParameters p)
    {
        (_a, _weights, _scales, _zeros, _bias, _output, _block) = (step.Input(0), step.Input(1), step.Input(2), step.Input(3), step.OptionalInput(4), step.Output(0), p.Block);
        (_k, _n) = (_a.Shape[^1], _output.Shape[^1]);
        (_rows, _blocks) = (_a.Count / _k, (_k - 1) / p.Block + 1);
        step.Require(_weights.Type == ElementType.U8 && _weights.Count == (long)_n * _blocks * p.Block, "the weights do not fit");
        step.Require(_scales.Type == ElementType.F32 && _scales.Count == (long)_n * _blocks, "the scales do not fit");
        step.Require(_zeros.Type == ElementType.F32 && _zeros.Count == ((long)_n + OffsetColumns - 1) / OffsetColumns * OffsetColumns * _blocks, "the zero points do not fit");
        _parts = (_n + ItemColumns - 1) / ItemColumns;
        _length = checked(_blocks * p.Block);
        _order = new BlockLanes(p.Block, p.Bits).Row(_blocks);
        _rowBytes = checked((nint)((long)_length * (sizeof(short) + 1) + 2L * _blocks * sizeof(float)) + 63 & ~63);
        ScratchBytes = checked(_rowBytes * Math.Min(ItemRows, _rows));
    }

    public override string Name => "blocked_matmul.quantized";

    public override int WorkItems => checked((_rows + ItemRows - 1) / ItemRows * _parts);

    public override nint ScratchBytes { get; }

    public override void Run(in KernelContext context, int begin, int end, byte* scratch)
    {
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
                for (int m = 0; m < rows; m++)
                {
                    byte* row = scratch + m * _rowBytes;
                    float sum = Alternating((short*)row, Steps(row), weights, scales);
                    y[(nint)m * _n + n] = _bias is null ? sum : sum + context.Pointer<float>(_bias)[n];
                }
            }
            for (int m = 0; m < rows; m++) AddOffsets(Steps(scratch + m * _rowBytes) + _blocks, context.Pointer<float>(_zeros), y + (nint)m * _n, column, last);
        }
    }

    private float* Steps(byte* row) => (float*)(row + (nint)_length * sizeof(short));

    private void Prepare(float* x, byte* row)
    {
        float* steps = Steps(row);
        var numbers = (sbyte*)(steps + 2 * _blocks);
        BlockQuantizer.Quantize(x, _k, _block, numbers, steps, steps + _blocks);
        for (int i = 0; i < _order.Length; i++) ((short*)row)[i] = numbers[_order[i]];
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

    // Of two bits: four blocks at a time, the even ones and the odd ones apart, their sums added to those before.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private float Alternating(short* row, float* steps, byte* weights, float* scales)
    {
        Vector256<float> low = default, high = default;
        int block = _block;
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

    private static float Single(Vector256<float> v)
    {
        var four = v.GetLower() + v.GetUpper();
        return four[0] + four[2] + (four[1] + four[3]);
    }
}
