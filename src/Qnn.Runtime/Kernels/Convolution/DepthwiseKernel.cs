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
    private readonly ConvolutionGeometry _geometry;
    private readonly byte _zeroPoint;
    private readonly int _tapPairs, _blockWeights;

    /// <summary>Makes the kernel of a step.</summary>
    protected DepthwiseKernel(StepInfo step, string tier, EpilogueStore store)
    {
        var p = step.ReadParameters<ConvolutionParameters>();
        (_input, _output, _store) = (step.Input(0), step.Output(0), store);
        _geometry = ConvolutionGeometry.ForImages(step, p, _input, _output);
        step.Require(_geometry.Groups == _geometry.InputChannels && _geometry.OutputChannels == _geometry.InputChannels, "not one channel a group");
        step.Require(_input.Type == ElementType.U8, "the input is not uint8");
        // Sixteen channels are read where fewer are left, which the session's memory has room for.
        step.Require(!_input.IsConstant, "the input is a constant");
        step.Require(p.InputZeroPoint is >= 0 and <= byte.MaxValue, "bad zero point");
        _zeroPoint = (byte)p.InputZeroPoint;
        _tapPairs = (_geometry.KernelHeight * _geometry.KernelWidth + 1) / 2;
        _blockWeights = _tapPairs * 32;
        _weights = (short*)step.ConstantInput(1, ElementType.S16, (long)Blocks * _blockWeights).Constant;
        _epilogue = Epilogue.Create(step, p.Epilogue, 2, (long)Blocks * 16, _output);
        Name = $"depthwise.{tier}";
    }

    /// <summary>Taps of a window; the last pair may have one more, of weight zero.</summary>
    protected int Taps => _geometry.KernelHeight * _geometry.KernelWidth;

    /// <inheritdoc/>
    public sealed override string Name { get; }

    /// <inheritdoc/>
    public sealed override int WorkItems => _geometry.Batch * _geometry.OutputHeight;

    /// <inheritdoc/>
    public sealed override nint ScratchBytes => checked((nint)(PointerBytes + SumBytes + _geometry.InputChannels + 64L));

    private int Blocks => (_geometry.InputChannels + 15) / 16;

    private long PointerBytes => (long)_geometry.OutputWidth * _tapPairs * 2 * sizeof(byte*);

    private long SumBytes => (long)_geometry.OutputWidth * 16 * sizeof(int);

    /// <inheritdoc/>
    public sealed override void Run(in KernelContext context, int begin, int end, byte* scratch)
    {
        var sums = (int*)scratch;
        var taps = (byte**)(scratch + SumBytes);
        byte* outside = scratch + SumBytes + PointerBytes;
        new Span<byte>(outside, _geometry.InputChannels + 16).Fill(_zeroPoint);
        nint stride = (nint)_geometry.OutputChannels * _epilogue.OutputSize;
        for (int item = begin; item < end; item++)
        {
            FindTaps(context[_input], item, outside, taps);
            byte* output = context[_output] + item * (_geometry.OutputWidth * stride);
            for (int block = 0; block < Blocks; block++)
            {
                Accumulate(taps, _geometry.OutputWidth, _tapPairs, block * 16, _weights + (nint)block * _blockWeights, sums);
                _store(_epilogue.From(block * 16), sums, _geometry.OutputWidth, output + (nint)block * 16 * _epilogue.OutputSize, stride, Math.Min(16, _geometry.InputChannels - block * 16));
            }
        }
    }

    /// <summary>sums[pixel][n] = sum over taps of taps[pixel][tap][channel + n] * weights[tap / 2][n][tap % 2] for sixteen n.</summary>
    protected abstract void Accumulate(byte** taps, int pixels, int tapPairs, int channel, short* weights, int* sums);

    private void FindTaps(byte* input, int item, byte* outside, byte** taps)
    {
        var g = _geometry;
        byte* image = input + (nint)(item / g.OutputHeight) * g.InputHeight * g.InputWidth * g.InputChannels;
        int top = item % g.OutputHeight * g.StrideHeight - g.PadTop;
        int count = g.KernelHeight * g.KernelWidth;
        for (int column = 0; column < g.OutputWidth; column++)
        {
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
            if (count % 2 != 0) *taps++ = outside;
        }
    }
}
