using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Qnn.Runtime.Execution;

namespace Qnn.Runtime.Kernels.Convolution;

/// <summary>
/// <see cref="FloatConv2DKernel"/> in runs of channels or products, by tiles of outputs that see the same taps: the same sums, each in its own order, more of them at a time.
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
    private readonly int _blocks, _depth, _run, _most;
    private readonly bool _byPixels, _byChannels;
    private readonly FloatTiling _tiling;
    private readonly float[]? _biases;
    private readonly float* _bias, _zeros;
    private readonly int[] _products;
    private readonly int* _places;

    public FloatTileConv2DKernel(StepInfo step, FloatConv2DParameters p)
    {
        (_input, _weights, _addend, _output) = (step.Input(0), step.Input(1), step.OptionalInput(3), step.Output(0));
        _order = FloatSumOrder.Of((FloatSum)p.Sum);
        _blocks = p.GroupBlocks * p.Groups;
        // Products of windows of one tap are channels.
        bool hasPlaces = _order.Products > 0 && p.KernelHeight * p.KernelWidth > 1;
        _products = hasPlaces ? p.Places(p.GroupInputs) : [];
        if (hasPlaces) _places = (int*)Marshal.UnsafeAddrOfPinnedArrayElement(_products, 0);
        _depth = hasPlaces ? _products.Length - 1 : p.GroupInputs;
        _run = _order.Products > 0 ? _order.Products : _order.Run;
        _run = _run == 0 ? _depth : Math.Min(_run, _depth);
        step.Require(_addend is null || _addend.Type == ElementType.F32 && _addend.Count == _output.Count, "the addend's shape is another");
        _byPixels = p.IsPointwise;
        if (_byPixels) (p.InputWidth, p.InputHeight, p.OutputWidth, p.OutputHeight, p.Batches) = (_input.Count / p.InputChannels, 1, _output.Count / p.OutputChannels, 1, 1);
        _p = p;
        _byChannels = _blocks > 1 && p.PackedWeights > (long)_input.Count + _output.Count;
        _most = _byChannels ? ManyPixels : FewPixels;
        _tiling = new FloatTiling(p);
        WorkItems = _byChannels ? _blocks : _byPixels ? (p.OutputWidth + ItemPixels - 1) / ItemPixels : p.Batches * p.OutputHeight;
        // Whole blocks are read of biases, and of zeros.
        int bias = step.OptionalInput(2) is null ? 0 : _blocks * Block;
        _biases = GC.AllocateArray<float>(bias + TTiles.Blocks * Block, pinned: true);
        _zeros = (float*)Marshal.UnsafeAddrOfPinnedArrayElement(_biases, bias);
        if (bias == 0) return;
        _bias = (float*)Marshal.UnsafeAddrOfPinnedArrayElement(_biases, 0);
        for (int group = 0; group < p.Groups; group++) step.Input(2).ConstantSpan<float>().Slice(group * p.GroupOutputs, p.GroupOutputs).CopyTo(_biases.AsSpan(group * p.GroupBlocks * Block));
        // What sums begin with is added to zero: of -0 that makes 0.
        for (int i = 0; _order.FromBias && i < bias; i++) _biases[i] += 0f;
    }

    public override string Name => $"conv2d.f32.{TTiles.Name}";

    public override int WorkItems { get; }

    public override nint ScratchBytes => _most * (nint)(TTiles.Blocks * Block * sizeof(float) + sizeof(FloatTile));

    public override Region Reads(TensorInfo input, int begin, int end)
    {
        if (_addend is not null && input == _addend) return input == _input ? Region.All(input) : Results(input, begin, end);
        if (_byChannels || input != _input) return Region.All(input);
        if (_byPixels) return Region.Items(input, begin, end, (long)ItemPixels * _p.InputChannels);
        return _p.InputLines(input, begin, end);
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
        return new Region(tensor, 0, tensor.ByteLength, pitch, (nint)Channel(begin) * sizeof(float), (nint)Channel(end) * sizeof(float));
    }

    // The first output channel of a block.
    private int Channel(int block) => block / _p.GroupBlocks * _p.GroupOutputs + Math.Min(block % _p.GroupBlocks * Block, _p.GroupOutputs);

    // Some lines, columns and blocks of channels of an image, as many of them at a time as scratch memory holds.
    private void Image(in KernelContext context, int image, (int Begin, int End) lines, (int Begin, int End) columns, (int Begin, int End) blocks, byte* scratch)
    {
        float* sums = (float*)scratch;
        var tiles = (FloatTile*)(scratch + _most * (nint)(TTiles.Blocks * Block * sizeof(float)));
        float* input = context.Pointer<float>(_input) + (nint)image * _p.InputHeight * _p.InputWidth * _p.InputChannels;
        nint result = (nint)image * _p.OutputHeight * _p.OutputWidth * _p.OutputChannels;
        float* output = context.Pointer<float>(_output) + result, addend = _addend is null ? null : context.Pointer<float>(_addend) + result;
        int widths = (columns.End - columns.Begin + _most - 1) / _most, width = (columns.End - columns.Begin + widths - 1) / widths, height = Math.Max(1, _most / width);
        for (int y = lines.Begin; y < lines.End; y += height)
        {
            for (int x = columns.Begin; x < columns.End; x += width)
            {
                int count = _tiling.Tiles(tiles, y, Math.Min(y + height, lines.End), x, Math.Min(x + width, columns.End));
                for (int begin = blocks.Begin, end; begin < blocks.End; begin = end)
                {
                    // Blocks of one group see the same channels.
                    int group = begin / _p.GroupBlocks;
                    end = Math.Min((group + 1) * _p.GroupBlocks, blocks.End);
                    int parts = (end - begin + TTiles.Blocks - 1) / TTiles.Blocks;
                    for (int part = 0, first = begin, next; part < parts; part++, first = next)
                    {
                        next = begin + (int)((long)(end - begin) * (part + 1) / parts);
                        Blocks(tiles, count, input + group * _p.GroupInputs, context.Pointer<float>(_weights), output, addend, first, next - first, sums);
                    }
                }
            }
        }
    }

    // Some blocks of channels of some tiles: run after run, so that a run's weights stay in the first-level cache.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Blocks(FloatTile* tiles, int count, float* input, float* weights, float* output, float* addend, int block, int blocks, float* sums)
    {
        int taps = _p.KernelHeight * _p.KernelWidth, width = blocks * Block, channel = Channel(block), channels = Channel(block + blocks) - channel;
        float* bias = _bias == null ? null : _bias + block * Block, terms = addend == null ? null : addend + channel, results = output + channel;
        var run = new FloatRun
        {
            ColumnStep = (nint)_p.DilationWidth * _p.InputChannels,
            LineStep = (nint)_p.DilationHeight * _p.InputWidth * _p.InputChannels,
            BlockStep = (nint)taps * _p.GroupInputs * Block,
            WindowWidth = _p.KernelWidth,
            Blocks = blocks,
        };
        for (int first = 0, length; first < _depth; first += length)
        {
            length = Math.Min(_run, _depth - first);
            if (_places == null)
            {
                run.Count = length;
                run.Image = input + first;
                run.Weights = weights + block * run.BlockStep + (nint)first * taps * Block;
            }
            else
            {
                run.Count = 1;
                run.Image = input;
                run.Places = _places + first;
                run.Weights = weights + block * run.BlockStep + (nint)first * Block;
            }
            run.Adds = first > 0 && !_order.Continues;
            bool isLast = first + length == _depth;
            float* tileSums = sums;
            for (int i = 0; i < count; i++)
            {
                var tile = tiles + i;
                if (_places != null) (tile->Lines, tile->Columns) = (1, length);
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
                if (_run < _depth) tileSums += tile->Rows * width;
            }
        }
    }

    private static void AddBias(float* sums, float* bias, int width)
    {
        for (int i = 0; i < width; i++) sums[i] += bias[i];
    }
}
