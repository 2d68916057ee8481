namespace Qnn.Runtime.Kernels.Requantization;

/// <summary>A tier's method that finishes rows of 16 accumulators each. A pointer: a delegate to a static method goes through a stub that moves all arguments, some percent of a network of small tiles.</summary>
internal readonly unsafe struct EpilogueStore(delegate*<in Epilogue, int*, int, byte*, nint, int, void> method)
{
    private readonly delegate*<in Epilogue, int*, int, byte*, nint, int, void> _method = method;

    /// <summary>Adds biases, requantizes, writes the first <paramref name="channels"/> of each row.</summary>
    /// <param name="epilogue">The channels' numbers, beginning with the row's first channel. All 16 can be read.</param>
    /// <param name="sums">rows x 16 accumulators.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="output">Where the first row goes.</param>
    /// <param name="stride">Bytes from one row of the output to the next.</param>
    /// <param name="channels">1 to 16.</param>
    public void Invoke(in Epilogue epilogue, int* sums, int rows, byte* output, nint stride, int channels) => _method(epilogue, sums, rows, output, stride, channels);
}
