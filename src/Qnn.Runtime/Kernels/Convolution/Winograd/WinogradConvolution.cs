using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Qnn.Runtime.Execution;
using Qnn.Runtime.Kernels.Lanes;
using Qnn.Runtime.Kernels.Requantization;

namespace Qnn.Runtime.Kernels.Convolution.Winograd;

/// <summary>
/// A convolution of 3 x 3 by <see cref="WinogradTransform"/>: the inputs of some lines of tiles are transformed to scratch, [36][tiles][inputs]; for each block of sixteen outputs
/// each of the 36 places is a matrix product, and what they give is transformed back and finished by the epilogue.
/// An item of work is one of <see cref="WinogradTiling"/>, or a part of its blocks where there are few.
/// </summary>
internal unsafe class WinogradConvolution<TTiles, TShort, TLanes, TInt, TFloat> : Kernel
    where TTiles : struct, IWinogradTiles<TShort>
    where TShort : unmanaged
    where TLanes : struct, ILanes<TInt, TFloat>
    where TInt : unmanaged
    where TFloat : unmanaged
{
    // Where a layer has fewer items than this, their blocks are split into parts as well.
    private const int WantedItems = 8;

    private readonly TensorInfo _input, _output;
    private readonly ConvolutionGeometry _g;
    private readonly WinogradWeights _weights;
    private readonly Epilogue _epilogue;
    private readonly EpilogueStore _store;
    private readonly WinogradTiling _tiling;
    private readonly int _together, _parts;
    private readonly int[] _bias;
    private readonly byte[] _padding;

    /// <summary>Makes the kernel of a layer that <see cref="WinogradTransform.Suits"/>.</summary>
    public WinogradConvolution(in ConvolutionDescription d, EpilogueStore store) : this(d, store, TTiles.Blocks) { }

    /// <summary>Likewise, with so many blocks of sixteen outputs multiplied together.</summary>
    protected WinogradConvolution(in ConvolutionDescription d, EpilogueStore store, int together)
    {
        (_input, _output, _g, _epilogue, _store) = (d.Input, d.Output, d.Geometry, d.Epilogue, store);
        _together = together;
        _weights = new WinogradWeights(_g, d.Weights, together);
        _tiling = WinogradTiling.Create(_g);
        int items = checked(_g.Batch * _tiling.LineItems * _tiling.ColumnItems);
        _parts = Math.Clamp(WantedItems / items, 1, Groups);
        WorkItems = checked(items * _parts);
        _padding = GC.AllocateUninitializedArray<byte>(_g.InputChannels, pinned: true);
        Array.Fill(_padding, (byte)d.InputZeroPoint);
        _bias = ConvolutionKernel.FoldOffset(_g, d.Weights, _epilogue.Bias);
        _epilogue.Bias = (int*)Marshal.UnsafeAddrOfPinnedArrayElement(_bias, 0);
    }

    public override string Name => $"conv2d.winograd.{TTiles.Name}";

    public override int WorkItems { get; }

    public override nint ScratchBytes => InputBytes + ProductBytes + SumBytes;

    // Of blocks that are multiplied together.
    private int Groups => (_g.Blocks + _together - 1) / _together;

    private nint InputBytes => (nint)WinogradTransform.Places * _tiling.ItemTiles * _g.InputChannels * sizeof(short);

    private nint ProductBytes => (nint)WinogradTransform.Places * _tiling.ItemTiles * _together * 16 * sizeof(int);

    private nint SumBytes => (nint)_tiling.ItemTiles * WinogradTransform.Tile * WinogradTransform.Tile * 16 * sizeof(int);

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
        var (first, last) = (LineItem(begin), LineItem(end - 1));
        return (Top(first), Math.Min(Top(last) + _tiling.ItemLines * WinogradTransform.Tile, (last / _tiling.LineItems + 1) * _g.OutputHeight));

        int LineItem(int item) => item / (_parts * _tiling.ColumnItems);

        int Top(int item) => item / _tiling.LineItems * _g.OutputHeight + item % _tiling.LineItems * _tiling.ItemLines * WinogradTransform.Tile;
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
            int part = item % _parts, some = item / _parts, columnItem = some % _tiling.ColumnItems, lineItem = some / _tiling.ColumnItems % _tiling.LineItems;
            int image = some / (_tiling.ColumnItems * _tiling.LineItems), line = lineItem * _tiling.ItemLines, lines = _tiling.LinesOf(lineItem);
            int column = _tiling.FirstColumn(columnItem), columns = _tiling.FirstColumn(columnItem + 1) - column, tiles = lines * columns;
            if (some != transformed)
            {
                byte* from = input + (nint)image * _g.InputHeight * _g.InputWidth * _g.InputChannels;
                for (int tile = 0; tile < tiles; tile++) TransformInput(from, line + tile / columns, column + tile % columns, inputs + (nint)tile * _g.InputChannels, (nint)tiles * _g.InputChannels);
                transformed = some;
            }
            int top = line * WinogradTransform.Tile, left = column * WinogradTransform.Tile, height = Math.Min(lines * WinogradTransform.Tile, _g.OutputHeight - top);
            int width = columns * WinogradTransform.Tile, outputs = Math.Min(width, _g.OutputWidth - left);
            byte* to = output + (((nint)image * _g.OutputHeight + top) * _g.OutputWidth + left) * pixel;
            int last = Math.Min((int)((long)(part + 1) * Groups / _parts) * _together, _g.Blocks);
            for (int block = (int)((long)part * Groups / _parts) * _together, blocks; block < last; block += blocks)
            {
                blocks = Math.Min(_together, last - block);
                Multiply(inputs, tiles, _weights[block], blocks, products);
                for (int i = 0; i < blocks; i++)
                {
                    nint next = (nint)blocks * 16;
                    int* from = products + i * 16;
                    for (int tile = 0; tile < tiles; tile++, from += next) TransformSums(from, tiles * next, sums + ((nint)(tile / columns) * width + tile % columns) * WinogradTransform.Tile * 16, (nint)width * 16);
                    var epilogue = _epilogue.From((nint)(block + i) * 16);
                    int channels = Math.Min(16, _g.OutputChannels - (block + i) * 16);
                    for (int y = 0; y < height; y++) _store.Invoke(epilogue, sums + (nint)y * width * 16, outputs, to + y * _g.OutputWidth * pixel + (nint)(block + i) * 16 * _epilogue.OutputSize, pixel, channels);
                }
            }
        }
    }

    /// <summary>products[place][tile][block][n] = sum over k of inputs[place][tile][k] * weights[place][k / 2][block][n][k % 2] for sixteen n, modulo 2^32.</summary>
    protected virtual void Multiply(short* inputs, int tiles, short* weights, int blocks, int* products)
    {
        // In parts of nearly equal numbers of rows.
        int parts = (tiles + TTiles.Rows - 1) / TTiles.Rows;
        nint inputChannels = _g.InputChannels;
        for (int place = 0; place < WinogradTransform.Places; place++, weights += inputChannels * blocks * 16)
        {
            for (int part = 0, row = 0; part < parts; part++)
            {
                int next = (int)((long)tiles * (part + 1) / parts);
                TTiles.Multiply(inputs, inputChannels, next - row, weights, blocks, inputChannels / 2, products);
                inputs += (next - row) * inputChannels;
                products += (nint)(next - row) * blocks * 16;
                row = next;
            }
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
        nint line6 = WinogradTransform.Patch * step;
        for (int channel = 0; channel < channels; channel += TTiles.Count, to += TTiles.Count)
        {
            // In halves, which stay in registers where there are 32: by name.
            var (a0, b0, c0) = UpperColumn(pixels, channel);
            var (a1, b1, c1) = UpperColumn(pixels + 1, channel);
            var (a2, b2, c2) = UpperColumn(pixels + 2, channel);
            var (a3, b3, c3) = UpperColumn(pixels + 3, channel);
            var (a4, b4, c4) = UpperColumn(pixels + 4, channel);
            var (a5, b5, c5) = UpperColumn(pixels + 5, channel);
            StoreLine(a0, a1, a2, a3, a4, a5, to, step);
            StoreLine(b0, b1, b2, b3, b4, b5, to + line6, step);
            StoreLine(c0, c1, c2, c3, c4, c5, to + 2 * line6, step);
            var (d0, e0, f0) = LowerColumn(pixels, channel);
            var (d1, e1, f1) = LowerColumn(pixels + 1, channel);
            var (d2, e2, f2) = LowerColumn(pixels + 2, channel);
            var (d3, e3, f3) = LowerColumn(pixels + 3, channel);
            var (d4, e4, f4) = LowerColumn(pixels + 4, channel);
            var (d5, e5, f5) = LowerColumn(pixels + 5, channel);
            StoreLine(d0, d1, d2, d3, d4, d5, to + 3 * line6, step);
            StoreLine(e0, e1, e2, e3, e4, e5, to + 4 * line6, step);
            StoreLine(f0, f1, f2, f3, f4, f5, to + 5 * line6, step);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (TShort A, TShort B, TShort C) UpperColumn(byte** pixels, int channel) => Upper(
        TTiles.LoadCentered(pixels[0] + channel), TTiles.LoadCentered(pixels[6] + channel), TTiles.LoadCentered(pixels[12] + channel), TTiles.LoadCentered(pixels[18] + channel), TTiles.LoadCentered(pixels[24] + channel));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (TShort D, TShort E, TShort F) LowerColumn(byte** pixels, int channel) => Lower(
        TTiles.LoadCentered(pixels[6] + channel), TTiles.LoadCentered(pixels[12] + channel), TTiles.LoadCentered(pixels[18] + channel), TTiles.LoadCentered(pixels[24] + channel), TTiles.LoadCentered(pixels[30] + channel));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreLine(TShort a, TShort b, TShort c, TShort d, TShort e, TShort f, short* to, nint step)
    {
        var (p, q, r) = Upper(a, b, c, d, e);
        TTiles.Store(to, p);
        TTiles.Store(to + step, q);
        TTiles.Store(to + 2 * step, r);
        (p, q, r) = Lower(b, c, d, e, f);
        TTiles.Store(to + 3 * step, p);
        TTiles.Store(to + 4 * step, q);
        TTiles.Store(to + 5 * step, r);
    }

    // 4 0 -5 0 1 | 0 -4 -4 1 1 | 0 4 -4 -1 1
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (TShort, TShort, TShort) Upper(TShort a, TShort b, TShort c, TShort d, TShort e)
    {
        var even = TTiles.Subtract(e, TTiles.ShiftLeft(c, 2));
        var odd = TTiles.Subtract(d, TTiles.ShiftLeft(b, 2));
        return (TTiles.Add(TTiles.ShiftLeft(TTiles.Subtract(a, c), 2), TTiles.Subtract(e, c)), TTiles.Add(even, odd), TTiles.Subtract(even, odd));
    }

    // -2 -1 2 1 0 | 2 -1 -2 1 0 | 4 0 -5 0 1
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (TShort, TShort, TShort) Lower(TShort b, TShort c, TShort d, TShort e, TShort f)
    {
        var ec = TTiles.Subtract(e, c);
        var db = TTiles.Subtract(d, b);
        var twice = TTiles.Add(db, db);
        return (TTiles.Add(ec, twice), TTiles.Subtract(ec, twice), TTiles.Subtract(TTiles.Subtract(f, d), TTiles.Add(twice, twice)));
    }

    /// <summary>A'mA of sixteen channels of a tile, whose places are <paramref name="step"/> elements apart, and the sums that these are 576 times.</summary>
    [SkipLocalsInit, MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TransformSums(int* products, nint step, int* sums, nint lineStep)
    {
        var inverse = TLanes.Create(WinogradTransform.InverseOf9);
        for (int channel = 0; channel < 16; channel += TLanes.Count, products += TLanes.Count, sums += TLanes.Count)
        {
            // By name, so that they stay in registers where there are 32.
            var (a0, b0, c0, d0) = GatherColumn(products, step);
            var (a1, b1, c1, d1) = GatherColumn(products + step, step);
            var (a2, b2, c2, d2) = GatherColumn(products + 2 * step, step);
            var (a3, b3, c3, d3) = GatherColumn(products + 3 * step, step);
            var (a4, b4, c4, d4) = GatherColumn(products + 4 * step, step);
            var (a5, b5, c5, d5) = GatherColumn(products + 5 * step, step);
            StoreLine(Gather(a0, a1, a2, a3, a4, a5), inverse, sums);
            StoreLine(Gather(b0, b1, b2, b3, b4, b5), inverse, sums + lineStep);
            StoreLine(Gather(c0, c1, c2, c3, c4, c5), inverse, sums + 2 * lineStep);
            StoreLine(Gather(d0, d1, d2, d3, d4, d5), inverse, sums + 3 * lineStep);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (TInt A, TInt B, TInt C, TInt D) GatherColumn(int* place, nint step) => Gather(
        TLanes.Load(place), TLanes.Load(place + 6 * step), TLanes.Load(place + 12 * step), TLanes.Load(place + 18 * step), TLanes.Load(place + 24 * step), TLanes.Load(place + 30 * step));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreLine((TInt A, TInt B, TInt C, TInt D) line, TInt inverse, int* to)
    {
        TLanes.Store(to, TLanes.ShiftRight(TLanes.Multiply(line.A, inverse), WinogradTransform.SumShift));
        TLanes.Store(to + 16, TLanes.ShiftRight(TLanes.Multiply(line.B, inverse), WinogradTransform.SumShift));
        TLanes.Store(to + 32, TLanes.ShiftRight(TLanes.Multiply(line.C, inverse), WinogradTransform.SumShift));
        TLanes.Store(to + 48, TLanes.ShiftRight(TLanes.Multiply(line.D, inverse), WinogradTransform.SumShift));
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
