using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Qnn.Runtime.Execution;
using Qnn.Runtime.Kernels.Lanes;

namespace Qnn.Runtime.Kernels.Convolution;

/// <summary>
/// Float depthwise convolution; weights [KH][KW][O]. Vectors of 8 output channels where each has its own input channel or all have the same, else one by one;
/// the order of the taps is the same. An item is one output row.
/// </summary>
internal sealed unsafe class FloatDepthwiseConv2DKernel : Kernel
{
    private readonly TensorInfo _input, _weights, _output;
    private readonly TensorInfo? _bias;
    private readonly FloatConv2DParameters _p;
    private readonly int _multiplier;
    private readonly bool _vectors, _byColumns;

    private FloatDepthwiseConv2DKernel(StepInfo step, FloatConv2DParameters p)
    {
        (_input, _weights, _bias, _output, _p) = (step.Input(0), step.Input(1), step.OptionalInput(2), step.Output(0), p);
        _multiplier = p.OutputChannels / p.InputChannels;
        _byColumns = (FloatSum)p.Sum == FloatSum.RoundedByColumns;
        _vectors = step.Tier != KernelTier.Scalar && (_multiplier == 1 || p.InputChannels == 1);
    }

    public static Kernel Create(StepInfo step)
    {
        var p = step.ReadParameters<FloatConv2DParameters>();
        Int128 weights = (Int128)p.KernelHeight * p.KernelWidth * p.OutputChannels;
        step.Require(weights > 0 && weights < int.MaxValue, "the weights are too many");
        p.Verify(step, step.Input(0), step.Output(0), (long)weights);
        step.Require(p.Groups == 1 && p.OutputChannels % p.InputChannels == 0, "the channels do not fit");
        if ((FloatSum)p.Sum == FloatSum.RoundedQuads) return new FloatQuadDepthwiseConv2DKernel(step, p);
        if (step.Tier == KernelTier.Scalar || p.InputChannels != p.OutputChannels || (FloatSum)p.Sum == FloatSum.RoundedByColumns) return new FloatDepthwiseConv2DKernel(step, p);
        if (step.Tier.HasAvx512() && Vector512.IsHardwareAccelerated && p.InputChannels >= FloatTiles512.Channels) return Tiled<FloatTiles512>(step, p);
        if (Avx2.IsSupported && Fma.IsSupported && p.InputChannels >= FloatTiles256.Channels) return Tiled<FloatTiles256>(step, p);
        return new FloatDepthwiseConv2DKernel(step, p);
    }

    private static Kernel Tiled<TTiles>(StepInfo step, FloatConv2DParameters p) where TTiles : struct, IFloatTiles =>
        FloatSumOrder.IsRounded((FloatSum)p.Sum) ? new FloatTileDepthwiseConv2DKernel<TTiles, RoundedProducts>(step, p) : new FloatTileDepthwiseConv2DKernel<TTiles, FusedProducts>(step, p);

    public override string Name => _vectors ? "depthwise_conv2d.f32.vector" : "depthwise_conv2d.f32.scalar";

    public override int WorkItems => _p.Batches * _p.OutputHeight;

    public override void Run(in KernelContext context, int begin, int end, byte* scratch)
    {
        if (FloatSumOrder.IsRounded((FloatSum)_p.Sum)) Run<RoundedProducts>(context, begin, end);
        else Run<FusedProducts>(context, begin, end);
    }

    private void Run<TProducts>(in KernelContext context, int begin, int end) where TProducts : struct, IFloatProducts
    {
        float* input = context.Pointer<float>(_input), weights = context.Pointer<float>(_weights), output = context.Pointer<float>(_output);
        float* bias = _bias is null ? null : context.Pointer<float>(_bias);
        for (int row = begin; row < end; row++)
        {
            float* image = input + (nint)(row / _p.OutputHeight) * _p.InputHeight * _p.InputWidth * _p.InputChannels;
            float* to = output + (nint)row * _p.OutputWidth * _p.OutputChannels;
            int y = row % _p.OutputHeight;
            for (int x = 0; x < _p.OutputWidth; x++, to += _p.OutputChannels)
            {
                int channel = 0;
                if (_vectors)
                {
                    for (; channel <= _p.OutputChannels - 32; channel += 32) ThirtyTwo<TProducts>(image, weights + channel, bias == null ? null : bias + channel, to + channel, y, x, channel);
                    for (; channel <= _p.OutputChannels - 8; channel += 8) Eight<TProducts>(image, weights + channel, bias == null ? null : bias + channel, to + channel, y, x, channel);
                }
                for (; channel < _p.OutputChannels; channel++) One<TProducts>(image, weights + channel, bias == null ? null : bias + channel, to + channel, y, x, channel / _multiplier);
            }
        }
    }

    // Four sums hide each other's latency, and share the way to each tap.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ThirtyTwo<TProducts>(float* image, float* weights, float* bias, float* to, int y, int x, int channel) where TProducts : struct, IFloatProducts
    {
        bool fromBias = bias != null && FloatSumOrder.Of((FloatSum)_p.Sum).FromBias;
        Vector256<float> sum0 = default, sum1 = default, sum2 = default, sum3 = default;
        if (fromBias) (sum0, sum1, sum2, sum3) = (Vector256.Load(bias), Vector256.Load(bias + 8), Vector256.Load(bias + 16), Vector256.Load(bias + 24));
        for (int outer = 0; outer < (_byColumns ? _p.KernelWidth : _p.KernelHeight); outer++)
        {
            for (int inner = 0; inner < (_byColumns ? _p.KernelHeight : _p.KernelWidth); inner++)
            {
                var (ky, kx) = _byColumns ? (inner, outer) : (outer, inner);
                int iy = y * _p.StrideHeight - _p.PadTop + ky * _p.DilationHeight, ix = x * _p.StrideWidth - _p.PadLeft + kx * _p.DilationWidth;
                if ((uint)iy >= (uint)_p.InputHeight || (uint)ix >= (uint)_p.InputWidth) continue;
                float* pixel = image + ((nint)iy * _p.InputWidth + ix) * _p.InputChannels, w = weights + ((nint)ky * _p.KernelWidth + kx) * _p.OutputChannels;
                if (_multiplier == 1)
                {
                    pixel += channel;
                    sum0 = TProducts.Add(sum0, Vector256.Load(pixel), Vector256.Load(w));
                    sum1 = TProducts.Add(sum1, Vector256.Load(pixel + 8), Vector256.Load(w + 8));
                    sum2 = TProducts.Add(sum2, Vector256.Load(pixel + 16), Vector256.Load(w + 16));
                    sum3 = TProducts.Add(sum3, Vector256.Load(pixel + 24), Vector256.Load(w + 24));
                    continue;
                }
                var v = Vector256.Create(*pixel);
                sum0 = TProducts.Add(sum0, v, Vector256.Load(w));
                sum1 = TProducts.Add(sum1, v, Vector256.Load(w + 8));
                sum2 = TProducts.Add(sum2, v, Vector256.Load(w + 16));
                sum3 = TProducts.Add(sum3, v, Vector256.Load(w + 24));
            }
        }
        Finish(sum0, fromBias ? null : bias, 0, to);
        Finish(sum1, fromBias ? null : bias, 8, to);
        Finish(sum2, fromBias ? null : bias, 16, to);
        Finish(sum3, fromBias ? null : bias, 24, to);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Finish(Vector256<float> sum, float* bias, int at, float* to)
    {
        if (bias != null) sum += Vector256.Load(bias + at);
        Vector256<float> low = Vector256.Create(_p.Min), high = Vector256.Create(_p.Max);
        sum = Vector256.ConditionalSelect(Vector256.LessThan(sum, low), low, Vector256.ConditionalSelect(Vector256.GreaterThan(sum, high), high, sum));
        sum.Store(to + at);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Eight<TProducts>(float* image, float* weights, float* bias, float* to, int y, int x, int channel) where TProducts : struct, IFloatProducts
    {
        bool fromBias = bias != null && FloatSumOrder.Of((FloatSum)_p.Sum).FromBias;
        var sum = fromBias ? Vector256.Load(bias) : default;
        for (int outer = 0; outer < (_byColumns ? _p.KernelWidth : _p.KernelHeight); outer++)
        {
            for (int inner = 0; inner < (_byColumns ? _p.KernelHeight : _p.KernelWidth); inner++)
            {
                var (ky, kx) = _byColumns ? (inner, outer) : (outer, inner);
                int iy = y * _p.StrideHeight - _p.PadTop + ky * _p.DilationHeight, ix = x * _p.StrideWidth - _p.PadLeft + kx * _p.DilationWidth;
                if ((uint)iy >= (uint)_p.InputHeight || (uint)ix >= (uint)_p.InputWidth) continue;
                float* pixel = image + ((nint)iy * _p.InputWidth + ix) * _p.InputChannels;
                var v = _multiplier == 1 ? Vector256.Load(pixel + channel) : Vector256.Create(*pixel);
                sum = TProducts.Add(sum, v, Vector256.Load(weights + ((nint)ky * _p.KernelWidth + kx) * _p.OutputChannels));
            }
        }
        Finish(sum, fromBias ? null : bias, 0, to);
    }

    private void One<TProducts>(float* image, float* weights, float* bias, float* to, int y, int x, int channel) where TProducts : struct, IFloatProducts
    {
        bool fromBias = bias != null && FloatSumOrder.Of((FloatSum)_p.Sum).FromBias;
        float sum = fromBias ? *bias : 0;
        for (int outer = 0; outer < (_byColumns ? _p.KernelWidth : _p.KernelHeight); outer++)
        {
            for (int inner = 0; inner < (_byColumns ? _p.KernelHeight : _p.KernelWidth); inner++)
            {
                var (ky, kx) = _byColumns ? (inner, outer) : (outer, inner);
                int iy = y * _p.StrideHeight - _p.PadTop + ky * _p.DilationHeight, ix = x * _p.StrideWidth - _p.PadLeft + kx * _p.DilationWidth;
                if ((uint)iy >= (uint)_p.InputHeight || (uint)ix >= (uint)_p.InputWidth) continue;
                sum = TProducts.Add(sum, image[((nint)iy * _p.InputWidth + ix) * _p.InputChannels + channel], weights[((nint)ky * _p.KernelWidth + kx) * _p.OutputChannels]);
            }
        }
        if (bias != null && !fromBias) sum += *bias;
        *to = sum < _p.Min ? _p.Min : sum > _p.Max ? _p.Max : sum;
    }
}
