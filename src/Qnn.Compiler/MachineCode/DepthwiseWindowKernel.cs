using Iced.Intel;
using Qnn.Runtime.Kernels.Convolution;
using Qnn.Runtime.MachineCode;
using static Iced.Intel.AssemblerRegisters;

namespace Qnn.Compiler.MachineCode;

/// <summary>
/// Exact sums over a window of any extent: the taps, row by row, are interleaved by fours to [channel][4], which vpdpbusd takes. What <see cref="DepthwiseRowKernel"/> keeps in registers for several outputs is
/// made anew for each one.
/// </summary>
/// <param name="Height">Rows of the window.</param>
/// <param name="Width">Its columns.</param>
/// <param name="Stride">Columns from an output's window to the next.</param>
/// <param name="TapStep">Columns from a tap to the next.</param>
/// <param name="PadLeft">Columns of zero points before the input.</param>
/// <param name="InputWidth">Columns of the input.</param>
/// <param name="OutputWidth">Columns of the output.</param>
/// <param name="Channels">Channels.</param>
/// <param name="Remainders">A bit for each weight vector: whether a block has remainders there.</param>
/// <param name="Epilogue">The epilogue, for every 64 channels the same.</param>
internal sealed record DepthwiseWindowKernel(int Height, int Width, int Stride, int TapStep, int PadLeft, int InputWidth, int OutputWidth, int Channels, ulong Remainders, TileEpilogue Epilogue)
    : ChannelBlocksKernel(Channels, 1, Epilogue)
{
    /// <summary>Taps of a window: as many weight vectors as there are bits for remainders.</summary>
    public const int MaxTaps = 64;

    // Outputs at the edges have code of their own each.
    private const int MaxEdges = 16;

    private const int Taps = 0, Pairs = 4, Fours = 8, Accumulators = 24, Temporary = 30;

    /// <summary>Weight vectors of 64 channels: four for each four taps.</summary>
    public int Vectors => (Height * Width + 3) / 4 * 4;

    /// <inheritdoc/>
    protected override int Rows => Height;

    /// <inheritdoc/>
    protected override int BlockBytes => (Remainders != 0 ? 2 : 1) * Vectors * 64;

    /// <summary>Whether there is code for a geometry.</summary>
    public static bool Supports(in ConvolutionGeometry g)
    {
        if (g.KernelHeight > DepthwiseArguments.MaxRows || g.KernelHeight * g.KernelWidth > MaxTaps) return false;
        int left = (g.PadLeft + g.StrideWidth - 1) / g.StrideWidth;
        int inside = (g.InputWidth + g.PadLeft - (g.KernelWidth - 1) * g.DilationWidth - 1) / g.StrideWidth + 1;
        return g.OutputWidth - Math.Max(0, Math.Min(inside, g.OutputWidth) - left) <= MaxEdges;
    }

    /// <inheritdoc/>
    protected override void EmitBlock(Assembler c, bool masked)
    {
        c.mov(rax, rcx);
        // rbx: the window's first column.
        c.mov(rbx, -(long)PadLeft * Channels);
        int output = 0;
        for (; output < OutputWidth && !IsInside(output); output++) EmitOutput(c, output, masked);
        int regular = 0;
        while (output + regular < OutputWidth && IsInside(output + regular)) regular++;
        if (regular > 1)
        {
            c.mov(ebp, regular);
            var loop = c.CreateLabel();
            c.Label(ref loop);
            EmitOutput(c, output, masked);
            c.dec(ebp);
            c.jne(loop);
            output += regular;
        }
        for (; output < OutputWidth; output++) EmitOutput(c, output, masked);
    }

    // Whether the whole window is in the input.
    private bool IsInside(int output) => IsInside(output, 0) && IsInside(output, Width - 1);

    private bool IsInside(int output, int column) => (uint)(output * Stride - PadLeft + column * TapStep) < (uint)InputWidth;

    private void EmitOutput(Assembler c, int output, bool masked)
    {
        for (int j = 0; j < 4; j++) c.vmovdqu32(Z(Accumulators + j), __zmmword_ptr[rsi + (j * Epilogue.VectorBytes + EpilogueLayout.Bias)]);
        for (int first = 0; first < Height * Width; first += 4) EmitFour(c, output, first);
        EmitResults(c, Accumulators, Temporary, masked);
        c.add(rbx, Stride * Channels);
    }

    // Weights of taps that are not there are zero, so that any data may stand in their place.
    private void EmitFour(Assembler c, int output, int first)
    {
        int count = Math.Min(4, Height * Width - first);
        for (int i = 0; i < count; i++) EmitTap(c, output, first + i, Z(Taps + i));
        for (int i = 0; i < count; i += 2)
        {
            var (one, other) = (Z(Taps + i), Z(Taps + Math.Min(i + 1, count - 1)));
            c.vpunpcklbw(Z(Pairs + i), one, other);
            c.vpunpckhbw(Z(Pairs + i + 1), one, other);
        }
        int second = count > 2 ? Pairs + 2 : Pairs;
        for (int j = 0; j < 4; j++)
        {
            var (low, high) = (Z(Pairs + j / 2), Z(second + j / 2));
            if (j % 2 == 0) c.vpunpcklwd(Z(Fours + j), low, high);
            else c.vpunpckhwd(Z(Fours + j), low, high);
            c.vpdpbusd(Z(Accumulators + j), Z(Fours + j), __zmmword_ptr[rdx + (first + j) * 64]);
            if ((Remainders >> (first + j) & 1) != 0) c.vpdpbusd(Z(Accumulators + j), Z(Fours + j), __zmmword_ptr[rdx + (Vectors + first + j) * 64]);
        }
    }

    private void EmitTap(Assembler c, int output, int tap, AssemblerRegisterZMM to)
    {
        int column = tap % Width;
        if (IsInside(output, column)) c.vmovdqu8(to, __zmmword_ptr[Row(tap / Width) + rbx + column * TapStep * Channels]);
        else c.vmovdqu32(to, __zmmword_ptr[r11 + ConstantsLayout.InputZeroPoint]);
    }
}
