using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Qnn.Runtime.Execution;
using Qnn.Runtime.Kernels.Lanes;

namespace Qnn.Runtime.Kernels.Requantization;

/// <summary>Parameters of <see cref="OpCode.SteppedRequantize"/>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct SteppedRequantizeParameters
{
    /// <summary>The reciprocal of the result's scale.</summary>
    public float Inverse;
    public int ZeroPoint;
    public int Minimum;
    public int Maximum;
}

/// <summary>
/// Accumulators to 8 bits as oneDNN does it: y = clamp(rint((x * multiplier + bias) * inverse + zero point)), every step rounded. Inputs: x (int32 [.., C]), multipliers (float32 [C]), biases (float32 [C], optional).
/// An item is a row.
/// </summary>
internal sealed unsafe class SteppedRequantizeKernel<TLanes, TInt, TFloat> : Kernel
    where TLanes : struct, ILanes<TInt, TFloat>
    where TInt : unmanaged
    where TFloat : unmanaged
{
    private const int MostLanes = 16;

    private readonly TensorInfo _input, _output;
    private readonly float* _multipliers, _biases;
    private readonly int _channels;
    private readonly TFloat _inverse, _zeroPoint, _minimum, _maximum;

    public SteppedRequantizeKernel(StepInfo step, SteppedRequantizeParameters p, int channels)
    {
        (_input, _output, _channels) = (step.Input(0), step.Output(0), channels);
        _multipliers = (float*)step.ConstantInput(1, ElementType.F32, channels).Constant;
        _biases = step.OptionalInput(2) is null ? null : (float*)step.ConstantInput(2, ElementType.F32, channels).Constant;
        (_inverse, _zeroPoint, _minimum, _maximum) = (TLanes.Create(p.Inverse), TLanes.Create((float)p.ZeroPoint), TLanes.Create((float)p.Minimum), TLanes.Create((float)p.Maximum));
    }

    public override string Name { get; } = $"requantize.stepped.{TLanes.Name}";

    public override int WorkItems => _input.Count / _channels;

    public override int Grain => Math.Max(1, 4096 / _channels);

    public override Region Reads(TensorInfo input, int begin, int end) => Region.Items(input, begin, end, _channels);

    public override Region Writes(TensorInfo output, int begin, int end) => Region.Items(output, begin, end, _channels);

    [SkipLocalsInit]
    public override void Run(in KernelContext context, int begin, int end, byte* scratch)
    {
        int width = TLanes.Count;
        int* x = context.Pointer<int>(_input) + (nint)begin * _channels;
        byte* y = context[_output] + (nint)begin * _channels;
        if (_channels < width)
        {
            Narrow(x, y, end - begin);
            return;
        }
        for (int row = begin; row < end; row++, x += _channels, y += _channels)
        {
            int c = 0;
            for (; c <= _channels - width; c += width) TLanes.Store(y + c, Apply(x + c, _multipliers + c, _biases + c));
            // The last vector overlaps the one before.
            if (c == _channels) continue;
            c = _channels - width;
            TLanes.Store(y + c, Apply(x + c, _multipliers + c, _biases + c));
        }
    }

    // Fewer channels than a vector has lanes.
    [SkipLocalsInit]
    private void Narrow(int* x, byte* y, int rows)
    {
        int* numbers = stackalloc int[MostLanes];
        float* parameters = stackalloc float[2 * MostLanes];
        byte* result = stackalloc byte[MostLanes];
        new Span<int>(numbers, MostLanes).Clear();
        new Span<float>(parameters, 2 * MostLanes).Clear();
        for (int c = 0; c < _channels; c++) (parameters[c], parameters[MostLanes + c]) = (_multipliers[c], _biases == null ? 0 : _biases[c]);
        for (; rows > 0; rows--, x += _channels, y += _channels)
        {
            for (int c = 0; c < _channels; c++) numbers[c] = x[c];
            TLanes.Store(result, Apply(numbers, parameters, parameters + MostLanes));
            for (int c = 0; c < _channels; c++) y[c] = result[c];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TInt Apply(int* x, float* multipliers, float* biases)
    {
        var real = TLanes.Multiply(TLanes.ToFloat(TLanes.Load(x)), TLanes.LoadFloat(multipliers));
        if (_biases != null) real = TLanes.Add(real, TLanes.LoadFloat(biases));
        return TLanes.ToInt(TLanes.Min(TLanes.Max(TLanes.Add(TLanes.Multiply(real, _inverse), _zeroPoint), _minimum), _maximum));
    }
}

/// <summary>Makes <see cref="SteppedRequantizeKernel{TLanes, TInt, TFloat}"/>.</summary>
internal static class SteppedRequantizeKernel
{
    public static Kernel Create(StepInfo step)
    {
        var (input, output) = (step.Input(0), step.Output(0));
        var p = step.ReadParameters<SteppedRequantizeParameters>();
        step.Require(input.Type == ElementType.S32 && output.Type is ElementType.U8 or ElementType.S8 && input.Rank > 0 && input.Shape[^1] > 0 && input.Count == output.Count, "the operands do not fit");
        step.Require(float.IsFinite(p.Inverse) && p.Minimum >= sbyte.MinValue && p.Minimum <= p.Maximum && p.Maximum <= byte.MaxValue && p.ZeroPoint is >= sbyte.MinValue and <= byte.MaxValue, "the parameters are out of range");
        return step.Tier.Create<Factory, Kernel>(new Factory(step, p, input.Shape[^1]));
    }

    private readonly struct Factory(StepInfo step, SteppedRequantizeParameters p, int channels) : ILaneFactory<Kernel>
    {
        public Kernel Create<TLanes, TInt, TFloat>() where TLanes : struct, ILanes<TInt, TFloat> where TInt : unmanaged where TFloat : unmanaged =>
            new SteppedRequantizeKernel<TLanes, TInt, TFloat>(step, p, channels);
    }
}
