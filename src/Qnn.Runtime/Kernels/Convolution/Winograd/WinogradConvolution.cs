using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Qnn.Runtime.Execution;
using Qnn.Runtime.Kernels.Lanes;
using Qnn.Runtime.Kernels.Requantization;
using Qnn.Runtime.MachineCode;

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
    private readonly WinogradWeights<TTiles, TShort> _weights;
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
        _weights = new WinogradWeights<TTiles, TShort>(_g, d.Weights, together);
        _tiling = WinogradTiling.Create(_g);
        int items = checked(_g.Batch * _tiling.Items);
        _parts = Math.Clamp(WantedItems / items, 1, Groups);
        WorkItems = checked(items * _parts);
        _padding = GC.AllocateUninitializedArray<byte>(_g.InputChannels, pinned: true);
        Array.Fill(_padding, (byte)d.InputZeroPoint);
        _bias = ConvolutionKernel.FoldOffset(_g, d.Weights, _epilogue.Bias);
        _epilogue.Bias = (int*)Marshal.UnsafeAddrOfPinnedArrayElement(_bias, 0);
    }

    public override string Name => $"conv2d.winograd.{TTiles.Name}";

    public override int WorkItems { get; }

    public override nint ScratchBytes => InputBytes + ProductBytes + SumBytes + _weights.ScratchElements * sizeof(short);

    // Of blocks that are multiplied together.
    private int Groups => (_g.Blocks + _together - 1) / _together;

    private nint InputBytes => WinogradLayout.Elements(_tiling.MostTiles, _g.InputChannels, WinogradTransform.InputPadding) * sizeof(short);

    private nint ProductBytes => WinogradLayout.Elements(_tiling.MostTiles, _together * 16, WinogradTransform.ProductPadding) * sizeof(int);

    private nint SumBytes => (nint)_tiling.MostTiles * 16 * 16 * sizeof(int);

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
        return (Line(begin / _parts, _tiling[begin / _parts % _tiling.Items].FirstLine), Line((end - 1) / _parts, Last(_tiling[(end - 1) / _parts % _tiling.Items])));

        int Line(int item, int tileLine) => item / _tiling.Items * _g.OutputHeight + Math.Min(_tiling.Lines.Start(tileLine), _g.OutputHeight);

        static int Last(in WinogradItem item) => item.FirstLine + item.Lines.Tiles;
    }

    public override void Run(in KernelContext context, int begin, int end, byte* scratch)
    {
        byte* input = context[_input], output = context[_output];
        var inputs = (short*)scratch;
        int* products = (int*)(scratch + InputBytes), sums = (int*)(scratch + InputBytes + ProductBytes);
        var weights = (short*)(scratch + InputBytes + ProductBytes + SumBytes);
        nint pixel = (nint)_g.OutputChannels * _epilogue.OutputSize;
        int transformed = -1;
        for (int work = begin; work < end; work++)
        {
            int part = work % _parts, some = work / _parts, image = some / _tiling.Items;
            var item = _tiling[some % _tiling.Items];
            if (some != transformed)
            {
                TransformInputs(input + (nint)image * _g.InputHeight * _g.InputWidth * _g.InputChannels, item, inputs);
                transformed = some;
            }
            int top = _tiling.Lines.Start(item.FirstLine), left = _tiling.Columns.Start(item.FirstColumn), width = item.Columns.Start(item.Columns.Tiles);
            int height = Math.Min(item.Lines.Start(item.Lines.Tiles), _g.OutputHeight - top), outputs = Math.Min(width, _g.OutputWidth - left);
            byte* to = output + (((nint)image * _g.OutputHeight + top) * _g.OutputWidth + left) * pixel;
            int last = Math.Min((int)((long)(part + 1) * Groups / _parts) * _together, _g.Blocks);
            for (int block = (int)((long)part * Groups / _parts) * _together, blocks; block < last; block += blocks)
            {
                blocks = Math.Min(_together, last - block);
                for (int inputPart = 0; inputPart < _weights.Parts; inputPart++) Multiply(item, inputs, block, blocks, inputPart, weights, products);
                for (int i = 0; i < blocks; i++)
                {
                    TransformSums(item, products + i * 16, blocks * 16, sums);
                    var epilogue = _epilogue.From((nint)(block + i) * 16);
                    int channels = Math.Min(16, _g.OutputChannels - (block + i) * 16);
                    for (int y = 0; y < height; y++) _store.Invoke(epilogue, sums + (nint)y * width * 16, outputs, to + y * _g.OutputWidth * pixel + (nint)(block + i) * 16 * _epilogue.OutputSize, pixel, channels);
                }
            }
        }
    }

    // Of a part of the inputs, all places.
    private void Multiply(in WinogradItem item, short* inputs, int block, int blocks, int part, short* scratch, int* products)
    {
        short* weights = _weights.Get(block, part, scratch);
        int count = _weights.InputsOf(part);
        inputs += (nint)part * _weights.PartInputs;
        for (int kind = 0; kind < WinogradItem.Kinds; kind++)
        {
            nint tiles = item.TilesOf(kind), places = WinogradItem.Places(kind);
            if (tiles != 0)
            {
                var arguments = new WinogradArguments { Inputs = inputs, Weights = weights, Products = products, Tiles = tiles, Places = places, InputCount = count, Adds = part == 0 ? 0 : 1 };
                Multiply(&arguments, kind, blocks);
            }
            inputs += places * (tiles * _g.InputChannels + WinogradTransform.InputPadding);
            weights += places * ((nint)count * blocks * 16 + WinogradTransform.WeightPadding);
            products += places * (tiles * blocks * 16 + WinogradTransform.ProductPadding);
        }
    }

    /// <summary>products[place][tile][block][n] = sum over k of inputs[place][tile][k] * weights[place][k / 2][block][n][k % 2] for sixteen n, modulo 2^32, of the places of a kind.</summary>
    protected virtual void Multiply(WinogradArguments* arguments, int kind, int blocks)
    {
        // In parts of nearly equal numbers of rows.
        int tiles = (int)arguments->Tiles, parts = (tiles + TTiles.Rows - 1) / TTiles.Rows;
        nint inputChannels = _g.InputChannels, count = (nint)arguments->InputCount;
        short* inputs = arguments->Inputs, weights = arguments->Weights;
        int* products = arguments->Products;
        for (nint place = 0; place < arguments->Places; place++)
        {
            for (int part = 0, row = 0; part < parts; part++)
            {
                int next = (int)((long)tiles * (part + 1) / parts);
                TTiles.Multiply(inputs, inputChannels, next - row, weights, blocks, count / 2, products, arguments->Adds != 0);
                inputs += (next - row) * inputChannels;
                products += (nint)(next - row) * blocks * 16;
                row = next;
            }
            inputs += WinogradTransform.InputPadding;
            weights += count * blocks * 16 + WinogradTransform.WeightPadding;
            products += WinogradTransform.ProductPadding;
        }
    }

    private void TransformInputs(byte* image, in WinogradItem item, short* to)
    {
        var layout = new WinogradLayout(item, _g.InputChannels, WinogradTransform.InputPadding);
        for (int line = 0; line < item.Lines.Tiles; line++)
        {
            if (line < item.Lines.Wide) TransformInputs<FilterOfFour>(image, item, line, to, layout.OfLine(line));
            else TransformInputs<FilterOfThree>(image, item, line, to, layout.OfLine(line));
        }
    }

    // Of a line of tiles.
    private void TransformInputs<TLine>(byte* image, in WinogradItem item, int line, short* to, WinogradPlaces places) where TLine : struct, IMinimalFilter
    {
        byte** pixels = stackalloc byte*[WinogradTransform.Places];
        int top = _tiling.Lines.Start(item.FirstLine + line) - _g.PadTop;
        for (int column = 0; column < item.Columns.Tiles; column++, places.Advance(_g.InputChannels))
        {
            FindPixels(image, top, _tiling.Columns.Start(item.FirstColumn + column) - _g.PadLeft, pixels);
            if (column < item.Columns.Wide) TransformInput<TLine, FilterOfFour>(pixels, to, places);
            else TransformInput<TLine, FilterOfThree>(pixels, to, places);
        }
    }

    // Those of a patch, and zero points around the image.
    private void FindPixels(byte* image, int top, int left, byte** pixels)
    {
        nint channels = _g.InputChannels;
        for (int y = 0; y < WinogradTransform.Patch; y++)
        {
            byte* line = image + (nint)(top + y) * _g.InputWidth * channels;
            bool isLine = (uint)(top + y) < (uint)_g.InputHeight;
            for (int x = 0; x < WinogradTransform.Patch; x++)
            {
                *pixels++ = isLine && (uint)(left + x) < (uint)_g.InputWidth ? line + (left + x) * channels : (byte*)Marshal.UnsafeAddrOfPinnedArrayElement(_padding, 0);
            }
        }
    }

    // B'xB of a patch of all channels.
    [SkipLocalsInit, MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private void TransformInput<TLine, TColumn>(byte** pixels, short* inner, in WinogradPlaces places) where TLine : struct, IMinimalFilter where TColumn : struct, IMinimalFilter
    {
        nint step = places.InnerStep, line = WinogradTransform.InnerPlaces * step, rightStep = places.RightStep;
        short* right = inner + places.Right, below = inner + places.Below, corner = inner + places.Corner;
        inner += places.Inner;
        var centre = TTiles.Create((short)(128 * TLine.Ones * TColumn.Ones));
        for (nint channel = 0; channel < _g.InputChannels; channel += TTiles.Count)
        {
            // In halves, which stay in registers where there are 32: by name.
            var (a0, b0, c0) = UpperColumn<TLine>(pixels, channel);
            var (a1, b1, c1) = UpperColumn<TLine>(pixels + 1, channel);
            var (a2, b2, c2) = UpperColumn<TLine>(pixels + 2, channel);
            var (a3, b3, c3) = UpperColumn<TLine>(pixels + 3, channel);
            var (a4, b4, c4) = UpperColumn<TLine>(pixels + 4, channel);
            var (a5, b5, c5) = TColumn.IsWide ? UpperColumn<TLine>(pixels + 5, channel) : default;
            StoreLine<TColumn>(a0, a1, a2, a3, a4, a5, default, inner + channel, step, right + channel);
            StoreLine<TColumn>(b0, b1, b2, b3, b4, b5, centre, inner + line + channel, step, right + rightStep + channel);
            StoreLine<TColumn>(c0, c1, c2, c3, c4, c5, default, inner + 2 * line + channel, step, right + 2 * rightStep + channel);
            var (d0, e0, f0) = LowerColumn<TLine>(pixels, channel);
            var (d1, e1, f1) = LowerColumn<TLine>(pixels + 1, channel);
            var (d2, e2, f2) = LowerColumn<TLine>(pixels + 2, channel);
            var (d3, e3, f3) = LowerColumn<TLine>(pixels + 3, channel);
            var (d4, e4, f4) = LowerColumn<TLine>(pixels + 4, channel);
            var (d5, e5, f5) = TColumn.IsWide ? LowerColumn<TLine>(pixels + 5, channel) : default;
            StoreLine<TColumn>(d0, d1, d2, d3, d4, d5, default, inner + 3 * line + channel, step, right + 3 * rightStep + channel);
            StoreLine<TColumn>(e0, e1, e2, e3, e4, e5, default, inner + 4 * line + channel, step, right + 4 * rightStep + channel);
            if (TLine.IsWide) StoreLine<TColumn>(f0, f1, f2, f3, f4, f5, default, below + channel, places.BelowStep, corner + channel);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (TShort A, TShort B, TShort C) UpperColumn<TLine>(byte** pixels, nint channel) where TLine : struct, IMinimalFilter => TLine.Upper<TTiles, TShort>(
        TTiles.LoadBytes(pixels[0] + channel), TTiles.LoadBytes(pixels[6] + channel), TTiles.LoadBytes(pixels[12] + channel), TTiles.LoadBytes(pixels[18] + channel), TTiles.LoadBytes(pixels[24] + channel));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (TShort D, TShort E, TShort F) LowerColumn<TLine>(byte** pixels, nint channel) where TLine : struct, IMinimalFilter => TLine.Lower<TTiles, TShort>(
        TTiles.LoadBytes(pixels[6] + channel), TTiles.LoadBytes(pixels[12] + channel), TTiles.LoadBytes(pixels[18] + channel), TTiles.LoadBytes(pixels[24] + channel),
        TLine.IsWide ? TTiles.LoadBytes(pixels[30] + channel) : default);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreLine<TColumn>(TShort a, TShort b, TShort c, TShort d, TShort e, TShort f, TShort centre, short* to, nint step, short* sixth) where TColumn : struct, IMinimalFilter
    {
        var (p, q, r) = TColumn.Upper<TTiles, TShort>(a, b, c, d, e);
        TTiles.Store(to, p);
        TTiles.Store(to + step, TTiles.Subtract(q, centre));
        TTiles.Store(to + 2 * step, r);
        (p, q, r) = TColumn.Lower<TTiles, TShort>(b, c, d, e, f);
        TTiles.Store(to + 3 * step, p);
        TTiles.Store(to + 4 * step, q);
        if (TColumn.IsWide) TTiles.Store(sixth, r);
    }

    private static void TransformSums(in WinogradItem item, int* products, nint tile, int* sums)
    {
        var layout = new WinogradLayout(item, tile, WinogradTransform.ProductPadding);
        nint width = (nint)item.Columns.Start(item.Columns.Tiles) * 16;
        for (int line = 0; line < item.Lines.Tiles; line++)
        {
            int* to = sums + item.Lines.Start(line) * width;
            if (line < item.Lines.Wide) TransformSums<FilterOfFour>(item.Columns, products, layout.OfLine(line), tile, to, width);
            else TransformSums<FilterOfThree>(item.Columns, products, layout.OfLine(line), tile, to, width);
        }
    }

    // Of a line of tiles.
    private static void TransformSums<TLine>(WinogradAxis columns, int* products, WinogradPlaces places, nint tile, int* sums, nint lineStep) where TLine : struct, IMinimalFilter
    {
        for (int column = 0; column < columns.Wide; column++, places.Advance(tile), sums += 4 * 16) TransformSums<TLine, FilterOfFour>(products, places, sums, lineStep);
        for (int column = 0; column < columns.Narrow; column++, places.Advance(tile), sums += 3 * 16) TransformSums<TLine, FilterOfThree>(products, places, sums, lineStep);
    }

    // A'mA of sixteen channels of a tile, and the sums that these are 576 times.
    [SkipLocalsInit, MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void TransformSums<TLine, TColumn>(int* inner, in WinogradPlaces places, int* sums, nint lineStep) where TLine : struct, IMinimalFilter where TColumn : struct, IMinimalFilter
    {
        nint step = places.InnerStep, line = WinogradTransform.InnerPlaces * step;
        int* right = inner + places.Right, below = inner + places.Below, corner = inner + places.Corner;
        inner += places.Inner;
        var inverse = TLanes.Create(WinogradTransform.InverseOf9);
        for (int channel = 0; channel < 16; channel += TLanes.Count)
        {
            // By name, so that they stay in registers where there are 32.
            var (a0, b0, c0, d0) = GatherColumn<TLine>(inner + channel, line, below + channel);
            var (a1, b1, c1, d1) = GatherColumn<TLine>(inner + step + channel, line, below + places.BelowStep + channel);
            var (a2, b2, c2, d2) = GatherColumn<TLine>(inner + 2 * step + channel, line, below + 2 * places.BelowStep + channel);
            var (a3, b3, c3, d3) = GatherColumn<TLine>(inner + 3 * step + channel, line, below + 3 * places.BelowStep + channel);
            var (a4, b4, c4, d4) = GatherColumn<TLine>(inner + 4 * step + channel, line, below + 4 * places.BelowStep + channel);
            var (a5, b5, c5, d5) = TColumn.IsWide ? GatherColumn<TLine>(right + channel, places.RightStep, corner + channel) : default;
            StoreSums<TColumn>(a0, a1, a2, a3, a4, a5, inverse, sums + channel);
            StoreSums<TColumn>(b0, b1, b2, b3, b4, b5, inverse, sums + lineStep + channel);
            StoreSums<TColumn>(c0, c1, c2, c3, c4, c5, inverse, sums + 2 * lineStep + channel);
            if (TLine.IsWide) StoreSums<TColumn>(d0, d1, d2, d3, d4, d5, inverse, sums + 3 * lineStep + channel);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (TInt A, TInt B, TInt C, TInt D) GatherColumn<TLine>(int* place, nint line, int* sixth) where TLine : struct, IMinimalFilter => TLine.Gather<TLanes, TInt, TFloat>(
        TLanes.Load(place), TLanes.Load(place + line), TLanes.Load(place + 2 * line), TLanes.Load(place + 3 * line), TLanes.Load(place + 4 * line), TLine.IsWide ? TLanes.Load(sixth) : default);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreSums<TColumn>(TInt a, TInt b, TInt c, TInt d, TInt e, TInt f, TInt inverse, int* to) where TColumn : struct, IMinimalFilter
    {
        var (p, q, r, s) = TColumn.Gather<TLanes, TInt, TFloat>(a, b, c, d, e, f);
        TLanes.Store(to, TLanes.ShiftRight(TLanes.Multiply(p, inverse), WinogradTransform.SumShift));
        TLanes.Store(to + 16, TLanes.ShiftRight(TLanes.Multiply(q, inverse), WinogradTransform.SumShift));
        TLanes.Store(to + 32, TLanes.ShiftRight(TLanes.Multiply(r, inverse), WinogradTransform.SumShift));
        if (TColumn.IsWide) TLanes.Store(to + 48, TLanes.ShiftRight(TLanes.Multiply(s, inverse), WinogradTransform.SumShift));
    }
}
