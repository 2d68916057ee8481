using System.Runtime.CompilerServices;

namespace Qnn.Runtime.Kernels.Convolution;

/// <summary>
/// Gathers the windows of output pixels (im2col) into scratch rows of <see cref="ConvolutionGeometry.DepthSteps"/> x 4 activations, in the order row, column, channel.
/// What lies outside the image is the zero point. The last few elements of a row, beyond the depth, are anything: their weights are zero.
/// </summary>
internal static unsafe class PatchPacker<TFormat> where TFormat : struct, IActivationFormat
{
    /// <summary>Elements that may be overwritten after the last row.</summary>
    public const int Slack = 64;

    /// <summary>Gathers the windows of pixels [first, first + count) of all images' pixels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Pack(in ConvolutionGeometry g, byte* input, int group, int zeroPoint, int first, int count, byte* rows)
    {
        byte* end = input + (nint)g.Batch * g.InputHeight * g.InputWidth * g.InputChannels;
        nint pitch = (nint)g.DepthSteps * 4 * TFormat.Size;
        if (g.IsPointwise)
        {
            byte* source = input + (nint)first * g.InputChannels;
            if (g.InputChannels % 4 == 0)
            {
                TFormat.Copy(source, end, rows, (nint)count * g.InputChannels);
                return;
            }
            for (int r = 0; r < count; r++) TFormat.Copy(source + (nint)r * g.InputChannels, end, rows + r * pitch, g.InputChannels);
            return;
        }

        int column = first % g.OutputWidth, line = first / g.OutputWidth;
        int row = line % g.OutputHeight, image = line / g.OutputHeight;
        // Windows inside the image, whose lines are runs of bytes: nearly all of a first layer, whose few channels leave little to compute.
        bool hasRuns = g.DilationWidth == 1 && g.Groups == 1;
        nint run = (nint)g.KernelWidth * g.InputChannels, linePitch = (nint)g.InputWidth * g.InputChannels;
        int height = (g.KernelHeight - 1) * g.DilationHeight + 1;
        for (int r = 0; r < count; r++, rows += pitch)
        {
            int top = row * g.StrideHeight - g.PadTop, left = column * g.StrideWidth - g.PadLeft;
            if (hasRuns && top >= 0 && top + height <= g.InputHeight && left >= 0 && left + g.KernelWidth <= g.InputWidth)
            {
                byte* source = input + ((nint)image * g.InputHeight + top) * linePitch + (nint)left * g.InputChannels, to = rows;
                for (int ky = 0; ky < g.KernelHeight; ky++, source += g.DilationHeight * linePitch, to += run * TFormat.Size) TFormat.Copy(source, end, to, run);
            }
            else
            {
                PackWindow(g, input + (nint)image * g.InputHeight * g.InputWidth * g.InputChannels + (nint)group * g.GroupInputs, end, zeroPoint, top, left, rows);
            }
            if (++column < g.OutputWidth) continue;
            column = 0;
            if (++row < g.OutputHeight) continue;
            row = 0;
            image++;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void PackWindow(in ConvolutionGeometry g, byte* image, byte* end, int zeroPoint, int top, int left, byte* to)
    {
        int channels = g.GroupInputs;
        nint step = (nint)channels * TFormat.Size;
        // One run of bytes is a whole line of the window where taps and channels lie side by side.
        bool lines = g.DilationWidth == 1 && g.Groups == 1 && left >= 0 && left + g.KernelWidth <= g.InputWidth;
        for (int ky = 0; ky < g.KernelHeight; ky++)
        {
            int y = top + ky * g.DilationHeight;
            if ((uint)y >= (uint)g.InputHeight)
            {
                TFormat.Fill(to, (byte)zeroPoint, (nint)g.KernelWidth * channels);
                to += g.KernelWidth * step;
                continue;
            }
            byte* line = image + (nint)y * g.InputWidth * g.InputChannels;
            if (lines)
            {
                TFormat.Copy(line + (nint)left * channels, end, to, (nint)g.KernelWidth * channels);
                to += g.KernelWidth * step;
                continue;
            }
            for (int kx = 0; kx < g.KernelWidth; kx++, to += step)
            {
                int x = left + kx * g.DilationWidth;
                if ((uint)x >= (uint)g.InputWidth) TFormat.Fill(to, (byte)zeroPoint, channels);
                else TFormat.Copy(line + (nint)x * g.InputChannels, end, to, channels);
            }
        }
    }
}
