using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Qnn.Runtime.Execution;

namespace Qnn.Runtime.Kernels.Convolution;

/// <summary>
/// A row of floats times weights of four bits that are made real, in the order of MLAS's kernels for AVX512-VNNI: the elements join sixteen lanes in turn.
/// Inputs: a [.., K], one row; weights [N, groups, 64], of each group of 128 elements a number of 32 bits for each lane, its first element lowest; scales [N, blocks]; zero points, floats, as many or one; a bias [N], or none.
/// An item is a part of the columns.
/// </summary>
internal sealed unsafe class BlockedRowKernel : Kernel
{
    /// <summary>Elements of a group.</summary>
    public const int GroupLength = 128;

    /// <summary>Lanes, and bytes of each in a group.</summary>
    public const int Lanes = 16, LaneBytes = 4;

    private const int GroupBytes = Lanes * LaneBytes, Steps = GroupLength / Lanes, ItemColumns = 128, Together = 4;

    private readonly TensorInfo _a, _weights, _scales, _zeros, _output;
    private readonly TensorInfo? _bias;
    private readonly int _k, _n, _blocks, _steps;
    private readonly nint _columnBytes;
    private readonly bool _hasAvx512;

    public BlockedRowKernel(StepInfo step, BlockedMatMulParameters p, bool hasAvx512)
    {
        (_a, _weights, _scales, _zeros, _bias, _output, _hasAvx512) = (step.Input(0), step.Input(1), step.Input(2), step.Input(3), step.OptionalInput(4), step.Output(0), hasAvx512);
        (_k, _n) = (_a.Shape[^1], _output.Shape[^1]);
        (_blocks, _steps) = ((_k - 1) / p.Block + 1, p.Block / Lanes);
        int groups = (checked(_blocks * p.Block) - 1) / GroupLength + 1;
        _columnBytes = (nint)groups * GroupBytes;
        step.Require(_weights.Type == ElementType.U8 && _weights.Count == (long)_n * _columnBytes, "the weights do not fit");
        step.Require(_scales.Type == ElementType.F32 && _scales.Count == (long)_n * _blocks, "the scales do not fit");
        step.Require(_zeros.Type == ElementType.F32 && (_zeros.Count == 1 || _zeros.Count == _scales.Count), "the zero points do not fit");
        ScratchBytes = checked((nint)_blocks * p.Block * sizeof(float));
    }

    public override string Name => _hasAvx512 ? "blocked_matmul.row.avx512" : "blocked_matmul.row.vector";

    public override int WorkItems => (_n + ItemColumns - 1) / ItemColumns;

    public override nint ScratchBytes { get; }

    public override void Run(in KernelContext context, int begin, int end, byte* scratch)
    {
        var row = (float*)scratch;
        new ReadOnlySpan<float>(context.Pointer<float>(_a), _k).CopyTo(new Span<float>(row, _k));
        new Span<float>(row + _k, (int)(ScratchBytes / sizeof(float)) - _k).Clear();
        Vector512<float>* lanes = stackalloc Vector512<float>[Together];
        float* y = context.Pointer<float>(_output), bias = _bias is null ? null : context.Pointer<float>(_bias);
        int last = Math.Min(end * ItemColumns, _n), zeroStep = _zeros.Count == 1 ? 0 : _blocks;
        for (int n = begin * ItemColumns, count; n < last; n += count)
        {
            byte* weights = context[_weights] + n * _columnBytes;
            float* scales = context.Pointer<float>(_scales) + (nint)n * _blocks, zeros = context.Pointer<float>(_zeros) + (nint)n * zeroStep;
            count = Math.Min(Together, last - n);
            if (_hasAvx512 && count == Together) Four(row, weights, scales, zeros, zeroStep, lanes);
            else for (int i = 0; i < count; i++) lanes[i] = One(row, weights + i * _columnBytes, scales + (nint)i * _blocks, zeros + (nint)i * zeroStep, zeroStep == 0 ? 0 : 1);
            for (int i = 0; i < count; i++)
            {
                // Where a column and the three beside it are taken together, their lanes are added in another order than where it is alone.
                float sum = count == Together ? Quad(lanes[i].GetLower(), lanes[i].GetUpper()) : Single(lanes[i].GetLower() + lanes[i].GetUpper());
                y[n + i] = bias == null ? sum : sum + bias[n + i];
            }
        }
    }

    // Four columns: a block has but sixteen numbers, among which weights choose.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Four(float* row, byte* weights, float* scales, float* zeros, nint zeroStep, Vector512<float>* lanes)
    {
        Vector512<float> a = default, b = default, c = default, d = default;
        Vector512<uint> w0 = default, w1 = default, w2 = default, w3 = default;
        var numbers = Vector512.ConvertToSingle(Vector512<int>.Indices);
        nint columnBytes = _columnBytes, blocks = _blocks;
        int steps = _steps, at = 0, each = zeroStep == 0 ? 0 : 1;
        for (nint block = 0; block < blocks; block++, scales++, zeros += each)
        {
            Vector512<float> t0 = Table(numbers, zeros, scales), t1 = Table(numbers, zeros + zeroStep, scales + blocks), t2 = Table(numbers, zeros + 2 * zeroStep, scales + 2 * blocks), t3 = Table(numbers, zeros + 3 * zeroStep, scales + 3 * blocks);
            for (int i = 0; i < steps; i++, row += Lanes)
            {
                if (at-- == 0)
                {
                    (w0, w1, w2, w3) = (Vector512.Load((uint*)weights), Vector512.Load((uint*)(weights + columnBytes)), Vector512.Load((uint*)(weights + 2 * columnBytes)), Vector512.Load((uint*)(weights + 3 * columnBytes)));
                    weights += GroupBytes;
                    at = Steps - 1;
                }
                var x = Vector512.Load(row);
                a = Vector512.FusedMultiplyAdd(Avx512F.PermuteVar16x32(t0, w0.AsInt32()), x, a);
                b = Vector512.FusedMultiplyAdd(Avx512F.PermuteVar16x32(t1, w1.AsInt32()), x, b);
                c = Vector512.FusedMultiplyAdd(Avx512F.PermuteVar16x32(t2, w2.AsInt32()), x, c);
                d = Vector512.FusedMultiplyAdd(Avx512F.PermuteVar16x32(t3, w3.AsInt32()), x, d);
                (w0, w1, w2, w3) = (w0 >>> 4, w1 >>> 4, w2 >>> 4, w3 >>> 4);
            }
        }
        (lanes[0], lanes[1], lanes[2], lanes[3]) = (a, b, c, d);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Table(Vector512<float> numbers, float* zero, float* scale) => (numbers - Vector512.Create(*zero)) * Vector512.Create(*scale);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private Vector512<float> One(float* row, byte* weights, float* scales, float* zeros, int zeroStep)
    {
        Vector256<float> low = default, high = default;
        Vector256<int> lowWeights = default, highWeights = default, mask = Vector256.Create(15);
        int at = 0;
        for (int block = 0; block < _blocks; block++, zeros += zeroStep)
        {
            Vector256<float> scale = Vector256.Create(scales[block]), zero = Vector256.Create(*zeros);
            for (int i = 0; i < _steps; i++, row += Lanes)
            {
                if (at-- == 0)
                {
                    (lowWeights, highWeights) = (Vector256.Load((int*)weights), Vector256.Load((int*)(weights + GroupBytes / 2)));
                    weights += GroupBytes;
                    at = Steps - 1;
                }
                low = Vector256.FusedMultiplyAdd((Vector256.ConvertToSingle(lowWeights & mask) - zero) * scale, Vector256.Load(row), low);
                high = Vector256.FusedMultiplyAdd((Vector256.ConvertToSingle(highWeights & mask) - zero) * scale, Vector256.Load(row + Lanes / 2), high);
                (lowWeights, highWeights) = (lowWeights >>> 4, highWeights >>> 4);
            }
        }
        return Vector512.Create(low, high);
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
