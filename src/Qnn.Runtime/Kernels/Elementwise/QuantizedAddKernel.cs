using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Qnn.Runtime.Execution;
using Qnn.Runtime.Kernels.Lanes;

namespace Qnn.Runtime.Kernels.Elementwise;

/// <summary>
/// Parameters of <see cref="OpCode.QuantizedAdd"/>, by <see cref="AddArithmetic"/>; y is clamped to [Min, Max] after the offset.
/// FixedPoint: y = fpOut(fpA((a + OffsetA) &lt;&lt; LeftShift) +- fpB((b + OffsetB) &lt;&lt; LeftShift)) + OffsetOut.
/// Shift: y = ((a * MultiplierA + b * MultiplierB + Bias) >> ShiftOut) + OffsetOut.
/// ShiftAway: the same without Bias's half, halves shifted away from zero.
/// Dequantized: y = rint((RatioA * (a + OffsetA) + RatioB * (b + OffsetB)) * Inverse) + OffsetOut; DequantizedFused has RatioA * a + ProductA, fused, for the former.
/// Linear: y = rint(RatioA * a + (RatioB * b + Fixed)), each product rounded together with its sum; LinearFused takes a first.
/// PowerOfTwo: y = roundShift(a, ShiftA) +- roundShift(b, ShiftB), the shifts given as negative numbers.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal struct QuantizedAddParameters
{
    public AddArithmetic Arithmetic;
    /// <summary>1 to subtract b, else 0.</summary>
    public int Subtract;
    public int LeftShift;
    public int OffsetA, MultiplierA, ShiftA;
    public int OffsetB, MultiplierB, ShiftB;
    public int OffsetOut, MultiplierOut, ShiftOut;
    public int Bias;
    public int Min, Max;
    public float RatioA, RatioB, Fixed;
    public float ProductA, ProductB, Inverse;
}

/// <summary>Adds or subtracts two quantized tensors (U8, S8 or S16, all three alike), broadcast by NumPy's rule.</summary>
internal static class QuantizedAddKernel
{
    public static Kernel Create(StepInfo step)
    {
        var (a, b, y) = (step.Input(0), step.Input(1), step.Output(0));
        var p = step.ReadParameters<QuantizedAddParameters>();
        step.Require(a.Type == y.Type && b.Type == y.Type && y.Type is ElementType.U8 or ElementType.S8 or ElementType.S16, "the operands must be of one 8 or 16-bit type");
        step.Require(p.Arithmetic is AddArithmetic.FixedPoint or AddArithmetic.Shift or AddArithmetic.ShiftAway or AddArithmetic.PowerOfTwo or AddArithmetic.Linear or AddArithmetic.LinearFused or AddArithmetic.DequantizedFused or AddArithmetic.Dequantized);
        foreach (float factor in (ReadOnlySpan<float>)[p.RatioA, p.RatioB, p.Fixed, p.ProductA, p.ProductB, p.Inverse]) step.Require(float.IsFinite(factor));
        step.Require(p.OffsetOut is >= short.MinValue and <= short.MaxValue || p.Arithmetic < AddArithmetic.DequantizedFused);
        step.Require(p.LeftShift is >= 0 and <= 20);
        foreach (int shift in (ReadOnlySpan<int>)[p.ShiftA, p.ShiftB]) step.Require(shift is >= -31 and <= 30, "a shift is out of range");
        step.Require(p.Arithmetic is AddArithmetic.Shift or AddArithmetic.ShiftAway ? p.ShiftOut is >= 0 and <= 31 : p.ShiftOut is >= -31 and <= 30, "a shift is out of range");
        if (p.Arithmetic == AddArithmetic.FixedPoint) step.Require(p.MultiplierA >= 0 && p.MultiplierB >= 0 && p.MultiplierOut >= 0, "a multiplier is negative");
        step.Require(p.Min <= p.Max);
        return step.Tier.Create<Factory, Kernel>(new Factory(step, p, new BroadcastRows(step, a, b, y), a, b, y));
    }

    private readonly struct Factory(StepInfo step, QuantizedAddParameters p, BroadcastRows rows, TensorInfo a, TensorInfo b, TensorInfo y) : ILaneFactory<Kernel>
    {
        public Kernel Create<TLanes, TInt, TFloat>() where TLanes : struct, ILanes<TInt, TFloat> where TInt : unmanaged where TFloat : unmanaged => p.Arithmetic switch
        {
            AddArithmetic.FixedPoint => Typed<FixedPointAdd<TLanes, TInt, TFloat>, TLanes, TInt, TFloat>(new(p)),
            AddArithmetic.Shift => Typed<ShiftAdd<TLanes, TInt, TFloat>, TLanes, TInt, TFloat>(new(p)),
            AddArithmetic.ShiftAway => Typed<ShiftAwayAdd<TLanes, TInt, TFloat>, TLanes, TInt, TFloat>(new(p)),
            AddArithmetic.DequantizedFused or AddArithmetic.Dequantized => Typed<DequantizedAdd<TLanes, TInt, TFloat>, TLanes, TInt, TFloat>(new(p)),
            AddArithmetic.LinearFused => Typed<LinearFusedAdd<TLanes, TInt, TFloat>, TLanes, TInt, TFloat>(new(p)),
            AddArithmetic.Linear => Typed<LinearAdd<TLanes, TInt, TFloat>, TLanes, TInt, TFloat>(new(p)),
            _ => Typed<PowerOfTwoAdd<TLanes, TInt, TFloat>, TLanes, TInt, TFloat>(new(p)),
        };

        private Kernel Typed<TFunction, TLanes, TInt, TFloat>(TFunction f) where TFunction : struct, ILaneBinary<TInt> where TLanes : struct, ILanes<TInt, TFloat> where TInt : unmanaged where TFloat : unmanaged => y.Type switch
        {
            ElementType.U8 => new LaneBinaryKernel<TFunction, byte, byte, TLanes, TInt, TFloat>("qadd", f, rows, a, b, y),
            ElementType.S8 => new LaneBinaryKernel<TFunction, sbyte, sbyte, TLanes, TInt, TFloat>("qadd", f, rows, a, b, y),
            ElementType.S16 => new LaneBinaryKernel<TFunction, short, short, TLanes, TInt, TFloat>("qadd", f, rows, a, b, y),
            _ => throw step.Fault("has an element type that it cannot add"),
        };
    }

    private readonly struct FixedPointAdd<TLanes, TInt, TFloat>(QuantizedAddParameters p) : ILaneBinary<TInt> where TLanes : struct, ILanes<TInt, TFloat> where TInt : unmanaged where TFloat : unmanaged
    {
        private readonly FixedPointFactor<TLanes, TInt, TFloat> _factorA = new(p.MultiplierA, p.ShiftA), _factorB = new(p.MultiplierB, p.ShiftB), _factorOut = new(p.MultiplierOut, p.ShiftOut);
        private readonly TInt _offsetA = TLanes.Create(p.OffsetA), _offsetB = TLanes.Create(p.OffsetB), _offsetOut = TLanes.Create(p.OffsetOut), _min = TLanes.Create(p.Min), _max = TLanes.Create(p.Max);
        private readonly int _left = p.LeftShift;
        private readonly bool _subtract = p.Subtract != 0;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TInt Apply(TInt a, TInt b)
        {
            var x = _factorA.Apply(TLanes.ShiftLeft(TLanes.Add(a, _offsetA), _left));
            var z = _factorB.Apply(TLanes.ShiftLeft(TLanes.Add(b, _offsetB), _left));
            var y = TLanes.Add(_factorOut.Apply(_subtract ? TLanes.Subtract(x, z) : TLanes.Add(x, z)), _offsetOut);
            return TLanes.Min(TLanes.Max(y, _min), _max);
        }
    }

    private readonly struct ShiftAdd<TLanes, TInt, TFloat>(QuantizedAddParameters p) : ILaneBinary<TInt> where TLanes : struct, ILanes<TInt, TFloat> where TInt : unmanaged where TFloat : unmanaged
    {
        private readonly TInt _multiplierA = TLanes.Create(p.MultiplierA), _multiplierB = TLanes.Create(p.MultiplierB), _bias = TLanes.Create(p.Bias), _offsetOut = TLanes.Create(p.OffsetOut), _min = TLanes.Create(p.Min), _max = TLanes.Create(p.Max);
        private readonly int _shift = p.ShiftOut;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TInt Apply(TInt a, TInt b)
        {
            var sum = TLanes.Add(_bias, TLanes.Add(TLanes.Multiply(a, _multiplierA), TLanes.Multiply(b, _multiplierB)));
            return TLanes.Min(TLanes.Max(TLanes.Add(TLanes.ShiftRight(sum, _shift), _offsetOut), _min), _max);
        }
    }

    private readonly struct ShiftAwayAdd<TLanes, TInt, TFloat>(QuantizedAddParameters p) : ILaneBinary<TInt> where TLanes : struct, ILanes<TInt, TFloat> where TInt : unmanaged where TFloat : unmanaged
    {
        private readonly TInt _multiplierA = TLanes.Create(p.MultiplierA), _multiplierB = TLanes.Create(p.MultiplierB), _bias = TLanes.Create(p.Bias), _offsetOut = TLanes.Create(p.OffsetOut), _min = TLanes.Create(p.Min), _max = TLanes.Create(p.Max);
        private readonly RoundingShift<TLanes, TInt, TFloat> _shift = new(p.ShiftOut);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TInt Apply(TInt a, TInt b)
        {
            var sum = TLanes.Add(_bias, TLanes.Add(TLanes.Multiply(a, _multiplierA), TLanes.Multiply(b, _multiplierB)));
            return TLanes.Min(TLanes.Max(TLanes.Add(_shift.Apply(sum), _offsetOut), _min), _max);
        }
    }

    private readonly struct LinearAdd<TLanes, TInt, TFloat>(QuantizedAddParameters p) : ILaneBinary<TInt> where TLanes : struct, ILanes<TInt, TFloat> where TInt : unmanaged where TFloat : unmanaged
    {
        private readonly TFloat _ratioA = TLanes.Create(p.RatioA), _ratioB = TLanes.Create(p.RatioB), _fixed = TLanes.Create(p.Fixed), _min = TLanes.Create((float)p.Min), _max = TLanes.Create((float)p.Max);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TInt Apply(TInt a, TInt b)
        {
            var sum = TLanes.MultiplyAdd(TLanes.ToFloat(a), _ratioA, TLanes.MultiplyAdd(TLanes.ToFloat(b), _ratioB, _fixed));
            return TLanes.ToInt(TLanes.Min(TLanes.Max(sum, _min), _max));
        }
    }

    private readonly struct LinearFusedAdd<TLanes, TInt, TFloat>(QuantizedAddParameters p) : ILaneBinary<TInt> where TLanes : struct, ILanes<TInt, TFloat> where TInt : unmanaged where TFloat : unmanaged
    {
        private readonly TFloat _ratioA = TLanes.Create(p.RatioA), _ratioB = TLanes.Create(p.RatioB), _fixed = TLanes.Create(p.Fixed), _min = TLanes.Create((float)p.Min), _max = TLanes.Create((float)p.Max);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TInt Apply(TInt a, TInt b)
        {
            var sum = TLanes.MultiplyAdd(TLanes.ToFloat(b), _ratioB, TLanes.MultiplyAdd(TLanes.ToFloat(a), _ratioA, _fixed));
            return TLanes.ToInt(TLanes.Min(TLanes.Max(sum, _min), _max));
        }
    }

    private readonly struct DequantizedAdd<TLanes, TInt, TFloat>(QuantizedAddParameters p) : ILaneBinary<TInt> where TLanes : struct, ILanes<TInt, TFloat> where TInt : unmanaged where TFloat : unmanaged
    {
        private readonly Dequantization<TLanes, TInt, TFloat> _a = new(p.Arithmetic == AddArithmetic.DequantizedFused, p.OffsetA, p.RatioA, p.ProductA);
        private readonly Dequantization<TLanes, TInt, TFloat> _b = new(p.Arithmetic == AddArithmetic.DequantizedFused, p.OffsetB, p.RatioB, p.ProductB);
        private readonly TInt _offsetOut = TLanes.Create(p.OffsetOut);
        private readonly TFloat _inverse = TLanes.Create(p.Inverse), _min = TLanes.Create((float)(p.Min - p.OffsetOut)), _max = TLanes.Create((float)(p.Max - p.OffsetOut));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TInt Apply(TInt a, TInt b)
        {
            var y = TLanes.Min(TLanes.Max(TLanes.Multiply(TLanes.Add(_a.Apply(a), _b.Apply(b)), _inverse), _min), _max);
            return TLanes.Add(TLanes.ToInt(y), _offsetOut);
        }
    }

    private readonly struct PowerOfTwoAdd<TLanes, TInt, TFloat>(QuantizedAddParameters p) : ILaneBinary<TInt> where TLanes : struct, ILanes<TInt, TFloat> where TInt : unmanaged where TFloat : unmanaged
    {
        private readonly RoundingShift<TLanes, TInt, TFloat> _shiftA = new(-p.ShiftA), _shiftB = new(-p.ShiftB);
        private readonly TInt _min = TLanes.Create(p.Min), _max = TLanes.Create(p.Max);
        private readonly bool _subtract = p.Subtract != 0;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TInt Apply(TInt a, TInt b)
        {
            var (x, z) = (_shiftA.Apply(a), _shiftB.Apply(b));
            return TLanes.Min(TLanes.Max(_subtract ? TLanes.Subtract(x, z) : TLanes.Add(x, z), _min), _max);
        }
    }
}
