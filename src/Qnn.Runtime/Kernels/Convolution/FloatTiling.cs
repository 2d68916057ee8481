using System.Runtime.CompilerServices;

namespace Qnn.Runtime.Kernels.Convolution;

/// <summary>How the outputs of a float convolution lie in tiles.</summary>
internal sealed unsafe class FloatTiling(FloatConv2DParameters p)
{
    private readonly Outputs[] _lines = Axis(p.OutputHeight, p.InputHeight, p.KernelHeight, p.StrideHeight, p.DilationHeight, p.PadTop);
    private readonly Outputs[] _columns = Axis(p.OutputWidth, p.InputWidth, p.KernelWidth, p.StrideWidth, p.DilationWidth, p.PadLeft);

    // Outputs [Begin, End) of an axis, whose windows see taps [First, Last).
    private readonly record struct Outputs(int Begin, int End, int First, int Last)
    {
        public Outputs Within(int begin, int end) => this with { Begin = Math.Max(Begin, begin), End = Math.Min(End, end) };
    }

    /// <summary>The tiles of a part of an image, of nearly equal sizes where windows see the same taps: no more than there are outputs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Tiles(FloatTile* tiles, int top, int bottom, int left, int right)
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
                    tile->Tap = sees ? lines.First * p.KernelWidth + columns.First : 0;
                    tile->Rows = (int)((long)pixels * (part + 1) / parts) - pixel;
                    for (int row = 0; row < tile->Rows; row++, pixel++)
                    {
                        int y = lines.Begin + pixel / width, x = columns.Begin + pixel % width;
                        nint at = sees ? Input(y, x, lines.First, columns.First) : 0;
                        if (row == 0) tile->Input = at;
                        tile->Offsets[row] = at - tile->Input;
                        tile->Pixels[row] = y * p.OutputWidth + x;
                    }
                }
            }
        }
        return count;
    }

    // Elements of the image in front of what a tap of an output's window sees.
    private nint Input(int y, int x, int ky, int kx) =>
        (((nint)y * p.StrideHeight - p.PadTop + (nint)ky * p.DilationHeight) * p.InputWidth + (nint)x * p.StrideWidth - p.PadLeft + (nint)kx * p.DilationWidth) * p.InputChannels;

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
}
