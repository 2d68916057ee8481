using Qnn.Runtime.Kernels.Convolution;
using Qnn.Runtime.MachineCode;

namespace Qnn.Compiler.MachineCode;

/// <summary>A convolution's window as a tile kernel walks over it: lines of segments of bytes that lie side by side.</summary>
internal readonly struct TileWindow
{
    public TileSource Source { get; private init; }
    public int Lines { get; private init; }
    public int Taps { get; private init; }

    /// <summary>Activations of a segment.</summary>
    public int Segment { get; private init; }

    /// <summary>Bytes of an input line, or of its padded copy.</summary>
    public int LinePitch { get; private init; }
    public int TapPitch { get; private init; }
    public int RowPitch { get; private init; }

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
        return new TileWindow
        {
            Source = padded ? TileSource.PaddedLines : TileSource.Lines,
            Lines = g.KernelHeight,
            Taps = together ? 1 : g.KernelWidth,
            Segment = together ? g.KernelWidth * channels : g.GroupInputs,
            LinePitch = checked((padded ? width : g.InputWidth) * channels),
            TapPitch = g.DilationWidth * channels,
            RowPitch = g.StrideWidth * channels,
            CallRows = g.OutputWidth,
        };
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
