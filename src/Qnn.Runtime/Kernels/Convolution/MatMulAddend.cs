using Qnn.Runtime.Execution;

namespace Qnn.Runtime.Kernels.Convolution;

/// <summary>What is added to a matrix product: as many elements as the result has, or one row for all.</summary>
internal static unsafe class MatMulAddend
{
    /// <summary>Puts the addend where rows of the result go.</summary>
    /// <param name="context">The call's memory.</param>
    /// <param name="addend">The addend, or null.</param>
    /// <param name="columns">Elements of a row.</param>
    /// <param name="row">The first row, counted over all matrices.</param>
    /// <param name="rows">How many.</param>
    /// <param name="to">Where the first goes.</param>
    /// <returns>Whether there is an addend.</returns>
    public static bool Put(in KernelContext context, TensorInfo? addend, int columns, nint row, int rows, float* to)
    {
        if (addend is null) return false;
        float* from = context.Pointer<float>(addend);
        if (addend.Count != columns) new Span<float>(from + row * columns, rows * columns).CopyTo(new Span<float>(to, rows * columns));
        else for (int r = 0; r < rows; r++) new Span<float>(from, columns).CopyTo(new Span<float>(to + (nint)r * columns, columns));
        return true;
    }
}
