using Qnn.Runtime.Execution;

namespace Qnn.Runtime.Kernels.Wide;

/// <summary>
/// Transposed convolution of uint8, int8 or int16 data, NHWC, exact in 64 bits. Inputs: data, weights less their zero point as int16 [O][KH][KW][C, padded to a multiple of 16],
/// biases, multipliers, exponents. An item of work is an output row: each of its pixels gathers the elements whose windows reach it, and multiplies them with every output's weights.
/// </summary>
internal sealed unsafe class WideConv2DTransposeKernel : Kernel
{
    private readonly TensorInfo _data, _output;
    private readonly WideWindowParameters _window;
    private readonly WideEpilogue _epilogue;
    private readonly short* _weights;
    private readonly int _zeroPoint, _padded;
    private readonly delegate*<short*, short*, nint, long> _dot;

    private WideConv2DTransposeKernel(StepInfo step)
    {
        var p = step.ReadParameters<WideConv2DTransposeParameters>();
        (_data, _output, _window, _zeroPoint) = (step.Input(0), step.Output(0), p.Window, p.InputZeroPoint);
        _window.Verify(step);
        step.Require(_data.Rank == 4 && _output.Rank == 4 && _data.Shape[0] == _output.Shape[0] && CenteredData.IsSupported(_data.Type, _zeroPoint), "bad operands");
        int outputs = _output.Shape[3];
        step.Require(_data.Shape[3] > 0 && (long)_window.Taps * (_data.Shape[3] + DotProduct16.Step) < int.MaxValue / sizeof(int), "the window is too large");
        _padded = DotProduct16.Pad(_data.Shape[3]);
        _weights = (short*)step.ConstantInput(1, ElementType.S16, (long)outputs * _window.Taps * _padded).Constant;
        _epilogue = new WideEpilogue(step, 2, outputs, p.Epilogue, _output.Type);
        _dot = DotProduct16.For(step.Tier);
    }

    public static Kernel Create(StepInfo step) => new WideConv2DTransposeKernel(step);

    public override string Name => "conv2d_transpose_16";

    public override int WorkItems => _output.Shape[0] * _output.Shape[1];

    // The gathered elements of each tap, then which taps they are.
    public override nint ScratchBytes => (nint)_window.Taps * (_padded * sizeof(short) + sizeof(int));

    public override void Run(in KernelContext context, int begin, int end, byte* scratch)
    {
        byte* data = context[_data], output = context[_output];
        int outHeight = _output.Shape[1], outWidth = _output.Shape[2], outputs = _output.Shape[3];
        var patch = (short*)scratch;
        var taps = (int*)(patch + (nint)_window.Taps * _padded);
        new Span<short>(patch, _window.Taps * _padded).Clear();
        for (int row = begin; row < end; row++)
        {
            for (int x = 0; x < outWidth; x++)
            {
                int count = Gather(data, row / outHeight, row % outHeight, x, patch, taps);
                nint at = ((nint)row * outWidth + x) * outputs;
                for (int o = 0; o < outputs; o++)
                {
                    short* weights = _weights + (nint)o * _window.Taps * _padded;
                    long sum = 0;
                    for (int t = 0; t < count; t++) sum += _dot(patch + (nint)t * _padded, weights + (nint)taps[t] * _padded, _padded);
                    CenteredData.Store(output, _output.Type, at + o, _epilogue.Finish(sum, o));
                }
            }
        }
    }

    private int Gather(byte* data, int batch, int y, int x, short* patch, int* taps)
    {
        int height = _data.Shape[1], width = _data.Shape[2], channels = _data.Shape[3], count = 0;
        for (int ky = 0; ky < _window.KernelHeight; ky++)
        {
            if (Source(y + _window.PadTop - ky, _window.StrideHeight, height) is not (>= 0 and var inY)) continue;
            for (int kx = 0; kx < _window.KernelWidth; kx++)
            {
                if (Source(x + _window.PadLeft - kx, _window.StrideWidth, width) is not (>= 0 and var inX)) continue;
                CenteredData.Load(data, _data.Type, (((nint)batch * height + inY) * width + inX) * channels, _zeroPoint, patch + (nint)count * _padded, channels);
                taps[count++] = ky * _window.KernelWidth + kx;
            }
        }
        return count;
    }

    // Which element begins its window at a place; -1 for none.
    private static int Source(int place, int stride, int extent) => place >= 0 && place % stride == 0 && place / stride < extent ? place / stride : -1;
}
