using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Qnn.Runtime.Execution;
using Qnn.Runtime.Kernels.Lanes;

namespace Qnn.Runtime.Kernels.Elementwise;

/// <summary>
/// Parameters of <see cref="OpCode.QuantizedMul"/>: y = clamp(round(factor * (a + OffsetA) * (b + OffsetB)) + OffsetOut, Min, Max).
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal struct QuantizedMulParameters
{
    public MulArithmetic Arithmetic;
    public int OffsetA, OffsetB, OffsetOut;
    /// <summary>The factor where it is fixed-point.</summary>
    public int Multiplier, Shift;
    /// <summary>The factor where it is float.</summary>
    public float Factor;
    public int Min, Max;
}

/// <summary>Multiplies two quantized tensors (U8, S8 or S16), broadcast by NumPy's rule. The product of two S16 may be 8-bit.</summary>
internal static class QuantizedMulKernel
{
    public static Kernel Create(StepInfo step)
    {
        var (a, b, y) = (step.Input(0), step.Input(1), step.Output(0));
        var p = step.ReadParameters<QuantizedMulParameters>();
        step.Require(a.Type == b.Type && (a.Type == y.Type || a.Type == ElementType.S16) && y.Type is ElementType.U8 or ElementType.S8 or ElementType.S16, "the operands must be of one 8 or 16-bit type");
        step.Require(p.Arithmetic is MulArithmetic.FixedPoint or MulArithmetic.Float32NearestEven or MulArithmetic.Linear or MulArithmetic.Float32Inverse);
        step.Require(p.Multiplier >= 0 && p.Shift is >= -31 and <= 30);
        step.Require(float.IsFinite(p.Factor) && p.Factor >= 0);
        step.Require(p.Min <= p.Max && p.Min >= short.MinValue && p.Max <= short.MaxValue && p.OffsetOut is >= short.MinValue and <= short.MaxValue);
        return step.Tier.Create<Factory, Kernel>(new Factory(step, p, new BroadcastRows(step, a, b, y), a, b, y));
    }

    private readonly struct Factory(StepInfo step, QuantizedMulParameters p, BroadcastRows rows, TensorInfo a, TensorInfo b, TensorInfo y) : ILaneFactory<Kernel>
    {
        public Kernel Create<TLanes, TInt, TFloat>() where TLanes : struct, ILanes<TInt, TFloat> where TInt : unmanaged where TFloat : unmanaged => p.Arithmetic switch
        {
            MulArithmetic.FixedPoint => Typed<FixedPointMul<TLanes, TInt, TFloat>, TLanes, TInt, TFloat>(new(p)),
            MulArithmetic.Linear => Typed<LinearMul<TLanes, TInt, TFloat>, TLanes, TInt, TFloat>(new(p)),
            _ => Typed<FloatMul<TLanes, TInt, TFloat>, TLanes, TInt, TFloat>(new(p)),
        };

        private Kernel Typed<TFunction, TLanes, TInt, TFloat>(TFunction f) where TFunction : struct, ILaneBinary<TInt> where TLanes : struct, ILanes<TInt, TFloat> where TInt : unmanaged where TFloat : unmanaged => (a.Type, y.Type) switch
        {
            (ElementType.U8, _) => new LaneBinaryKernel<TFunction, byte, byte, TLanes, TInt, TFloat>("qmul", f, rows, a, b, y),
            (ElementType.S8, _) => new LaneBinaryKernel<TFunction, sbyte, sbyte, TLanes, TInt, TFloat>("qmul", f, rows, a, b, y),
            (ElementType.S16, ElementType.S16) => new LaneBinaryKernel<TFunction, short, short, TLanes, TInt, TFloat>("qmul", f, rows, a, b, y),
            (ElementType.S16, _) => new LaneBinaryKernel<TFunction, short, byte, TLanes, TInt, TFloat>("qmul", f, rows, a, b, y),
            _ => throw step.Fault("has an element type that it cannot multiply"),
        };
    }

    private readonly struct FixedPointMul<TLanes, TInt, TFloat>(QuantizedMulParameters p) : ILaneBinary<TInt> where TLanes : struct, ILanes<TInt, TFloat> where TInt : unmanaged where TFloat : unmanaged
    {
        private readonly FixedPointFactor<TLanes, TInt, TFloat> _factor = new(p.Multiplier, p.Shift);
        private readonly TInt _offsetA = TLanes.Create(p.OffsetA), _offsetB = TLanes.Create(p.OffsetB), _offsetOut = TLanes.Create(p.OffsetOut), _min = TLanes.Create(p.Min), _max = TLanes.Create(p.Max);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TInt Apply(TInt a, TInt b)
        {
            var product = TLanes.Multiply(TLanes.Add(a, _offsetA), TLanes.Add(b, _offsetB));
            return TLanes.Min(TLanes.Max(TLanes.Add(_factor.Apply(product), _offsetOut), _min), _max);
        }
    }

    private readonly struct LinearMul<TLanes, TInt, TFloat>(QuantizedMulParameters p) : ILaneBinary<TInt> where TLanes : struct, ILanes<TInt, TFloat> where TInt : unmanaged where TFloat : unmanaged
    {
        private readonly TInt _offsetA = TLanes.Create(p.OffsetA), _offsetB = TLanes.Create(p.OffsetB);
        private readonly TFloat _factor = TLanes.Create(p.Factor), _offsetOut = TLanes.Create((float)p.OffsetOut), _min = TLanes.Create((float)p.Min), _max = TLanes.Create((float)p.Max);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TInt Apply(TInt a, TInt b)
        {
            var product = TLanes.ToFloat(TLanes.Multiply(TLanes.Add(a, _offsetA), TLanes.Add(b, _offsetB)));
            return TLanes.ToInt(TLanes.Min(TLanes.Max(TLanes.Add(TLanes.Multiply(product, _factor), _offsetOut), _min), _max));
        }
    }

    private readonly struct FloatMul<TLanes, TInt, TFloat>(QuantizedMulParameters p) : ILaneBinary<TInt> where TLanes : struct, ILanes<TInt, TFloat> where TInt : unmanaged where TFloat : unmanaged
    {
        private readonly TInt _offsetA = TLanes.Create(p.OffsetA), _offsetB = TLanes.Create(p.OffsetB), _offsetOut = TLanes.Create(p.OffsetOut);
        private readonly TFloat _factor = TLanes.Create(p.Factor), _min = TLanes.Create((float)(p.Min - p.OffsetOut)), _max = TLanes.Create((float)(p.Max - p.OffsetOut));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TInt Apply(TInt a, TInt b)
        {
            var product = TLanes.ToFloat(TLanes.Multiply(TLanes.Add(a, _offsetA), TLanes.Add(b, _offsetB)));
            var y = TLanes.Min(TLanes.Max(TLanes.Multiply(product, _factor), _min), _max);
            return TLanes.Add(TLanes.ToInt(y), _offsetOut);
        }
    }
}
