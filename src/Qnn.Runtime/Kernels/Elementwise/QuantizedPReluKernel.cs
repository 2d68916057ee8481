using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Qnn.Runtime.Execution;
using Qnn.Runtime.Kernels.Lanes;

namespace Qnn.Runtime.Kernels.Elementwise;

/// <summary>Parameters of <see cref="OpCode.QuantizedPRelu"/>: with v = x + OffsetIn, y = clamp((v >= 0 ? fpPositive(v) : fpNegative(v * (alpha + OffsetAlpha))) + OffsetOut, Min, Max).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct QuantizedPReluParameters
{
    public int OffsetIn, OffsetAlpha, OffsetOut;
    public int PositiveMultiplier, PositiveShift;
    public int NegativeMultiplier, NegativeShift;
    public int Min, Max;
}

/// <summary>A quantized tensor (U8 or S8), scaled where it is negative by another that broadcasts to its shape.</summary>
internal static class QuantizedPReluKernel
{
    public static Kernel Create(StepInfo step)
    {
        var (x, alpha, y) = (step.Input(0), step.Input(1), step.Output(0));
        var p = step.ReadParameters<QuantizedPReluParameters>();
        step.Require(x.Type == y.Type && alpha.Type == y.Type && y.Type is ElementType.U8 or ElementType.S8, "the operands must be of one 8-bit type");
        step.Require(p.PositiveMultiplier >= 0 && p.NegativeMultiplier >= 0 && p.PositiveShift is >= -31 and <= 30 && p.NegativeShift is >= -31 and <= 30 && p.Min <= p.Max);
        return step.Tier.Create<Factory, Kernel>(new Factory(p, new BroadcastRows(step, x, alpha, y), x, alpha, y));
    }

    private readonly struct Factory(QuantizedPReluParameters p, BroadcastRows rows, TensorInfo x, TensorInfo alpha, TensorInfo y) : ILaneFactory<Kernel>
    {
        public Kernel Create<TLanes, TInt, TFloat>() where TLanes : struct, ILanes<TInt, TFloat> where TInt : unmanaged where TFloat : unmanaged
        {
            var f = new Function<TLanes, TInt, TFloat>(p);
            return x.Type == ElementType.U8
                ? new LaneBinaryKernel<Function<TLanes, TInt, TFloat>, byte, byte, TLanes, TInt, TFloat>("qprelu", f, rows, x, alpha, y)
                : new LaneBinaryKernel<Function<TLanes, TInt, TFloat>, sbyte, sbyte, TLanes, TInt, TFloat>("qprelu", f, rows, x, alpha, y);
        }
    }

    private readonly struct Function<TLanes, TInt, TFloat>(QuantizedPReluParameters p) : ILaneBinary<TInt> where TLanes : struct, ILanes<TInt, TFloat> where TInt : unmanaged where TFloat : unmanaged
    {
        private readonly FixedPointFactor<TLanes, TInt, TFloat> _positive = new(p.PositiveMultiplier, p.PositiveShift), _negative = new(p.NegativeMultiplier, p.NegativeShift);
        private readonly TInt _offsetIn = TLanes.Create(p.OffsetIn), _offsetAlpha = TLanes.Create(p.OffsetAlpha), _offsetOut = TLanes.Create(p.OffsetOut), _min = TLanes.Create(p.Min), _max = TLanes.Create(p.Max);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TInt Apply(TInt x, TInt alpha)
        {
            var v = TLanes.Add(x, _offsetIn);
            var isNegative = TLanes.ShiftRight(v, 31);
            var negative = _negative.Apply(TLanes.Multiply(v, TLanes.Add(alpha, _offsetAlpha)));
            var y = TLanes.Add(TLanes.Add(TLanes.AndNot(_positive.Apply(v), isNegative), TLanes.And(negative, isNegative)), _offsetOut);
            return TLanes.Min(TLanes.Max(y, _min), _max);
        }
    }
}
