using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Qnn.Runtime.Execution;

namespace Qnn.Runtime.Kernels.Convolution;

/// <summary>The shapes of a float convolution, transposed or not. A dense layer is one of a single row of 1x1 windows.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct FloatConv2DParameters
{
    public int Batches, InputHeight, InputWidth, InputChannels;
    public int OutputHeight, OutputWidth, OutputChannels;
    public int KernelHeight, KernelWidth, StrideHeight, StrideWidth, DilationHeight, DilationWidth, PadTop, PadLeft;

    /// <summary>The least result.</summary>
    public float Min;

    /// <summary>The greatest result.</summary>
    public float Max;

    /// <summary>Verifies the numbers against each other and the operands.</summary>
    public readonly void Verify(StepInfo step, TensorInfo input, TensorInfo output, long weights)
    {
        step.Require(input.Type == ElementType.F32 && output.Type == ElementType.F32, "the element types are not float32");
        foreach (int number in (int[])[Batches, InputHeight, InputWidth, InputChannels, OutputHeight, OutputWidth, OutputChannels, KernelHeight, KernelWidth, StrideHeight, StrideWidth, DilationHeight, DilationWidth])
        {
            step.Require(number > 0, "an extent is not positive");
        }
        step.Require(PadTop >= 0 && PadLeft >= 0, "the padding is negative");
        step.Require(Product(Batches, InputHeight, InputWidth, InputChannels) == input.Count, "the input's shape is another");
        step.Require(Product(Batches, OutputHeight, OutputWidth, OutputChannels) == output.Count, "the output's shape is another");
        step.Require(((Int128)KernelHeight - 1) * DilationHeight + (Int128)(OutputHeight - 1) * StrideHeight < int.MaxValue
            && ((Int128)KernelWidth - 1) * DilationWidth + (Int128)(OutputWidth - 1) * StrideWidth < int.MaxValue
            && PadTop < int.MaxValue / 2 && PadLeft < int.MaxValue / 2, "the window is too large");
        var weight = step.ConstantInput(1, ElementType.F32, weights);
        step.Require(weight.Count == weights);
        if (step.OptionalInput(2) is not null) step.ConstantInput(2, ElementType.F32, OutputChannels);
    }

    /// <summary>Weights when packed in blocks of output channels.</summary>
    public readonly long PackedWeights => Math.Max(0, Product((OutputChannels + FloatConv2DKernel.Block - 1) / FloatConv2DKernel.Block * FloatConv2DKernel.Block, KernelHeight, KernelWidth, InputChannels));

    // Saturates, so that no choice of factors wraps around to a fitting product.
    private static long Product(params ReadOnlySpan<int> factors)
    {
        Int128 product = 1;
        foreach (int factor in factors) product = Int128.Min(product * Math.Max(0, factor), long.MaxValue);
        return (long)product;
    }
}

/// <summary>
/// Float convolution or dense layer. Weights are packed [O/16][KH][KW][C][16], so that 16 output channels are computed together; every one of them sums its products
/// in the same order with a rounding after each multiplication and addition, whatever the vector width. An item is one block of channels in one output row.
/// </summary>
internal sealed unsafe class FloatConv2DKernel : Kernel
{
    /// <summary>Output channels computed together.</summary>
    public const int Block = 16;

    // Neighbouring outputs computed together.
    private const int Columns = 4;

    private readonly TensorInfo _input, _weights, _output;
    private readonly TensorInfo? _bias;
    private readonly FloatConv2DParameters _p;
    private readonly int _blocks;
    private readonly bool _vectors;

    private FloatConv2DKernel(StepInfo step, FloatConv2DParameters p)
    {
        (_input, _weights, _bias, _output, _p) = (step.Input(0), step.Input(1), step.OptionalInput(2), step.Output(0), p);
        _blocks = (p.OutputChannels + Block - 1) / Block;
        _vectors = step.Tier != KernelTier.Scalar;
        step.Require((long)p.Batches * p.OutputHeight * _blocks <= int.MaxValue);
    }

    public static Kernel Create(StepInfo step)
    {
        var p = step.ReadParameters<FloatConv2DParameters>();
        p.Verify(step, step.Input(0), step.Output(0), p.PackedWeights);
        return new FloatConv2DKernel(step, p);
    }

    public override string Name => _vectors ? "conv2d.f32.vector" : "conv2d.f32.scalar";

    public override int WorkItems => _p.Batches * _p.OutputHeight * _blocks;

    [SkipLocalsInit]
    public override void Run(in KernelContext context, int begin, int end, byte* scratch)
    {
        float* input = context.Pointer<float>(_input), weights = context.Pointer<float>(_weights), output = context.Pointer<float>(_output);
        float* bias = _bias is null ? null : context.Pointer<float>(_bias);
        float* sums = stackalloc float[Columns * Block];
        nint rowElements = (nint)_p.InputWidth * _p.InputChannels;
        for (int item = begin; item < end; item++)
        {
            int block = item % _blocks, row = item / _blocks;
            int y = row % _p.OutputHeight;
            float* image = input + row / _p.OutputHeight * _p.InputHeight * rowElements;
            float* packed = weights + (nint)block * Block * _p.KernelHeight * _p.KernelWidth * _p.InputChannels;
            float* to = output + (nint)row * _p.OutputWidth * _p.OutputChannels + block * Block;
            for (int x = 0; x < _p.OutputWidth;)
            {
                int columns = Inside(x, Columns) ? Columns : 1;
                if (!_vectors) Sum(image, packed, sums, y, x, columns);
                else if (columns == Columns) SumColumns(image, packed, sums, y, x);
                else SumOne(image, packed, sums, y, x);
                for (int i = 0; i < columns; i++, x++) Finish(sums + i * Block, bias, to + (nint)x * _p.OutputChannels, block);
            }
        }
    }

    // Whether a run of outputs exists and none of its windows meets the padding at the left and right.
    private bool Inside(int x, int columns) =>
        x + columns <= _p.OutputWidth && x * _p.StrideWidth >= _p.PadLeft
        && (x + columns - 1) * _p.StrideWidth - _p.PadLeft + (_p.KernelWidth - 1) * _p.DilationWidth < _p.InputWidth;

    private void Finish(float* sums, float* bias, float* to, int block)
    {
        int channels = Math.Min(Block, _p.OutputChannels - block * Block);
        for (int c = 0; c < channels; c++)
        {
            float v = bias == null ? sums[c] : sums[c] + bias[block * Block + c];
            to[c] = v < _p.Min ? _p.Min : v > _p.Max ? _p.Max : v;
        }
    }

    private void Sum(float* image, float* packed, float* sums, int y, int x, int columns)
    {
        new Span<float>(sums, columns * Block).Clear();
        for (int column = 0; column < columns; column++)
        {
            for (int ky = 0; ky < _p.KernelHeight; ky++)
            {
                int iy = y * _p.StrideHeight - _p.PadTop + ky * _p.DilationHeight;
                if ((uint)iy >= (uint)_p.InputHeight) continue;
                for (int kx = 0; kx < _p.KernelWidth; kx++)
                {
                    int ix = (x + column) * _p.StrideWidth - _p.PadLeft + kx * _p.DilationWidth;
                    if ((uint)ix >= (uint)_p.InputWidth) continue;
                    float* pixel = image + ((nint)iy * _p.InputWidth + ix) * _p.InputChannels;
                    float* w = packed + ((nint)ky * _p.KernelWidth + kx) * _p.InputChannels * Block;
                    for (int c = 0; c < _p.InputChannels; c++, w += Block)
                    {
                        float v = pixel[c];
                        for (int o = 0; o < Block; o++) sums[column * Block + o] += v * w[o];
                    }
                }
            }
        }
    }

    private void SumOne(float* image, float* packed, float* sums, int y, int x)
    {
        Vector256<float> low = default, high = default;
        for (int ky = 0; ky < _p.KernelHeight; ky++)
        {
            int iy = y * _p.StrideHeight - _p.PadTop + ky * _p.DilationHeight;
            if ((uint)iy >= (uint)_p.InputHeight) continue;
            for (int kx = 0; kx < _p.KernelWidth; kx++)
            {
                int ix = x * _p.StrideWidth - _p.PadLeft + kx * _p.DilationWidth;
                if ((uint)ix >= (uint)_p.InputWidth) continue;
                float* pixel = image + ((nint)iy * _p.InputWidth + ix) * _p.InputChannels;
                float* w = packed + ((nint)ky * _p.KernelWidth + kx) * _p.InputChannels * Block;
                for (int c = 0; c < _p.InputChannels; c++, w += Block)
                {
                    var v = Vector256.Create(pixel[c]);
                    low += v * Vector256.Load(w);
                    high += v * Vector256.Load(w + 8);
                }
            }
        }
        low.Store(sums);
        high.Store(sums + 8);
    }

    private void SumColumns(float* image, float* packed, float* sums, int y, int x)
    {
        Vector256<float> low0 = default, high0 = default, low1 = default, high1 = default, low2 = default, high2 = default, low3 = default, high3 = default;
        nint step = (nint)_p.StrideWidth * _p.InputChannels;
        for (int ky = 0; ky < _p.KernelHeight; ky++)
        {
            int iy = y * _p.StrideHeight - _p.PadTop + ky * _p.DilationHeight;
            if ((uint)iy >= (uint)_p.InputHeight) continue;
            for (int kx = 0; kx < _p.KernelWidth; kx++)
            {
                int ix = x * _p.StrideWidth - _p.PadLeft + kx * _p.DilationWidth;
                float* pixel = image + ((nint)iy * _p.InputWidth + ix) * _p.InputChannels;
                float* w = packed + ((nint)ky * _p.KernelWidth + kx) * _p.InputChannels * Block;
                for (int c = 0; c < _p.InputChannels; c++, w += Block, pixel++)
                {
                    Vector256<float> wl = Vector256.Load(w), wh = Vector256.Load(w + 8);
                    var v = Vector256.Create(pixel[0]);
                    low0 += v * wl;
                    high0 += v * wh;
                    v = Vector256.Create(pixel[step]);
                    low1 += v * wl;
                    high1 += v * wh;
                    v = Vector256.Create(pixel[2 * step]);
                    low2 += v * wl;
                    high2 += v * wh;
                    v = Vector256.Create(pixel[3 * step]);
                    low3 += v * wl;
                    high3 += v * wh;
                }
            }
        }
        low0.Store(sums);
        high0.Store(sums + 8);
        low1.Store(sums + 16);
        high1.Store(sums + 24);
        low2.Store(sums + 32);
        high2.Store(sums + 40);
        low3.Store(sums + 48);
        high3.Store(sums + 56);
    }
}
