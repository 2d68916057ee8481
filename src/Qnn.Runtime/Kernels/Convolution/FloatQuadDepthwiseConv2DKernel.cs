using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Qnn.Runtime.Execution;

namespace Qnn.Runtime.Kernels.Convolution;

/// <summary>Float depthwise convolution of as many outputs as inputs in the order of <see cref="FloatSum.RoundedQuads"/>; weights [KH][KW][C]. Windows see no padding. An item is one output row.</summary>
internal sealed unsafe class FloatQuadDepthwiseConv2DKernel : Kernel
{
    private readonly TensorInfo _input, _weights, _output;
    private readonly TensorInfo? _bias;
    private readonly FloatConv2DParameters _p;
    private readonly bool _vectors;

    // Elements from a window's first to its taps', then 0.
    private readonly int[] _taps;

    public FloatQuadDepthwiseConv2DKernel(StepInfo step, FloatConv2DParameters p)
    {
        (_input, _weights, _bias, _output, _p) = (step.Input(0), step.Input(1), step.OptionalInput(2), step.Output(0), p);
        step.Require(p.InputChannels == p.OutputChannels, "its order of summation is for as many outputs as inputs");
        _vectors = step.Tier != KernelTier.Scalar;
        _taps = p.Places(1);
    }

    public override string Name => $"depthwise_conv2d.f32.quads.{(_vectors ? "vector" : "scalar")}";

    public override int WorkItems => _p.Batches * _p.OutputHeight;

    public override Region Reads(TensorInfo input, int begin, int end) => input == _input ? _p.InputLines(input, begin, end) : Region.All(input);

    public override Region Writes(TensorInfo output, int begin, int end) => Region.Items(output, begin, end, (long)_p.OutputWidth * _p.OutputChannels);

    public override void Run(in KernelContext context, int begin, int end, byte* scratch)
    {
        float* weights = context.Pointer<float>(_weights), bias = _bias is null ? null : context.Pointer<float>(_bias);
        nint line = (nint)_p.InputWidth * _p.InputChannels, step = (nint)_p.StrideWidth * _p.InputChannels;
        for (int row = begin; row < end; row++)
        {
            float* window = context.Pointer<float>(_input) + ((nint)(row / _p.OutputHeight) * _p.InputHeight + (nint)(row % _p.OutputHeight) * _p.StrideHeight) * line;
            float* to = context.Pointer<float>(_output) + (nint)row * _p.OutputWidth * _p.OutputChannels;
            int x = 0;
            for (; _vectors && x < _p.OutputWidth - 1; x += 2, window += 2 * step, to += 2 * _p.OutputChannels) Channels(window, step, weights, bias, to);
            for (; x < _p.OutputWidth; x++, window += step, to += _p.OutputChannels) Channels(window, weights, bias, to, 0);
        }
    }

    // Two outputs, which share the weights.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Channels(float* window, nint step, float* weights, float* bias, float* to)
    {
        int channels = _p.OutputChannels, c = 0, taps = _taps.Length - 1;
        var places = (int*)Marshal.UnsafeAddrOfPinnedArrayElement(_taps, 0);
        Vector256<float> low = Vector256.Create(_p.Min), high = Vector256.Create(_p.Max);
        for (; c <= channels - 8; c += 8)
        {
            Vector256<float> first = default, second = default;
            float* x = window + c, w = weights + c;
            for (int k = 0, count; k < taps; k += count)
            {
                count = MatMulOrder.QuadLength(taps - k);
                Vector256<float> v = Vector256.Load(w), a = Vector256.Load(x + places[k]) * v, b = Vector256.Load(x + places[k] + step) * v;
                w += channels;
                for (int i = k + 1; i < k + count; i++, w += channels)
                {
                    v = Vector256.Load(w);
                    a += Vector256.Load(x + places[i]) * v;
                    b += Vector256.Load(x + places[i] + step) * v;
                }
                first = a + first;
                second = b + second;
            }
            if (bias != null)
            {
                first += Vector256.Load(bias + c);
                second += Vector256.Load(bias + c);
            }
            FloatTiles256.Clamp(first, low, high).Store(to + c);
            FloatTiles256.Clamp(second, low, high).Store(to + channels + c);
        }
        Channels(window, weights, bias, to, c);
        Channels(window + step, weights, bias, to + channels, c);
    }

    // An output's channels from one on.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Channels(float* window, float* weights, float* bias, float* to, int c)
    {
        int channels = _p.OutputChannels, taps = _taps.Length - 1;
        for (; c < channels; c++)
        {
            float sum = 0;
            for (int k = 0, count; k < taps; k += count)
            {
                count = MatMulOrder.QuadLength(taps - k);
                float part = window[c + _taps[k]] * weights[(nint)k * channels + c];
                for (int i = k + 1; i < k + count; i++) part += window[c + _taps[i]] * weights[(nint)i * channels + c];
                sum = part + sum;
            }
            if (bias != null) sum += bias[c];
            to[c] = sum < _p.Min ? _p.Min : sum > _p.Max ? _p.Max : sum;
        }
    }
}
