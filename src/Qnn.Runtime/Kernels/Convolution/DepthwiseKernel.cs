using System.Runtime.Intrinsics;
using Qnn.Runtime.Execution;
using Qnn.Runtime.Kernels.Requantization;

namespace Qnn.Runtime.Kernels.Convolution;

/// <summary>
/// Depthwise convolution, sixteen channels at a time: an output row's taps become pointers first (to a row of zero points where they lie outside the image),
/// then each block of channels runs over the row.
/// Inputs: x (uint8 NHWC), weights ([channels / 16][taps / 2][16][2] of int16, zero point subtracted), bias, multipliers, exponents (<see cref="Epilogue"/>).
/// An item of work is an output row.
/// </summary>
internal abstract unsafe class DepthwiseKernel : Kernel
{
    private readonly TensorInfo _input, _output;
    private readonly short* _weights;
    private readonly Epilogue _epilogue;
    private readonly EpilogueStore _store;
    private readonly byte _zeroPoint;
    private readonly int _tapPairs, _blockWeights;
    private readonly int _firstRow, _lastRow, _firstColumn, _lastColumn;

    /// <summary>The geometry.</summary>
    protected readonly ConvolutionGeometry Geometry;

    /// <summary>Makes the kernel of a step.</summary>
    protected DepthwiseKernel(StepInfo step, string tier, EpilogueStore store)
    {
        var p = step.ReadParameters<ConvolutionParameters>();
        (_input, _output, _store) = (step.Input(0), step.Output(0), store);
        Geometry = ConvolutionGeometry.ForImages(step, p, _input, _output);
        step.Require(Geometry.Groups == Geometry.InputChannels && Geometry.OutputChannels == Geometry.InputChannels, "not one channel a group");
        step.Require(_input.Type == ElementType.U8, "the input is not uint8");
        // Sixteen channels are read where fewer are left, which the session's memory has room for.
        step.Require(!_input.IsConstant, "the input is a constant");
        step.Require(p.InputZeroPoint is >= 0 and <= byte.MaxValue, "bad zero point");
        _zeroPoint = (byte)p.InputZeroPoint;
        _tapPairs = (Geometry.KernelHeight * Geometry.KernelWidth + 1) / 2;
        _blockWeights = _tapPairs * 32;
        var g = Geometry;
        (_firstRow, _lastRow) = Inside(g.OutputHeight, g.InputHeight, g.KernelHeight, g.StrideHeight, g.DilationHeight, g.PadTop);
        (_firstColumn, _lastColumn) = Inside(g.OutputWidth, g.InputWidth, g.KernelWidth, g.StrideWidth, g.DilationWidth, g.PadLeft);
        _weights = (short*)step.ConstantInput(1, ElementType.S16, (long)Blocks * _blockWeights).Constant;
        _epilogue = Epilogue.Create(step, p.Epilogue, 2, (long)Blocks * 16, _output);
        Name = $"depthwise.{tier}";
    }

    /// <summary>Taps of a window; the last pair may have one more, of weight zero.</summary>
    protected int Taps => Geometry.KernelHeight * Geometry.KernelWidth;

    /// <summary>Whether windows have three lines and three columns.</summary>
    protected bool IsThreeByThree => Geometry.KernelHeight == 3 && Geometry.KernelWidth == 3;

    /// <summary>Columns of a window of three that the next pixel's window has too.</summary>
    protected int SharedColumns => Geometry.StrideWidth == Geometry.DilationWidth ? 2 : Geometry.StrideWidth == 2 * Geometry.DilationWidth ? 1 : 0;

    /// <inheritdoc/>
    public sealed override string Name { get; }

    /// <inheritdoc/>
    public sealed override int WorkItems => Geometry.Batch * Geometry.OutputHeight;

    /// <inheritdoc/>
    public sealed override nint ScratchBytes => checked((nint)(PointerBytes + SumBytes + Geometry.InputChannels + 64L));

    /// <summary>Channels in blocks of sixteen.</summary>
    protected int Blocks => (Geometry.InputChannels + 15) / 16;

    /// <summary>A block's weights: [taps / 2][16][2].</summary>
    protected short* Weights(int block) => _weights + (nint)block * _blockWeights;

    private long PointerBytes => (long)Geometry.OutputWidth * _tapPairs * 2 * sizeof(byte*);

    private long SumBytes => (long)Geometry.OutputWidth * 16 * sizeof(int);

    /// <inheritdoc/>
    public sealed override Region Reads(TensorInfo input, int begin, int end) => Geometry.InputLines(input, begin, end);

    /// <inheritdoc/>
    public sealed override Region Writes(TensorInfo output, int begin, int end) => Region.Lines(output, begin, end);

    /// <inheritdoc/>
    public sealed override void Run(in KernelContext context, int begin, int end, byte* scratch)
    {
        var sums = (int*)scratch;
        var taps = (byte**)(scratch + SumBytes);
        byte* outside = scratch + SumBytes + PointerBytes;
        new Span<byte>(outside, Geometry.InputChannels + 16).Fill(_zeroPoint);
        nint stride = (nint)Geometry.OutputChannels * _epilogue.OutputSize;
        for (int item = begin; item < end; item++)
        {
            // Between rows of windows inside an image all pointers move alike, but at the sides.
            int row = item % Geometry.OutputHeight;
            FindTaps(context[_input], item, outside, taps, move: item > begin && row > _firstRow && row < _lastRow);
            byte* output = context[_output] + item * (Geometry.OutputWidth * stride);
            for (int block = 0; block < Blocks; block++)
            {
                Accumulate(taps, Geometry.OutputWidth, _tapPairs, block * 16, Weights(block), sums);
                _store.Invoke(_epilogue.From(block * 16), sums, Geometry.OutputWidth, output + (nint)block * 16 * _epilogue.OutputSize, stride, Math.Min(16, Geometry.InputChannels - block * 16));
            }
        }
    }

    /// <summary>sums[pixel][n] = sum over taps of taps[pixel][tap][channel + n] * weights[tap / 2][n][tap % 2] for sixteen n.</summary>
    protected abstract void Accumulate(byte** taps, int pixels, int tapPairs, int channel, short* weights, int* sums);

    private void FindTaps(byte* input, int item, byte* outside, byte** taps, bool move)
    {
        var g = Geometry;
        byte* image = input + (nint)(item / g.OutputHeight) * g.InputHeight * g.InputWidth * g.InputChannels;
        int top = item % g.OutputHeight * g.StrideHeight - g.PadTop, tapsOfPixel = _tapPairs * 2;
        if (move)
        {
            Move(taps + _firstColumn * tapsOfPixel, taps + _lastColumn * tapsOfPixel, (nint)g.StrideHeight * g.InputWidth * g.InputChannels);
            for (int column = 0; column < _firstColumn; column++) FindTaps(image, top, column, outside, taps + column * tapsOfPixel);
            for (int column = _lastColumn; column < g.OutputWidth; column++) FindTaps(image, top, column, outside, taps + column * tapsOfPixel);
            return;
        }
        for (int column = 0; column < g.OutputWidth; column++) FindTaps(image, top, column, outside, taps + column * tapsOfPixel);
    }

    private void FindTaps(byte* image, int top, int column, byte* outside, byte** taps)
    {
        var g = Geometry;
        int left = column * g.StrideWidth - g.PadLeft;
        for (int ky = 0; ky < g.KernelHeight; ky++)
        {
            int y = top + ky * g.DilationHeight;
            byte* line = (uint)y < (uint)g.InputHeight ? image + (nint)y * g.InputWidth * g.InputChannels : null;
            for (int kx = 0; kx < g.KernelWidth; kx++)
            {
                int x = left + kx * g.DilationWidth;
                *taps++ = line != null && (uint)x < (uint)g.InputWidth ? line + (nint)x * g.InputChannels : outside;
            }
        }
        // The second tap of the last pair, whose weights are zero.
        if (Taps % 2 != 0) *taps = taps[-1];
    }

    private static void Move(byte** from, byte** to, nint bytes)
    {
        for (; from <= to - Vector256<nint>.Count; from += Vector256<nint>.Count) (Vector256.Load((nint*)from) + Vector256.Create(bytes)).Store((nint*)from);
        for (; from < to; from++) *from += bytes;
    }

    // The outputs of an axis whose windows lie inside the input.
    private static (int First, int Last) Inside(int outputs, int inputs, int kernel, int stride, int dilation, int pad)
    {
        int first = Math.Min((pad + stride - 1) / stride, outputs), room = inputs + pad - (kernel - 1) * dilation - 1;
        return (first, Math.Clamp(room < 0 ? 0 : room / stride + 1, first, outputs));
    }
}
