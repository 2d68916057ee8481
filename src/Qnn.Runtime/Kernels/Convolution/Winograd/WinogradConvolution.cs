using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Qnn.Runtime.Execution;
using Qnn.Runtime.Kernels.Lanes;
using Qnn.Runtime.Kernels.Requantization;

namespace Qnn.Runtime.Kernels.Convolution.Winograd;

/// <summary>
/// A convolution of 3 x 3 by <see cref="WinogradTransform"/>: the inputs of some lines of tiles are transformed to scratch, [36][tiles][inputs]; for each block of sixteen outputs
/// each of the 36 places is a matrix product, and what they give is transformed back and finished by the epilogue.
/// An item of work is some lines of tiles, a part of a long line, or a part of their blocks where there are few.
/// </summary>
internal sealed unsafe class WinogradConvolution<TTiles, TShort, TLanes, TInt, TFloat> : Kernel
    where TTiles : struct, IWinogradTiles<TShort>
    where TShort : unmanaged
    where TLanes : struct, ILanes<TInt, TFloat>
    where TInt : unmanaged
    where TFloat : unmanaged
{
    // Tiles of an item: so many that weights, which each item reads, are few beside their products, and no more, as inputs and products are to stay in the second-level cache (28 are as fast, 56 slower).
    private const int WantedTiles = 14, MostTiles = 28;

    // Where a layer has fewer items than this, their blocks are split into parts as well.
    private const int WantedItems = 8;

    private readonly TensorInfo _input, _output;
    private readonly ConvolutionGeometry _g;
    private readonly WinogradWeights _weights;
    private readonly Epilogue _epilogue;
    private readonly EpilogueStore _store;
    private readonly int _columns, _lines, _itemLines, _lineItems, _columnItems, _parts;
    private readonly int[] _bias;
    private readonly byte[] _padding;

    public WinogradConvolution(in ConvolutionDescription d, EpilogueStore store)
    {
        (_input, _output, _g, _epilogue, _store) = (d.Input, d.Output, d.Geometry, d.Epilogue, store);
        _weights = new WinogradWeights(_g, d.Weights);
        (_lines, _columns) = (WinogradTransform.Tiles(_g.OutputHeight), WinogradTransform.Tiles(_g.OutputWidth));
        _columnItems = (_columns + MostTiles - 1) / MostTiles;
        _itemLines = Math.Clamp((WantedTiles + _columns - 1) / _columns, 1, _lines);
        _lineItems = (_lines + _itemLines - 1) / _itemLines;
        _parts = Math.Clamp(WantedItems / (_g.Batch * _lineItems * _columnItems), 1, _g.Blocks);
        WorkItems = checked(_g.Batch * _lineItems * _columnItems * _parts);
        _padding = GC.AllocateUninitializedArray<byte>(_g.InputChannels, pinned: true);
        Array.Fill(_padding, (byte)d.InputZeroPoint);
        _bias = ConvolutionKernel.FoldOffset(_g, d.Weights, _epilogue.Bias);
        _epilogue.Bias = (int*)Marshal.UnsafeAddrOfPinnedArrayElement(_bias, 0);
    }

    public override string Name { get; } = $"conv2d.winograd.{TTiles.Name}";

    public override int WorkItems { get; }

    public override nint ScratchBytes => InputBytes + ProductBytes + SumBytes;

    private int ItemTiles => _itemLines * ((_columns + _columnItems - 1) / _columnItems);

    private nint InputBytes => (nint)WinogradTransform.Places * ItemTiles * _g.InputChannels * sizeof(short);

    private nint ProductBytes => (nint)WinogradTransform.Places * ItemTiles * TTiles.Blocks * 16 * sizeof(int);

    private nint SumBytes => (nint)ItemTiles * WinogradTransform.Tile * WinogradTransform.Tile * 16 * sizeof(int);

    public override Region Reads(TensorInfo input, int begin, int end)
    {
        var (first, last) = Lines(begin, end);
        return _g.InputLines(input, first, last);
    }

    public override Region Writes(TensorInfo output, int begin, int end)
    {
        var (first, last) = Lines(begin, end);
        return Region.Items(output, first, last, (long)_g.OutputWidth * _g.OutputChannels);
    }

    // The output lines of some items, counted over all images.
    private (int First, int Last) Lines(int begin, int end)
    {
        return (First(begin / (_parts * _columnItems)), Last((end - 1) / (_parts * _columnItems)));

        int First(int item) => item / _lineItems * _g.OutputHeight + item % _lineItems * _itemLines * WinogradTransform.Tile;

        int Last(int item) => item / _lineItems * _g.OutputHeight + Math.Min((item % _lineItems + 1) * _itemLines * WinogradTransform.Tile, _g.OutputHeight);
    }

    public override void Run(in KernelContext context, int begin, int end, byte* scratch)
    {
        byte* input = context[_input], output = context[_output];
        var inputs = (short*)scratch;
        int* products = (int*)(scratch + InputBytes), sums = (int*)(scratch + InputBytes + ProductBytes);
        nint pixel = (nint)_g.OutputChannels * _epilogue.OutputSize;
        int transformed = -1;
        for (int item = begin; item < end; item++)
        {
            int part = item % _parts, some = item / _parts, columnItem = some % _columnItems, lineItem = some / _columnItems, image = lineItem / _lineItems;
            int line = lineItem % _lineItems * _itemLines, lines = Math.Min(_itemLines, _lines - line);
            int column = (int)((long)columnItem * _columns / _columnItems), columns = (int)((long)(columnItem + 1) * _columns / _columnItems) - column, tiles = lines * columns;
            if (some != transformed)
            {
                byte* from = input + (nint)image * _g.InputHeight * _g.InputWidth * _g.InputChannels;
                for (int tile = 0; tile < tiles; tile++) TransformInput(from, line + tile / columns, column + tile % columns, inputs + (nint)tile * _g.InputChannels, (nint)tiles * _g.InputChannels);
                transformed = some;
            }
            int top = line * WinogradTransform.Tile, left = column * WinogradTransform.Tile, height = Math.Min(lines * WinogradTransform.Tile, _g.OutputHeight - top);
            int width = columns * WinogradTransform.Tile, outputs = Math.Min(width, _g.OutputWidth - left);
            byte* to = output + (((nint)image * _g.OutputHeight + top) * _g.OutputWidth + left) * pixel;
            int last = (int)((long)(part + 1) * _g.Blocks / _parts);
            for (int block = (int)((long)part * _g.Blocks / _parts), blocks; block < last; block += blocks)
            {
                blocks = Math.Min(TTiles.Blocks, last - block);
                nint step = (nint)WinogradTransform.Places * tiles * 16;
                for (int place = 0; place < WinogradTransform.Places; place++) Multiply(inputs + (nint)place * tiles * _g.InputChannels, tiles, _weights[block, place], blocks, products + (nint)place * tiles * 16, step);
                for (int i = 0; i < blocks; i++)
                {
                    for (int tile = 0; tile < tiles; tile++)
                    {
                        TransformSums(products + i * step + (nint)tile * 16, (nint)tiles * 16, sums + ((nint)(tile / columns) * width + tile % columns) * WinogradTransform.Tile * 16, (nint)width * 16);
                    }
                    var epilogue = _epilogue.From((nint)(block + i) * 16);
                    int channels = Math.Min(16, _g.OutputChannels - (block + i) * 16);
                    for (int y = 0; y < height; y++) _store(epilogue, sums + (nint)y * width * 16, outputs, to + y * _g.OutputWidth * pixel + (nint)(block + i) * 16 * _epilogue.OutputSize, pixel, channels);
                }
            }
        }
    }

    // In parts of nearly equal numbers of rows.
    private void Multiply(short* rows, int count, short* weights, int blocks, int* sums, nint sumStep)
    {
        int parts = (count + TTiles.Rows - 1) / TTiles.Rows;
        for (int part = 0, row = 0; part < parts; part++)
        {
            int next = (int)((long)count * (part + 1) / parts);
            TTiles.Multiply(rows + (nint)row * _g.InputChannels, _g.InputChannels, next - row, weights, (nint)WinogradTransform.Places * _g.InputChannels * 16, blocks, _g.InputChannels / 2, sums + (nint)row * 16, sumStep);
            row = next;
        }
    }

    /// <summary>B'xB of a patch of all channels, its places <paramref name="step"/> elements apart.</summary>
    [SkipLocalsInit, MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void TransformInput(byte* image, int tileLine, int tileColumn, short* to, nint step)
    {
        int channels = _g.InputChannels, top = tileLine * WinogradTransform.Tile - _g.PadTop, left = tileColumn * WinogradTransform.Tile - _g.PadLeft;
        byte** pixels = stackalloc byte*[WinogradTransform.Places];
        for (int y = 0, i = 0; y < WinogradTransform.Patch; y++)
        {
            byte* line = image + (nint)(top + y) * _g.InputWidth * channels;
            bool isLine = (uint)(top + y) < (uint)_g.InputHeight;
            for (int x = 0; x < WinogradTransform.Patch; x++, i++)
            {
                pixels[i] = isLine && (uint)(left + x) < (uint)_g.InputWidth ? line + (nint)(left + x) * channels : (byte*)Marshal.UnsafeAddrOfPinnedArrayElement(_padding, 0);
            }
        }
        short* columns = stackalloc short[WinogradTransform.Places * TTiles.Count];
        for (int channel = 0; channel < channels; channel += TTiles.Count, to += TTiles.Count)
        {
            for (int x = 0; x < WinogradTransform.Patch; x++)
            {
                Spread(
                    TTiles.LoadCentered(pixels[x] + channel), TTiles.LoadCentered(pixels[6 + x] + channel), TTiles.LoadCentered(pixels[12 + x] + channel),
                    TTiles.LoadCentered(pixels[18 + x] + channel), TTiles.LoadCentered(pixels[24 + x] + channel), TTiles.LoadCentered(pixels[30 + x] + channel),
                    columns + x * TTiles.Count, WinogradTransform.Patch * TTiles.Count);
            }
            short* place = to;
            for (int y = 0; y < WinogradTransform.Patch; y++, place += WinogradTransform.Patch * step)
            {
                short* line = columns + y * WinogradTransform.Patch * TTiles.Count;
                Spread(
                    TTiles.Load(line), TTiles.Load(line + TTiles.Count), TTiles.Load(line + 2 * TTiles.Count),
                    TTiles.Load(line + 3 * TTiles.Count), TTiles.Load(line + 4 * TTiles.Count), TTiles.Load(line + 5 * TTiles.Count), place, step);
            }
        }
    }

    // 4 0 -5 0 1 0 | 0 -4 -4 1 1 0 | 0 4 -4 -1 1 0 | 0 -2 -1 2 1 0 | 0 2 -1 -2 1 0 | 0 4 0 -5 0 1
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Spread(TShort a, TShort b, TShort c, TShort d, TShort e, TShort f, short* to, nint step)
    {
        var ec = TTiles.Subtract(e, c);
        var db = TTiles.Subtract(d, b);
        var twice = TTiles.Add(db, db);
        var even = TTiles.Subtract(e, TTiles.ShiftLeft(c, 2));
        var odd = TTiles.Subtract(d, TTiles.ShiftLeft(b, 2));
        TTiles.Store(to, TTiles.Add(TTiles.ShiftLeft(TTiles.Subtract(a, c), 2), ec));
        TTiles.Store(to + step, TTiles.Add(even, odd));
        TTiles.Store(to + 2 * step, TTiles.Subtract(even, odd));
        TTiles.Store(to + 3 * step, TTiles.Add(ec, twice));
        TTiles.Store(to + 4 * step, TTiles.Subtract(ec, twice));
        TTiles.Store(to + 5 * step, TTiles.Subtract(TTiles.Subtract(f, d), TTiles.Add(twice, twice)));
    }

    /// <summary>A'mA of sixteen channels of a tile, whose places are <paramref name="step"/> elements apart, and the sums that these are 576 times.</summary>
    [SkipLocalsInit, MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TransformSums(int* products, nint step, int* sums, nint lineStep)
    {
        int* columns = stackalloc int[WinogradTransform.Tile * WinogradTransform.Patch * TLanes.Count];
        var inverse = TLanes.Create(WinogradTransform.InverseOf9);
        for (int channel = 0; channel < 16; channel += TLanes.Count, products += TLanes.Count, sums += TLanes.Count)
        {
            for (int x = 0; x < WinogradTransform.Patch; x++)
            {
                int* place = products + x * step;
                var (a, b, c, d) = Gather(
                    TLanes.Load(place), TLanes.Load(place + 6 * step), TLanes.Load(place + 12 * step), TLanes.Load(place + 18 * step), TLanes.Load(place + 24 * step), TLanes.Load(place + 30 * step));
                int* column = columns + x * TLanes.Count;
                nint next = WinogradTransform.Patch * TLanes.Count;
                TLanes.Store(column, a);
                TLanes.Store(column + next, b);
                TLanes.Store(column + 2 * next, c);
                TLanes.Store(column + 3 * next, d);
            }
            int* to = sums;
            for (int y = 0; y < WinogradTransform.Tile; y++, to += lineStep)
            {
                int* line = columns + y * WinogradTransform.Patch * TLanes.Count;
                var (a, b, c, d) = Gather(
                    TLanes.Load(line), TLanes.Load(line + TLanes.Count), TLanes.Load(line + 2 * TLanes.Count),
                    TLanes.Load(line + 3 * TLanes.Count), TLanes.Load(line + 4 * TLanes.Count), TLanes.Load(line + 5 * TLanes.Count));
                TLanes.Store(to, TLanes.ShiftRight(TLanes.Multiply(a, inverse), WinogradTransform.SumShift));
                TLanes.Store(to + 16, TLanes.ShiftRight(TLanes.Multiply(b, inverse), WinogradTransform.SumShift));
                TLanes.Store(to + 32, TLanes.ShiftRight(TLanes.Multiply(c, inverse), WinogradTransform.SumShift));
                TLanes.Store(to + 48, TLanes.ShiftRight(TLanes.Multiply(d, inverse), WinogradTransform.SumShift));
            }
        }
    }

    // 1 4 4 1 1 0 | 0 4 -4 2 -2 0 | 0 4 4 4 4 0 | 0 4 -4 8 -8 8
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (TInt A, TInt B, TInt C, TInt D) Gather(TInt a, TInt b, TInt c, TInt d, TInt e, TInt f)
    {
        TInt near = TLanes.ShiftLeft(TLanes.Add(b, c), 2), nearOdd = TLanes.ShiftLeft(TLanes.Subtract(b, c), 2), far = TLanes.Add(d, e), farOdd = TLanes.Subtract(d, e);
        return (
            TLanes.Add(TLanes.Add(a, near), far),
            TLanes.Add(nearOdd, TLanes.Add(farOdd, farOdd)),
            TLanes.Add(near, TLanes.ShiftLeft(far, 2)),
            TLanes.Add(nearOdd, TLanes.ShiftLeft(TLanes.Add(farOdd, f), 3)));
    }
}
