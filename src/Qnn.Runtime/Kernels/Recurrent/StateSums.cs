using Qnn.Runtime.Execution;
using Qnn.Runtime.Kernels.Lanes;

namespace Qnn.Runtime.Kernels.Recurrent;

/// <summary>
/// The exact sums of a recurrent layer's quantized states and its 8-bit weights, made real: an <see cref="InnerDense"/> whose biases are zeros, and whose data has its zero point taken off behind.
/// Takes its inputs of the step, then the columns' sums int32 [N] and their scales float [N].
/// </summary>
internal sealed unsafe class StateSums
{
    private readonly InnerDense _dense;
    private readonly Finisher _finisher;
    private readonly int _rows, _columns;

    private StateSums(StepInfo step, int first, int rows, int depth, int columns)
    {
        (_rows, _columns) = (rows, columns);
        _dense = new InnerDense(step, first, rows, depth, columns);
        first += InnerDense.Inputs;
        _finisher = step.Tier.Create<Factory, Finisher>(new Factory(
            (int*)step.ConstantInput(first, ElementType.S32, columns).Constant, (float*)step.ConstantInput(first + 1, ElementType.F32, columns).Constant, columns));
    }

    /// <summary>Verifies and takes inputs from <paramref name="first"/> on; null where a batch is empty.</summary>
    public static StateSums? Create(StepInfo step, int first, int rows, int depth, int columns) => rows > 0 ? new StateSums(step, first, rows, depth, columns) : null;

    /// <summary>Bytes of scratch memory, aligned to 64.</summary>
    public nint ScratchBytes => _dense.ScratchBytes;

    /// <summary>Where quantized states lie in scratch memory.</summary>
    public byte* States(byte* scratch) => _dense.Data(scratch);

    /// <summary>
    /// For all rows and columns: (sum of (state - zero point) * weight) * (scale * column's scale), and with biases plus those, if fused rounded once; without biases it is added to the result.
    /// </summary>
    public void Multiply(int zeroPoint, float scale, float* biases, bool fused, float* result, nint pitch, byte* scratch)
    {
        int* sums = _dense.Run(scratch);
        for (int r = 0; r < _rows; r++) _finisher.Finish(sums + (nint)r * _columns, zeroPoint, scale, biases, fused, result + r * pitch);
    }

    private readonly struct Factory(int* columnSums, float* scales, int columns) : ILaneFactory<Finisher>
    {
        private readonly int* _columnSums = columnSums;
        private readonly float* _scales = scales;

        public Finisher Create<TLanes, TInt, TFloat>() where TLanes : struct, ILanes<TInt, TFloat> where TInt : unmanaged where TFloat : unmanaged => new Finisher<TLanes, TInt, TFloat>(_columnSums, _scales, columns);
    }

    private abstract class Finisher
    {
        public abstract void Finish(int* sums, int zeroPoint, float scale, float* biases, bool fused, float* result);
    }

    private sealed class Finisher<TLanes, TInt, TFloat>(int* columnSums, float* scales, int columns) : Finisher
        where TLanes : struct, ILanes<TInt, TFloat>
        where TInt : unmanaged
        where TFloat : unmanaged
    {
        private readonly int* _columnSums = columnSums;
        private readonly float* _scales = scales;

        public override void Finish(int* sums, int zeroPoint, float scale, float* biases, bool fused, float* result)
        {
            int n = 0;
            var (zeroPoints, factor) = (TLanes.Create(zeroPoint), TLanes.Create(scale));
            for (; n <= columns - TLanes.Count; n += TLanes.Count)
            {
                var sum = TLanes.ToFloat(TLanes.Subtract(TLanes.Load(sums + n), TLanes.Multiply(TLanes.Load(_columnSums + n), zeroPoints)));
                var own = TLanes.Multiply(factor, TLanes.LoadFloat(_scales + n));
                TLanes.StoreFloat(result + n, fused
                    ? TLanes.MultiplyAdd(sum, own, TLanes.LoadFloat(biases + n))
                    : TLanes.Add(TLanes.LoadFloat((biases == null ? result : biases) + n), TLanes.Multiply(sum, own)));
            }
            for (; n < columns; n++)
            {
                float sum = unchecked(sums[n] - _columnSums[n] * zeroPoint), own = scale * _scales[n];
                result[n] = fused ? MathF.FusedMultiplyAdd(sum, own, biases[n]) : (biases == null ? result : biases)[n] + sum * own;
            }
        }
    }
}
