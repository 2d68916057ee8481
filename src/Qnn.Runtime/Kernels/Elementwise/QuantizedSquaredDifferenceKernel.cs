using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Qnn.Runtime.Execution;
using Qnn.Runtime.Kernels.Lanes;

namespace Qnn.Runtime.Kernels.Elementwise;

/// <summary>Parameters of <see cref="OpCode.QuantizedSquaredDifference"/>: d = fpA((a + OffsetA) &lt;&lt; 7) - fpB((b + OffsetB) &lt;&lt; 7), y = clamp(fpOut(d * d) + OffsetOut, Min, Max).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct QuantizedSquaredDifferenceParameters
{
    public int OffsetA, MultiplierA, ShiftA;
    public int OffsetB, MultiplierB, ShiftB;
    public int OffsetOut, MultiplierOut, ShiftOut;
    public int Min, Max;
}

/// <summary>The squared difference of two quantized tensors (U8 or S8, all three alike), broadcast by NumPy's rule.</summary>
internal static class QuantizedSquaredDifferenceKernel
{
    public static Kernel Create(StepInfo step)
    {
        var (a, b, y) = (step.Input(0), step.Input(1), step.Output(0));
        var p = step.ReadParameters<QuantizedSquaredDifferenceParameters>();
        step.Require(a.Type == y.Type && b.Type == y.Type && y.Type is ElementType.U8 or ElementType.S8, "the operands must be of one 8-bit type");
        step.Require(p.MultiplierA >= 0 && p.MultiplierB >= 0 && p.MultiplierOut >= 0 && p.Min <= p.Max);
        step.Require(p.ShiftA is >= -31 and <= 30 && p.ShiftB is >= -31 and <= 30 && p.ShiftOut is >= -31 and <= 30);
        return step.Tier.Create<Factory, Kernel>(new Factory(p, new BroadcastRows(step, a, b, y), a, b, y));
    }

    private readonly struct Factory(QuantizedSquaredDifferenceParameters p, BroadcastRows rows, TensorInfo a, TensorInfo b, TensorInfo y) : ILaneFactory<Kernel>
    {
        public Kernel Create<TLanes, TInt, TFloat>() where TLanes : struct, ILanes<TInt, TFloat> where TInt : unmanaged where TFloat : unmanaged
        {
            var f = new Function<TLanes, TInt, TFloat>(p);
            return a.Type == ElementType.U8
                ? new LaneBinaryKernel<Function<TLanes, TInt, TFloat>, byte, byte, TLanes, TInt, TFloat>("qsquareddiff", f, rows, a, b, y)
                : new LaneBinaryKernel<Function<TLanes, TInt, TFloat>, sbyte, sbyte, TLanes, TInt, TFloat>("qsquareddiff", f, rows, a, b, y);
        }
    }

    private readonly struct Function<TLanes, TInt, TFloat>(QuantizedSquaredDifferenceParameters p) : ILaneBinary<TInt> where TLanes : struct, ILanes<TInt, TFloat> where TInt : unmanaged where TFloat : unmanaged
    {
        private readonly FixedPointFactor<TLanes, TInt, TFloat> _factorA = new(p.MultiplierA, p.ShiftA), _factorB = new(p.MultiplierB, p.ShiftB), _factorOut = new(p.MultiplierOut, p.ShiftOut);
        private readonly TInt _offsetA = TLanes.Create(p.OffsetA), _offsetB = TLanes.Create(p.OffsetB), _offsetOut = TLanes.Create(p.OffsetOut), _min = TLanes.Create(p.Min), _max = TLanes.Create(p.Max);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TInt Apply(TInt a, TInt b)
        {
            var difference = TLanes.Subtract(_factorA.Apply(TLanes.ShiftLeft(TLanes.Add(a, _offsetA), 7)), _factorB.Apply(TLanes.ShiftLeft(TLanes.Add(b, _offsetB), 7)));
            return TLanes.Min(TLanes.Max(TLanes.Add(_factorOut.Apply(TLanes.Multiply(difference, difference)), _offsetOut), _min), _max);
        }
    }
}
