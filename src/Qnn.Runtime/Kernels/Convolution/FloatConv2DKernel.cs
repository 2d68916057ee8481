using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Qnn.Runtime.Execution;
using Qnn.Runtime.Kernels.Lanes;

namespace Qnn.Runtime.Kernels.Convolution;

/// <summary>The shapes of a float convolution, transposed or not. A dense layer is one of a single row of 1x1 windows.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct FloatConv2DParameters
{
    public int Batches, InputHeight, InputWidth, InputChannels;
    public int OutputHeight, OutputWidth, OutputChannels;
    public int KernelHeight, KernelWidth, StrideHeight, StrideWidth, DilationHeight, DilationWidth, PadTop, PadLeft;

    /// <summary>Groups of channels that do not mix: 1 but for convolutions that are not transposed. Those of depthwise ones, whose outputs take a channel each, are not counted.</summary>
    public int Groups;

    /// <summary>The least result.</summary>
    public float Min;

    /// <summary>The greatest result.</summary>
    public float Max;

    /// <summary>How products are added: a <see cref="FloatSum"/>.</summary>
    public int Sum;

    /// <summary>Verifies the numbers against each other and the operands.</summary>
    public readonly void Verify(StepInfo step, TensorInfo input, TensorInfo output, long weights)
    {
        step.Require(input.Type == ElementType.F32 && output.Type == ElementType.F32, "the element types are not float32");
        VerifyExtents(step, input, output);
        var weight = step.ConstantInput(1, ElementType.F32, weights);
        step.Require(weight.Count == weights);
        if (step.OptionalInput(2) is not null) step.ConstantInput(2, ElementType.F32, OutputChannels);
        step.Require((FloatSum)Sum != FloatSum.FusedLanes || (KernelHeight, KernelWidth, PadTop, PadLeft) == (1, 1, 0, 0), "its order of summation is for windows of one tap");
        step.Require(!FloatSumOrder.IsInside((FloatSum)Sum) || SeesAllTaps, "its order of summation is for windows inside the image");
        step.Require((FloatSum)Sum != FloatSum.FusedLanes || ((OutputHeight - 1) * (long)StrideHeight < InputHeight && (OutputWidth - 1) * (long)StrideWidth < InputWidth), "a window lies outside the input");
    }

    /// <summary>Verifies the numbers against each other and the shapes.</summary>
    public readonly void VerifyExtents(StepInfo step, TensorInfo input, TensorInfo output)
    {
        foreach (int number in (int[])[Batches, InputHeight, InputWidth, InputChannels, OutputHeight, OutputWidth, OutputChannels, KernelHeight, KernelWidth, StrideHeight, StrideWidth, DilationHeight, DilationWidth, Groups])
        {
            step.Require(number > 0, "an extent is not positive");
        }
        step.Require(InputChannels % Groups == 0 && OutputChannels % Groups == 0, "the groups do not fit");
        step.Require(PadTop >= 0 && PadLeft >= 0, "the padding is negative");
        step.Require(Enum.IsDefined((FloatSum)Sum), "the order of summation is unknown");
        step.Require(Product(Batches, InputHeight, InputWidth, InputChannels) == input.Count, "the input's shape is another");
        step.Require(Product(Batches, OutputHeight, OutputWidth, OutputChannels) == output.Count, "the output's shape is another");
        step.Require(((Int128)KernelHeight - 1) * DilationHeight + (Int128)(OutputHeight - 1) * StrideHeight < int.MaxValue
            && ((Int128)KernelWidth - 1) * DilationWidth + (Int128)(OutputWidth - 1) * StrideWidth < int.MaxValue
            && PadTop < int.MaxValue / 2 && PadLeft < int.MaxValue / 2, "the window is too large");
    }

    /// <summary>Input channels of a group.</summary>
    public readonly int GroupInputs => InputChannels / Groups;

    /// <summary>Output channels of a group.</summary>
    public readonly int GroupOutputs => OutputChannels / Groups;

    /// <summary>Blocks of a group's output channels.</summary>
    public readonly int GroupBlocks => (GroupOutputs + FloatConv2DKernel.Block - 1) / FloatConv2DKernel.Block;

    /// <summary>Weights when packed in blocks of output channels.</summary>
    public readonly long PackedWeights => Groups < 1 ? 0 : Math.Max(0, Product(Groups, GroupBlocks, FloatConv2DKernel.Block, KernelHeight, KernelWidth, GroupInputs));

    /// <summary>Whether an output's window is the input's pixel at the same place.</summary>
    public readonly bool IsPointwise => (KernelHeight, KernelWidth, StrideHeight, StrideWidth, PadTop, PadLeft) == (1, 1, 1, 1, 0, 0) && (InputHeight, InputWidth) == (OutputHeight, OutputWidth);

    /// <summary>Whether all windows lie in the image.</summary>
    public readonly bool SeesAllTaps => (PadTop, PadLeft) == (0, 0) && (OutputHeight - 1) * (long)StrideHeight + (KernelHeight - 1) * (long)DilationHeight < InputHeight && (OutputWidth - 1) * (long)StrideWidth + (KernelWidth - 1) * (long)DilationWidth < InputWidth;

    /// <summary>Elements from a window's first to each of its products', all taps of a channel and then those of the next; then 0.</summary>
    public readonly int[] Places(int channels)
    {
        int taps = KernelHeight * KernelWidth;
        var places = GC.AllocateArray<int>(taps * channels + 1, pinned: true);
        for (int i = 0; i < taps * channels; i++) places[i] = (i % taps / KernelWidth * DilationHeight * InputWidth + i % taps % KernelWidth * DilationWidth) * InputChannels + i / taps;
        return places;
    }

    /// <summary>The input lines under the windows of output lines [<paramref name="begin"/>, <paramref name="end"/>), counted over all images.</summary>
    public readonly Region InputLines(TensorInfo input, int begin, int end)
    {
        int last = end - 1, top = begin % OutputHeight * StrideHeight - PadTop, bottom = last % OutputHeight * StrideHeight - PadTop + (KernelHeight - 1) * DilationHeight + 1;
        int first = begin / OutputHeight * InputHeight + Math.Clamp(top, 0, InputHeight), stop = last / OutputHeight * InputHeight + Math.Clamp(bottom, 0, InputHeight);
        return Region.Items(input, first, stop, (long)InputWidth * InputChannels);
    }

    // Saturates, so that no choice of factors wraps around to a fitting product.
    private static long Product(params ReadOnlySpan<int> factors)
    {
        Int128 product = 1;
        foreach (int factor in factors) product = Int128.Min(product * Math.Max(0, factor), long.MaxValue);
        return (long)product;
    }
}

/// <summary>
/// Float convolution or dense layer. Weights are packed [groups][outputs of a group / 16][runs][KH][KW][channels of a run][16], so that 16 output channels are computed together; every one of them sums its products
/// in the same order and with the same roundings, whatever the vector width. An item is one block of channels in one output row.
/// </summary>
internal sealed unsafe class FloatConv2DKernel : Kernel
{
    /// <summary>Output channels computed together.</summary>
    public const int Block = 16;

    // Neighbouring outputs computed together.
    private const int Columns = 4;

    private readonly TensorInfo _input, _weights, _output;
    private readonly TensorInfo? _bias, _addend;
    private readonly FloatConv2DParameters _p;
    private readonly FloatSumOrder _order;
    private readonly int _blocks, _depth;
    private readonly bool _vectors;
    private readonly int[] _places;

    // Products of a pixel, how many of them RoundedPairs sums by themselves, and the pixels that fill four.
    private readonly long _products, _block, _quads;

    private FloatConv2DKernel(StepInfo step, FloatConv2DParameters p)
    {
        (_input, _weights, _bias, _addend, _output, _p) = (step.Input(0), step.Input(1), step.OptionalInput(2), step.OptionalInput(3), step.Output(0), Flattened(p));
        _order = FloatSumOrder.Of((FloatSum)p.Sum);
        (_blocks, _depth) = (p.GroupBlocks * p.Groups, p.GroupInputs);
        _vectors = step.Tier != KernelTier.Scalar;
        step.Require((long)p.Batches * p.OutputHeight * _blocks <= int.MaxValue);
        step.Require((FloatSum)p.Sum is not (FloatSum.RoundedByColumns or FloatSum.RoundedQuads), "its order of summation is for depthwise convolutions");
        long pixels = (long)p.Batches * p.OutputHeight * p.OutputWidth;
        _products = (long)p.KernelHeight * p.KernelWidth * _depth;
        (_quads, _block) = (pixels & ~3, pixels == 1 ? _products : EigenBlock(_products));
        step.Require(_addend is null || _addend.Type == ElementType.F32 && _addend.Count == _output.Count, "the addend's shape is another");
        _places = _order.Products > 0 ? p.Places(_depth) : [];
    }

    // Pixels that are computed alike whatever line they are on, as lines long enough to be computed several at a time, and enough of them for a few threads.
    private static FloatConv2DParameters Flattened(FloatConv2DParameters p)
    {
        const int Lines = 8;
        if (!p.IsPointwise) return p;
        int lines = p.OutputHeight, joined = 1;
        while (joined < lines && (p.OutputWidth * joined < 4 * Columns || lines / joined > Lines))
        {
            joined++;
            while (lines % joined != 0) joined++;
        }
        (p.InputHeight, p.InputWidth) = (p.OutputHeight, p.OutputWidth) = (lines / joined, p.OutputWidth * joined);
        return p;
    }

    public static Kernel Create(StepInfo step)
    {
        var p = step.ReadParameters<FloatConv2DParameters>();
        p.Verify(step, step.Input(0), step.Output(0), p.PackedWeights);
        if (!FloatSumOrder.IsRuns((FloatSum)p.Sum)) return new FloatConv2DKernel(step, p);
        if (step.Tier.HasAvx512() && Vector512.IsHardwareAccelerated) return Tiled<FloatTiles512>(step, p);
        if (step.Tier != KernelTier.Scalar && Avx2.IsSupported && Fma.IsSupported) return Tiled<FloatTiles256>(step, p);
        return new FloatConv2DKernel(step, p);
    }

    private static Kernel Tiled<TTiles>(StepInfo step, FloatConv2DParameters p) where TTiles : struct, IFloatTiles =>
        FloatSumOrder.IsRounded((FloatSum)p.Sum) ? new FloatTileConv2DKernel<TTiles, RoundedProducts>(step, p) : new FloatTileConv2DKernel<TTiles, FusedProducts>(step, p);

    public override string Name => _vectors ? "conv2d.f32.vector" : "conv2d.f32.scalar";

    public override int WorkItems => _p.Batches * _p.OutputHeight * _blocks;

    public override void Run(in KernelContext context, int begin, int end, byte* scratch)
    {
        if (FloatSumOrder.IsRounded((FloatSum)_p.Sum)) Run<RoundedProducts>(context, begin, end);
        else Run<FusedProducts>(context, begin, end);
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Run<TProducts>(in KernelContext context, int begin, int end) where TProducts : struct, IFloatProducts
    {
        float* input = context.Pointer<float>(_input), weights = context.Pointer<float>(_weights), output = context.Pointer<float>(_output);
        float* bias = _bias is null ? null : context.Pointer<float>(_bias), addend = _addend is null ? null : context.Pointer<float>(_addend);
        float* sums = stackalloc float[Columns * Block], part = stackalloc float[Columns * Block], start = stackalloc float[Columns * Block];
        nint rowElements = (nint)_p.InputWidth * _p.InputChannels;
        for (int item = begin; item < end; item++)
        {
            int block = item % _blocks, row = item / _blocks;
            var (group, first) = Math.DivRem(block, _p.GroupBlocks);
            int y = row % _p.OutputHeight, channels = Math.Min(Block, _p.GroupOutputs - first * Block), channel = group * _p.GroupOutputs + first * Block;
            float* image = input + row / _p.OutputHeight * _p.InputHeight * rowElements + group * _depth;
            float* packed = weights + (nint)block * Block * _p.KernelHeight * _p.KernelWidth * _depth;
            float* biases = bias == null ? null : bias + channel;
            nint offset = (nint)row * _p.OutputWidth * _p.OutputChannels + channel;
            long rowEnd = (long)(row + 1) * _p.OutputWidth;
            bool stepsBack = _addend is null && Inside(_p.OutputWidth - Columns, Columns) && (rowEnd <= _quads || rowEnd - Columns >= _quads);
            for (int x = 0; x < _p.OutputWidth;)
            {
                // Few columns at the end are computed with some before them again; not where an addend may lie where the output does.
                if (stepsBack && x + Columns > _p.OutputWidth) x = _p.OutputWidth - Columns;
                int columns = Inside(x, Columns) ? Columns : 1;
                long pixel = (long)row * _p.OutputWidth + x;
                if (pixel < _quads && pixel + columns > _quads) columns = 1;
                nint at = offset + (nint)x * _p.OutputChannels;
                new Span<float>(start, columns * Block).Clear();
                if (addend != null && _order.FromAddend) AddRows(start, addend + at, columns, channels);
                if (biases != null && _order.FromBias) AddBias(start, biases, columns, channels);
                switch ((FloatSum)_p.Sum)
                {
                    case FloatSum.RoundedPairs: SumPairs<TProducts>(image, packed, start, sums, part, y, x, columns, pixel < _quads); break;
                    case not 0 when _order.Products > 0: SumProducts<TProducts>(image, packed, sums, part, addend == null ? null : addend + at, y, x, columns, channels); break;
                    case FloatSum.RoundedLanes: SumLanes<TProducts>(image, packed, start, sums, part, y, x, columns); break;
                    default: SumRuns<TProducts>(image, packed, start, sums, part, addend == null ? null : addend + at, y, x, columns, channels); break;
                }
                if (biases != null && !_order.FromBias) AddBias(sums, biases, columns, channels);
                if (addend != null && !_order.FromAddend && !_order.AddsToFirst) AddRows(sums, addend + at, columns, channels);
                for (int i = 0; i < columns; i++, x++) Clamp(sums + i * Block, output + at + (nint)i * _p.OutputChannels, channels);
            }
        }
    }

    // How many products Eigen sums at a time with 16 KB of first-level cache: evaluateProductBlockingSizesHeuristic.
    internal static long EigenBlock(long products)
    {
        const long Most = 816;
        if (products <= Most) return products;
        long rest = products % Most;
        return rest == 0 ? Most : Most - 8 * ((Most - 1 - rest) / (8 * (products / Most + 1)));
    }

    private void SumRuns<TProducts>(float* image, float* packed, float* start, float* sums, float* part, float* addend, int y, int x, int columns, int channels) where TProducts : struct, IFloatProducts
    {
        int depth = _order.Run == 0 ? _depth : _order.Run;
        for (int first = 0; first < _depth; first += depth)
        {
            bool apart = first > 0 && !_order.Continues;
            if (apart) new Span<float>(start, columns * Block).Clear();
            else if (first > 0) new ReadOnlySpan<float>(sums, columns * Block).CopyTo(new Span<float>(start, columns * Block));
            Sum<TProducts>(image, packed, start, apart ? part : sums, y, x, columns, Channels.Run(first, Math.Min(depth, _depth - first)));
            if (apart) AddTo(sums, part, columns * Block);
            if (first == 0 && addend != null && _order.AddsToFirst) AddRows(sums, addend, columns, channels);
        }
    }

    private void SumProducts<TProducts>(float* image, float* packed, float* sums, float* part, float* addend, int y, int x, int columns, int channels) where TProducts : struct, IFloatProducts
    {
        int products = _places.Length - 1;
        for (int first = 0; first < products; first += _order.Products)
        {
            float* target = first == 0 ? sums : part;
            new Span<float>(target, columns * Block).Clear();
            for (int column = 0; column < columns; column++)
            {
                float* window = image + ((nint)y * _p.StrideHeight * _p.InputWidth + (nint)(x + column) * _p.StrideWidth) * _p.InputChannels, to = target + column * Block;
                for (int i = first; i < Math.Min(first + _order.Products, products); i++)
                {
                    float v = window[_places[i]];
                    float* w = packed + (nint)i * Block;
                    if (_vectors)
                    {
                        TProducts.Add(Vector256.Load(to), Vector256.Create(v), Vector256.Load(w)).Store(to);
                        TProducts.Add(Vector256.Load(to + 8), Vector256.Create(v), Vector256.Load(w + 8)).Store(to + 8);
                    }
                    else
                    {
                        for (int o = 0; o < Block; o++) to[o] = TProducts.Add(to[o], v, w[o]);
                    }
                }
            }
            if (first > 0) AddTo(sums, part, columns * Block);
            else if (addend != null) AddRows(sums, addend, columns, channels);
        }
    }

    private void SumPairs<TProducts>(float* image, float* packed, float* zeros, float* sums, float* part, int y, int x, int columns, bool pairs) where TProducts : struct, IFloatProducts
    {
        float* odd = stackalloc float[Columns * Block];
        for (long begin = 0; begin < _products; begin += _block)
        {
            long end = Math.Min(begin + _block, _products), whole = pairs ? begin + ((end - begin) & ~7) : begin;
            float* target = begin == 0 ? sums : part;
            Sum<TProducts>(image, packed, zeros, target, y, x, columns, Channels.Products(begin, whole, 2));
            if (pairs)
            {
                Sum<TProducts>(image, packed, zeros, odd, y, x, columns, Channels.Products(begin + 1, whole, 2));
                AddTo(target, odd, columns * Block);
            }
            new ReadOnlySpan<float>(target, columns * Block).CopyTo(new Span<float>(odd, columns * Block));
            Sum<TProducts>(image, packed, odd, target, y, x, columns, Channels.Products(whole, end, 1));
            if (begin > 0) AddTo(sums, part, columns * Block);
        }
    }

    private void SumLanes<TProducts>(float* image, float* packed, float* start, float* sums, float* part, int y, int x, int columns) where TProducts : struct, IFloatProducts
    {
        float* other = stackalloc float[Columns * Block];
        Sum<TProducts>(image, packed, start, sums, y, x, columns, Channels.Lane(0));
        new Span<float>(start, columns * Block).Clear();
        Sum<TProducts>(image, packed, start, part, y, x, columns, Channels.Lane(2));
        AddTo(sums, part, columns * Block);
        Sum<TProducts>(image, packed, start, part, y, x, columns, Channels.Lane(1));
        Sum<TProducts>(image, packed, start, other, y, x, columns, Channels.Lane(3));
        AddTo(part, other, columns * Block);
        AddTo(sums, part, columns * Block);
    }

    private void Sum<TProducts>(float* image, float* packed, float* start, float* sums, int y, int x, int columns, Channels taken) where TProducts : struct, IFloatProducts
    {
        if ((FloatSum)_p.Sum == FloatSum.FusedLanes)
        {
            float* pixel = image + ((nint)y * _p.StrideHeight * _p.InputWidth + (nint)x * _p.StrideWidth) * _p.InputChannels;
            for (int i = 0; i < columns; i++) FloatLanes.Sum(pixel + (nint)i * _p.StrideWidth * _p.InputChannels, packed, sums + i * Block, _depth, _vectors);
        }
        else if (!_vectors)
        {
            SumScalar<TProducts>(image, packed, start, sums, y, x, columns, taken);
        }
        else if (columns == Columns)
        {
            SumColumns<TProducts>(image, packed, start, sums, y, x, taken);
        }
        else
        {
            SumOne<TProducts>(image, packed, start, sums, y, x, taken);
        }
    }

    /// <summary>The products that a pass takes: channels [first, first + count) of each tap, or every so manieth of those [begin, end) that are numbered over taps and channels, or one lane of four of each tap's channels.</summary>
    private readonly record struct Channels(int First, int Count, long Begin, long End, int Step)
    {
        // Inlined what loops over taps call: a call would keep their sums in memory.

        public static Channels Run(int first, int count) => new(first, count, 0, 0, 0);

        public static Channels Products(long begin, long end, int step) => new(0, 0, begin, end, step);

        public static Channels Lane(int lane) => new(lane, 0, 0, 0, 4);

        /// <summary>The place of a tap's weight among those of a block.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public nint Weight(int tap, int taps, int channel, int channels) => Step == 0 ? (nint)First * taps + (nint)tap * Count : (nint)tap * channels + channel;

        /// <summary>The channels of a tap: the first, the one behind the last, the step.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public (int First, int End, int Step) Of(int tap, int channels)
        {
            if (Step == 0) return (First, First + Count, 1);
            if (Step == 4) return (First, channels, 4);
            long number = (long)tap * channels;
            int begin = (int)Math.Clamp(Begin - number, 0, channels), end = (int)Math.Clamp(End - number, 0, channels);
            return (begin + (int)((number + begin - Begin) & (Step - 1)), end, Step);
        }
    }

    // Whether a run of outputs exists and none of its windows meets the padding at the left and right.
    private bool Inside(int x, int columns) =>
        x >= 0 && x + columns <= _p.OutputWidth && x * _p.StrideWidth >= _p.PadLeft
        && (x + columns - 1) * _p.StrideWidth - _p.PadLeft + (_p.KernelWidth - 1) * _p.DilationWidth < _p.InputWidth;

    private static void AddTo(float* sums, float* part, int count)
    {
        int i = 0;
        for (; i <= count - 8; i += 8) (Vector256.Load(sums + i) + Vector256.Load(part + i)).Store(sums + i);
        for (; i < count; i++) sums[i] += part[i];
    }

    private static void AddBias(float* sums, float* bias, int columns, int channels)
    {
        for (int column = 0; column < columns; column++, sums += Block) AddTo(sums, bias, channels);
    }

    private void AddRows(float* sums, float* rows, int columns, int channels)
    {
        for (int column = 0; column < columns; column++, sums += Block, rows += _p.OutputChannels) AddTo(sums, rows, channels);
    }

    private void Clamp(float* sums, float* to, int channels)
    {
        int c = 0;
        Vector256<float> min = Vector256.Create(_p.Min), max = Vector256.Create(_p.Max);
        for (; c <= channels - 8; c += 8)
        {
            // What is no number stays.
            var v = Vector256.Load(sums + c);
            v = Vector256.ConditionalSelect(Vector256.GreaterThan(v, max), max, v);
            Vector256.ConditionalSelect(Vector256.LessThan(v, min), min, v).Store(to + c);
        }
        for (; c < channels; c++)
        {
            float v = sums[c];
            to[c] = v < _p.Min ? _p.Min : v > _p.Max ? _p.Max : v;
        }
    }

    private void SumScalar<TProducts>(float* image, float* packed, float* start, float* sums, int y, int x, int columns, Channels taken) where TProducts : struct, IFloatProducts
    {
        for (int column = 0; column < columns; column++, sums += Block, start += Block)
        {
            new ReadOnlySpan<float>(start, Block).CopyTo(new Span<float>(sums, Block));
            for (int ky = 0; ky < _p.KernelHeight; ky++)
            {
                int iy = y * _p.StrideHeight - _p.PadTop + ky * _p.DilationHeight;
                if ((uint)iy >= (uint)_p.InputHeight) continue;
                for (int kx = 0; kx < _p.KernelWidth; kx++)
                {
                    int ix = (x + column) * _p.StrideWidth - _p.PadLeft + kx * _p.DilationWidth;
                    if ((uint)ix >= (uint)_p.InputWidth) continue;
                    var (first, end, step) = taken.Of(ky * _p.KernelWidth + kx, _depth);
                    float* pixel = image + ((nint)iy * _p.InputWidth + ix) * _p.InputChannels;
                    float* w = packed + taken.Weight(ky * _p.KernelWidth + kx, _p.KernelHeight * _p.KernelWidth, first, _depth) * Block;
                    for (int c = first; c < end; c += step, w += step * Block)
                    {
                        float v = pixel[c];
                        for (int o = 0; o < Block; o++) sums[o] = TProducts.Add(sums[o], v, w[o]);
                    }
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SumOne<TProducts>(float* image, float* packed, float* start, float* sums, int y, int x, Channels taken) where TProducts : struct, IFloatProducts
    {
        Vector256<float> low = Vector256.Load(start), high = Vector256.Load(start + 8);
        for (int ky = 0; ky < _p.KernelHeight; ky++)
        {
            int iy = y * _p.StrideHeight - _p.PadTop + ky * _p.DilationHeight;
            if ((uint)iy >= (uint)_p.InputHeight) continue;
            for (int kx = 0; kx < _p.KernelWidth; kx++)
            {
                int ix = x * _p.StrideWidth - _p.PadLeft + kx * _p.DilationWidth;
                if ((uint)ix >= (uint)_p.InputWidth) continue;
                var (first, end, step) = taken.Of(ky * _p.KernelWidth + kx, _depth);
                float* pixel = image + ((nint)iy * _p.InputWidth + ix) * _p.InputChannels;
                float* w = packed + taken.Weight(ky * _p.KernelWidth + kx, _p.KernelHeight * _p.KernelWidth, first, _depth) * Block;
                for (int c = first; c < end; c += step, w += step * Block)
                {
                    var v = Vector256.Create(pixel[c]);
                    low = TProducts.Add(low, v, Vector256.Load(w));
                    high = TProducts.Add(high, v, Vector256.Load(w + 8));
                }
            }
        }
        low.Store(sums);
        high.Store(sums + 8);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SumColumns<TProducts>(float* image, float* packed, float* start, float* sums, int y, int x, Channels taken) where TProducts : struct, IFloatProducts
    {
        Vector256<float> low0 = Vector256.Load(start), high0 = Vector256.Load(start + 8);
        Vector256<float> low1 = Vector256.Load(start + 16), high1 = Vector256.Load(start + 24), low2 = Vector256.Load(start + 32), high2 = Vector256.Load(start + 40);
        Vector256<float> low3 = Vector256.Load(start + 48), high3 = Vector256.Load(start + 56);
        nint apart = (nint)_p.StrideWidth * _p.InputChannels;
        for (int ky = 0; ky < _p.KernelHeight; ky++)
        {
            int iy = y * _p.StrideHeight - _p.PadTop + ky * _p.DilationHeight;
            if ((uint)iy >= (uint)_p.InputHeight) continue;
            for (int kx = 0; kx < _p.KernelWidth; kx++)
            {
                int ix = x * _p.StrideWidth - _p.PadLeft + kx * _p.DilationWidth;
                var (first, end, step) = taken.Of(ky * _p.KernelWidth + kx, _depth);
                float* pixel = image + ((nint)iy * _p.InputWidth + ix) * _p.InputChannels + first;
                float* w = packed + taken.Weight(ky * _p.KernelWidth + kx, _p.KernelHeight * _p.KernelWidth, first, _depth) * Block;
                for (int c = first; c < end; c += step, w += step * Block, pixel += step)
                {
                    Vector256<float> wl = Vector256.Load(w), wh = Vector256.Load(w + 8);
                    var v = Vector256.Create(pixel[0]);
                    low0 = TProducts.Add(low0, v, wl);
                    high0 = TProducts.Add(high0, v, wh);
                    v = Vector256.Create(pixel[apart]);
                    low1 = TProducts.Add(low1, v, wl);
                    high1 = TProducts.Add(high1, v, wh);
                    v = Vector256.Create(pixel[2 * apart]);
                    low2 = TProducts.Add(low2, v, wl);
                    high2 = TProducts.Add(high2, v, wh);
                    v = Vector256.Create(pixel[3 * apart]);
                    low3 = TProducts.Add(low3, v, wl);
                    high3 = TProducts.Add(high3, v, wh);
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
