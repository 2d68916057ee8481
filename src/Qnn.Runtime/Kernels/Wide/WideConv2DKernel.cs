using Qnn.Runtime.Execution;

namespace Qnn.Runtime.Kernels.Wide;

/// <summary>
/// Convolution of int16 data with int8 weights, NHWC, exact in 64 bits. Inputs: data, weights as int16 [O][KH * KW * C / groups, padded to a multiple of 16],
/// biases, multipliers, exponents. An item of work is an output row: each of its pixels gathers its window once and multiplies it with every output's weights.
/// </summary>
internal sealed unsafe class WideConv2DKernel : Kernel
{
    private readonly TensorInfo _data, _output;
    private readonly WideWindowParameters _window;
    private readonly WideEpilogue _epilogue;
    private readonly short* _weights;
    private readonly int _groups, _depth, _padded;
    private readonly delegate*<short*, short*, nint, long> _dot;

    private WideConv2DKernel(StepInfo step)
    {
        var p = step.ReadParameters<WideConv2DParameters>();
        (_data, _output, _window, _groups) = (step.Input(0), step.Output(0), p.Window, p.Groups);
        _window.Verify(step);
        step.Require(_data.Type == ElementType.S16 && _data.Rank == 4 && _output.Rank == 4 && _data.Shape[0] == _output.Shape[0], "bad operands");
        int channels = _data.Shape[3], outputs = _output.Shape[3];
        step.Require(_groups > 0 && channels % _groups == 0 && outputs % _groups == 0, "bad groups");
        _depth = channels / _groups;
        step.Require((long)_window.Taps * _depth < int.MaxValue - DotProduct16.Step, "the window is too large");
        _padded = DotProduct16.Pad(_window.Taps * _depth);
        _weights = (short*)step.ConstantInput(1, ElementType.S16, (long)outputs * _padded).Constant;
        _epilogue = new WideEpilogue(step, 2, outputs, p.Epilogue, _output.Type);
        _dot = DotProduct16.For(step.Tier);
    }

    public static Kernel Create(StepInfo step) => new WideConv2DKernel(step);

    public override string Name => "conv2d_16";

    public override int WorkItems => _output.Shape[0] * _output.Shape[1];

    public override nint ScratchBytes => (nint)_padded * _groups * sizeof(short);

    public override void Run(in KernelContext context, int begin, int end, byte* scratch)
    {
        var patch = (short*)scratch;
        short* data = context.Pointer<short>(_data);
        byte* output = context[_output];
        int outHeight = _output.Shape[1], outWidth = _output.Shape[2], outputs = _output.Shape[3], perGroup = outputs / _groups;
        new Span<short>(patch, _padded * _groups).Clear();
        for (int row = begin; row < end; row++)
        {
            for (int x = 0; x < outWidth; x++)
            {
                Gather(data, row / outHeight, row % outHeight, x, patch);
                nint at = ((nint)row * outWidth + x) * outputs;
                for (int o = 0; o < outputs; o++)
                {
                    long sum = _dot(patch + (nint)(o / perGroup) * _padded, _weights + (nint)o * _padded, _padded);
                    CenteredData.Store(output, _output.Type, at + o, _epilogue.Finish(sum, o));
                }
            }
        }
    }

    // The window's elements, group by group, taps in the order of the weights; zeros outside the data.
    private void Gather(short* data, int batch, int y, int x, short* patch)
    {
        int height = _data.Shape[1], width = _data.Shape[2], channels = _data.Shape[3], tap = 0;
        for (int ky = 0; ky < _window.KernelHeight; ky++)
        {
            int inY = y * _window.StrideHeight - _window.PadTop + ky * _window.DilationHeight;
            for (int kx = 0; kx < _window.KernelWidth; kx++, tap++)
            {
                int inX = x * _window.StrideWidth - _window.PadLeft + kx * _window.DilationWidth;
                bool inside = (uint)inY < (uint)height && (uint)inX < (uint)width;
                short* source = data + (((nint)batch * height + inY) * width + inX) * channels;
                for (int g = 0; g < _groups; g++)
                {
                    var target = new Span<short>(patch + (nint)g * _padded + (nint)tap * _depth, _depth);
                    if (inside) new ReadOnlySpan<short>(source + (nint)g * _depth, _depth).CopyTo(target);
                    else target.Clear();
                }
            }
        }
    }
}
