using System.Runtime.Intrinsics;
using Qnn.Runtime.Execution;

namespace Qnn.Runtime.Kernels.Wide;

/// <summary>
/// Depthwise convolution of int16 data with int8 weights, NHWC, exact in 64 bits. Inputs: data, weights as int16 [KH][KW][O] (O = C * multiplier),
/// biases, multipliers, exponents. An item of work is an output row.
/// </summary>
internal sealed unsafe class WideDepthwiseKernel : Kernel
{
    // Products are up to 2^22: so many fit a 32-bit sum.
    private const int MaxTaps = 256;

    private readonly TensorInfo _data, _output;
    private readonly WideWindowParameters _window;
    private readonly WideEpilogue _epilogue;
    private readonly short* _weights;
    private readonly bool _vectors;

    private WideDepthwiseKernel(StepInfo step)
    {
        var p = step.ReadParameters<WideConv2DParameters>();
        (_data, _output, _window) = (step.Input(0), step.Output(0), p.Window);
        _window.Verify(step);
        step.Require(_data.Type == ElementType.S16 && _data.Rank == 4 && _output.Rank == 4 && _data.Shape[0] == _output.Shape[0], "bad operands");
        int channels = _data.Shape[3], outputs = _output.Shape[3];
        step.Require(channels > 0 && outputs % channels == 0, "bad channels");
        _weights = (short*)step.ConstantInput(1, ElementType.S16, (long)_window.Taps * outputs).Constant;
        _epilogue = new WideEpilogue(step, 2, outputs, p.Epilogue, _output.Type);
        _vectors = step.Tier != KernelTier.Scalar && outputs == channels;
    }

    public static Kernel Create(StepInfo step) => new WideDepthwiseKernel(step);

    public override string Name => "depthwise_conv2d_16";

    public override int WorkItems => _output.Shape[0] * _output.Shape[1];

    public override nint ScratchBytes => (nint)_output.Shape[3] * (sizeof(long) + sizeof(int));

    public override void Run(in KernelContext context, int begin, int end, byte* scratch)
    {
        short* data = context.Pointer<short>(_data);
        byte* output = context[_output];
        int outHeight = _output.Shape[1], outWidth = _output.Shape[2], outputs = _output.Shape[3];
        var totals = (long*)scratch;
        var sums = (int*)(totals + outputs);
        for (int row = begin; row < end; row++)
        {
            for (int x = 0; x < outWidth; x++)
            {
                Accumulate(data, row / outHeight, row % outHeight, x, totals, sums);
                nint at = ((nint)row * outWidth + x) * outputs;
                for (int o = 0; o < outputs; o++) CenteredData.Store(output, _output.Type, at + o, _epilogue.Finish(totals[o], o));
            }
        }
    }

    private void Accumulate(short* data, int batch, int y, int x, long* totals, int* sums)
    {
        int height = _data.Shape[1], width = _data.Shape[2], channels = _data.Shape[3], outputs = _output.Shape[3], pending = 0;
        new Span<long>(totals, outputs).Clear();
        new Span<int>(sums, outputs).Clear();
        for (int ky = 0; ky < _window.KernelHeight; ky++)
        {
            int inY = y * _window.StrideHeight - _window.PadTop + ky * _window.DilationHeight;
            if ((uint)inY >= (uint)height) continue;
            for (int kx = 0; kx < _window.KernelWidth; kx++)
            {
                int inX = x * _window.StrideWidth - _window.PadLeft + kx * _window.DilationWidth;
                if ((uint)inX >= (uint)width) continue;
                Tap(data + (((nint)batch * height + inY) * width + inX) * channels, _weights + ((nint)ky * _window.KernelWidth + kx) * outputs, sums);
                if (++pending < MaxTaps) continue;
                Flush(totals, sums, outputs);
                pending = 0;
            }
        }
        Flush(totals, sums, outputs);
    }

    private void Tap(short* data, short* weights, int* sums)
    {
        int outputs = _output.Shape[3], multiplier = outputs / _data.Shape[3], o = 0;
        if (_vectors)
        {
            for (; o + 16 <= outputs; o += 16)
            {
                var (dataLow, dataHigh) = Vector256.Widen(Vector256.Load(data + o));
                var (low, high) = Vector256.Widen(Vector256.Load(weights + o));
                (Vector256.Load(sums + o) + dataLow * low).Store(sums + o);
                (Vector256.Load(sums + o + 8) + dataHigh * high).Store(sums + o + 8);
            }
        }
        for (; o < outputs; o++) sums[o] += data[o / multiplier] * weights[o];
    }

    private static void Flush(long* totals, int* sums, int count)
    {
        for (int o = 0; o < count; o++)
        {
            totals[o] += sums[o];
            sums[o] = 0;
        }
    }
}
