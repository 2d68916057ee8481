using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Qnn.Runtime.Execution;
using Qnn.Runtime.MachineCode;

namespace Qnn.Runtime.Kernels.Convolution;

/// <summary>
/// Convolution and dense layers by the machine code of the artifact: tiles of rows of pixels times up to 64 output channels.
/// An item of work is such a group of channels over a tile's rows, or all channels of a few lines of the output.
/// </summary>
internal unsafe class ConvolutionMachineCode : Kernel
{
    // Activations and results of a chunk stay in the second-level cache while the groups go over them.
    private const int ChunkBytes = 64 * 1024;
    private const int MinChunkRows = 48;

    // With so many times more weights than activations they should come from memory once, and to one thread.
    private const int GroupsFirst = 4;

    // Items of lines, enough for a few threads.
    private const int ItemsForThreads = 8;

    // Multiply-adds worth a call.
    private const int GrainWork = 100_000;

    private const int Slack = 64;

    private readonly TensorInfo _input, _output;
    private readonly ConvolutionGeometry _geometry;
    private readonly AlignedWeights _weights;
    private readonly byte* _step;
    private readonly TileGroup* _groups;
    private readonly TileStep _header;
    private readonly byte _zeroPoint;
    // Two pixels, or a word, of zero points.
    private readonly byte[]? _padding;
    // Whether neighbouring items have the same weights, rather than the same activations, which the thread wrote itself most likely, and whose results it will read.
    private readonly bool _groupsFirst;
    // Whether an image's lines are all computed together, so that an item is a group of channels over one.
    private readonly bool _byGroups;
    private readonly int _unit, _units, _chunkRows, _chunks, _lines, _mostLines, _pixelBytes, _resultBytes;
    // Lines of the input, or of its blocks, that a window sees, and that it moves by.
    private readonly int _span, _advance;

    /// <summary>Makes the kernel of a checked description; <paramref name="step"/> is the step's entry in the machine code, a <see cref="TileStep"/>.</summary>
    public ConvolutionMachineCode(in ConvolutionDescription d, void* step)
    {
        (_input, _output, _geometry, _zeroPoint) = (d.Input, d.Output, d.Geometry, (byte)d.InputZeroPoint);
        _step = (byte*)step;
        _header = *(TileStep*)step;
        _groups = (TileGroup*)(_step + sizeof(TileStep));
        // Only tile loads are slow where a row crosses a line of the cache: layers take 1.3 to 1.5 times as long.
        _weights = new AlignedWeights(d.Geometry, d.Weights, _header.TileBytes > 0 && _header.GroupCount > 0 && _groups[0].Weights == 0);
        Name = d.Family + (_header.TileBytes > 0 ? ".amx" : ".native");
        (_pixelBytes, _resultBytes) = (checked(d.Geometry.OutputChannels * d.Epilogue.OutputSize), d.Epilogue.OutputSize);
        var g = _geometry;
        if (_header.Source == (int)TileSource.Rows)
        {
            int chunks = Math.Max(1, Math.Min(g.Pixels / MinChunkRows, (int)((long)g.Pixels * (g.InputChannels + _pixelBytes) / ChunkBytes)));
            _unit = Math.Max(1, _header.RowUnit);
            _chunkRows = ((g.Pixels + chunks - 1) / chunks + _unit - 1) / _unit * _unit;
            _units = (g.Pixels + _unit - 1) / _unit;
            WorkItems = checked(_units * _header.GroupCount);
            Grain = (int)Math.Clamp(GrainWork / Math.Max(1, (long)_unit * g.Depth * g.OutputChannels / _header.GroupCount), 1, Math.Max(1, WorkItems));
            _groupsFirst = (long)g.Depth * g.OutputChannels > GroupsFirst * (long)g.Pixels * g.InputChannels;
            return;
        }
        bool ofBlocks = _header.Source == (int)TileSource.PaddedBlocks;
        if (ofBlocks)
        {
            _padding = GC.AllocateUninitializedArray<byte>(Math.Max(2 * g.InputChannels, sizeof(ulong)), pinned: true);
            Array.Fill(_padding, _zeroPoint);
        }
        (_span, _advance) = ofBlocks ? ((g.KernelHeight + 1) / 2, 1) : ((g.KernelHeight - 1) * g.DilationHeight + 1, g.StrideHeight);
        // Lines of an item, and lines of neighbouring items that share a copy of the input.
        int inputLines = Math.Max(1, ChunkBytes / Math.Max(1, _header.LinePitch)), linesForCache = (inputLines - _span) / _advance + 1;
        _lines = Math.Max(Math.Clamp(linesForCache, 1, Math.Max(1, g.OutputHeight / ItemsForThreads)), _header.CallLines);
        _mostLines = Math.Clamp(linesForCache, _lines, Math.Max(_lines, g.OutputHeight));
        _chunks = (g.OutputHeight + _lines - 1) / _lines;
        _byGroups = _chunks == 1;
        WorkItems = checked(g.Batch * (_byGroups ? _header.GroupCount : _chunks));
        Grain = 1;
    }

    /// <inheritdoc/>
    public sealed override string Name { get; }

    /// <inheritdoc/>
    public sealed override int WorkItems { get; }

    /// <inheritdoc/>
    public sealed override int Grain { get; }

    /// <inheritdoc/>
    public sealed override nint ScratchBytes => checked(_header.TileBytes + (_header.Source is (int)TileSource.PaddedLines or (int)TileSource.PaddedBlocks
        ? (nint)((long)((_mostLines - 1) * _advance + _span) * _header.LinePitch + Slack) : 0));

    /// <inheritdoc/>
    public sealed override int PartBegin(int part, int parts)
    {
        if (_header.Source != (int)TileSource.Rows || _groupsFirst || part == parts) return base.PartBegin(part, parts);
        // Rows are counted, of which the last tile has fewer.
        long row = (long)_geometry.Pixels * part / parts;
        return (int)(row / _unit) * _header.GroupCount + (int)(row % _unit) * _header.GroupCount / _unit;
    }

    /// <inheritdoc/>
    public sealed override Region Reads(TensorInfo input, int begin, int end)
    {
        if (_byGroups) return _geometry.InputLines(input, begin / _header.GroupCount * _geometry.OutputHeight, ((end - 1) / _header.GroupCount + 1) * _geometry.OutputHeight);
        if (_header.Source != (int)TileSource.Rows) return _geometry.InputLines(input, Lines(begin).First, Lines(end - 1).End);
        var (first, last) = Rows(begin, end);
        return new Region(input, (nint)first * _geometry.InputChannels, (nint)last * _geometry.InputChannels);
    }

    /// <inheritdoc/>
    public sealed override Region Writes(TensorInfo output, int begin, int end)
    {
        if (_byGroups)
        {
            int image = begin / _header.GroupCount, lastImage = (end - 1) / _header.GroupCount;
            var lines = Region.Lines(output, image * _geometry.OutputHeight, (lastImage + 1) * _geometry.OutputHeight);
            return image != lastImage ? lines : Columns(lines, begin % _header.GroupCount, (end - 1) % _header.GroupCount + 1);
        }
        if (_header.Source != (int)TileSource.Rows) return Region.Lines(output, Lines(begin).First, Lines(end - 1).End);
        var (first, last) = Rows(begin, end);
        var rows = new Region(output, (nint)first * _pixelBytes, (nint)last * _pixelBytes);
        return !_groupsFirst ? rows : Columns(rows, begin / _units, (end - 1) / _units + 1);
    }

    // What some groups write of a region of whole pixels.
    private Region Columns(Region pixels, int group, int behind) => pixels with
    {
        Pitch = _pixelBytes,
        ColumnBegin = (nint)_groups[group].Output * _resultBytes,
        ColumnEnd = behind == _header.GroupCount ? _pixelBytes : (nint)_groups[behind].Output * _resultBytes,
    };

    // The rows of some items. A last tile of fewer rows takes some before it along, whose results are the same.
    private (int First, int End) Rows(int begin, int end)
    {
        var (first, last) = _groupsFirst
            ? begin / _units == (end - 1) / _units ? (begin % _units, (end - 1) % _units) : (0, _units - 1)
            : (begin / _header.GroupCount, (end - 1) / _header.GroupCount);
        return (Math.Max(0, Math.Min(first * _unit, _geometry.Pixels - _unit)), Math.Min((last + 1) * _unit, _geometry.Pixels));
    }

    // The lines of the output of an item, or of some of one image, counted over all images.
    private (int First, int End) Lines(int item, int items = 1)
    {
        int image = item / _chunks, first = item % _chunks * _lines, count = Math.Min(items * _lines, _geometry.OutputHeight - first);
        // The last lines of an image take some before them along, whose results are the same.
        if (count < _header.CallLines) (first, count) = (_geometry.OutputHeight - _header.CallLines, _header.CallLines);
        first += image * _geometry.OutputHeight;
        return (first, first + count);
    }

    /// <inheritdoc/>
    public sealed override void Run(in KernelContext context, int begin, int end, byte* scratch)
    {
        byte* input = context[_input], output = context[_output];
        if (_header.Source == (int)TileSource.Rows)
        {
            RunRows(input, output, begin, end, scratch);
            return;
        }
        for (int item = begin; item < end;) item += RunLines(input, output, item, end - item, scratch, scratch + _header.TileBytes);
    }

    private void RunRows(byte* input, byte* output, int begin, int end, byte* tile)
    {
        int groups = _header.GroupCount;
        if (_groupsFirst)
        {
            for (int next; begin < end; begin = next)
            {
                int group = begin / _units, unit = begin % _units;
                next = Math.Min(end, (group + 1) * _units);
                RunGroup(input, output, group, unit * _unit, (next - begin) * _unit, tile);
            }
            return;
        }
        while (begin < end)
        {
            int unit = begin / groups, group = begin % groups, units = (end - begin) / groups;
            if (group == 0 && units > 0)
            {
                for (int first = unit * _unit, last = Math.Min((unit + units) * _unit, _geometry.Pixels); first < last; first += _chunkRows)
                {
                    int rows = Math.Min(_chunkRows, last - first);
                    for (; group < groups; group++) RunGroup(input, output, group, first, rows, tile);
                    group = 0;
                }
                begin += units * groups;
                continue;
            }
            // Some groups of a tile's rows, of which another thread has the others.
            int behind = Math.Min(groups, group + end - begin);
            begin += behind - group;
            for (; group < behind; group++) RunGroup(input, output, group, unit * _unit, _unit, tile);
        }
    }

    private void RunGroup(byte* input, byte* output, int index, int first, int rows, byte* tile)
    {
        ref readonly var group = ref _groups[index];
        var arguments = Arguments(group, tile);
        arguments.Activations = input + (nint)first * _geometry.InputChannels + group.Input;
        arguments.Results = output + (nint)first * _pixelBytes + (nint)group.Output * _resultBytes;
        arguments.Rows = Math.Min(rows, _geometry.Pixels - first);
        Call(group, &arguments);
    }

    // As many items as share a copy of the input; gives how many.
    private int RunLines(byte* input, byte* output, int item, int left, byte* tile, byte* scratch)
    {
        var g = _geometry;
        int firstGroup = 0, behindGroup = _header.GroupCount, items, top, behind;
        if (_byGroups)
        {
            firstGroup = item % _header.GroupCount;
            behindGroup = Math.Min(firstGroup + left, _header.GroupCount);
            items = behindGroup - firstGroup;
            top = item / _header.GroupCount * g.OutputHeight;
            behind = top + g.OutputHeight;
        }
        else
        {
            items = Math.Min(Math.Min(left, _chunks - item % _chunks), _mostLines / _lines);
            (top, behind) = Lines(item, items);
        }
        int image = top / g.OutputHeight, first = top % g.OutputHeight, count = behind - top;
        byte* source = input + (nint)image * g.InputHeight * g.InputWidth * g.InputChannels;
        int inputTop = first * g.StrideHeight - g.PadTop, copied = (count - 1) * _advance + _span;
        switch ((TileSource)_header.Source)
        {
            case TileSource.PaddedLines:
                CopyLines(source, inputTop, copied, scratch);
                source = scratch;
                break;
            case TileSource.PaddedBlocks:
                CopyBlocks(source, inputTop, copied, scratch);
                source = scratch;
                break;
            default:
                source += (nint)first * g.StrideHeight * _header.LinePitch;
                break;
        }
        output += (nint)top * g.OutputWidth * _pixelBytes;
        for (int i = firstGroup; i < behindGroup; i++)
        {
            ref readonly var group = ref _groups[i];
            var arguments = Arguments(group, tile);
            arguments.Activations = source + group.Input;
            arguments.Results = output + (nint)group.Output * _resultBytes;
            arguments.Rows = count;
            Call(group, &arguments);
        }
        return items;
    }

    // Input lines from `top` on, zero points where they leave the image.
    private void CopyLines(byte* image, int top, int count, byte* to)
    {
        var g = _geometry;
        int channels = g.InputChannels, pitch = _header.LinePitch;
        int left = Math.Min(g.PadLeft * channels, pitch), width = Math.Min(g.InputWidth * channels, pitch - left);
        // Zero points up to the next copy: lines outside the image, the rest of a line and the beginning of the next.
        byte* filled = to;
        for (int i = 0; i < count; i++)
        {
            int y = top + i;
            if ((uint)y >= (uint)g.InputHeight) continue;
            byte* line = to + (nint)i * pitch + left;
            new Span<byte>(filled, (int)(line - filled)).Fill(_zeroPoint);
            Unsafe.CopyBlockUnaligned(line, image + (nint)y * g.InputWidth * channels, (uint)width);
            filled = line + width;
        }
        new Span<byte>(filled, (int)(to + (nint)count * pitch - filled)).Fill(_zeroPoint);
    }

    // Lines of blocks from input line `top` on, zero points where they leave the image.
    private void CopyBlocks(byte* image, int top, int count, byte* to)
    {
        var g = _geometry;
        int pair = 2 * g.InputChannels, blocks = _header.LinePitch / (2 * pair);
        // Those whose columns lie inside.
        int begin = Math.Min((g.PadLeft + 1) / 2, blocks), end = Math.Clamp((g.InputWidth + g.PadLeft) / 2, begin, blocks);
        for (int i = 0; i < count; i++, top += 2)
        {
            for (int block = 0; block < begin; block++, to += 2 * pair) CopyBlock(image, top, 2 * block - g.PadLeft, to);
            var (upper, upperStep) = Line(top);
            var (lower, lowerStep) = Line(top + 1);
            for (int block = begin; block < end; block++, to += 2 * pair, upper += upperStep, lower += lowerStep)
            {
                if (pair <= sizeof(ulong))
                {
                    // Whole words, of which the next one overwrites what is too much.
                    Unsafe.WriteUnaligned(to, Unsafe.ReadUnaligned<ulong>((void*)upper));
                    Unsafe.WriteUnaligned(to + pair, Unsafe.ReadUnaligned<ulong>((void*)lower));
                }
                else
                {
                    Unsafe.CopyBlockUnaligned(to, (void*)upper, (uint)pair);
                    Unsafe.CopyBlockUnaligned(to + pair, (void*)lower, (uint)pair);
                }
            }
            for (int block = end; block < blocks; block++, to += 2 * pair) CopyBlock(image, top, 2 * block - g.PadLeft, to);
        }

        (nint Pixel, nint Step) Line(int y) => (uint)y < (uint)g.InputHeight
            ? ((nint)(image + ((nint)y * g.InputWidth + 2 * begin - g.PadLeft) * g.InputChannels), pair)
            : (Marshal.UnsafeAddrOfPinnedArrayElement(_padding!, 0), 0);
    }

    // A block of which some pixels may be outside.
    private void CopyBlock(byte* image, int top, int left, byte* to)
    {
        var g = _geometry;
        for (int i = 0; i < 4; i++, to += g.InputChannels)
        {
            int y = top + i / 2, x = left + i % 2;
            var pixel = new Span<byte>(to, g.InputChannels);
            if ((uint)y < (uint)g.InputHeight && (uint)x < (uint)g.InputWidth) new ReadOnlySpan<byte>(image + ((nint)y * g.InputWidth + x) * g.InputChannels, g.InputChannels).CopyTo(pixel);
            else pixel.Fill(_zeroPoint);
        }
    }

    private TileArguments Arguments(in TileGroup group, byte* tile) => new()
    {
        Weights = group.Weights != 0 ? (sbyte*)_step + group.Weights : _weights.Steps + (nint)group.FirstBlock * _geometry.DepthSteps * PackedWeights.StepBytes,
        Epilogue = _step + group.Epilogue,
        Constants = _step + _header.Constants,
        Remainders = _step + group.Remainders,
        RemainderCount = group.RemainderCount,
        Tile = tile,
    };

    private void Call(in TileGroup group, TileArguments* arguments) => Call(_step + group.Code, arguments);

    /// <summary>Calls a function of the machine code. Tests interpret it instead.</summary>
    protected virtual void Call(byte* function, TileArguments* arguments) => MachineFunction.Call(function, arguments);
}
