using Qnn.Runtime.Kernels.Convolution;
using Qnn.Runtime.MachineCode;

namespace Qnn.Compiler.MachineCode;

/// <summary>A convolution's window as a tile kernel walks over it: lines of segments of bytes that lie side by side.</summary>
internal readonly struct TileWindow
{
    // Whole chunks of channels need not be read together with others.
    private const int TogetherMultiple = 4 * AmxTileKernel.ChunkSteps;

    public TileSource Source { get; private init; }
    public int Lines { get; private init; }
    public int Taps { get; private init; }

    /// <summary>Activations of a segment.</summary>
    public int Segment { get; private init; }

    /// <summary>Bytes of an input line, or of a line of its padded copy.</summary>
    public int LinePitch { get; private init; }
    public int RowPitch { get; private init; }

    /// <summary>Bytes from the activations of a line of the output to those of the next.</summary>
    public int Step { get; private init; }

    /// <summary>Where the segments are.</summary>
    public SegmentOffsets Offsets { get; private init; }

    /// <summary>Rows of a call: pixels, or the width of the output.</summary>
    public int CallRows { get; private init; }

    /// <summary>Steps of four activations in a segment.</summary>
    public int Steps => (Segment + 3) / 4;

    /// <summary>Rows of activations side by side.</summary>
    public static TileWindow OfRows(int count, int depth) => new() { Source = TileSource.Rows, Lines = 1, Taps = 1, Segment = depth, RowPitch = depth, CallRows = count };

    /// <summary>The window of a convolution, of each of its groups.</summary>
    public static TileWindow Create(in ConvolutionGeometry g)
    {
        int channels = g.InputChannels;
        if (g.IsPointwise) return OfRows(g.Pixels, channels);
        int height = (g.OutputHeight - 1) * g.StrideHeight + (g.KernelHeight - 1) * g.DilationHeight + 1;
        int width = (g.OutputWidth - 1) * g.StrideWidth + (g.KernelWidth - 1) * g.DilationWidth + 1;
        bool padded = g.PadTop > 0 || g.PadLeft > 0 || height > g.InputHeight || width > g.InputWidth;
        bool together = g.Groups == 1 && (g.DilationWidth == 1 || g.KernelWidth == 1);
        int linePitch = checked((padded ? width : g.InputWidth) * channels);
        return new TileWindow
        {
            Source = padded ? TileSource.PaddedLines : TileSource.Lines,
            Lines = g.KernelHeight,
            Taps = together ? 1 : g.KernelWidth,
            Segment = together ? g.KernelWidth * channels : g.GroupInputs,
            LinePitch = linePitch,
            RowPitch = g.StrideWidth * channels,
            Step = checked(g.StrideHeight * linePitch),
            Offsets = SegmentOffsets.Even(checked(g.DilationHeight * linePitch), g.DilationWidth * channels),
            CallRows = g.OutputWidth,
        };
    }

    /// <summary>
    /// The window over blocks of two lines and columns, if it moves by as much. Few channels are read together: lines of blocks are its lines, with zeros as weights for what is outside. Others are segments, a tap each.
    /// </summary>
    public static TileWindow? CreateOfBlocks(in ConvolutionGeometry g)
    {
        if (g is not { StrideHeight: 2, StrideWidth: 2, DilationHeight: 1, DilationWidth: 1, Groups: 1, KernelHeight: > 1, KernelWidth: > 1 }) return null;
        int block = 4 * g.InputChannels, columns = (g.KernelWidth + 1) / 2;
        bool together = g.InputChannels % TogetherMultiple != 0;
        int linePitch = checked((g.OutputWidth - 1 + columns) * block);
        return new TileWindow
        {
            Source = TileSource.PaddedBlocks,
            Lines = together ? (g.KernelHeight + 1) / 2 : g.KernelHeight,
            Taps = together ? 1 : g.KernelWidth,
            Segment = together ? columns * block : g.InputChannels,
            LinePitch = linePitch,
            RowPitch = block,
            Step = linePitch,
            Offsets = together ? SegmentOffsets.Even(linePitch, 0) : new SegmentOffsets(linePitch, 2 * g.InputChannels, block, g.InputChannels),
            CallRows = g.OutputWidth,
        };
    }

    /// <summary>Whether its activations are in the order of the inputs, without any between them.</summary>
    public bool IsInOrder => !IsOfTogetherBlocks && (Lines * Taps == 1 || Segment % 4 == 0);

    private bool IsOfTogetherBlocks => Source == TileSource.PaddedBlocks && Taps == 1;

    /// <summary>Which input of a window, [line][tap][channel], an activation of a segment is; -1 where it is none of the window's.</summary>
    public int Input(in ConvolutionGeometry g, int segment, int inSegment)
    {
        if (!IsOfTogetherBlocks) return segment * Segment + inSegment;
        var (column, rest) = Math.DivRem(inSegment, 4 * g.InputChannels);
        int line = 2 * segment + rest / (2 * g.InputChannels), tap = 2 * column + rest / g.InputChannels % 2;
        return line < g.KernelHeight && tap < g.KernelWidth ? (line * g.KernelWidth + tap) * g.InputChannels + rest % g.InputChannels : -1;
    }

    /// <summary>Rows of a tile: many, to use each weight often, but such that few rows are computed twice at the end.</summary>
    public int ChooseRows(int vectors, bool paired)
    {
        int best = 1;
        long bestCost = long.MaxValue;
        for (int rows = Math.Min(TileKernel.MaxRows(vectors, paired), CallRows); rows >= 1; rows--)
        {
            // Cycles: a step multiplies or loads, whichever takes longer; then every vector is requantized, which takes only its multiplication where tiles are paired.
            long cost = ((long)CallRows + rows - 1) / rows * ((long)Lines * Taps * Steps * Math.Max(rows * vectors, rows + vectors) + (paired ? rows * vectors + 10 : rows * vectors * 5 + 20));
            if (cost >= bestCost) continue;
            (best, bestCost) = (rows, cost);
        }
        return best;
    }
}
