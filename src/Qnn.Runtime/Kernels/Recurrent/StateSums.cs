using Qnn.Runtime.Artifact.Format;
using Qnn.Runtime.Execution;
using Qnn.Runtime.Kernels.Convolution;
using Qnn.Runtime.Kernels.Lanes;

namespace Qnn.Runtime.Kernels.Recurrent;

/// <summary>
/// The exact sums of a recurrent layer's quantized states and its 8-bit weights, made real: a dense layer within the step, by the tier's kernel or machine code, whose data has its zero point taken off behind.
/// Takes inputs of the step: four of <see cref="PackedWeights"/>, zeros for biases int32 (whole blocks of sixteen), the columns' sums int32 [N], their scales float [N].
/// </summary>
internal sealed unsafe class StateSums
{
    /// <summary>How many inputs of a step it takes.</summary>
    public const int Inputs = 7;

    // States are read a little beyond their end.
    private const int Slack = 64;

    private readonly Kernel _dense;
    private readonly Finisher _finisher;
    private readonly int _rows, _depth, _columns;

    private StateSums(StepInfo step, int first, int rows, int depth, int columns)
    {
        (_rows, _depth, _columns) = (rows, depth, columns);
        _dense = KernelTable.Create(Dense(step, first, rows, depth, columns));
        _finisher = step.Tier.Create<Factory, Finisher>(new Factory(
            (int*)step.ConstantInput(first + 5, ElementType.S32, columns).Constant, (float*)step.ConstantInput(first + 6, ElementType.F32, columns).Constant, columns));
    }

    /// <summary>Verifies and takes inputs from <paramref name="first"/> on; null where a batch is empty.</summary>
    public static StateSums? Create(StepInfo step, int first, int rows, int depth, int columns) => rows > 0 ? new StateSums(step, first, rows, depth, columns) : null;

    /// <summary>The dense layer, uint8 [rows, depth] to int32 [rows, columns]: what machine code is made for.</summary>
    public static StepInfo Dense(StepInfo step, int first, int rows, int depth, int columns)
    {
        step.Require((long)rows * columns < int.MaxValue / sizeof(int) && (long)rows * depth < int.MaxValue - Slack, "the state is too large");
        var parameters = new DenseParameters { Depth = depth };
        return new StepInfo
        {
            Index = step.Index,
            OpCode = OpCode.QuantizedDense,
            Name = step.Name,
            Inputs = [Tensor(0, ElementType.U8, rows, depth), .. Enumerable.Range(first, 5).Select(step.OptionalInput)],
            Outputs = [Tensor(1, ElementType.S32, rows, columns)],
            Parameters = new ReadOnlySpan<byte>(&parameters, sizeof(DenseParameters)).ToArray(),
            MultiplyAdds = 0,
            Tier = step.Tier,
            MachineCode = step.MachineCode,
        };

        TensorInfo Tensor(int index, ElementType type, int height, int width) => new()
        {
            Index = index,
            Name = step.Name,
            Type = type,
            Shape = [height, width],
            Count = height * width,
            Storage = Storage.Arena,
            Offset = 0,
        };
    }

    /// <summary>Bytes of scratch memory, aligned to 64.</summary>
    public nint ScratchBytes => Align(_dense.ScratchBytes) + Align((nint)_rows * _columns * sizeof(int)) + Align((nint)_rows * _depth + Slack);

    /// <summary>Where quantized states lie in scratch memory.</summary>
    public byte* States(byte* scratch) => scratch + Align(_dense.ScratchBytes) + Align((nint)_rows * _columns * sizeof(int));

    /// <summary>
    /// For all rows and columns: (sum of (state - zero point) * weight) * (scale * column's scale), and with biases plus those, if fused rounded once; without biases it is added to the result.
    /// </summary>
    public void Multiply(int zeroPoint, float scale, float* biases, bool fused, float* result, nint pitch, byte* scratch)
    {
        var sums = (int*)(scratch + Align(_dense.ScratchBytes));
        byte** tensors = stackalloc byte*[2];
        tensors[0] = States(scratch);
        tensors[1] = (byte*)sums;
        _dense.Run(new KernelContext(tensors), 0, _dense.WorkItems, scratch);
        for (int r = 0; r < _rows; r++) _finisher.Finish(sums + (nint)r * _columns, zeroPoint, scale, biases, fused, result + r * pitch);
    }

    private static nint Align(nint bytes) => (bytes + 63) & ~63;

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
