namespace Qnn.Compiler.Ir;

/// <summary>The sliding window of a convolution or pool over height and width.</summary>
/// <param name="KernelHeight">Rows of the window.</param>
/// <param name="KernelWidth">Columns of the window.</param>
/// <param name="StrideHeight">Rows from one window to the next.</param>
/// <param name="StrideWidth">Columns from one window to the next.</param>
/// <param name="DilationHeight">Rows between two taps of the window.</param>
/// <param name="DilationWidth">Columns between two taps of the window.</param>
/// <param name="PadTop">Rows of padding above.</param>
/// <param name="PadLeft">Columns of padding at the left.</param>
/// <param name="PadBottom">Rows of padding below.</param>
/// <param name="PadRight">Columns of padding at the right.</param>
internal sealed record Window2D(
    int KernelHeight, int KernelWidth, int StrideHeight = 1, int StrideWidth = 1, int DilationHeight = 1, int DilationWidth = 1,
    int PadTop = 0, int PadLeft = 0, int PadBottom = 0, int PadRight = 0)
{
    /// <summary>Whether the numbers make a window.</summary>
    public bool IsValid =>
        KernelHeight > 0 && KernelWidth > 0 && StrideHeight > 0 && StrideWidth > 0 && DilationHeight > 0 && DilationWidth > 0
        && PadTop >= 0 && PadLeft >= 0 && PadBottom >= 0 && PadRight >= 0;

    /// <summary>Whether windows see padding.</summary>
    public bool IsPadded => (PadTop, PadLeft, PadBottom, PadRight) != (0, 0, 0, 0);

    /// <summary>The axis [N, H, W, C] of what windows make that varies because one of the data does: images by themselves, and rows or columns that windows see one of; else null.</summary>
    public int? Carried(int axis) => axis switch
    {
        0 => 0,
        1 when (KernelHeight, StrideHeight, PadTop, PadBottom) == (1, 1, 0, 0) => 1,
        2 when (KernelWidth, StrideWidth, PadLeft, PadRight) == (1, 1, 0, 0) => 2,
        _ => null,
    };

    /// <summary>Rows of the result for an input's rows; not positive where the window does not fit.</summary>
    public int OutputHeight(int height) => Extent(height, KernelHeight, StrideHeight, DilationHeight, PadTop, PadBottom);

    /// <summary>Columns of the result for an input's columns; not positive where the window does not fit.</summary>
    public int OutputWidth(int width) => Extent(width, KernelWidth, StrideWidth, DilationWidth, PadLeft, PadRight);

    /// <summary>
    /// The window with TensorFlow's SAME padding, which makes ceil(input / stride) outputs and puts an odd row of padding below,
    /// or with VALID padding, which is none.
    /// </summary>
    public static Window2D Padded(bool same, int height, int width, int kernelHeight, int kernelWidth, int strideHeight, int strideWidth, int dilationHeight = 1, int dilationWidth = 1)
    {
        var window = new Window2D(kernelHeight, kernelWidth, strideHeight, strideWidth, dilationHeight, dilationWidth);
        if (!same || !window.IsValid) return window;
        int vertical = Total(height, kernelHeight, strideHeight, dilationHeight), horizontal = Total(width, kernelWidth, strideWidth, dilationWidth);
        return window with { PadTop = vertical / 2, PadLeft = horizontal / 2, PadBottom = vertical - vertical / 2, PadRight = horizontal - horizontal / 2 };

        static int Total(int input, int kernel, int stride, int dilation)
        {
            long outputs = ((long)input + stride - 1) / stride;
            return (int)Math.Clamp((outputs - 1) * stride + ((long)kernel - 1) * dilation + 1 - input, 0, int.MaxValue);
        }
    }

    /// <summary><c>3x3, stride 2x2, dilation 1x1, pad 0 0 1 1</c> (top, left, bottom, right); strides, dilations and padding where there are any.</summary>
    public override string ToString() =>
        $"{KernelHeight}x{KernelWidth}"
        + (StrideHeight == 1 && StrideWidth == 1 ? "" : $", stride {StrideHeight}x{StrideWidth}")
        + (DilationHeight == 1 && DilationWidth == 1 ? "" : $", dilation {DilationHeight}x{DilationWidth}")
        + (!IsPadded ? "" : $", pad {PadTop} {PadLeft} {PadBottom} {PadRight}");

    private static int Extent(int input, int kernel, int stride, int dilation, int before, int after)
    {
        long room = (long)input + before + after - (((long)kernel - 1) * dilation + 1);
        return room < 0 ? 0 : (int)Math.Min(room / stride + 1, int.MaxValue);
    }
}
