using Qnn.Runtime.Execution;
using Qnn.Runtime.Kernels.Wide;

namespace Qnn.Runtime.Kernels.Hybrid;

/// <summary>
/// Convolution of data quantized at run time with int8 weights, NHWC: exact integer sums, times the data's and the weights' scales, plus a float bias.
/// Inputs: data int8, its scales [N] and zero points [N], weights as int16 [O][KH * KW * C / groups, padded], weight scales [O], biases [O].
/// An item of work is an output row. A depthwise convolution is one of as many groups as channels.
/// </summary>
internal sealed unsafe class HybridConv2DKernel : Kernel
{
    private readonly TensorInfo _data, _scales, _zeroPoints, _output;
    private readonly HybridConv2DParameters _p;
    private readonly short* _weights;
    private readonly float* _weightScales, _biases;
    private readonly int _depth, _padded;
    private readonly delegate*<short*, short*, nint, long> _dot;

    private HybridConv2DKernel(StepInfo step)
    {
        _p = step.ReadParameters<HybridConv2DParameters>();
        (_data, _scales, _zeroPoints, _output) = (step.Input(0), step.Input(1), step.Input(2), step.Output(0));
        _p.Window.Verify(step);
        step.Require(Enum.IsDefined(_p.Scaling), "the scaling is unknown");
        step.Require(_data.Type == ElementType.S8 && _output.Type == ElementType.F32 && _data.Rank == 4 && _output.Rank == 4 && _data.Shape[0] == _output.Shape[0], "bad operands");
        step.Require(_scales.Type == ElementType.F32 && _zeroPoints.Type == ElementType.S32 && _scales.Count == _data.Shape[0] && _zeroPoints.Count == _data.Shape[0], "bad scales");
        int channels = _data.Shape[3], outputs = _output.Shape[3];
        step.Require(_p.Groups > 0 && channels % _p.Groups == 0 && outputs % _p.Groups == 0, "bad groups");
        _depth = channels / _p.Groups;
        step.Require((long)_p.Window.Taps * _depth * _p.Groups < int.MaxValue / 64, "the window is too large");
        _padded = DotProduct16.Pad(_p.Window.Taps * _depth);
        _weights = (short*)step.ConstantInput(3, ElementType.S16, (long)outputs * _padded).Constant;
        _weightScales = (float*)step.ConstantInput(4, ElementType.F32, outputs).Constant;
        _biases = (float*)step.ConstantInput(5, ElementType.F32, outputs).Constant;
        _dot = DotProduct16.For(step.Tier);
    }

    public static Kernel Create(StepInfo step) => new HybridConv2DKernel(step);

    public override string Name => "conv2d_hybrid";

    public override int WorkItems => _output.Shape[0] * _output.Shape[1];

    public override nint ScratchBytes => (nint)_padded * _p.Groups * sizeof(short);

    public override void Run(in KernelContext context, int begin, int end, byte* scratch)
    {
        var patch = (short*)scratch;
        byte* data = context[_data];
        float* output = context.Pointer<float>(_output);
        int outHeight = _output.Shape[1], outWidth = _output.Shape[2], outputs = _output.Shape[3], perGroup = outputs / _p.Groups;
        new Span<short>(patch, _padded * _p.Groups).Clear();
        for (int row = begin; row < end; row++)
        {
            int batch = row / outHeight;
            float scale = context.Pointer<float>(_scales)[batch];
            int zeroPoint = context.Pointer<int>(_zeroPoints)[batch];
            for (int x = 0; x < outWidth; x++)
            {
                Gather(data, batch, row % outHeight, x, zeroPoint, patch);
                float* pixel = output + ((nint)row * outWidth + x) * outputs;
                for (int o = 0; o < outputs; o++)
                {
                    float sum = (int)_dot(patch + (nint)(o / perGroup) * _padded, _weights + (nint)o * _padded, _padded);
                    float value = _p.Scaling switch
                    {
                        HybridScaling.Fused => MathF.FusedMultiplyAdd(sum, scale * _weightScales[o], _biases[o]),
                        HybridScaling.WeightFirst => sum * _weightScales[o] * scale + _biases[o],
                        HybridScaling.DataFirst => sum * scale * _weightScales[o] + _biases[o],
                        _ => sum * (scale * _weightScales[o]) + _biases[o],
                    };
                    pixel[o] = MathF.Min(MathF.Max(value, _p.Min), _p.Max);
                }
            }
        }
    }

    private void Gather(byte* data, int batch, int y, int x, int zeroPoint, short* patch)
    {
        int height = _data.Shape[1], width = _data.Shape[2], channels = _data.Shape[3], tap = 0;
        for (int ky = 0; ky < _p.Window.KernelHeight; ky++)
        {
            int inY = y * _p.Window.StrideHeight - _p.Window.PadTop + ky * _p.Window.DilationHeight;
            for (int kx = 0; kx < _p.Window.KernelWidth; kx++, tap++)
            {
                int inX = x * _p.Window.StrideWidth - _p.Window.PadLeft + kx * _p.Window.DilationWidth;
                bool inside = (uint)inY < (uint)height && (uint)inX < (uint)width;
                nint source = (((nint)batch * height + inY) * width + inX) * channels;
                for (int g = 0; g < _p.Groups; g++)
                {
                    short* target = patch + (nint)g * _padded + (nint)tap * _depth;
                    if (inside) CenteredData.Load(data, ElementType.S8, source + (nint)g * _depth, zeroPoint, target, _depth);
                    else new Span<short>(target, _depth).Clear();
                }
            }
        }
    }
}
