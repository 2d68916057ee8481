using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Qnn.Runtime.Execution;

namespace Qnn.Runtime.Kernels.Normalization;

/// <summary>Parameters of <see cref="LayerNormalizationKernel"/>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct LayerNormalizationParameters
{
    public float Epsilon;

    /// <summary>A <see cref="LayerNormalizationKind"/>.</summary>
    public int Kind;
}

/// <summary>
/// y = (x - mean) / deviation * scale + bias over rows, in the operations of a framework's kernel (<see cref="LayerNormalizationKind"/>). Inputs: rows, scale and bias (optional), of a row's length. An item is a row.
/// </summary>
internal sealed unsafe class LayerNormalizationKernel : Kernel
{
    private const int ShortestVectorRow = 8, ShortestOtherRow = 16, FusedLessThan = 4;

    /// <summary>Rows side by side: each running mean waits for the one before, and so they wait together.</summary>
    public const int RowsAtOnce = 16;

    private const int Lanes = 8, RowsOfTwoPasses = 4;

    private readonly TensorInfo _input, _scale, _output;
    private readonly TensorInfo? _bias;
    private readonly float _epsilon;
    private readonly int _length;
    private readonly LayerNormalizationKind _kind;

    private LayerNormalizationKernel(StepInfo step)
    {
        (_input, _scale, _bias, _output) = (step.Input(0), step.Input(1), step.OptionalInput(2), step.Output(0));
        var p = step.ReadParameters<LayerNormalizationParameters>();
        (_epsilon, _length) = (p.Epsilon, _scale.Count);
        step.Require(p.Kind is >= 0 and <= (int)LayerNormalizationKind.TwoPassesOfHalves, "the parameters are out of range");
        _kind = (LayerNormalizationKind)p.Kind switch
        {
            LayerNormalizationKind.TwoPasses when _length < ShortestVectorRow => LayerNormalizationKind.Running,
            LayerNormalizationKind.TwoPassesOfHalves when _length < ShortestOtherRow => LayerNormalizationKind.Running,
            LayerNormalizationKind.RootMeanSquare when _length < ShortestOtherRow => LayerNormalizationKind.RunningRoot,
            var kind => kind,
        };
        foreach (var tensor in (TensorInfo?[])[_input, _scale, _bias, _output]) step.Require(tensor is null || tensor.Type == ElementType.F32, "an operand is not float32");
        step.Require(_length > 0 && _input.Count == _output.Count && _input.Count % _length == 0 && (_bias is null || _bias.Count == _length), "the shapes do not fit");
    }

    public static Kernel Create(StepInfo step) => new LayerNormalizationKernel(step);

    public override string Name => "layer_normalization";

    public override int WorkItems => _input.Count / _length;

    public override void Run(in KernelContext context, int begin, int end, byte* scratch)
    {
        float* scale = context.Pointer<float>(_scale), bias = _bias is null ? null : context.Pointer<float>(_bias);
        int row = begin;
        if (_kind == LayerNormalizationKind.Running)
        {
            // The last rows once more with some before them.
            for (; row < end && end - begin >= RowsAtOnce; row += RowsAtOnce)
            {
                nint first = (nint)Math.Min(row, end - RowsAtOnce) * _length;
                RunningMeans(context.Pointer<float>(_input) + first, scale, bias, context.Pointer<float>(_output) + first);
            }
        }
        if (_kind is LayerNormalizationKind.TwoPasses or LayerNormalizationKind.TwoPassesOfHalves)
        {
            for (; row <= end - RowsOfTwoPasses; row += RowsOfTwoPasses) TwoPassesOfRows(context.Pointer<float>(_input) + (nint)row * _length, scale, bias, context.Pointer<float>(_output) + (nint)row * _length);
        }
        for (; row < end; row++)
        {
            float* x = context.Pointer<float>(_input) + (nint)row * _length, y = context.Pointer<float>(_output) + (nint)row * _length;
            switch (_kind)
            {
                case LayerNormalizationKind.Running:
                    RunningMean(x, scale, bias, y);
                    break;
                case LayerNormalizationKind.LaneMoments:
                    var (mean, variance) = LaneMoments.Of(x, _length);
                    Normalize(x, mean, 1 / MathF.Sqrt(variance + _epsilon), scale, bias, y);
                    break;
                case LayerNormalizationKind.RunningRoot:
                    RunningRoot(x, scale, bias, y);
                    break;
                case LayerNormalizationKind.RootMeanSquare:
                    Normalize(x, 0, 1 / MathF.Sqrt(Squares(x, 0) / _length + _epsilon), scale, bias, y);
                    break;
                default:
                    TwoPasses(x, scale, bias, y);
                    break;
            }
        }
    }

    private void TwoPasses(float* x, float* scale, float* bias, float* y)
    {
        int n = _length, i = 0;
        Vector256<double> sums = default;
        for (; i < n - n % 4; i += 4) sums += Widen(x + i);
        float mean = Mean(sums, x);
        Normalize(x, mean, 1 / MathF.Sqrt(Squares(x, mean) / n + _epsilon), scale, bias, y);
    }

    // Four rows in the operations of TwoPasses: the additions of one wait for each other.
    private void TwoPassesOfRows(float* x, float* scale, float* bias, float* y)
    {
        nint n = _length, whole = n - n % 4;
        Vector256<double> sums0 = default, sums1 = default, sums2 = default, sums3 = default;
        for (nint i = 0; i < whole; i += 4)
        {
            float* at = x + i;
            sums0 += Widen(at);
            sums1 += Widen(at + n);
            sums2 += Widen(at + 2 * n);
            sums3 += Widen(at + 3 * n);
        }
        float mean0 = Mean(sums0, x), mean1 = Mean(sums1, x + n), mean2 = Mean(sums2, x + 2 * n), mean3 = Mean(sums3, x + 3 * n);
        Vector256<float> squares0 = default, squares1 = default, squares2 = default, squares3 = default;
        for (nint i = 0; i <= n - 8; i += 8)
        {
            float* at = x + i;
            squares0 = AddSquare(at, mean0, squares0);
            squares1 = AddSquare(at + n, mean1, squares1);
            squares2 = AddSquare(at + 2 * n, mean2, squares2);
            squares3 = AddSquare(at + 3 * n, mean3, squares3);
        }
        Normalize(x, mean0, Factor(squares0, x, mean0), scale, bias, y);
        Normalize(x + n, mean1, Factor(squares1, x + n, mean1), scale, bias, y + n);
        Normalize(x + 2 * n, mean2, Factor(squares2, x + 2 * n, mean2), scale, bias, y + 2 * n);
        Normalize(x + 3 * n, mean3, Factor(squares3, x + 3 * n, mean3), scale, bias, y + 3 * n);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Widen(float* x)
    {
        if (Avx.IsSupported) return Avx.ConvertToVector256Double(Vector128.Load(x));
        var (lower, upper) = Vector128.Widen(Vector128.Load(x));
        return Vector256.Create(lower, upper);
    }

    private float Mean(Vector256<double> sums, float* x)
    {
        double sum = (sums[0] + sums[2]) + (sums[1] + sums[3]);
        for (int i = _length - _length % 4; i < _length; i++) sum += x[i];
        return (float)(sum / _length);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> AddSquare(float* x, float mean, Vector256<float> squares)
    {
        var d = Vector256.Load(x) - Vector256.Create(mean);
        return Vector256.FusedMultiplyAdd(d, d, squares);
    }

    private float Factor(Vector256<float> squares, float* x, float mean) => 1 / MathF.Sqrt(SumOfSquares(squares, x, mean) / _length + _epsilon);

    // The sum of (x - mean)^2, fused, in eight lanes.
    private float Squares(float* x, float mean)
    {
        Vector256<float> squares = default;
        for (int i = 0; i <= _length - 8; i += 8) squares = AddSquare(x + i, mean, squares);
        return SumOfSquares(squares, x, mean);
    }

    // Adds lanes up, and the squares that fill none.
    private float SumOfSquares(Vector256<float> squares, float* x, float mean)
    {
        var four = squares.GetLower() + squares.GetUpper();
        float sum = (four[0] + four[2]) + (four[1] + four[3]);
        int i = _length & ~7;
        if (_length - i >= FusedLessThan && _kind != LayerNormalizationKind.TwoPassesOfHalves)
        {
            // The compiler made a vector of four squares of them, which are added in order.
            for (int last = i + FusedLessThan; i < last; i++) sum += (x[i] - mean) * (x[i] - mean);
        }
        for (; i < _length; i++) sum = MathF.FusedMultiplyAdd(x[i] - mean, x[i] - mean, sum);
        return sum;
    }

    private void Normalize(float* x, float mean, float factor, float* scale, float* bias, float* y)
    {
        int i = 0;
        var means = Vector256.Create(mean);
        for (; i <= _length - 8; i += 8)
        {
            var v = (Vector256.Load(x + i) - means) * factor;
            (bias == null ? v * Vector256.Load(scale + i) : Vector256.FusedMultiplyAdd(v, Vector256.Load(scale + i), Vector256.Load(bias + i))).Store(y + i);
        }
        for (; i < _length; i++)
        {
            float v = (x[i] - mean) * factor;
            y[i] = bias == null ? v * scale[i] : MathF.FusedMultiplyAdd(v, scale[i], bias[i]);
        }
    }

    private void RunningRoot(float* x, float* scale, float* bias, float* y)
    {
        float squares = 0;
        for (int i = 0; i < _length; i++) squares += x[i] * x[i];
        float root = MathF.Sqrt(squares / _length + _epsilon);
        for (int i = 0; i < _length; i++) y[i] = bias == null ? x[i] / root * scale[i] : x[i] / root * scale[i] + bias[i];
    }

    // Sixteen rows, one a lane, in the operations of RunningMean.
    [SkipLocalsInit]
    private void RunningMeans(float* x, float* scale, float* bias, float* y)
    {
        nint n = _length;
        // Eight numbers of each row: [number][row].
        float* columns = stackalloc float[Lanes * RowsAtOnce];
        Vector256<float> meansA = default, meansB = default, squaresA = default, squaresB = default;
        for (int i = 0; i < n; i += Lanes)
        {
            int count = (int)Math.Min(Lanes, n - i);
            if (count == Lanes && Avx.IsSupported)
            {
                Transpose(x + i, n, columns);
                Transpose(x + Lanes * n + i, n, columns + Lanes);
            }
            else
            {
                for (int row = 0; row < RowsAtOnce; row++)
                    for (int k = 0; k < count; k++) columns[k * RowsAtOnce + row] = x[row * n + i + k];
            }
            for (int k = 0; k < count; k++)
            {
                Vector256<float> a = Vector256.Load(columns + k * RowsAtOnce), b = Vector256.Load(columns + k * RowsAtOnce + Lanes), number = Vector256.Create((float)(i + k + 1));
                Vector256<float> fromA = a - meansA, fromB = b - meansB;
                meansA += fromA / number;
                meansB += fromB / number;
                squaresA += fromA * (a - meansA);
                squaresB += fromB * (b - meansB);
            }
        }
        float* means = columns, deviations = columns + RowsAtOnce;
        meansA.Store(means);
        meansB.Store(means + Lanes);
        Vector256<float> length = Vector256.Create((float)_length), epsilon = Vector256.Create(_epsilon);
        Vector256.Sqrt(squaresA / length + epsilon).Store(deviations);
        Vector256.Sqrt(squaresB / length + epsilon).Store(deviations + Lanes);
        for (int row = 0; row < RowsAtOnce; row++, x += n, y += n)
        {
            Vector256<float> mean = Vector256.Create(means[row]), deviation = Vector256.Create(deviations[row]);
            int i = 0;
            for (; i <= n - Lanes; i += Lanes)
            {
                var v = (Vector256.Load(x + i) - mean) / deviation * Vector256.Load(scale + i);
                (bias == null ? v : v + Vector256.Load(bias + i)).Store(y + i);
            }
            for (; i < n; i++)
            {
                float v = (x[i] - means[row]) / deviations[row] * scale[i];
                y[i] = bias == null ? v : v + bias[i];
            }
        }
    }

    // Eight rows of eight numbers to eight columns, RowsAtOnce apart.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transpose(float* x, nint pitch, float* to)
    {
        Vector256<float> a = Vector256.Load(x), b = Vector256.Load(x + pitch), c = Vector256.Load(x + 2 * pitch), d = Vector256.Load(x + 3 * pitch);
        Vector256<float> e = Vector256.Load(x + 4 * pitch), f = Vector256.Load(x + 5 * pitch), g = Vector256.Load(x + 6 * pitch), h = Vector256.Load(x + 7 * pitch);
        var (ab0, ab1, cd0, cd1) = (Avx.UnpackLow(a, b), Avx.UnpackHigh(a, b), Avx.UnpackLow(c, d), Avx.UnpackHigh(c, d));
        var (ef0, ef1, gh0, gh1) = (Avx.UnpackLow(e, f), Avx.UnpackHigh(e, f), Avx.UnpackLow(g, h), Avx.UnpackHigh(g, h));
        Halves(Avx.Shuffle(ab0, cd0, 0x44), Avx.Shuffle(ef0, gh0, 0x44), to);
        Halves(Avx.Shuffle(ab0, cd0, 0xEE), Avx.Shuffle(ef0, gh0, 0xEE), to + RowsAtOnce);
        Halves(Avx.Shuffle(ab1, cd1, 0x44), Avx.Shuffle(ef1, gh1, 0x44), to + 2 * RowsAtOnce);
        Halves(Avx.Shuffle(ab1, cd1, 0xEE), Avx.Shuffle(ef1, gh1, 0xEE), to + 3 * RowsAtOnce);

        // Columns k and k + 4 of the first four rows, and of the others.
        static void Halves(Vector256<float> first, Vector256<float> others, float* to)
        {
            Avx.Permute2x128(first, others, 0x20).Store(to);
            Avx.Permute2x128(first, others, 0x31).Store(to + 4 * RowsAtOnce);
        }
    }

    private void RunningMean(float* x, float* scale, float* bias, float* y)
    {
        float mean = 0, squares = 0;
        for (int i = 0; i < _length; i++)
        {
            float d = x[i] - mean;
            mean += d / (i + 1);
            squares += d * (x[i] - mean);
        }
        float deviation = MathF.Sqrt(squares / _length + _epsilon);
        for (int i = 0; i < _length; i++)
        {
            float v = (x[i] - mean) / deviation * scale[i];
            y[i] = bias == null ? v : v + bias[i];
        }
    }
}
