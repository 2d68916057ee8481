using Qnn.Runtime.Artifact.Format;
using Qnn.Runtime.Execution;
using Qnn.Runtime.Kernels.Requantization;
using Qnn.Runtime.Kernels.Wide;

namespace Qnn.Runtime.Kernels.Recurrent;

/// <summary>
/// TensorFlow Lite's integer SVDF (reference/svdf.h, EvalIntegerSVDF). Inputs: data int8 [B, I], feature weights as int16 [F][I, padded], time weights
/// int16 or int8 [F, M], biases int32 [F / rank], state int16 or int8 [B, F * M]. Items of work are rows of the batch.
/// </summary>
internal sealed unsafe class QuantizedSvdfKernel : Kernel
{
    private readonly TensorInfo _data, _features, _time, _biases, _state, _output;
    private readonly QuantizedSvdfParameters _p;
    private readonly int _inputs, _padded, _filters, _memory, _units, _stateMin, _stateMax;
    private readonly delegate*<short*, short*, nint, long> _dot;

    private QuantizedSvdfKernel(StepInfo step)
    {
        _p = step.ReadParameters<QuantizedSvdfParameters>();
        (_data, _time, _state, _output) = (step.Input(0), step.Input(2), step.Input(4), step.Output(0));
        step.Require(_data.Rank == 2 && _output.Rank == 2 && _time.Rank == 2 && _data.Shape[0] == _output.Shape[0], "bad ranks");
        step.Require(_data.Type == ElementType.S8 && _output.Type == ElementType.S8, "bad types");
        step.Require(_time.IsConstant && _time.Type is ElementType.S16 or ElementType.S8, "bad time weights");
        step.Require(_state.Storage == Storage.State && _state.Type is ElementType.S16 or ElementType.S8, "bad state");
        (_inputs, _filters, _memory, _units) = (_data.Shape[1], _time.Shape[0], _time.Shape[1], _output.Shape[1]);
        step.Require(_p.Rank > 0 && _memory > 0 && _filters == (long)_units * _p.Rank && _state.Count == (long)_data.Shape[0] * _filters * _memory, "bad shapes");
        step.Require(_inputs < 1 << 24, "the data is too large");
        _padded = DotProduct16.Pad(_inputs);
        _features = step.ConstantInput(1, ElementType.S16, (long)_filters * _padded);
        _biases = step.ConstantInput(3, ElementType.S32, _units);
        step.Require(CenteredData.IsSupported(ElementType.S8, _p.InputZeroPoint) && Math.Abs((long)_p.OutputZeroPoint) <= 128, "bad zero points");
        step.Require(_p.StateExponent is >= -31 and <= 30 && _p.OutputExponent is >= -31 and <= 30, "bad exponents");
        (_stateMin, _stateMax) = _state.Type == ElementType.S16 ? (short.MinValue, (int)short.MaxValue) : (sbyte.MinValue, sbyte.MaxValue);
        _dot = DotProduct16.For(step.Tier);
    }

    public static Kernel Create(StepInfo step) => new QuantizedSvdfKernel(step);

    public override string Name => "svdf_8";

    public override int WorkItems => _data.Shape[0];

    public override nint ScratchBytes => (nint)_padded * sizeof(short);

    public override void Run(in KernelContext context, int begin, int end, byte* scratch)
    {
        var row = (short*)scratch;
        new Span<short>(row, _padded).Clear();
        for (int b = begin; b < end; b++)
        {
            CenteredData.Load(context[_data], ElementType.S8, (nint)b * _inputs, _p.InputZeroPoint, row, _inputs);
            if (_state.Type == ElementType.S16) Remember(context, b, row, context.Pointer<short>(_state));
            else Remember(context, b, row, context.Pointer<sbyte>(_state));
            for (int u = 0; u < _units; u++)
            {
                int sum = context.Pointer<int>(_biases)[u];
                for (int f = u * _p.Rank; f < (u + 1) * _p.Rank; f++) sum += OverTime(context, b, f);
                int value = FixedPoint.MultiplyDouble(sum, _p.OutputMultiplier, _p.OutputExponent) + _p.OutputZeroPoint;
                context.Pointer<sbyte>(_output)[(nint)b * _units + u] = (sbyte)Math.Clamp(value, sbyte.MinValue, sbyte.MaxValue);
            }
        }
    }

    // Each filter's memory moves on by one, and takes the feature of now at its end.
    private void Remember<T>(in KernelContext context, int batch, short* row, T* state) where T : unmanaged, System.Numerics.INumberBase<T>
    {
        short* features = context.Pointer<short>(_features);
        T* memory = state + (nint)batch * _filters * _memory;
        for (int f = 0; f < _filters; f++, memory += _memory)
        {
            for (int m = 1; m < _memory; m++) memory[m - 1] = memory[m];
            int feature = FixedPoint.MultiplyDouble((int)_dot(features + (nint)f * _padded, row, _padded), _p.StateMultiplier, _p.StateExponent);
            memory[_memory - 1] = T.CreateTruncating(Math.Clamp(feature, _stateMin, _stateMax));
        }
    }

    private int OverTime(in KernelContext context, int batch, int filter)
    {
        byte* state = context[_state], time = context[_time];
        nint at = ((nint)batch * _filters + filter) * _memory, weights = (nint)filter * _memory;
        int sum = 0;
        for (int m = 0; m < _memory; m++) sum += Element(state, _state.Type, at + m) * Element(time, _time.Type, weights + m);
        return sum;
    }

    private static int Element(byte* source, ElementType type, nint index) => type == ElementType.S16 ? ((short*)source)[index] : (sbyte)source[index];
}
