using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Qnn.Runtime.Execution;
using Qnn.Runtime.Kernels.Lanes;

namespace Qnn.Runtime.Kernels.Quantization;

/// <summary>Parameters of <see cref="OpCode.ResidualSums"/>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ResidualSumsParameters
{
    /// <summary>What of x means 0.</summary>
    public int Origin;
    /// <summary>The reciprocal of the result's scale.</summary>
    public float Scale;
    public int ZeroPoint;
    public int Min, Max;
}

/// <summary>
/// y = clamp(rint(fma(float(x - Origin), factor, (float(sum) + bias) * scale) * Scale) + ZeroPoint, Min, Max), rounded after each operation; no number gives Min.
/// Inputs: x (uint8 or int8), factor (float32, one), sums (int32, as many as x), scale and bias (float32, one or as many as the last axis has; the bias optional).
/// An item is a piece of some thousand elements that begins with a row.
/// </summary>
internal sealed unsafe class ResidualSumsKernel<T, TLanes, TInt, TFloat> : Kernel
    where T : unmanaged
    where TLanes : struct, ILanes<TInt, TFloat>
    where TInt : unmanaged
    where TFloat : unmanaged
{
    private const int PieceLength = 4096;

    private readonly TensorInfo _x, _factor, _sums, _scale, _output;
    private readonly TensorInfo? _bias;
    private readonly ResidualSumsParameters _p;
    private readonly int _columns, _period, _piece;

    public ResidualSumsKernel(StepInfo step, ResidualSumsParameters p)
    {
        (_x, _factor, _sums, _scale, _bias, _output, _p) = (step.Input(0), step.Input(1), step.Input(2), step.Input(3), step.OptionalInput(4), step.Output(0), p);
        _columns = _x.Shape[^1];
        // Whole vectors of whole rows: scales and biases repeat after so many elements.
        _period = checked(_columns / Common(_columns, TLanes.Count) * TLanes.Count);
        _piece = checked(Math.Max(1, PieceLength / _period) * _period);
    }

    public override string Name { get; } = $"residual_sums.{TLanes.Name}";

    public override int WorkItems => (int)(((long)_x.Count + _piece - 1) / _piece);

    public override Region Reads(TensorInfo input, int begin, int end) => input == _x || input == _sums ? Region.Items(input, begin, end, _piece) : Region.All(input);

    public override Region Writes(TensorInfo output, int begin, int end) => Region.Items(output, begin, end, _piece);

    public override nint ScratchBytes => checked((nint)(2L * _period * sizeof(float)));

    [SkipLocalsInit]
    public override void Run(in KernelContext context, int begin, int end, byte* scratch)
    {
        float* scales = (float*)scratch, biases = scales + _period;
        Repeat(context, _scale, scales);
        Repeat(context, _bias, biases);
        var function = new Function(_p, *context.Pointer<float>(_factor));
        int width = TLanes.Count, i = begin * _piece, stop = (int)Math.Min((long)end * _piece, _x.Count), at = 0;
        T* x = context.Pointer<T>(_x), y = context.Pointer<T>(_output);
        int* sums = context.Pointer<int>(_sums);
        for (; i <= stop - width; i += width)
        {
            TLanes.Store(y + i, function.Apply(TLanes.Load(x + i), TLanes.Load(sums + i), TLanes.LoadFloat(scales + at), TLanes.LoadFloat(biases + at)));
            at += width;
            if (at == _period) at = 0;
        }
        if (i >= stop) return;
        // The rest goes through buffers of a vector's length, so that nothing is read or written beyond the operands.
        byte* buffer = stackalloc byte[3 * 64];
        T* restX = (T*)buffer, restY = (T*)(buffer + 64);
        int* restSums = (int*)(buffer + 128);
        for (int k = 0; k < width; k++) (restX[k], restSums[k]) = (x[Math.Min(i + k, stop - 1)], sums[Math.Min(i + k, stop - 1)]);
        TLanes.Store(restY, function.Apply(TLanes.Load(restX), TLanes.Load(restSums), TLanes.LoadFloat(scales + at), TLanes.LoadFloat(biases + at)));
        for (int k = 0; i + k < stop; k++) y[i + k] = restY[k];
    }

    private void Repeat(in KernelContext context, TensorInfo? row, float* to)
    {
        var target = new Span<float>(to, _period);
        if (row is null || row.Count == 1)
        {
            target.Fill(row is null ? 0 : *context.Pointer<float>(row));
            return;
        }
        var values = new ReadOnlySpan<float>(context.Pointer<float>(row), _columns);
        for (int i = 0; i < _period; i += _columns) values.CopyTo(target[i..]);
    }

    // The greatest common divisor.
    private static int Common(int a, int b) => b == 0 ? a : Common(b, a % b);

    private readonly struct Function(ResidualSumsParameters p, float factor)
    {
        private readonly TInt _origin = TLanes.Create(p.Origin), _zeroPoint = TLanes.Create(p.ZeroPoint);
        private readonly TFloat _factor = TLanes.Create(factor), _scale = TLanes.Create(p.Scale);
        private readonly TFloat _min = TLanes.Create((float)(p.Min - p.ZeroPoint)), _max = TLanes.Create((float)(p.Max - p.ZeroPoint));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TInt Apply(TInt x, TInt sum, TFloat scale, TFloat bias)
        {
            var real = TLanes.Multiply(TLanes.Add(TLanes.ToFloat(sum), bias), scale);
            real = TLanes.Multiply(TLanes.MultiplyAdd(TLanes.ToFloat(TLanes.Subtract(x, _origin)), _factor, real), _scale);
            return TLanes.Add(TLanes.ToInt(TLanes.Min(TLanes.Max(real, _min), _max)), _zeroPoint);
        }
    }
}

/// <summary>Makes <see cref="ResidualSumsKernel{T, TLanes, TInt, TFloat}"/>.</summary>
internal static class ResidualSumsKernel
{
    // Keeps a piece of whole rows and vectors, and its scratch memory, small numbers.
    private const int MaxColumns = 1 << 20;

    public static Kernel Create(StepInfo step)
    {
        var p = step.ReadParameters<ResidualSumsParameters>();
        var (x, factor, sums, scale, bias, y) = (step.Input(0), step.Input(1), step.Input(2), step.Input(3), step.OptionalInput(4), step.Output(0));
        step.Require(x.Type is ElementType.U8 or ElementType.S8 && y.Type == x.Type && sums.Type == ElementType.S32 && x.Count == sums.Count && x.Count == y.Count && x.Rank > 0, "bad operands");
        step.Require(x.Shape[^1] is > 0 and <= MaxColumns && IsRow(scale) && (bias is null || IsRow(bias)) && factor.Type == ElementType.F32 && factor.Count == 1, "bad scales");
        var (least, most) = x.Type == ElementType.U8 ? (0, 255) : (-128, 127);
        step.Require(p.Scale > 0 && float.IsFinite(p.Scale) && p.Min >= least && p.Max <= most && p.Min <= p.Max && p.ZeroPoint >= least && p.ZeroPoint <= most && p.Origin is >= -128 and <= 255, "bad parameters");
        return step.Tier.Create<Factory, Kernel>(new Factory(step, p));

        bool IsRow(TensorInfo t) => t.Type == ElementType.F32 && (t.Count == 1 || t.Count == x.Shape[^1]);
    }

    private readonly struct Factory(StepInfo step, ResidualSumsParameters p) : ILaneFactory<Kernel>
    {
        public Kernel Create<TLanes, TInt, TFloat>() where TLanes : struct, ILanes<TInt, TFloat> where TInt : unmanaged where TFloat : unmanaged =>
            step.Input(0).Type == ElementType.U8 ? new ResidualSumsKernel<byte, TLanes, TInt, TFloat>(step, p) : new ResidualSumsKernel<sbyte, TLanes, TInt, TFloat>(step, p);
    }
}
