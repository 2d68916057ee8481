namespace Qnn.Runtime.Execution;

/// <summary>
/// A step made ready to run: chosen for the CPU, its operands verified. Immutable, shared by all sessions of a model.
/// The work is a range of independent items (rows, tiles, channels); any split of the range gives the same answer bit for bit.
/// </summary>
internal abstract unsafe class Kernel
{
    /// <summary>How many independent items the work has. 1 where it does not split.</summary>
    public virtual int WorkItems => 1;

    /// <summary>The smallest number of items worth handing to a thread.</summary>
    public virtual int Grain => 1;

    /// <summary>The first item of a part where the work is split into as many equal ones.</summary>
    public virtual int PartBegin(int part, int parts) => (int)((long)WorkItems * part / parts);

    /// <summary>Bytes of scratch memory for each worker; 64-byte aligned when <see cref="Run"/> gets it.</summary>
    public virtual nint ScratchBytes => 0;

    /// <summary>Bytes that the kernel writes and reads again on the way to its outputs, for all items together.</summary>
    public virtual long IntermediateBytes => 0;

    /// <summary>The name of the kernel family and instruction set, for profiles and tests: <c>conv2d.avx2</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Does items [<paramref name="begin"/>, <paramref name="end"/>). <paramref name="scratch"/> is the calling worker's own.</summary>
    public abstract void Run(in KernelContext context, int begin, int end, byte* scratch);

    /// <summary>
    /// What the answer of items [<paramref name="begin"/>, <paramref name="end"/>), at least one, depends on in an input: all of it, unless a kernel says less.
    /// Threads whose regions do not meet never wait for each other.
    /// </summary>
    public virtual Region Reads(TensorInfo input, int begin, int end) => Region.All(input);

    /// <summary>What items [<paramref name="begin"/>, <paramref name="end"/>), at least one, may write of an output.</summary>
    public virtual Region Writes(TensorInfo output, int begin, int end) => Region.All(output);
}
