using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Qnn.Runtime.Execution;

namespace Qnn.Runtime.Kernels.Convolution;

/// <summary>
/// Float transposed convolution: each output gathers the inputs whose windows cover it, in row-major order, channels innermost; then its bias. By <see cref="FloatSum.RoundedFromBias"/> and <see cref="FloatSum.RoundedLanes"/> it begins with the bias and goes through the window in row-major order;
/// by <see cref="FloatSum.RoundedPairs"/> each input's products are summed apart.
/// Weights are packed as for <see cref="FloatConv2DKernel"/>. An item is one block of channels in one output row.
/// </summary>
internal sealed unsafe class FloatConv2DTransposeKernel : Kernel
{
    private const int Block = FloatConv2DKernel.Block;

    private readonly TensorInfo _input, _weights, _output;
    private readonly TensorInfo? _bias;
    private readonly FloatConv2DParameters _p;
    private readonly FloatSum _order;
    private readonly int _blocks, _block, _paired;
    private readonly bool _vectors, _fromBias;

    private FloatConv2DTransposeKernel(StepInfo step, FloatConv2DParameters p)
    {
        (_input, _weights, _bias, _output, _p) = (step.Input(0), step.Input(1), step.OptionalInput(2), step.Output(0), p);
        _blocks = (p.OutputChannels + Block - 1) / Block;
        _vectors = step.Tier != KernelTier.Scalar;
        _order = (FloatSum)p.Sum;
        _fromBias = _order is FloatSum.RoundedFromBias or FloatSum.RoundedLanes;
        // A single product, or pixels that do not fill four, are summed in order.
        _paired = p.OutputChannels * (long)p.KernelHeight * p.KernelWidth > 1 ? p.InputHeight * p.InputWidth & ~3 : 0;
        _block = (int)FloatConv2DKernel.EigenBlock(p.InputChannels);
        step.Require((long)p.Batches * p.OutputHeight * _blocks <= int.MaxValue);
    }

    public static Kernel Create(StepInfo step)
    {
        var p = step.ReadParameters<FloatConv2DParameters>();
        p.Verify(step, step.Input(0), step.Output(0), p.PackedWeights);
        step.Require(p.DilationHeight == 1 && p.DilationWidth == 1, "the window is dilated");
        step.Require(p.Groups == 1, "it has groups");
        step.Require((FloatSum)p.Sum is FloatSum.Rounded or FloatSum.RoundedFromBias or FloatSum.RoundedLanes or FloatSum.RoundedPairs, "it has no such order of summation");
        return new FloatConv2DTransposeKernel(step, p);
    }

    public override string Name => _vectors ? "conv2d_transpose.f32.vector" : "conv2d_transpose.f32.scalar";

    public override int WorkItems => _p.Batches * _p.OutputHeight * _blocks;

    [SkipLocalsInit]
    public override void Run(in KernelContext context, int begin, int end, byte* scratch)
    {
        float* input = context.Pointer<float>(_input), weights = context.Pointer<float>(_weights), output = context.Pointer<float>(_output);
        float* bias = _bias is null ? null : context.Pointer<float>(_bias);
        float* sums = stackalloc float[Block];
        nint rowElements = (nint)_p.InputWidth * _p.InputChannels;
        for (int item = begin; item < end; item++)
        {
            int block = item % _blocks, row = item / _blocks;
            float* image = input + row / _p.OutputHeight * _p.InputHeight * rowElements;
            float* packed = weights + (nint)block * Block * _p.KernelHeight * _p.KernelWidth * _p.InputChannels;
            float* to = output + (nint)row * _p.OutputWidth * _p.OutputChannels + block * Block;
            int channels = Math.Min(Block, _p.OutputChannels - block * Block);
            for (int x = 0; x < _p.OutputWidth; x++, to += _p.OutputChannels)
            {
                new Span<float>(sums, Block).Clear();
                if (_fromBias && bias != null) new Span<float>(bias + block * Block, channels).CopyTo(new Span<float>(sums, Block));
                Sum(image, packed, sums, row % _p.OutputHeight, x);
                for (int c = 0; c < channels; c++)
                {
                    float v = _fromBias || bias == null ? sums[c] : sums[c] + bias[block * Block + c];
                    to[c] = v < _p.Min ? _p.Min : v > _p.Max ? _p.Max : v;
                }
            }
        }
    }

    // The inputs that reach an output, in the order of summation.
    private void Sum(float* image, float* packed, float* sums, int y, int x)
    {
        float* lanes = stackalloc float[3 * Block];
        if (_order == FloatSum.RoundedLanes) new Span<float>(lanes, 3 * Block).Clear();
        for (int i = 0; i < _p.KernelHeight; i++)
        {
            // The last tap belongs to the first input row that reaches this output.
            int ky = _fromBias ? i : _p.KernelHeight - 1 - i;
            int iy = y + _p.PadTop - ky;
            if (iy < 0 || iy % _p.StrideHeight != 0 || (iy /= _p.StrideHeight) >= _p.InputHeight) continue;
            for (int j = 0; j < _p.KernelWidth; j++)
            {
                int kx = _fromBias ? j : _p.KernelWidth - 1 - j;
                int ix = x + _p.PadLeft - kx;
                if (ix < 0 || ix % _p.StrideWidth != 0 || (ix /= _p.StrideWidth) >= _p.InputWidth) continue;
                float* pixel = image + ((nint)iy * _p.InputWidth + ix) * _p.InputChannels;
                float* w = packed + ((nint)ky * _p.KernelWidth + kx) * _p.InputChannels * Block;
                switch (_order)
                {
                    case FloatSum.RoundedPairs:
                        AddPairs(pixel, w, sums, iy * _p.InputWidth + ix < _paired);
                        break;
                    case FloatSum.RoundedLanes:
                        AddProducts(pixel, w, sums, 0, _p.InputChannels, 4);
                        for (int lane = 1; lane < 4; lane++) AddProducts(pixel, w, lanes + (lane - 1) * Block, lane, _p.InputChannels, 4);
                        break;
                    default:
                        AddProducts(pixel, w, sums, 0, _p.InputChannels, 1);
                        break;
                }
            }
        }
        if (_order != FloatSum.RoundedLanes) return;
        for (int c = 0; c < Block; c++) sums[c] = sums[c] + lanes[Block + c] + (lanes[c] + lanes[2 * Block + c]);
    }

    // A pixel's products as one of a matrix: even and odd ones apart, in blocks, joins the sums at last.
    private void AddPairs(float* pixel, float* w, float* sums, bool isPaired)
    {
        float* total = stackalloc float[Block], part = stackalloc float[Block], odd = stackalloc float[Block];
        for (int begin = 0; begin < _p.InputChannels; begin += _block)
        {
            int end = Math.Min(begin + _block, _p.InputChannels), whole = isPaired ? begin + (end - begin & ~7) : begin;
            float* target = begin == 0 ? total : part;
            new Span<float>(target, Block).Clear();
            new Span<float>(odd, Block).Clear();
            AddProducts(pixel, w, target, begin, whole, 2);
            AddProducts(pixel, w, odd, begin + 1, whole, 2);
            for (int c = 0; c < Block; c++) target[c] += odd[c];
            AddProducts(pixel, w, target, whole, end, 1);
            if (begin > 0) for (int c = 0; c < Block; c++) total[c] += part[c];
        }
        for (int c = 0; c < Block; c++) sums[c] += total[c];
    }

    private void AddProducts(float* pixel, float* w, float* sums, int begin, int end, int step)
    {
        if (_vectors)
        {
            Vector256<float> low = Vector256.Load(sums), high = Vector256.Load(sums + 8);
            for (int c = begin; c < end; c += step)
            {
                var v = Vector256.Create(pixel[c]);
                low += v * Vector256.Load(w + (nint)c * Block);
                high += v * Vector256.Load(w + (nint)c * Block + 8);
            }
            low.Store(sums);
            high.Store(sums + 8);
            return;
        }
        for (int c = begin; c < end; c += step)
        {
            for (int o = 0; o < Block; o++) sums[o] += pixel[c] * w[(nint)c * Block + o];
        }
    }
}
