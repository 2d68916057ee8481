using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Qnn.Runtime.Execution;

namespace Qnn.Runtime.Kernels.Convolution;

/// <summary>
/// Rounds a convolution's exact sums as if they had been added up in float: only where a half lies within what the float sum can err by is that sum made, product by product in its order.
/// Groups of channels have windows of their own.
/// Inputs: sums (int32, [N, OH, OW, O]), data (uint8, NHWC), weights (int8, those of the sums, packed; of depthwise convolutions [O][<see cref="Pitch"/>], in the order of the products), their scales (float32, [O]),
/// reach (float32, [O]): the greatest error for data of norm 1, in depthwise convolutions of any data, in steps of the result; bias (float32, [O], optional). Output: uint8 or int8. An item is an output row.
/// Of layers as networks have them, some hundredths of the outputs are so near a half that they are added up again.
/// </summary>
internal sealed unsafe class FloatSumRequantizeKernel : Kernel
{
    // Outputs that are added up together.
    private const int Lanes = 8;

    // The norm of so few products is not worth working out: it is taken as if all data were as far from the zero point as they can be.
    private const int FewProducts = 64;

    // What the bias's roundings and those of the comparison amount to.
    private const float Slack = 1f / (1 << 20), BiasSlack = 1f / (1 << 21);

    private readonly TensorInfo _sums, _data, _output, _scales, _reach;
    private readonly TensorInfo? _bias;
    private readonly ProductRows? _rows;
    private readonly sbyte* _depthwise;
    private readonly FloatSumRequantizeParameters _p;
    private readonly FloatConv2DParameters _shape;
    private readonly int _products, _pitch, _run, _span, _channels, _outputs;
    private readonly bool _isDepthwise, _isInPlace, _hasNorms, _vectors, _lanes;
    private readonly float _norm = 1;
    private readonly int[] _places;

    // For each channel: its multiplier, its bias in steps of the result, what that adds to the error.
    private readonly float[] _multipliers, _offsets, _slack;

    public FloatSumRequantizeKernel(StepInfo step)
    {
        _p = step.ReadParameters<FloatSumRequantizeParameters>();
        _shape = _p.Shape;
        (_sums, _data, _output) = (step.Input(0), step.Input(1), step.Output(0));
        _shape.VerifyExtents(step, _data, _output);
        step.Require(_sums.Type == ElementType.S32 && _sums.Count == _output.Count && _data.Type == ElementType.U8 && _output.Type is ElementType.U8 or ElementType.S8, "bad types");
        _isDepthwise = (FloatSum)_shape.Sum == FloatSum.RoundedQuads;
        _run = FloatSumOrder.Of((FloatSum)_shape.Sum).Products;
        step.Require(_isDepthwise ? _shape.InputChannels == _shape.OutputChannels : _run > 0, "bad order of summation");
        step.Require(!_isDepthwise || _shape.Groups == 1, "bad groups");
        (_channels, _outputs) = (_shape.InputChannels / _shape.Groups, _shape.OutputChannels / _shape.Groups);
        long products = (long)_shape.KernelHeight * _shape.KernelWidth * (_isDepthwise ? 1 : _channels);
        step.Require(products <= int.MaxValue / 8 && Pitch((int)products) * (long)_shape.OutputChannels <= int.MaxValue, "too many weights");
        (_products, _pitch) = ((int)products, Pitch((int)products));
        if (_isDepthwise) _depthwise = (sbyte*)step.ConstantInput(2, ElementType.S8, (long)_pitch * _shape.OutputChannels).Constant;
        else _rows = new ProductRows(step, 2, _shape, _pitch);
        _scales = step.ConstantInput(3, ElementType.F32, _shape.OutputChannels);
        _reach = step.ConstantInput(4, ElementType.F32, _shape.OutputChannels);
        _bias = step.OptionalInput(5) is null ? null : step.ConstantInput(5, ElementType.F32, _shape.OutputChannels);
        step.Require(_p.InputZeroPoint is >= 0 and <= byte.MaxValue && float.IsFinite(_p.InputScale) && float.IsFinite(_p.OutputScale) && _p.OutputScale != 0, "bad quantization");
        var (least, most) = _output.Type == ElementType.U8 ? (0, 255) : (-128, 127);
        step.Require(_p.Minimum >= least && _p.Minimum <= _p.Maximum && _p.Maximum <= most && _p.OutputZeroPoint >= least && _p.OutputZeroPoint <= most, "bad clamp");
        _vectors = step.Tier != KernelTier.Scalar;
        _lanes = _vectors && Avx2.IsSupported && Fma.IsSupported;
        _places = _isDepthwise ? [] : _shape.Places(_channels);
        _isInPlace = !_isDepthwise && _shape.IsPointwise && _products % Lanes == 0;
        _hasNorms = !_isDepthwise && _products > FewProducts;
        if (!_isDepthwise && !_hasNorms) _norm = MathF.Sqrt(_products) * Math.Max(_p.InputZeroPoint, byte.MaxValue - _p.InputZeroPoint);
        _span = !_hasNorms ? 0 : Math.Min((_shape.KernelHeight - 1) * _shape.DilationHeight + 1, _shape.InputHeight);
        (_multipliers, _offsets, _slack) = (Channels(), Channels(), Channels());
        for (int c = 0; c < _shape.OutputChannels; c++)
        {
            _multipliers[c] = (float)((double)_p.InputScale * _scales.ConstantSpan<float>()[c] / _p.OutputScale);
            _offsets[c] = _bias is null ? 0 : (float)(_bias.ConstantSpan<float>()[c] / (double)_p.OutputScale);
            _slack[c] = Slack + BiasSlack * MathF.Abs(_offsets[c]);
        }
        step.Require(_multipliers.All(float.IsFinite) && _offsets.All(float.IsFinite), "bad scales");
    }

    // Outputs whose sums may round to either side of a half: a window's data, the channel, where the result goes.
    private struct Near
    {
        public byte* Window;
        public int Channel;
        public byte* Result;
    }

    /// <summary>Bytes from an output's weights to the next one's, for so many products: whole vectors are read.</summary>
    public static int Pitch(int products) => (products + Lanes - 1) / Lanes * Lanes;

    public override string Name => $"requantize.float_sum.{(_lanes ? "avx2" : _vectors ? "vector" : "scalar")}";

    public override int WorkItems => _shape.Batches * _shape.OutputHeight;

    // Norms of windows, squares of lines and of columns, the lines that these are of, windows.
    public override nint ScratchBytes => _isDepthwise ? 0 : (_hasNorms ? (_shape.OutputWidth + (_span + 1) * (nint)_shape.InputWidth * _shape.Groups + _span) * sizeof(int) : 0) + (nint)Lanes * _pitch;

    public override Region Reads(TensorInfo input, int begin, int end) =>
        input == _sums ? Region.Items(input, begin, end, (long)_shape.OutputWidth * _shape.OutputChannels) : input == _data ? _shape.InputLines(input, begin, end) : Region.All(input);

    public override Region Writes(TensorInfo output, int begin, int end) => Region.Items(output, begin, end, (long)_shape.OutputWidth * _shape.OutputChannels);

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Run(in KernelContext context, int begin, int end, byte* scratch)
    {
        int channels = _shape.OutputChannels, width = _shape.OutputWidth;
        float* norms = (float*)scratch;
        float* squares = norms + (_hasNorms ? width : 0), columns = squares + (nint)_span * _shape.InputWidth * _shape.Groups;
        int* lines = (int*)(columns + (_hasNorms ? (nint)_shape.InputWidth * _shape.Groups : 0));
        byte* windows = (byte*)(lines + _span);
        new Span<int>(lines, _span).Fill(-1);
        var near = stackalloc Near[Lanes];
        int count = 0, slot = 0;
        byte* data = context[_data], output = context[_output];
        int* sums = context.Pointer<int>(_sums);
        for (int row = begin; row < end; row++)
        {
            if (_hasNorms) Norms(data, row, norms, squares, columns, lines);
            for (int x = 0; x < width; x++)
            {
                nint pixel = (nint)row * width + x;
                int* from = sums + pixel * channels;
                byte* to = output + pixel * channels, window = null;
                int group = 0;
                float norm = _hasNorms ? norms[x] : _norm;
                for (int channel = 0; channel < channels; channel += 64)
                {
                    int some = Math.Min(64, channels - channel);
                    for (ulong marked = Round(from + channel, to + channel, channel, some, norm); marked != 0; marked &= marked - 1)
                    {
                        int c = channel + BitOperations.TrailingZeroCount(marked);
                        if (!Matters(from[c], c, norm)) continue;
                        if (_isDepthwise)
                        {
                            to[c] = Quantized(Quads(data, row, x, c), c);
                            continue;
                        }
                        if (window == null || c / _outputs != group)
                        {
                            group = c / _outputs;
                            window = _isInPlace ? data + pixel * _shape.InputChannels + group * _channels : windows + (nint)slot * _pitch;
                            if (!_isInPlace) Pack(data + group * _channels, row, x, window);
                            slot = (slot + 1) % Lanes;
                        }
                        near[count++] = new Near { Window = window, Channel = c, Result = to + c };
                        if (count < Lanes) continue;
                        // The next windows go to other places than this one, which has more outputs.
                        AddUp(near, count);
                        count = 0;
                    }
                }
            }
        }
        if (count > 0) AddUp(near, count);
    }

    // Rounds a pixel's sums, at most 64 of them; bits say which could round otherwise.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private ulong Round(int* from, byte* to, int channel, int count, float norm)
    {
        float* multipliers = At(_multipliers, channel), offsets = At(_offsets, channel), slack = At(_slack, channel), reach = (float*)_reach.Constant + channel;
        float least = _p.Minimum - _p.OutputZeroPoint, most = _p.Maximum - _p.OutputZeroPoint;
        ulong marked = 0;
        int c = 0;
        if (_vectors)
        {
            Vector256<float> norms = Vector256.Create(norm), low = Vector256.Create(least), high = Vector256.Create(most);
            var zero = Vector256.Create(_p.OutputZeroPoint);
            for (; c <= count - 16; c += 16)
            {
                var first = Eight(from + c, multipliers + c, offsets + c, reach + c, slack + c, norms, low, high, out uint firstMarks) + zero;
                var second = Eight(from + c + 8, multipliers + c + 8, offsets + c + 8, reach + c + 8, slack + c + 8, norms, low, high, out uint secondMarks) + zero;
                marked |= (ulong)(firstMarks | secondMarks << 8) << c;
                var words = Vector256.Narrow(first, second);
                Vector128.Narrow(words.GetLower(), words.GetUpper()).AsByte().Store(to + c);
            }
            for (; c < count && count >= 8; c += 8)
            {
                // The last ones may begin among those before them, whose results are the same.
                c = Math.Min(c, count - 8);
                var v = Eight(from + c, multipliers + c, offsets + c, reach + c, slack + c, norms, low, high, out uint marks) + zero;
                marked |= (ulong)marks << c;
                var words = Vector128.Narrow(v.GetLower(), v.GetUpper());
                *(ulong*)(to + c) = Vector128.Narrow(words, words).AsUInt64().ToScalar();
            }
        }
        for (; c < count; c++)
        {
            float v = from[c] * multipliers[c] + offsets[c], whole = MathF.Round(v);
            if (MathF.Abs(v - whole) + (norm * reach[c] + slack[c]) >= 0.5f) marked |= 1UL << c;
            to[c] = (byte)((int)MathF.Min(MathF.Max(whole, least), most) + _p.OutputZeroPoint);
        }
        return marked;
    }

    // Eight sums rounded and clamped, and bits of those that a half is near.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Eight(int* from, float* multipliers, float* offsets, float* reach, float* slack, Vector256<float> norms, Vector256<float> low, Vector256<float> high, out uint near)
    {
        var v = Vector256.ConvertToSingle(Vector256.Load(from)) * Vector256.Load(multipliers) + Vector256.Load(offsets);
        var whole = Vector256.Round(v);
        near = Vector256.ExtractMostSignificantBits(Vector256.GreaterThanOrEqual(Vector256.Abs(v - whole) + (norms * Vector256.Load(reach) + Vector256.Load(slack)), Vector256.Create(0.5f)));
        return Vector256.ConvertToInt32(Vector256.MinNative(Vector256.MaxNative(whole, low), high));
    }

    // Whether what lies about a sum is not clamped to one number.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool Matters(int sum, int c, float norm)
    {
        float v = sum * _multipliers[c] + _offsets[c], error = norm * ((float*)_reach.Constant)[c] + _slack[c];
        return v + error >= _p.Minimum - _p.OutputZeroPoint + 0.5f && v - error <= _p.Maximum - _p.OutputZeroPoint - 0.5f;
    }

    // As a QuantizeLinear does it.
    private byte Quantized(float sum, int c)
    {
        if (_bias is not null) sum += ((float*)_bias.Constant)[c];
        return (byte)(int)Math.Clamp(Math.Round((double)(sum / _p.OutputScale)) + _p.OutputZeroPoint, _p.Minimum, _p.Maximum);
    }

    // Norms of what the windows of an output row see, less the zero point, the greatest of all groups: by squares of the pixels of its lines, which the next rows have in common.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Norms(byte* data, int row, float* norms, float* squares, float* columns, int* lines)
    {
        int image = row / _shape.OutputHeight, top = row % _shape.OutputHeight * _shape.StrideHeight - _shape.PadTop, groups = _shape.Groups, pitch = _shape.InputWidth * groups;
        new Span<float>(columns, pitch).Clear();
        for (int ky = 0; ky < _shape.KernelHeight; ky++)
        {
            int y = top + ky * _shape.DilationHeight, line = image * _shape.InputHeight + y;
            if ((uint)y >= (uint)_shape.InputHeight) continue;
            float* some = squares + (nint)(y % _span) * pitch;
            if (lines[y % _span] != line)
            {
                lines[y % _span] = line;
                byte* from = data + (nint)line * _shape.InputWidth * _shape.InputChannels;
                for (int i = 0; i < pitch; i++, from += _channels) some[i] = Squares(from);
            }
            for (int i = 0; i < pitch; i++) columns[i] += some[i];
        }
        for (int x = 0; x < _shape.OutputWidth; x++)
        {
            int left = x * _shape.StrideWidth - _shape.PadLeft;
            float most = 0;
            for (int group = 0; group < groups; group++)
            {
                float sum = 0;
                for (int kx = 0, at = left; kx < _shape.KernelWidth; kx++, at += _shape.DilationWidth)
                {
                    if ((uint)at < (uint)_shape.InputWidth) sum += columns[at * groups + group];
                }
                most = MathF.Max(most, sum);
            }
            norms[x] = MathF.Sqrt(most);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private uint Squares(byte* pixel)
    {
        uint sum = 0;
        int c = 0, channels = _channels;
        if (_vectors)
        {
            var sums = Vector256<uint>.Zero;
            var zero = Vector256.Create((ushort)_p.InputZeroPoint);
            for (; c <= channels - 16; c += 16)
            {
                // Squares of 255 at most, in sixteen bits without a sign.
                var bytes = Vector128.Load(pixel + c);
                var v = Vector256.Create(Vector128.WidenLower(bytes), Vector128.WidenUpper(bytes)) - zero;
                v *= v;
                sums += Vector256.WidenLower(v) + Vector256.WidenUpper(v);
            }
            sum = Vector256.Sum(sums);
        }
        for (; c < channels; c++) sum += (uint)((pixel[c] - _p.InputZeroPoint) * (pixel[c] - _p.InputZeroPoint));
        return sum;
    }

    // What a window sees, in the order of the products; padding is the zero point.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Pack(byte* data, int row, int x, byte* to)
    {
        int y = row % _shape.OutputHeight * _shape.StrideHeight - _shape.PadTop, left = x * _shape.StrideWidth - _shape.PadLeft, channels = _shape.InputChannels;
        byte* image = data + (nint)(row / _shape.OutputHeight) * _shape.InputHeight * _shape.InputWidth * channels;
        if (y >= 0 && left >= 0 && y + (_shape.KernelHeight - 1) * _shape.DilationHeight < _shape.InputHeight && left + (_shape.KernelWidth - 1) * _shape.DilationWidth < _shape.InputWidth)
        {
            byte* window = image + ((nint)y * _shape.InputWidth + left) * channels;
            int* places = (int*)Marshal.UnsafeAddrOfPinnedArrayElement(_places, 0);
            for (int i = 0; i < _products; i++) to[i] = window[places[i]];
        }
        else
        {
            for (int ky = 0, tap = 0, taps = _shape.KernelHeight * _shape.KernelWidth; ky < _shape.KernelHeight; ky++)
            {
                for (int kx = 0; kx < _shape.KernelWidth; kx++, tap++)
                {
                    int py = y + ky * _shape.DilationHeight, px = left + kx * _shape.DilationWidth;
                    bool isInside = (uint)py < (uint)_shape.InputHeight && (uint)px < (uint)_shape.InputWidth;
                    byte* pixel = image + ((nint)py * _shape.InputWidth + px) * channels;
                    for (int c = 0; c < _channels; c++) to[c * taps + tap] = isInside ? pixel[c] : (byte)_p.InputZeroPoint;
                }
            }
        }
        for (int i = _products; i < _pitch; i++) to[i] = (byte)_p.InputZeroPoint;
    }

    private void AddUp(Near* near, int count)
    {
        float* results = stackalloc float[Lanes];
        if (_lanes) SumsOfLanes(near, count, results);
        else for (int i = 0; i < count; i++) results[i] = Sum(near[i]);
        for (int i = 0; i < count; i++) *near[i].Result = Quantized(results[i], near[i].Channel);
    }

    private float Sum(in Near near)
    {
        sbyte* weights = _rows!.Row(near.Channel);
        float scale = ((float*)_scales.Constant)[near.Channel], total = 0;
        for (int first = 0; first < _products; first += _run)
        {
            float sum = 0;
            for (int i = first; i < Math.Min(first + _run, _products); i++) sum = MathF.FusedMultiplyAdd((near.Window[i] - _p.InputZeroPoint) * _p.InputScale, weights[i] * scale, sum);
            total = first == 0 ? sum : total + sum;
        }
        return total;
    }

    // An output in each lane. Eight products of eight outputs are turned around as bytes, then made real: some fourteen operations for eight products.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SumsOfLanes(Near* near, int count, float* results)
    {
        byte** windows = stackalloc byte*[Lanes], weights = stackalloc byte*[Lanes];
        float* scales = stackalloc float[Lanes];
        byte* block = stackalloc byte[2 * Lanes * Lanes];
        for (int i = 0; i < Lanes; i++)
        {
            var lane = near + Math.Min(i, count - 1);
            windows[i] = lane->Window;
            weights[i] = (byte*)_rows!.Row(lane->Channel);
            scales[i] = ((float*)_scales.Constant)[lane->Channel];
        }
        var zero = Vector256.Create(_p.InputZeroPoint);
        Vector256<float> inputScale = Vector256.Create(_p.InputScale), weightScales = Vector256.Load(scales), total = default;
        for (int first = 0; first < _products; first += _run)
        {
            Vector256<float> sum = default;
            for (int i = first; i < Math.Min(first + _run, _products); i += Lanes)
            {
                Turn(windows, i, block);
                Turn(weights, i, block + Lanes * Lanes);
                for (byte* at = block; at < block + Lanes * Lanes; at += Lanes)
                {
                    var x = Vector256.ConvertToSingle(Avx2.ConvertToVector256Int32(at) - zero) * inputScale;
                    var w = Vector256.ConvertToSingle(Avx2.ConvertToVector256Int32((sbyte*)at + Lanes * Lanes)) * weightScales;
                    sum = Vector256.FusedMultiplyAdd(x, w, sum);
                }
            }
            total = first == 0 ? sum : total + sum;
        }
        total.Store(results);
    }

    // Eight bytes of eight rows, by columns.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Turn(byte** rows, int at, byte* block)
    {
        var a = Sse2.UnpackLow(Eight(rows[0] + at), Eight(rows[1] + at)).AsUInt16();
        var b = Sse2.UnpackLow(Eight(rows[2] + at), Eight(rows[3] + at)).AsUInt16();
        var c = Sse2.UnpackLow(Eight(rows[4] + at), Eight(rows[5] + at)).AsUInt16();
        var d = Sse2.UnpackLow(Eight(rows[6] + at), Eight(rows[7] + at)).AsUInt16();
        Vector128<uint> ab = Sse2.UnpackLow(a, b).AsUInt32(), cd = Sse2.UnpackLow(c, d).AsUInt32();
        Sse2.UnpackLow(ab, cd).AsByte().Store(block);
        Sse2.UnpackHigh(ab, cd).AsByte().Store(block + 16);
        (ab, cd) = (Sse2.UnpackHigh(a, b).AsUInt32(), Sse2.UnpackHigh(c, d).AsUInt32());
        Sse2.UnpackLow(ab, cd).AsByte().Store(block + 32);
        Sse2.UnpackHigh(ab, cd).AsByte().Store(block + 48);

        static Vector128<byte> Eight(byte* from) => Vector128.CreateScalar(*(ulong*)from).AsByte();
    }

    // A depthwise window's products, rounded apart: four, then two, then one.
    private float Quads(byte* data, int row, int x, int c)
    {
        int y = row % _shape.OutputHeight * _shape.StrideHeight - _shape.PadTop, left = x * _shape.StrideWidth - _shape.PadLeft;
        byte* image = data + (nint)(row / _shape.OutputHeight) * _shape.InputHeight * _shape.InputWidth * _shape.InputChannels + c;
        sbyte* weights = _depthwise + (nint)c * _pitch;
        float scale = ((float*)_scales.Constant)[c], sum = 0;
        for (int i = 0, end; i < _products; i = end)
        {
            end = i + MatMulOrder.QuadLength(_products - i);
            float part = Product(i);
            for (int k = i + 1; k < end; k++) part += Product(k);
            sum = part + sum;
        }
        return sum;

        float Product(int tap)
        {
            int py = y + tap / _shape.KernelWidth * _shape.DilationHeight, px = left + tap % _shape.KernelWidth * _shape.DilationWidth;
            bool isInside = (uint)py < (uint)_shape.InputHeight && (uint)px < (uint)_shape.InputWidth;
            int number = isInside ? image[((nint)py * _shape.InputWidth + px) * _shape.InputChannels] - _p.InputZeroPoint : 0;
            return number * _p.InputScale * (weights[tap] * scale);
        }
    }

    private float[] Channels() => GC.AllocateArray<float>(_shape.OutputChannels, pinned: true);

    private static float* At(float[] array, int index) => (float*)Marshal.UnsafeAddrOfPinnedArrayElement(array, index);
}
