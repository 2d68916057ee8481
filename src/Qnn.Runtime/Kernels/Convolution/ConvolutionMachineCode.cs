using System.Runtime.CompilerServices;
using Qnn.Runtime.Execution;
using Qnn.Runtime.MachineCode;

namespace Qnn.Runtime.Kernels.Convolution;

/// <summary>
/// Convolution and dense layers by the machine code of the artifact: tiles of rows of pixels times up to 64 output channels.
/// An item of work is such a group of channels over a chunk of rows, or over a few lines of the output.
/// </summary>
internal unsafe class ConvolutionMachineCode : Kernel
{
    // Activations and results of a chunk stay in the second-level cache while the groups go over them.
    private const int ChunkBytes = 64 * 1024;
    private const int MinChunkRows = 48;

    // With so many times more weights than activations they should come from memory once, and to one thread.
    private const int GroupsFirst = 4;

    // Items enough for a few threads, unless they took less than half a microsecond.
    private const int ItemsForThreads = 8, MinItemWork = 100_000;

    private const int Slack = 64;

    private readonly TensorInfo _input, _output;
    private readonly ConvolutionGeometry _geometry;
    private readonly PackedWeights _weights;
    private readonly byte* _step;
    private readonly TileGroup* _groups;
    private readonly TileStep _header;
    private readonly byte _zeroPoint;
    // Whether neighbouring items have the same weights, rather than the same activations, which the thread wrote itself most likely, and whose results it will read.
    private readonly bool _groupsFirst;
    private readonly int _chunkRows, _chunks, _mostChunks, _lines, _mostLines, _pixelBytes, _blockBytes;

    /// <summary>Makes the kernel of a checked description; <paramref name="step"/> is the step's entry in the machine code, a <see cref="TileStep"/>.</summary>
    public ConvolutionMachineCode(in ConvolutionDescription d, void* step)
    {
        (_input, _output, _geometry, _weights, _zeroPoint) = (d.Input, d.Output, d.Geometry, d.Weights, (byte)d.InputZeroPoint);
        _step = (byte*)step;
        _header = *(TileStep*)step;
        _groups = (TileGroup*)(_step + sizeof(TileStep));
        Name = d.Family + (_header.TileBytes > 0 ? ".amx" : ".native");
        (_pixelBytes, _blockBytes) = (checked(d.Geometry.OutputChannels * d.Epilogue.OutputSize), 16 * d.Epilogue.OutputSize);
        var g = _geometry;
        if (_header.Source == (int)TileSource.Rows)
        {
            int forCache = Math.Max(1, Math.Min(g.Pixels / MinChunkRows, (int)((long)g.Pixels * (g.InputChannels + _pixelBytes) / ChunkBytes)));
            int forThreads = (int)Math.Min((ItemsForThreads + _header.GroupCount - 1) / _header.GroupCount, (long)g.Pixels * g.Depth * g.OutputChannels / _header.GroupCount / MinItemWork);
            int chunks = Math.Max(forCache, forThreads), unit = Math.Max(1, _header.RowUnit);
            _chunkRows = ((g.Pixels + chunks - 1) / chunks + unit - 1) / unit * unit;
            _chunks = (g.Pixels + _chunkRows - 1) / _chunkRows;
            _mostChunks = Math.Max(1, g.Pixels / forCache / _chunkRows);
            WorkItems = _chunks * _header.GroupCount;
            _groupsFirst = (long)g.Depth * g.OutputChannels > GroupsFirst * (long)g.Pixels * g.InputChannels;
            return;
        }
        // Lines of an item, and lines of neighbouring items that share a copy of the input.
        int inputLines = Math.Max(1, ChunkBytes / Math.Max(1, _header.LinePitch)), linesForCache = (inputLines - SpanHeight) / g.StrideHeight + 1;
        _lines = Math.Max(Math.Clamp(linesForCache, 1, Math.Max(1, g.OutputHeight / ItemsForThreads)), _header.CallLines);
        _mostLines = Math.Clamp(linesForCache, _lines, Math.Max(_lines, g.OutputHeight));
        _chunks = (g.OutputHeight + _lines - 1) / _lines;
        WorkItems = checked(g.Batch * _chunks);
    }

    /// <inheritdoc/>
    public sealed override string Name { get; }

    /// <inheritdoc/>
    public sealed override int WorkItems { get; }

    /// <inheritdoc/>
    public sealed override nint ScratchBytes => checked(_header.TileBytes + (_header.Source == (int)TileSource.PaddedLines
        ? (nint)((long)((_mostLines - 1) * _geometry.StrideHeight + SpanHeight) * _header.LinePitch + Slack) : 0));

    // Input lines that a window spans.
    private int SpanHeight => (_geometry.KernelHeight - 1) * _geometry.DilationHeight + 1;

    /// <inheritdoc/>
    public sealed override void Run(in KernelContext context, int begin, int end, byte* scratch)
    {
        byte* input = context[_input], output = context[_output];
        for (int item = begin; item < end;)
        {
            item += _header.Source == (int)TileSource.Rows ? RunRows(input, output, item, end - item, scratch) : RunLines(input, output, item, end - item, scratch, scratch + _header.TileBytes);
        }
    }

    // As many items as a call, or one of each group, can do together; gives how many.
    private int RunRows(byte* input, byte* output, int item, int left, byte* tile)
    {
        int groups = _header.GroupCount;
        if (_groupsFirst)
        {
            int chunks = Math.Min(Math.Min(left, _chunks - item % _chunks), _mostChunks);
            RunChunks(input, output, item / _chunks, item % _chunks, chunks, tile);
            return chunks;
        }
        int whole = item % groups == 0 ? Math.Min(left / groups, _mostChunks) : 0;
        if (whole == 0)
        {
            RunChunks(input, output, item % groups, item / groups, 1, tile);
            return 1;
        }
        for (int group = 0; group < groups; group++) RunChunks(input, output, group, item / groups, whole, tile);
        return whole * groups;
    }

    private void RunChunks(byte* input, byte* output, int groupIndex, int chunk, int chunks, byte* tile)
    {
        int first = chunk * _chunkRows;
        ref readonly var group = ref _groups[groupIndex];
        var arguments = Arguments(group, tile);
        arguments.Activations = input + (nint)first * _geometry.InputChannels;
        arguments.Results = output + (nint)first * _pixelBytes + (nint)group.FirstBlock * _blockBytes;
        arguments.Rows = Math.Min(chunks * _chunkRows, _geometry.Pixels - first);
        Call(group, &arguments);
    }

    // As many items as share a copy of the input; gives how many.
    private int RunLines(byte* input, byte* output, int item, int left, byte* tile, byte* scratch)
    {
        var g = _geometry;
        int items = Math.Min(Math.Min(left, _chunks - item % _chunks), _mostLines / _lines);
        int image = item / _chunks, first = item % _chunks * _lines, count = Math.Min(items * _lines, g.OutputHeight - first);
        if (count < _header.CallLines) (first, count) = (g.OutputHeight - _header.CallLines, _header.CallLines);
        byte* source = input + (nint)image * g.InputHeight * g.InputWidth * g.InputChannels;
        if (_header.Source == (int)TileSource.PaddedLines)
        {
            CopyLines(source, first * g.StrideHeight - g.PadTop, (count - 1) * g.StrideHeight + SpanHeight, scratch);
            source = scratch;
        }
        else
        {
            source += (nint)first * g.StrideHeight * _header.LinePitch;
        }
        output += (nint)(image * g.OutputHeight + first) * g.OutputWidth * _pixelBytes;
        for (int i = 0; i < _header.GroupCount; i++)
        {
            ref readonly var group = ref _groups[i];
            var arguments = Arguments(group, tile);
            arguments.Activations = source;
            arguments.Results = output + (nint)group.FirstBlock * _blockBytes;
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
