using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Qnn.Runtime.Execution;
using Qnn.Runtime.Kernels.Lanes;

namespace Qnn.Runtime.Kernels.Elementwise;

/// <summary>Parameters of <see cref="OpCode.QuantizedCompare"/>: compares fpA((a + OffsetA) &lt;&lt; 8) with fpB((b + OffsetB) &lt;&lt; 8).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct QuantizedCompareParameters
{
    public CompareKind Kind;
    public int OffsetA, MultiplierA, ShiftA;
    public int OffsetB, MultiplierB, ShiftB;
}

/// <summary>Compares two quantized tensors (U8 or S8), broadcast by NumPy's rule. The result is bool.</summary>
internal static class QuantizedCompareKernel
{
    public static Kernel Create(StepInfo step)
    {
        var (a, b, y) = (step.Input(0), step.Input(1), step.Output(0));
        var p = step.ReadParameters<QuantizedCompareParameters>();
        step.Require(a.Type == b.Type && a.Type is ElementType.U8 or ElementType.S8 && y.Type == ElementType.Bool);
        step.Require(p.Kind is >= CompareKind.Equal and <= CompareKind.GreaterEqual);
        step.Require(p.MultiplierA >= 0 && p.MultiplierB >= 0 && p.ShiftA is >= -31 and <= 30 && p.ShiftB is >= -31 and <= 30);
        return step.Tier.Create<Factory, Kernel>(new Factory(p, new BroadcastRows(step, a, b, y), a, b, y));
    }

    private readonly struct Factory(QuantizedCompareParameters p, BroadcastRows rows, TensorInfo a, TensorInfo b, TensorInfo y) : ILaneFactory<Kernel>
    {
        public Kernel Create<TLanes, TInt, TFloat>() where TLanes : struct, ILanes<TInt, TFloat> where TInt : unmanaged where TFloat : unmanaged
        {
            var f = new Comparison<TLanes, TInt, TFloat>(p);
            return a.Type == ElementType.U8
                ? new LaneBinaryKernel<Comparison<TLanes, TInt, TFloat>, byte, byte, TLanes, TInt, TFloat>("qcompare", f, rows, a, b, y)
                : new LaneBinaryKernel<Comparison<TLanes, TInt, TFloat>, sbyte, byte, TLanes, TInt, TFloat>("qcompare", f, rows, a, b, y);
        }
    }

    private readonly struct Comparison<TLanes, TInt, TFloat>(QuantizedCompareParameters p) : ILaneBinary<TInt> where TLanes : struct, ILanes<TInt, TFloat> where TInt : unmanaged where TFloat : unmanaged
    {
        private readonly FixedPointFactor<TLanes, TInt, TFloat> _factorA = new(p.MultiplierA, p.ShiftA), _factorB = new(p.MultiplierB, p.ShiftB);
        private readonly TInt _offsetA = TLanes.Create(p.OffsetA), _offsetB = TLanes.Create(p.OffsetB), _one = TLanes.Create(1);
        private readonly CompareKind _kind = p.Kind;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TInt Apply(TInt a, TInt b)
        {
            var x = _factorA.Apply(TLanes.ShiftLeft(TLanes.Add(a, _offsetA), 8));
            var z = _factorB.Apply(TLanes.ShiftLeft(TLanes.Add(b, _offsetB), 8));
            return _kind switch
            {
                CompareKind.Equal => TLanes.Equal(x, z),
                CompareKind.NotEqual => TLanes.Subtract(_one, TLanes.Equal(x, z)),
                CompareKind.Less => TLanes.Greater(z, x),
                CompareKind.LessEqual => TLanes.Subtract(_one, TLanes.Greater(x, z)),
                CompareKind.Greater => TLanes.Greater(x, z),
                _ => TLanes.Subtract(_one, TLanes.Greater(z, x)),
            };
        }
    }
}
