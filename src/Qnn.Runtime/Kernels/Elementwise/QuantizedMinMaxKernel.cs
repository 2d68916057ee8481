using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Qnn.Runtime.Execution;
using Qnn.Runtime.Kernels.Lanes;

namespace Qnn.Runtime.Kernels.Elementwise;

/// <summary>Parameters of <see cref="OpCode.QuantizedMinMax"/>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct QuantizedMinMaxParameters
{
    /// <summary>1 for the larger, 0 for the smaller.</summary>
    public int Max;
}

/// <summary>The larger or smaller of two integers (U8, S8 or S16, all three alike), broadcast by NumPy's rule.</summary>
internal static class QuantizedMinMaxKernel
{
    public static Kernel Create(StepInfo step)
    {
        var (a, b, y) = (step.Input(0), step.Input(1), step.Output(0));
        var p = step.ReadParameters<QuantizedMinMaxParameters>();
        step.Require(a.Type == y.Type && b.Type == y.Type && y.Type is ElementType.U8 or ElementType.S8 or ElementType.S16, "the operands must be of one 8 or 16-bit type");
        return step.Tier.Create<Factory, Kernel>(new Factory(p.Max != 0, new BroadcastRows(step, a, b, y), a, b, y));
    }

    private readonly struct Factory(bool max, BroadcastRows rows, TensorInfo a, TensorInfo b, TensorInfo y) : ILaneFactory<Kernel>
    {
        public Kernel Create<TLanes, TInt, TFloat>() where TLanes : struct, ILanes<TInt, TFloat> where TInt : unmanaged where TFloat : unmanaged
        {
            var f = new MinMax<TLanes, TInt, TFloat>(max);
            return y.Type switch
            {
                ElementType.U8 => new LaneBinaryKernel<MinMax<TLanes, TInt, TFloat>, byte, byte, TLanes, TInt, TFloat>("qminmax", f, rows, a, b, y),
                ElementType.S8 => new LaneBinaryKernel<MinMax<TLanes, TInt, TFloat>, sbyte, sbyte, TLanes, TInt, TFloat>("qminmax", f, rows, a, b, y),
                _ => new LaneBinaryKernel<MinMax<TLanes, TInt, TFloat>, short, short, TLanes, TInt, TFloat>("qminmax", f, rows, a, b, y),
            };
        }
    }

    private readonly struct MinMax<TLanes, TInt, TFloat>(bool max) : ILaneBinary<TInt> where TLanes : struct, ILanes<TInt, TFloat> where TInt : unmanaged where TFloat : unmanaged
    {
        private readonly bool _max = max;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TInt Apply(TInt a, TInt b) => _max ? TLanes.Max(a, b) : TLanes.Min(a, b);
    }
}
