using System.Runtime.Intrinsics;
using Qnn.Runtime.Execution;
using Qnn.Runtime.Kernels.Lanes;

namespace Qnn.Runtime.Kernels.Quantization;

/// <summary>
/// Accumulators made real: y = float(sum - zero point * column) * factor (+ bias), rounded after each operation or, if fused, once. Inputs: sums (int32 [.., N]); factor (float32, one, or one a column);
/// bias (float32 [N], optional); zero point (int32, one element) and columns (int32 [N]), both or neither. An item is a row.
/// </summary>
internal sealed unsafe class ScaledSumsKernel : Kernel
{
    private readonly TensorInfo _sums, _factor, _output;
    private readonly TensorInfo? _bias, _zeroPoint, _columns;
    private readonly int _length;
    private readonly bool _wide, _fused;

    private ScaledSumsKernel(StepInfo step)
    {
        (_sums, _factor, _output) = (step.Input(0), step.Input(1), step.Output(0));
        (_bias, _zeroPoint, _columns) = (step.OptionalInput(2), step.OptionalInput(3), step.OptionalInput(4));
        step.Require(_sums.Type == ElementType.S32 && _factor.Type == ElementType.F32 && _output.Type == ElementType.F32 && (_bias is null || _bias.Type == ElementType.F32), "bad types");
        step.Require(_sums.Rank > 0 && _sums.Count == _output.Count, "bad shapes");
        _length = _sums.Shape[^1];
        _wide = step.Tier.HasAvx512();
        _fused = step.ReadParameters<ScaledSumsParameters>().Fused != 0;
        step.Require(_bias is not null || !_fused, "there is no bias");
        step.Require((_factor.Count == 1 || _factor.Count == _length) && (_bias is null || _bias.Count == _length), "bad shapes");
        step.Require(_zeroPoint is null == _columns is null, "a zero point needs the columns' sums");
        step.Require(_columns is null || _columns.Type == ElementType.S32 && _zeroPoint!.Type == ElementType.S32 && _columns.Count == _length && _zeroPoint.Count == 1, "bad shapes");
    }

    public static Kernel Create(StepInfo step) => new ScaledSumsKernel(step);

    public override string Name => "scaled_sums";

    public override int WorkItems => _length == 0 ? 0 : _sums.Count / _length;

    public override int Grain => Math.Max(1, 4096 / Math.Max(1, _length));

    public override Region Reads(TensorInfo input, int begin, int end) => input == _sums ? Region.Items(input, begin, end, _length) : Region.All(input);

    public override Region Writes(TensorInfo output, int begin, int end) => Region.Items(output, begin, end, _length);

    public override void Run(in KernelContext context, int begin, int end, byte* scratch)
    {
        float* factors = context.Pointer<float>(_factor), bias = _bias is null ? null : context.Pointer<float>(_bias);
        int* columns = _columns is null ? null : context.Pointer<int>(_columns);
        int zeroPoint = _zeroPoint is null ? 0 : *context.Pointer<int>(_zeroPoint), step = _factor.Count == 1 ? 0 : 1;
        for (int row = begin; row < end; row++)
        {
            int* x = context.Pointer<int>(_sums) + (nint)row * _length;
            float* y = context.Pointer<float>(_output) + (nint)row * _length;
            int i = 0;
            if (_wide && Vector512.IsHardwareAccelerated) i = Wide(x, y, factors, bias, columns, zeroPoint);
            for (; i <= _length - 8; i += 8)
            {
                var sum = Vector256.Load(x + i);
                if (columns != null) sum -= Vector256.Load(columns + i) * zeroPoint;
                Vector256<float> v = Vector256.ConvertToSingle(sum), factor = step == 0 ? Vector256.Create(*factors) : Vector256.Load(factors + i);
                (_fused ? Vector256.FusedMultiplyAdd(v, factor, Vector256.Load(bias + i)) : bias == null ? v * factor : v * factor + Vector256.Load(bias + i)).Store(y + i);
            }
            for (; i < _length; i++)
            {
                float v = columns == null ? x[i] : x[i] - columns[i] * zeroPoint, factor = factors[i * step];
                y[i] = _fused ? MathF.FusedMultiplyAdd(v, factor, bias[i]) : bias == null ? v * factor : v * factor + bias[i];
            }
        }
    }

    // Whole vectors of sixteen; gives how many elements those are.
    private int Wide(int* x, float* y, float* factors, float* bias, int* columns, int zeroPoint)
    {
        int i = 0;
        bool hasOne = _factor.Count == 1;
        Vector512<float> factor = Vector512.Create(*factors), none = Vector512.Create(-0f);
        var zeroPoints = Vector512.Create(zeroPoint);
        for (; i <= _length - 16; i += 16)
        {
            var sum = Vector512.Load(x + i);
            if (columns != null) sum -= Vector512.Load(columns + i) * zeroPoints;
            Vector512<float> v = Vector512.ConvertToSingle(sum), scale = hasOne ? factor : Vector512.Load(factors + i);
            // -0 added changes no number.
            var addend = bias == null ? none : Vector512.Load(bias + i);
            (_fused ? Vector512.FusedMultiplyAdd(v, scale, addend) : v * scale + addend).Store(y + i);
        }
        return i;
    }
}
