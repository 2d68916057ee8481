using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Qnn.Runtime.Execution;
using Qnn.Runtime.Kernels.Lanes;

namespace Qnn.Runtime.Kernels.Reduction;

/// <summary>Parameters of <see cref="OpCode.QuantizedMean"/>; the formula is that of the <see cref="MeanArithmetic"/>, clamped to [Min, Max].</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct QuantizedMeanParameters
{
    public MeanArithmetic Arithmetic;
    /// <summary>Bit i is set where axis i of the input is reduced.</summary>
    public int AxisMask;
    public int SumOffset;
    public int Multiplier, Shift;
    public float Factor, Bias;
    public int OffsetOut;
    public int Min, Max;
}

/// <summary>
/// Sums U8, S8 or S16 elements over axes in int32, and scales the sums: mean and sum. An item is a piece of a run of results that lie side by side in the input,
/// all channels of a place where the last axis stays, else a single result.
/// </summary>
internal sealed unsafe class QuantizedMeanKernel<T, TLanes, TInt, TFloat> : Kernel
    where T : unmanaged
    where TLanes : struct, ILanes<TInt, TFloat>
    where TInt : unmanaged
    where TFloat : unmanaged
{
    private readonly QuantizedMeanParameters _p;
    private readonly TensorInfo _input, _output;
    // Results of a piece, whole cache lines.
    private const int PieceLength = 256;

    // As many bytes as 16 bits hold the sum of.
    private const int MostBytes = ushort.MaxValue / byte.MaxValue;

    private readonly int[] _bases, _offsets;
    private readonly int _run, _pieces;
    private readonly FixedPointFactor<TLanes, TInt, TFloat> _factor;
    private readonly FixedPointFactor<ScalarLanes, int, float> _scalarFactor;

    public QuantizedMeanKernel(QuantizedMeanParameters p, TensorInfo input, TensorInfo output)
    {
        (_p, _input, _output) = (p, input, output);
        (_factor, _scalarFactor) = (new(p.Multiplier, p.Shift), new(p.Multiplier, p.Shift));
        bool channelsStay = input.Rank > 0 && (p.AxisMask >> (input.Rank - 1) & 1) == 0;
        _run = channelsStay ? input.Shape[^1] : 1;
        _pieces = (_run + PieceLength - 1) / PieceLength;
        int outer = channelsStay ? input.Rank - 1 : input.Rank;
        _bases = Positions(reduced: false, outer);
        _offsets = Positions(reduced: true, outer);
    }

    public override string Name { get; } = $"qmean.{TLanes.Name}";
    public override int WorkItems => _bases.Length * _pieces;
    public override int Grain => (int)Math.Max(1, 16384 / Math.Max(1, (long)_offsets.Length * Math.Min(_run, PieceLength)));

    public override Region Writes(TensorInfo output, int begin, int end)
    {
        int size = output.Type.Size();
        return new Region(output, (nint)First(begin) * size, (nint)First(end) * size);

        long First(int item) => (long)(item / _pieces) * _run + item % _pieces * PieceLength;
    }

    // The positions that the reduced axes, or the others, run through, row-major.
    private int[] Positions(bool reduced, int axes)
    {
        int[] positions = [0];
        int stride = _input.Count == 0 ? 0 : _input.Count;
        for (int axis = 0; axis < axes; axis++)
        {
            int extent = _input.Shape[axis];
            stride = extent == 0 ? 0 : stride / extent;
            if ((_p.AxisMask >> axis & 1) != 0 != reduced) continue;
            var next = new int[positions.Length * extent];
            for (int i = 0; i < next.Length; i++) next[i] = positions[i / extent] + i % extent * stride;
            positions = next;
        }
        return positions;
    }

    public override void Run(in KernelContext context, int begin, int end, byte* scratch)
    {
        T* x = context.Pointer<T>(_input), y = context.Pointer<T>(_output);
        int* totals = stackalloc int[64];
        for (int item = begin; item < end; item++)
        {
            int place = item / _pieces, c = item % _pieces * PieceLength, last = Math.Min(_run, c + PieceLength);
            var source = x + _bases[place];
            var result = y + (nint)place * _run;
            if (sizeof(T) == 1 && Vector128.IsHardwareAccelerated && TLanes.Count > 1)
            {
                for (; c <= last - 64; c += 64)
                {
                    new Span<int>(totals, 64).Clear();
                    for (int first = 0; first < _offsets.Length; first += MostBytes) SumBytes((byte*)(source + c), _offsets.AsSpan(first, Math.Min(MostBytes, _offsets.Length - first)), totals);
                    for (int i = 0; i < 64; i += TLanes.Count) TLanes.Store(result + c + i, Scale(TLanes.Load(totals + i)));
                }
            }
            for (; c <= last - TLanes.Count; c += TLanes.Count)
            {
                var sum = TLanes.Create(0);
                foreach (int offset in _offsets) sum = TLanes.Add(sum, TLanes.Load(source + offset + c));
                TLanes.Store(result + c, Scale(sum));
            }
            for (; c < last; c++)
            {
                int sum = 0;
                foreach (int offset in _offsets) sum += ScalarLanes.Load(source + offset + c);
                ScalarLanes.Store(result + c, Scale(sum));
            }
        }
    }

    // Adds 64 bytes side by side to their totals, at some offsets: in 16 bits first, signed ones made unsigned by adding 128.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SumBytes(byte* source, ReadOnlySpan<int> offsets, int* totals)
    {
        var flip = Vector128.Create(typeof(T) == typeof(sbyte) ? (byte)0x80 : (byte)0);
        Vector128<ushort> a = default, b = default, c = default, d = default, e = default, f = default, g = default, h = default;
        foreach (int offset in offsets)
        {
            Add(Vector128.Load(source + offset) ^ flip, ref a, ref b);
            Add(Vector128.Load(source + offset + 16) ^ flip, ref c, ref d);
            Add(Vector128.Load(source + offset + 32) ^ flip, ref e, ref f);
            Add(Vector128.Load(source + offset + 48) ^ flip, ref g, ref h);
        }
        var bias = Vector128.Create(typeof(T) == typeof(sbyte) ? 128 * offsets.Length : 0);
        Put(a, bias, totals);
        Put(b, bias, totals + 8);
        Put(c, bias, totals + 16);
        Put(d, bias, totals + 24);
        Put(e, bias, totals + 32);
        Put(f, bias, totals + 40);
        Put(g, bias, totals + 48);
        Put(h, bias, totals + 56);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(Vector128<byte> bytes, ref Vector128<ushort> low, ref Vector128<ushort> high)
    {
        low += Vector128.WidenLower(bytes);
        high += Vector128.WidenUpper(bytes);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(Vector128<ushort> sums, Vector128<int> bias, int* totals)
    {
        (Vector128.Load(totals) + Vector128.WidenLower(sums).AsInt32() - bias).Store(totals);
        (Vector128.Load(totals + 4) + Vector128.WidenUpper(sums).AsInt32() - bias).Store(totals + 4);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TInt Scale(TInt sum) => Scaling<TLanes, TInt, TFloat>(sum, _factor);

    private int Scale(int sum) => Scaling<ScalarLanes, int, float>(sum, _scalarFactor);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private I Scaling<L, I, F>(I sum, FixedPointFactor<L, I, F> factor) where L : struct, ILanes<I, F> where I : unmanaged where F : unmanaged
    {
        I value;
        if (_p.Arithmetic == MeanArithmetic.FixedPoint)
        {
            value = factor.Apply(L.Add(sum, L.Create(_p.SumOffset)));
        }
        else
        {
            // Clamped while it is float, so that it fits an int.
            var (min, max) = (L.Create((float)(_p.Min - _p.OffsetOut)), L.Create((float)(_p.Max - _p.OffsetOut)));
            if (_p.Arithmetic == MeanArithmetic.Float32NearestEven)
            {
                value = L.ToInt(L.Min(L.Max(L.Multiply(L.ToFloat(L.Add(sum, L.Create(_p.SumOffset))), L.Create(_p.Factor)), min), max));
            }
            else
            {
                var real = L.Min(L.Max(L.Add(L.Multiply(L.ToFloat(sum), L.Create(_p.Factor)), L.Create(_p.Bias)), min), max);
                value = L.Truncate(L.Add(real, L.CopySign(L.Create(MathF.BitDecrement(0.5f)), real)));
            }
        }
        return L.Min(L.Max(L.Add(value, L.Create(_p.OffsetOut)), L.Create(_p.Min)), L.Create(_p.Max));
    }
}

/// <summary>Makes <see cref="QuantizedMeanKernel{T, TLanes, TInt, TFloat}"/>.</summary>
internal static class QuantizedMeanKernel
{
    public static Kernel Create(StepInfo step)
    {
        var (x, y) = (step.Input(0), step.Output(0));
        var p = step.ReadParameters<QuantizedMeanParameters>();
        step.Require(x.Type == y.Type && x.Type is ElementType.U8 or ElementType.S8 or ElementType.S16, "the operands must be of one 8 or 16-bit type");
        step.Require(p.Arithmetic is MeanArithmetic.FixedPoint or MeanArithmetic.Float32NearestEven or MeanArithmetic.Float32BiasAway);
        step.Require(x.Rank <= Dims.Length && p.AxisMask >= 0 && p.AxisMask < 1 << x.Rank);
        step.Require(p.Multiplier > int.MinValue && p.Shift is >= -31 and <= 30 && float.IsFinite(p.Factor) && float.IsFinite(p.Bias));
        step.Require(p.Min <= p.Max && p.Min >= short.MinValue && p.Max <= short.MaxValue && p.OffsetOut is >= -(1 << 30) and <= 1 << 30);
        long results = 1;
        for (int axis = 0; axis < x.Rank; axis++)
        {
            if ((p.AxisMask >> axis & 1) == 0) results *= x.Shape[axis];
        }
        step.Require(results == y.Count, "the result is not the reduced input's");
        return step.Tier.Create<Factory, Kernel>(new Factory(p, x, y));
    }

    private readonly struct Factory(QuantizedMeanParameters p, TensorInfo x, TensorInfo y) : ILaneFactory<Kernel>
    {
        public Kernel Create<TLanes, TInt, TFloat>() where TLanes : struct, ILanes<TInt, TFloat> where TInt : unmanaged where TFloat : unmanaged => x.Type switch
        {
            ElementType.U8 => new QuantizedMeanKernel<byte, TLanes, TInt, TFloat>(p, x, y),
            ElementType.S8 => new QuantizedMeanKernel<sbyte, TLanes, TInt, TFloat>(p, x, y),
            _ => new QuantizedMeanKernel<short, TLanes, TInt, TFloat>(p, x, y),
        };
    }
}
