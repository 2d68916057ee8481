namespace Qnn.Runtime.Kernels.Requantization;

/// <summary>Finishes rows of 16 accumulators each: adds biases, requantizes, writes the first <paramref name="channels"/> of each row.</summary>
/// <param name="epilogue">The channels' numbers, beginning with the row's first channel. All 16 can be read.</param>
/// <param name="sums">rows x 16 accumulators.</param>
/// <param name="rows">How many rows.</param>
/// <param name="output">Where the first row goes.</param>
/// <param name="stride">Bytes from one row of the output to the next.</param>
/// <param name="channels">1 to 16.</param>
internal unsafe delegate void EpilogueStore(in Epilogue epilogue, int* sums, int rows, byte* output, nint stride, int channels);
