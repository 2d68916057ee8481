using Qnn.Runtime.Execution;

namespace Qnn.Runtime.Kernels.Hybrid;

/// <summary>Quantizes rows of floats, each with a scale of its own. Input: data [B, ...]. Outputs: int8 of the same shape, scales [B], zero points int32 [B]. An item of work is a row.</summary>
internal sealed unsafe class DynamicQuantizeKernel : Kernel
{
    private readonly TensorInfo _data, _output, _scales, _zeroPoints;
    private readonly bool _asymmetric, _xnnpack, _byReciprocal, _fused;
    private readonly int _torchRange;
    private readonly int _rows, _columns;

    private DynamicQuantizeKernel(StepInfo step)
    {
        var p = step.ReadParameters<DynamicQuantizeParameters>();
        (_asymmetric, _torchRange, _xnnpack, _byReciprocal, _fused) = (p.Asymmetric != 0, p.TorchRange, p.Xnnpack != 0, p.ByReciprocal != 0, p.Fused != 0);
        step.Require(_torchRange is 0 or 127 or 255, "bad range");
        (_data, _output, _scales, _zeroPoints) = (step.Input(0), step.Output(0), step.Output(1), step.Output(2));
        step.Require(_data.Type == ElementType.F32 && _output.Type == ElementType.S8 && _scales.Type == ElementType.F32 && _zeroPoints.Type == ElementType.S32, "bad types");
        step.Require(_data.Rank > 0 && _output.Count == _data.Count && _scales.Count == _data.Shape[0] && _zeroPoints.Count == _data.Shape[0], "bad shapes");
        _rows = _data.Shape[0];
        _columns = _rows == 0 ? 0 : _data.Count / _rows;
    }

    public static Kernel Create(StepInfo step) => new DynamicQuantizeKernel(step);

    public override string Name => "dynamic_quantize";

    public override int WorkItems => _rows;

    public override void Run(in KernelContext context, int begin, int end, byte* scratch)
    {
        float* data = context.Pointer<float>(_data), scales = context.Pointer<float>(_scales);
        sbyte* output = context.Pointer<sbyte>(_output);
        int* zeroPoints = context.Pointer<int>(_zeroPoints);
        for (int row = begin; row < end; row++)
        {
            nint at = (nint)row * _columns;
            int zeroPoint = 0;
            scales[row] = _torchRange > 0
                ? DynamicQuantization.Torch(data + at, _columns, output + at, _torchRange, _byReciprocal, _fused, out zeroPoint)
                : _xnnpack
                ? DynamicQuantization.Xnnpack(data + at, _columns, output + at, out zeroPoint)
                : _asymmetric
                ? DynamicQuantization.Asymmetric(data + at, _columns, output + at, out zeroPoint)
                : DynamicQuantization.Symmetric(data + at, _columns, output + at);
            zeroPoints[row] = zeroPoint;
        }
    }
}
