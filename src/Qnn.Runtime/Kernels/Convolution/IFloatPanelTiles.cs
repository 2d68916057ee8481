namespace Qnn.Runtime.Kernels.Convolution;

/// <summary>How an instruction set multiplies rows with a panel of <see cref="MatrixPanels"/>.</summary>
internal unsafe interface IFloatPanelTiles
{
    /// <summary>The instruction set's name.</summary>
    static abstract string Name { get; }

    /// <summary>The sums of a run of products, in order, of some rows and a panel's columns: the result, or added to it.</summary>
    /// <param name="left">The rows.</param>
    /// <param name="pitch">Elements from row to row.</param>
    /// <param name="rows">How many.</param>
    /// <param name="panel">The panel's first row of the run.</param>
    /// <param name="width">The panel's columns.</param>
    /// <param name="count">Products.</param>
    /// <param name="to">The result.</param>
    /// <param name="toPitch">Elements from row to row of it.</param>
    /// <param name="first">Whether the sums are the result.</param>
    static abstract void Add(float* left, nint pitch, int rows, float* panel, int width, int count, float* to, nint toPitch, bool first);

    /// <summary>Those of one row and four panels of <see cref="MatrixPanels.Columns"/>, <paramref name="step"/> elements from one to the next: more sums that do not wait for each other.</summary>
    static abstract void AddFour(float* left, float* panel, nint step, int count, float* to, bool first);
}

/// <summary>One sum after the other.</summary>
internal readonly unsafe struct FloatPanelTilesScalar<TProducts> : IFloatPanelTiles where TProducts : struct, IFloatProducts
{
    public static string Name => "scalar";

    public static void Add(float* left, nint pitch, int rows, float* panel, int width, int count, float* to, nint toPitch, bool first)
    {
        for (int row = 0; row < rows; row++, left += pitch, to += toPitch)
        {
            for (int column = 0; column < width; column++)
            {
                float sum = 0;
                for (int k = 0; k < count; k++) sum = TProducts.Add(sum, left[k], panel[(nint)k * width + column]);
                to[column] = first ? sum : to[column] + sum;
            }
        }
    }

    public static void AddFour(float* left, float* panel, nint step, int count, float* to, bool first)
    {
        for (int i = 0; i < 4; i++) Add(left, 0, 1, panel + i * step, MatrixPanels.Columns, count, to + i * MatrixPanels.Columns, 0, first);
    }
}
