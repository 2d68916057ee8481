using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Convolution;

namespace Qnn.Compiler.Import.TorchScript.Operators;

/// <summary>
/// The orders in which libtorch adds up the products of float convolutions of one and two axes, and of small ones of three, every product joining its sum with one rounding; found by trial on libtorch 2.10 with AVX-512 and one thread.
/// Small ones are products of matrices (slow_conv2d), by the kernels of <see cref="MklProducts"/>, the bias being what those add to: the weights and what the windows see, channel by channel, or with channels last that and the weights' transpose, tap by tap.
/// Others are oneDNN's: with channels last tap by tap, the bias last. Else of depthwise ones beginning with the bias, but with wide padding tap by tap, the bias last; of windows of one tap whose steps divide the data 256 channels by themselves, the first beginning with the bias; of groups whose channels are no multiple of four channel by channel, the bias last;
/// of the rest 16 channels by themselves (of groups perhaps 8 or 4), tap by tap, the bias joining the first of these sums.
/// </summary>
internal sealed class ConvolutionSums
{
    // Products of a run, and rows and columns of the product of matrices from which on they are fused.
    private const int Run = 192, FusedRows = 4, FusedColumns = 12;

    // Channels of oneDNN's blocks; of groups, the first that both data and results are whole multiples of.
    private const int Block = 16;
    private static readonly int[] s_blocks = [Block, 8, 4];

    // Elements and pictures from which on oneDNN takes a convolution (ConvParams::use_mkldnn).
    private const int ManyElements = 20480, ManyPictures = 16;

    private readonly TorchCall _call;
    private readonly Spatial _data;
    private readonly Value _weights;
    private readonly int _groups;
    private readonly int[] _kernel, _stride, _before, _after, _dilation;
    private readonly int _axes;
    private readonly bool _isLast;

    public ConvolutionSums(TorchCall call, Spatial data, Value weights, int axes, int groups, int[] kernel, int[] stride, int[] before, int[] after, int[] dilation)
    {
        (_call, _data, _weights, _groups, _kernel, _stride, _before, _after, _dilation) = (call, data, weights, groups, kernel, stride, before, after, dilation);
        _axes = axes;
        // Series are made contiguous (at::_convolution).
        _isLast = axes == 2 && (call.Formats.SuggestsChannelsLast(call.Tensor(0)) || call.Formats.SuggestsChannelsLast(weights));
    }

    private int Outputs => _weights.Type.Shape[0] / _groups;

    private int Channels => _weights.Type.Shape[1];

    private bool IsOneTap => _kernel[1] == 1 && _kernel[2] == 1;

    // Whether steps divide the data, and nothing is padded: oneDNN's kernel of products of one tap takes no other (rtus_prepare).
    private bool LeavesNone => _before.Concat(_after).All(p => p == 0) && Places(1) * _stride[1] == _data.Extents[2] && Places(2) * _stride[2] == _data.Extents[3];

    private bool IsOneDnns =>
        (_stride.Concat(_dilation).Any(n => n != 1) || _data.Extents[0] >= ManyPictures || !IsOneTap)
        && (_groups > 1 || _kernel[1] > 3 && _kernel[2] > 3 || _data.Extents[0] > 1 || _data.Extents.ElementCount / (_axes == 3 ? _data.Extents[3] : 1) > ManyElements);

    /// <summary>The convolution.</summary>
    public Value Convolve(Value? bias)
    {
        if (_axes == 3) return IsOneDnns || _groups > 1 || _call.Formats.SuggestsChannelsLast(_call.Tensor(0)) ? _data.Convolve(_weights, _kernel, _stride, _before, _after, _dilation, bias) : Multiplied(bias, Channels * _kernel[0] * _kernel[1] * _kernel[2]);
        if (!IsOneDnns)
        {
            int depth = Channels * _kernel[1] * _kernel[2], rows = _isLast ? Pixels : Outputs, columns = _isLast ? Outputs : Pixels;
            bool isOneRun = depth <= Run && rows >= FusedRows && columns >= FusedColumns;
            return isOneRun || _groups > 1 ? Emit(_isLast ? FloatSum.FusedBiasLast : FloatSum.FusedChannels, bias) : Multiplied(bias, depth);
        }
        if (_isLast) return Emit(FloatSum.FusedBiasLast, bias);
        if (Channels == 1 && Outputs == 1) return Emit(IsDepthwiseKernels ? FloatSum.FusedFromBias : FloatSum.FusedBiasLast, bias);
        if (IsOneTap && _groups == 1 && LeavesNone) return Emit(FloatSum.FusedRuns256, bias);
        int block = _groups == 1 ? Block : s_blocks.FirstOrDefault(b => Channels % b == 0 && Outputs % b == 0);
        if (block == 0) return Emit(Channels == 1 && Outputs % Block == 0 ? FloatSum.FusedFromBias : FloatSum.FusedChannels, bias);
        return Channels <= block ? Emit(FloatSum.FusedBiasLast, bias) : Emit(block switch { 16 => FloatSum.FusedBlocks, 8 => FloatSum.FusedBlocks8, _ => FloatSum.FusedBlocks4 }, bias, biasJoinsFirst: true);
    }

    // Whether oneDNN's depthwise kernel takes the padding (jit_uni_dw_conv_kernel_utils): no more than it computes at once in front of a row and behind the last whole part of one. Others are products of matrices.
    private bool IsDepthwiseKernels
    {
        get
        {
            const int AtOnce = 6;
            int reach = (_kernel[2] - 1) * _dilation[2] + 1, whole = Places(2) / AtOnce * AtOnce, behind = Math.Max(0, (whole - 1) * _stride[2] + reach - _data.Extents[3] - _before[2]);
            return _before[2] <= AtOnce && behind <= AtOnce;
        }
    }

    private int Pixels => Places(0) * Places(1) * Places(2);

    private int Places(int axis) => (int)(((long)_data.Extents[axis + 1] + _before[axis] + _after[axis] - (long)_dilation[axis] * (_kernel[axis] - 1) - 1) / _stride[axis]) + 1;

    private Value Emit(FloatSum sum, Value? bias, bool biasJoinsFirst = false) => _data.Convolve(_weights, _kernel, _stride, _before, _after, _dilation, bias, sum, biasJoinsFirst);

    // As a product of matrices. The place behind the last pixel is none, which reads 0.
    private Value Multiplied(Value? bias, int depth)
    {
        int taps = _kernel[0] * _kernel[1] * _kernel[2], pixels = Pixels, pictures = _data.Extents[0], outputs = Outputs;
        if (Places(0) <= 0 || Places(1) <= 0 || Places(2) <= 0) throw _call.Malformed($"has a window larger than {_data.Extents}");
        var images = _call.Reshape(_data.Value, pictures, _data.Extents[1] * _data.Extents[2] * _data.Extents[3], Channels);
        if (!_isLast)
        {
            var places = TorchCall.Constant(Tensor.Of<long>(new Shape(taps * pixels), [.. Enumerable.Range(0, taps * pixels).Select(i => Pixel(i / pixels, i % pixels))]));
            var columns = _call.Reshape(_call.Emit(new Gather(2), _call.Permute(images, 0, 2, 1), places), pictures, depth, pixels);
            var filter = _call.Reshape(_weights, outputs, depth);
            var addend = bias is null ? null : _call.Emit(new BroadcastTo(new Shape(outputs, pixels)), _call.Reshape(bias, outputs, 1));
            var products = pictures == 1
                ? MklProducts.Plain(_call, filter, _call.Reshape(columns, depth, pixels), addend)
                : MklProducts.Each(_call, _call.Reshape(filter, 1, outputs, depth), columns, addend is null ? null : _call.Emit(new BroadcastTo(new Shape(pictures, outputs, pixels)), addend), isTurned: false);
            return Back(_call.Permute(_call.Reshape(products, pictures, outputs, pixels), 0, 2, 1));
        }
        var windows = TorchCall.Constant(Tensor.Of<long>(new Shape(pixels * taps), [.. Enumerable.Range(0, pixels * taps).Select(i => Pixel(i % taps, i / taps))]));
        var rows = _call.Reshape(_call.Emit(new Gather(1), images, windows), pictures * pixels, depth);
        var turned = _call.Reshape(_call.Permute(_call.Reshape(_weights, outputs, Channels, taps), 2, 1, 0), depth, outputs);
        return Back(MklProducts.Plain(_call, rows, turned, bias, isTurned: true));
    }

    private Value Back(Value values) => _data.With(_call.Reshape(values, _data.Extents[0], Places(0), Places(1), Places(2), Outputs)).Back();

    // The pixel that a tap of a window sees, or -1 in the padding.
    private long Pixel(int tap, int window)
    {
        long place = 0;
        int windows = Pixels, taps = _kernel[0] * _kernel[1] * _kernel[2];
        for (int axis = 0; axis < 3; axis++)
        {
            (windows, taps) = (windows / Places(axis), taps / _kernel[axis]);
            int at = window / windows % Places(axis) * _stride[axis] - _before[axis] + tap / taps % _kernel[axis] * _dilation[axis], extent = _data.Extents[axis + 1];
            if (at < 0 || at >= extent) return -1;
            place = place * extent + at;
        }
        return place;
    }
}
