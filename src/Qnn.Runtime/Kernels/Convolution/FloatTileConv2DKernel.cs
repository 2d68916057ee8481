using System.Runtime.InteropServices;
using Qnn.Runtime.Execution;

namespace Qnn.Runtime.Kernels.Convolution;

/// <summary>
/// <see cref="FloatConv2DKernel"/> in runs of channels, by tiles of outputs that see the same taps: the same sums, each in its own order, more of them at a time.
/// An item is a line of outputs, some pixels where windows are pixels, or a block of output channels of all images where weights are more than images are.
/// </summary>
internal sealed unsafe class FloatTileConv2DKernel<TTiles, TProducts> : Kernel
    where TTiles : struct, IFloatTiles
    where TProducts : struct, IFloatProducts
{
    private const int Block = FloatConv2DKernel.Block;

    // Pixels of an item where windows are pixels.
    private const int ItemPixels = 24;

    // Outputs that are computed together: where weights are few, no more than leave the input's lines in the first-level cache; else those of a small image, so that each weight is loaded once.
    private const int FewPixels = 96, ManyPixels = 256;

    private readonly TensorInfo _input, _weights, _output;
    private readonly TensorInfo? _addend;
    private readonly FloatConv2DParameters _p;
    private readonly FloatSumOrder _order;
    private readonly int _blocks, _run, _most;
    private readonly bool _byPixels, _byChannels;
    private readonly Outputs[] _lines, _columns;
    private readonly float[]? _biases;
    private readonly float* _bias, _zeros;

    // Outputs [Begin, End) of an axis, whose windows see taps [First, Last).
    private readonly record struct Outputs(int Begin, int End, int First, int Last)
    {
        public Outputs Within(int begin, int end) => this with { Begin = Math.Max(Begin, begin), End = Math.Min(End, end) };
    }

    public FloatTileConv2DKernel(StepInfo step, FloatConv2DParameters p)
    {
        (_input, _weights, _addend, _output) = (step.Input(0), step.Input(1), step.OptionalInput(3), step.Output(0));
        _order = FloatSumOrder.Of((FloatSum)p.Sum);
        _blocks = (p.OutputChannels + Block - 1) / Block;
        _run = _order.Run == 0 ? p.InputChannels : Math.Min(_order.Run, p.InputChannels);
        step.Require(_addend is null || _addend.Type == ElementType.F32 && _addend.Count == _output.Count, "the addend's shape is another");
        _byPixels = p.IsPointwise;
        if (_byPixels) (p.InputWidth, p.InputHeight, p.OutputWidth, p.OutputHeight, p.Batches) = (_input.Count / p.InputChannels, 1, _output.Count / p.OutputChannels, 1, 1);
        _p = p;
        _byChannels = _blocks > 1 && p.PackedWeights > (long)_input.Count + _output.Count;
        _most = _byChannels ? ManyPixels : FewPixels;
        _lines = Axis(p.OutputHeight, p.InputHeight, p.KernelHeight, p.StrideHeight, p.DilationHeight, p.PadTop);
        _columns = Axis(p.OutputWidth, p.InputWidth, p.KernelWidth, p.StrideWidth, p.DilationWidth, p.PadLeft);
        WorkItems = _byChannels ? _blocks : _byPixels ? (p.OutputWidth + ItemPixels - 1) / ItemPixels : p.Batches * p.OutputHeight;
        // Whole blocks are read of biases, and of zeros.
        int bias = step.OptionalInput(2) is null ? 0 : _blocks * Block;
        _biases = GC.AllocateArray<float>(bias + TTiles.Blocks * Block, pinned: true);
        _zeros = (float*)Marshal.UnsafeAddrOfPinnedArrayElement(_biases, bias);
        if (bias == 0) return;
        _bias = (float*)Marshal.UnsafeAddrOfPinnedArrayElement(_biases, 0);
        step.Input(2).ConstantSpan<float>().CopyTo(_biases);
    }

    public override string Name => $"conv2d.f32.{TTiles.Name}";

    public override int WorkItems { get; }

    public override nint ScratchBytes => _most * (nint)(TTiles.Blocks * Block * sizeof(float) + sizeof(FloatTile));

    public override Region Reads(TensorInfo input, int begin, int end)
    {
        if (_addend is not null && input == _addend) return input == _input ? Region.All(input) : Results(input, begin, end);
        if (_byChannels || input != _input) return Region.All(input);
        if (_byPixels) return Region.Items(input, begin, end, (long)ItemPixels * _p.InputChannels);
        int last = end - 1, top = begin % _p.OutputHeight * _p.StrideHeight - _p.PadTop, bottom = last % _p.OutputHeight * _p.StrideHeight - _p.PadTop + (_p.KernelHeight - 1) * _p.DilationHeight + 1;
        int first = begin / _p.OutputHeight * _p.InputHeight + Math.Clamp(top, 0, _p.InputHeight), stop = last / _p.OutputHeight * _p.InputHeight + Math.Clamp(bottom, 0, _p.InputHeight);
        return Region.Items(input, first, stop, (long)_p.InputWidth * _p.InputChannels);
    }

    public override Region Writes(TensorInfo output, int begin, int end) => Results(output, begin, end);

    public override void Run(in KernelContext context, int begin, int end, byte* scratch)
    {
        if (_byChannels)
        {
            for (int image = 0; image < _p.Batches; image++) Image(context, image, (0, _p.OutputHeight), (0, _p.OutputWidth), (begin, end), scratch);
        }
        else if (_byPixels)
        {
            Image(context, 0, (0, 1), (begin * ItemPixels, Math.Min(end * ItemPixels, _p.OutputWidth)), (0, _blocks), scratch);
        }
        else
        {
            for (int line = begin, lines; line < end; line += lines)
            {
                int y = line % _p.OutputHeight;
                lines = Math.Min(end - line, _p.OutputHeight - y);
                Image(context, line / _p.OutputHeight, (y, y + lines), (0, _p.OutputWidth), (0, _blocks), scratch);
            }
        }
    }

    // What items write of the output, or read of a tensor of its shape.
    private Region Results(TensorInfo tensor, int begin, int end)
    {
        if (!_byChannels) return Region.Items(tensor, begin, end, (_byPixels ? ItemPixels : (long)_p.OutputWidth) * _p.OutputChannels);
        nint pitch = (nint)_p.OutputChannels * sizeof(float);
        return new Region(tensor, 0, tensor.ByteLength, pitch, (nint)begin * Block * sizeof(float), Math.Min((nint)end * Block * sizeof(float), pitch));
    }

    // Outputs of an axis that see the same taps lie together.
    private static Outputs[] Axis(int outputs, int inputs, int taps, int stride, int dilation, int padding)
    {
        var axis = new List<Outputs>();
        for (int i = 0; i < outputs; i++)
        {
            long at = (long)i * stride - padding;
            int first = (int)Math.Clamp((-at + dilation - 1) / dilation, 0, taps), last = at >= inputs ? 0 : (int)Math.Min((inputs - 1 - at) / dilation + 1, taps);
            if (last <= first) (first, last) = (0, 0);
            if (axis.Count > 0 && (axis[^1].First, axis[^1].Last) == (first, last)) axis[^1] = axis[^1] with { End = i + 1 };
            else axis.Add(new Outputs(i, i + 1, first, last));
        }
        return [.. axis];
    }

    // Some lines, columns and blocks of channels of an image, as many of them at a time as scratch memory holds.
    private void Image(in KernelContext context, int image, (int Begin, int End) lines, (int Begin, int End) columns, (int Begin, int End) blocks, byte* scratch)
    {
        float* sums = (float*)scratch;
        var tiles = (FloatTile*)(scratch + _most * (nint)(TTiles.Blocks * Block * sizeof(float)));
        float* input = context.Pointer<float>(_input) + (nint)image * _p.InputHeight * _p.InputWidth * _p.InputChannels;
        nint result = (nint)image * _p.OutputHeight * _p.OutputWidth * _p.OutputChannels;
        float* output = context.Pointer<float>(_output) + result, addend = _addend is null ? null : context.Pointer<float>(_addend) + result;
        int parts = (columns.End - columns.Begin + _most - 1) / _most, width = (columns.End - columns.Begin + parts - 1) / parts, height = Math.Max(1, _most / width);
        int groups = (blocks.End - blocks.Begin + TTiles.Blocks - 1) / TTiles.Blocks;
        for (int y = lines.Begin; y < lines.End; y += height)
        {
            for (int x = columns.Begin; x < columns.End; x += width)
            {
                int count = Tiles(tiles, y, Math.Min(y + height, lines.End), x, Math.Min(x + width, columns.End));
                for (int group = 0, first = blocks.Begin, next; group < groups; group++, first = next)
                {
                    next = blocks.Begin + (int)((long)(blocks.End - blocks.Begin) * (group + 1) / groups);
                    Blocks(tiles, count, input, context.Pointer<float>(_weights), output, addend, first, next - first, sums);
                }
            }
        }
    }

    // The tiles of a part of an image, of nearly equal sizes where windows see the same taps.
    private int Tiles(FloatTile* tiles, int top, int bottom, int left, int right)
    {
        int count = 0;
        foreach (var wholeLines in _lines)
        {
            var lines = wholeLines.Within(top, bottom);
            if (lines.Begin >= lines.End) continue;
            foreach (var wholeColumns in _columns)
            {
                var columns = wholeColumns.Within(left, right);
                if (columns.Begin >= columns.End) continue;
                int width = columns.End - columns.Begin, pixels = width * (lines.End - lines.Begin), parts = (pixels + FloatTile.Most - 1) / FloatTile.Most;
                for (int part = 0, pixel = 0; part < parts; part++, count++)
                {
                    var tile = tiles + count;
                    bool sees = lines.Last > 0 && columns.Last > 0;
                    (tile->Lines, tile->Columns) = sees ? (lines.Last - lines.First, columns.Last - columns.First) : (0, 0);
                    tile->Tap = sees ? lines.First * _p.KernelWidth + columns.First : 0;
                    tile->Rows = (int)((long)pixels * (part + 1) / parts) - pixel;
                    for (int row = 0; row < tile->Rows; row++, pixel++)
                    {
                        int y = lines.Begin + pixel / width, x = columns.Begin + pixel % width;
                        nint at = sees ? Input(y, x, lines.First, columns.First) : 0;
                        if (row == 0) tile->Input = at;
                        tile->Offsets[row] = at - tile->Input;
                        tile->Pixels[row] = y * _p.OutputWidth + x;
                    }
                }
            }
        }
        return count;
    }

    // Elements of the image in front of what a tap of an output's window sees.
    private nint Input(int y, int x, int ky, int kx) =>
        (((nint)y * _p.StrideHeight - _p.PadTop + (nint)ky * _p.DilationHeight) * _p.InputWidth + (nint)x * _p.StrideWidth - _p.PadLeft + (nint)kx * _p.DilationWidth) * _p.InputChannels;

    // Some blocks of channels of some tiles: run after run, so that a run's weights stay in the first-level cache.
    private void Blocks(FloatTile* tiles, int count, float* input, float* weights, float* output, float* addend, int block, int blocks, float* sums)
    {
        int taps = _p.KernelHeight * _p.KernelWidth, width = blocks * Block, channel = block * Block, channels = Math.Min(width, _p.OutputChannels - channel);
        float* bias = _bias == null ? null : _bias + channel, terms = addend == null ? null : addend + channel, results = output + channel;
        var run = new FloatRun
        {
            ColumnStep = (nint)_p.DilationWidth * _p.InputChannels,
            LineStep = (nint)_p.DilationHeight * _p.InputWidth * _p.InputChannels,
            BlockStep = (nint)taps * _p.InputChannels * Block,
            WindowWidth = _p.KernelWidth,
            Blocks = blocks,
        };
        for (int first = 0; first < _p.InputChannels; first += _run)
        {
            run.Count = Math.Min(_run, _p.InputChannels - first);
            run.Image = input + first;
            run.Weights = weights + block * run.BlockStep + (nint)first * taps * Block;
            run.Adds = first > 0 && !_order.Continues;
            bool isLast = first + run.Count == _p.InputChannels;
            float* tileSums = sums;
            for (int i = 0; i < count; i++)
            {
                var tile = tiles + i;
                float* start = _zeros;
                if (first > 0)
                {
                    if (_order.Continues) start = tileSums;
                }
                else if (terms != null && _order.FromAddend)
                {
                    start = tileSums;
                    new Span<float>(tileSums, tile->Rows * width).Clear();
                    TTiles.Add(tile, tileSums, width, terms, _p.OutputChannels, channels);
                    for (int row = 0; bias != null && row < tile->Rows; row++) AddBias(tileSums + row * width, bias, width);
                }
                else if (bias != null && _order.FromBias)
                {
                    start = bias;
                }
                TTiles.Sum<TProducts>(tile, &run, start, start == tileSums ? width : 0, tileSums);
                if (first == 0 && terms != null && _order.AddsToFirst) TTiles.Add(tile, tileSums, width, terms, _p.OutputChannels, channels);
                if (isLast)
                {
                    bool addsLast = terms != null && !_order.FromAddend && !_order.AddsToFirst, biasLast = bias != null && !_order.FromBias;
                    if (addsLast && biasLast)
                    {
                        for (int row = 0; row < tile->Rows; row++) AddBias(tileSums + row * width, bias, width);
                    }
                    if (addsLast) TTiles.Add(tile, tileSums, width, terms, _p.OutputChannels, channels);
                    TTiles.Finish(tile, tileSums, width, biasLast && !addsLast ? bias : null, results, _p.OutputChannels, channels, _p.Min, _p.Max);
                }
                // Where there is one run, nothing is kept.
                if (_run < _p.InputChannels) tileSums += tile->Rows * width;
            }
        }
    }

    private static void AddBias(float* sums, float* bias, int width)
    {
        for (int i = 0; i < width; i++) sums[i] += bias[i];
    }
}
