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

    private readonly int[] _bases, _offsets;
    private readonly int _run, _pieces;
    private readonly FixedPointFactor<TLanes, TInt, TFloat> _factor;

    public QuantizedMeanKernel(QuantizedMeanParameters p, TensorInfo input, TensorInfo output)
    {
        (_p, _input, _output) = (p, input, output);
        _factor = new(p.Multiplier, p.Shift);
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
        int* totals = stackalloc int[ByteSums.Count];
        for (int item = begin; item < end; item++)
        {
            int place = item / _pieces, c = item % _pieces * PieceLength, last = Math.Min(_run, c + PieceLength);
            for (int count; c < last; c += count)
            {
                count = Math.Min(ByteSums.Count, last - c);
                Sum(x + _bases[place] + c, count, totals);
                Scale(totals, count, y + (nint)place * _run + c);
            }
        }
    }

    // Sums of results side by side.
    private void Sum(T* source, int count, int* totals)
    {
        if (sizeof(T) == 1 && count == ByteSums.Count && Vector128.IsHardwareAccelerated && TLanes.Count > 1)
        {
            ByteSums.Sum((byte*)source, typeof(T) == typeof(sbyte), _offsets, totals);
            return;
        }
        int i = 0;
        for (; i <= count - TLanes.Count; i += TLanes.Count)
        {
            var sum = TLanes.Create(0);
            foreach (int offset in _offsets) sum = TLanes.Add(sum, TLanes.Load(source + offset + i));
            TLanes.Store(totals + i, sum);
        }
        for (; i < count; i++)
        {
            totals[i] = 0;
            foreach (int offset in _offsets) totals[i] += ScalarLanes.Load(source + offset + i);
        }
    }

    // Whole vectors of totals, of which the last may be written in part.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Scale(int* totals, int count, T* result)
    {
        T* rest = stackalloc T[16];
        for (int i = 0; i < count; i += TLanes.Count)
        {
            bool isWhole = i + TLanes.Count <= count;
            TLanes.Store(isWhole ? result + i : rest, Scale(TLanes.Load(totals + i)));
            for (int k = 0; !isWhole && k < count - i; k++) result[i + k] = rest[k];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TInt Scale(TInt sum)
    {
        TInt value;
        if (_p.Arithmetic == MeanArithmetic.FixedPoint)
        {
            value = _factor.Apply(TLanes.Add(sum, TLanes.Create(_p.SumOffset)));
        }
        else
        {
            // Clamped while it is float, so that it fits an int.
            var (min, max) = (TLanes.Create((float)(_p.Min - _p.OffsetOut)), TLanes.Create((float)(_p.Max - _p.OffsetOut)));
            if (_p.Arithmetic == MeanArithmetic.Float32NearestEven)
            {
                var real = TLanes.Add(TLanes.Multiply(TLanes.ToFloat(TLanes.Add(sum, TLanes.Create(_p.SumOffset))), TLanes.Create(_p.Factor)), TLanes.Create(_p.Bias));
                value = TLanes.ToInt(TLanes.Min(TLanes.Max(real, min), max));
            }
            else
            {
                var real = TLanes.Min(TLanes.Max(TLanes.Add(TLanes.Multiply(TLanes.ToFloat(sum), TLanes.Create(_p.Factor)), TLanes.Create(_p.Bias)), min), max);
                value = TLanes.Truncate(TLanes.Add(real, TLanes.CopySign(TLanes.Create(MathF.BitDecrement(0.5f)), real)));
            }
        }
        return TLanes.Min(TLanes.Max(TLanes.Add(value, TLanes.Create(_p.OffsetOut)), TLanes.Create(_p.Min)), TLanes.Create(_p.Max));
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
