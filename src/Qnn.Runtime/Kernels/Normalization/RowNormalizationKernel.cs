using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Qnn.Runtime.Execution;
using Qnn.Runtime.Kernels.Elementwise;
using Qnn.Runtime.Kernels.Lanes;
using Qnn.Runtime.Kernels.Recurrent;

namespace Qnn.Runtime.Kernels.Normalization;

/// <summary>What <see cref="RowNormalizationKernel"/> computes.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct RowNormalizationParameters
{
    /// <summary>A <see cref="RowFunction"/>.</summary>
    public int Function;

    public int Radius;
    public float Alpha, Beta, Bias;
}

/// <summary>Softmax and its kin on floats: sums in float from the first element to the last, functions rounded from double. An item is one row.</summary>
internal sealed unsafe class RowNormalizationKernel : Kernel
{
    // Numbers of a vector of 512 bits.
    private const int Lanes = 16;

    private readonly TensorInfo _input, _output;
    private readonly RowNormalizationParameters _p;
    private readonly int _length;
    private readonly bool _wide;

    private RowNormalizationKernel(TensorInfo input, TensorInfo output, RowNormalizationParameters p, KernelTier tier) =>
        (_input, _output, _p, _length, _wide) = (input, output, p, input.Shape[^1], tier.HasAvx512());

    public static Kernel Create(StepInfo step)
    {
        var (input, output) = (step.Input(0), step.Output(0));
        var p = step.ReadParameters<RowNormalizationParameters>();
        step.Require(input.Type == ElementType.F32 && output.Type == ElementType.F32 && input.Count == output.Count && input.Rank > 0, "the operands do not fit");
        step.Require((RowFunction)p.Function is >= RowFunction.Softmax and <= RowFunction.TorchEdgeLogSoftmax && p.Radius >= 0, "the parameters are out of range");
        return new RowNormalizationKernel(input, output, p, step.Tier);
    }

    public override string Name => ((RowFunction)_p.Function).ToString();

    public override int WorkItems => _output.Count == 0 ? 0 : _output.Count / _length;

    public override void Run(in KernelContext context, int begin, int end, byte* scratch)
    {
        for (int row = begin; row < end; row++)
        {
            float* x = context.Pointer<float>(_input) + (nint)row * _length, y = context.Pointer<float>(_output) + (nint)row * _length;
            switch ((RowFunction)_p.Function)
            {
                case RowFunction.Softmax: Softmax(x, y); break;
                case RowFunction.ReciprocalSoftmax: ReciprocalSoftmax(x, y); break;
                case RowFunction.XnnSoftmax: XnnSoftmax(x, y); break;
                case RowFunction.MlasSoftmax when _wide && Vector512.IsHardwareAccelerated: MlasSoftmax512.Run(x, y, _length); break;
                case RowFunction.MlasSoftmax: MlasSoftmax(x, y); break;
                case RowFunction.MlasLogSoftmax: MlasLogSoftmax(x, y); break;
                case RowFunction.LogSoftmax: LogSoftmax(x, y); break;
                case RowFunction.OneDnnSoftmax: OneDnnSoftmax(x, y); break;
                case RowFunction.TorchSoftmax: TorchSoftmax(x, y); break;
                case RowFunction.TorchAxisSoftmax: TorchAxisSoftmax(x, y); break;
                case RowFunction.TorchLogSoftmax: TorchLogSoftmax(x, y); break;
                case RowFunction.TorchAxisLogSoftmax: TorchAxisLogSoftmax(x, y, false); break;
                case RowFunction.TorchEdgeLogSoftmax: TorchAxisLogSoftmax(x, y, true); break;
                case RowFunction.L2Normalize: L2Normalize(x, y); break;
                default: LocalResponse(x, y); break;
            }
        }
    }

    private void Softmax(float* x, float* y)
    {
        float sum = Exponentials(x, y);
        for (int i = 0; i < _length; i++) y[i] /= sum;
    }

    private void ReciprocalSoftmax(float* x, float* y)
    {
        float factor = 1 / Exponentials(x, y);
        for (int i = 0; i < _length; i++) y[i] *= factor;
    }

    private float Exponentials(float* x, float* y)
    {
        float max = Max(x), sum = 0;
        for (int i = 0; i < _length; i++) sum += y[i] = FloatMath.LibraryExp((x[i] - max) * _p.Beta);
        return sum;
    }

    // Lanes 0 and 2, 1 and 3, then both; a pair that is left is added up first.
    private void XnnSoftmax(float* x, float* y)
    {
        float max = Max(x);
        for (int i = 0; i < _length; i++) y[i] = XnnMath.ExpOfNegative(x[i] - max);
        float* lanes = stackalloc float[4];
        new Span<float>(lanes, 4).Clear();
        int whole = _length & ~3;
        for (int i = 0; i < whole; i++) lanes[i & 3] += y[i];
        float sum = lanes[0] + lanes[2] + (lanes[1] + lanes[3]);
        if (_length - whole >= 2) sum += y[whole] + y[whole + 1];
        if ((_length & 1) != 0) sum += y[_length - 1];
        float factor = 1 / sum;
        for (int i = 0; i < _length; i++) y[i] *= factor;
    }

    // As ONNX Runtime's AVX-512 kernel: sixteen running sums, eight apart added, then in pairs, and one division.
    private void MlasSoftmax(float* x, float* y)
    {
        float factor = 1 / MlasExponentials(x, y, Max(x));
        int i = 0;
        for (; i <= _length - 8; i += 8) (Vector256.Load(y + i) * factor).Store(y + i);
        for (; i < _length; i++) y[i] *= factor;
    }

    private void MlasLogSoftmax(float* x, float* y)
    {
        float max = Max(x), log = FloatMath.LibraryLog(MlasExponentials(x, y, max));
        for (int i = 0; i < _length; i++) y[i] = x[i] - max - log;
    }

    private float MlasExponentials(float* x, float* y, float max)
    {
        int i = 0;
        for (; i <= _length - Vector<float>.Count; i += Vector<float>.Count) MlasFunctions.ExpNegative(Vector.Load(x + i) - new Vector<float>(max)).Store(y + i);
        for (; i < _length; i++) y[i] = MlasFunctions.ExpNegative(new Vector<float>(x[i] - max))[0];
        Vector256<float> low = default, high = default;
        for (i = 0; i <= _length - Lanes; i += Lanes)
        {
            low += Vector256.Load(y + i);
            high += Vector256.Load(y + i + Lanes / 2);
        }
        float* sums = stackalloc float[Lanes];
        low.Store(sums);
        high.Store(sums + Lanes / 2);
        for (; i < _length; i++) sums[i % Lanes] += y[i];
        for (i = 0; i < Lanes / 2; i++) sums[i] += sums[i + Lanes / 2];
        return (sums[0] + sums[1]) + (sums[2] + sums[3]) + ((sums[4] + sums[5]) + (sums[6] + sums[7]));
    }

    private void OneDnnSoftmax(float* x, float* y)
    {
        float max = Max(x);
        for (int i = 0; i < _length; i++) y[i] = OneDnnMath.Exp(x[i] - max);
        float inverse = 1 / LaneSum(y);
        for (int i = 0; i < _length; i++) y[i] *= inverse;
    }

    private void TorchSoftmax(float* x, float* y)
    {
        float inverse = 1 / TorchExponentials(x, y, Max(x));
        for (int i = 0; i < _length; i++) y[i] *= inverse;
    }

    private void TorchLogSoftmax(float* x, float* y)
    {
        float max = Max(x), log = TorchActivations.SleefLog(TorchExponentials(x, y, max));
        for (int i = 0; i < _length; i++) y[i] = x[i] - max - log;
    }

    private float TorchExponentials(float* x, float* y, float max)
    {
        float sum = 0;
        SleefExponentials(x, y, max);
        if (_length >= Lanes) return LaneSum(y);
        for (int i = 0; i < _length; i++) sum += y[i];
        return sum;
    }

    // Optimized at the first call, as it is of many operations.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SleefExponentials(float* x, float* y, float max)
    {
        int i = 0;
        for (; i <= _length - Vector<float>.Count; i += Vector<float>.Count) SleefVectors.Exp(Vector.Load(x + i) - new Vector<float>(max)).Store(y + i);
        for (; i < _length; i++) y[i] = TorchActivations.SleefExp(x[i] - max);
    }

    private void TorchAxisSoftmax(float* x, float* y)
    {
        float max = Max(x), sum = 0;
        SleefExponentials(x, y, max);
        for (int i = 0; i < _length; i++) sum += y[i];
        for (int i = 0; i < _length; i++) y[i] /= sum;
    }

    private void TorchAxisLogSoftmax(float* x, float* y, bool isEdge)
    {
        float max = Max(x), sum = 0;
        for (int i = 0; i < _length; i++) sum += isEdge ? FloatMath.LibraryExp(x[i] - max) : TorchActivations.SleefExp(x[i] - max);
        float log = TorchActivations.SleefLog(sum);
        for (int i = 0; i < _length; i++) y[i] = x[i] - max - log;
    }

    private float LaneSum(float* y)
    {
        float* sums = stackalloc float[Lanes];
        Vector256<float> low = default, high = default;
        int whole = _length & ~(Lanes - 1);
        for (int i = 0; i < whole; i += Lanes) (low, high) = (low + Vector256.Load(y + i), high + Vector256.Load(y + i + Lanes / 2));
        low.Store(sums);
        high.Store(sums + Lanes / 2);
        for (int i = whole; i < _length; i++) sums[i - whole] += y[i];
        for (int apart = Lanes / 2; apart > 0; apart /= 2)
        {
            for (int i = 0; i < apart; i++) sums[i] += sums[i + apart];
        }
        return sums[0];
    }

    private void LogSoftmax(float* x, float* y)
    {
        float max = Max(x), sum = 0;
        for (int i = 0; i < _length; i++) sum += (float)Math.Exp(x[i] - max);
        float log = (float)Math.Log(sum);
        for (int i = 0; i < _length; i++) y[i] = x[i] - max - log;
    }

    private void L2Normalize(float* x, float* y)
    {
        float squares = 0;
        for (int i = 0; i < _length; i++) squares += x[i] * x[i];
        float norm = MathF.Max(MathF.Sqrt(squares), 1e-6f);
        for (int i = 0; i < _length; i++) y[i] = x[i] / norm;
    }

    private void LocalResponse(float* x, float* y)
    {
        for (int i = 0; i < _length; i++)
        {
            float squares = 0;
            int last = (int)Math.Min((long)i + _p.Radius, _length - 1);
            for (int j = Math.Max(i - _p.Radius, 0); j <= last; j++) squares += x[j] * x[j];
            y[i] = x[i] * (float)Math.Pow(_p.Bias + _p.Alpha * squares, -_p.Beta);
        }
    }

    private float Max(float* x)
    {
        float max = float.MinValue;
        int i = 0;
        if (_length >= 8)
        {
            var eight = Vector256.Create(max);
            for (; i <= _length - 8; i += 8)
            {
                var v = Vector256.Load(x + i);
                eight = Vector256.ConditionalSelect(Vector256.GreaterThan(v, eight), v, eight);
            }
            for (int lane = 0; lane < 8; lane++) max = eight[lane] > max ? eight[lane] : max;
        }
        for (; i < _length; i++) max = x[i] > max ? x[i] : max;
        return max;
    }
}
