using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Qnn.Runtime.Execution;
using Qnn.Runtime.Kernels.Lanes;

namespace Qnn.Runtime.Kernels.Elementwise;

/// <summary>Parameters of <see cref="OpCode.QuantizedPiecewise"/>: with v = x + OffsetIn, y = clamp(fp(v) + OffsetOut, Min, Max), the fixed-point factor chosen by v >= 0 or v &lt; 0. A factor may be negative.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct QuantizedPiecewiseParameters
{
    public int OffsetIn, OffsetOut;
    public int PositiveMultiplier, PositiveShift;
    public int NegativeMultiplier, NegativeShift;
    public int Min, Max;
}

/// <summary>A function of one integer that is linear on either side of zero: requantization, relu, leaky relu, abs. From S16 or S32 to U8, S8, S16 or S32.</summary>
internal static class QuantizedPiecewiseKernel
{
    public static Kernel Create(StepInfo step)
    {
        var (x, y) = (step.Input(0), step.Output(0));
        var p = step.ReadParameters<QuantizedPiecewiseParameters>();
        step.Require(x.Count == y.Count && x.Type is ElementType.S16 or ElementType.S32 && y.Type is ElementType.U8 or ElementType.S8 or ElementType.S16 or ElementType.S32);
        step.Require(p.PositiveMultiplier > int.MinValue && p.NegativeMultiplier > int.MinValue, "a multiplier is out of range");
        step.Require(p.PositiveShift is >= -31 and <= 30 && p.NegativeShift is >= -31 and <= 30, "a shift is out of range");
        step.Require(p.Min <= p.Max);
        return step.Tier.Create<Factory, Kernel>(new Factory(p, x, y));
    }

    private readonly struct Factory(QuantizedPiecewiseParameters p, TensorInfo x, TensorInfo y) : ILaneFactory<Kernel>
    {
        public Kernel Create<TLanes, TInt, TFloat>() where TLanes : struct, ILanes<TInt, TFloat> where TInt : unmanaged where TFloat : unmanaged => x.Type == ElementType.S16
            ? Typed<short, TLanes, TInt, TFloat>()
            : Typed<int, TLanes, TInt, TFloat>();

        private Kernel Typed<TIn, TLanes, TInt, TFloat>() where TIn : unmanaged where TLanes : struct, ILanes<TInt, TFloat> where TInt : unmanaged where TFloat : unmanaged
        {
            var f = new Function<TLanes, TInt, TFloat>(p);
            return y.Type.Size() switch
            {
                1 => new LaneUnaryKernel<Function<TLanes, TInt, TFloat>, TIn, byte, TLanes, TInt, TFloat>("qpiecewise", f, x, y),
                2 => new LaneUnaryKernel<Function<TLanes, TInt, TFloat>, TIn, short, TLanes, TInt, TFloat>("qpiecewise", f, x, y),
                _ => new LaneUnaryKernel<Function<TLanes, TInt, TFloat>, TIn, int, TLanes, TInt, TFloat>("qpiecewise", f, x, y),
            };
        }
    }

    private readonly struct Function<TLanes, TInt, TFloat>(QuantizedPiecewiseParameters p) : ILaneUnary<TInt> where TLanes : struct, ILanes<TInt, TFloat> where TInt : unmanaged where TFloat : unmanaged
    {
        private readonly FixedPointFactor<TLanes, TInt, TFloat> _positive = new(p.PositiveMultiplier, p.PositiveShift), _negative = new(p.NegativeMultiplier, p.NegativeShift);
        private readonly TInt _offsetIn = TLanes.Create(p.OffsetIn), _offsetOut = TLanes.Create(p.OffsetOut), _min = TLanes.Create(p.Min), _max = TLanes.Create(p.Max);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TInt Apply(TInt x)
        {
            var v = TLanes.Add(x, _offsetIn);
            var negative = TLanes.ShiftRight(v, 31);
            var y = TLanes.Add(TLanes.Add(TLanes.AndNot(_positive.Apply(v), negative), TLanes.And(_negative.Apply(v), negative)), _offsetOut);
            return TLanes.Min(TLanes.Max(y, _min), _max);
        }
    }
}
