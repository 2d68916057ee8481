using Qnn.Runtime.Artifact.Format;
using Qnn.Runtime.Execution;
using Qnn.Runtime.Kernels.Convolution;

namespace Qnn.Runtime.Kernels.Recurrent;

/// <summary>
/// A dense layer within a step, uint8 [rows, depth] to exact sums int32 [rows, columns], by the tier's kernel or machine code. Takes inputs of the step: four of <see cref="PackedWeights"/>,
/// and biases int32 (whole blocks of sixteen).
/// </summary>
internal sealed unsafe class InnerDense
{
    /// <summary>How many inputs of a step it takes.</summary>
    public const int Inputs = 5;

    // Data is read, and sums may be, a little beyond their end.
    private const int Slack = 64;

    private readonly Kernel _kernel;
    private readonly int _rows, _depth, _columns;

    /// <summary>Verifies and takes inputs from <paramref name="first"/> on.</summary>
    public InnerDense(StepInfo step, int first, int rows, int depth, int columns)
    {
        (_rows, _depth, _columns) = (rows, depth, columns);
        _kernel = KernelTable.Create(Describe(step, first, rows, depth, columns));
    }

    /// <summary>The layer as a step: what machine code is made for.</summary>
    public static StepInfo Describe(StepInfo step, int first, int rows, int depth, int columns)
    {
        step.Require((long)rows * columns < int.MaxValue / sizeof(int) && (long)rows * depth < int.MaxValue - Slack, "the state is too large");
        var parameters = new DenseParameters { Depth = depth };
        return new StepInfo
        {
            Index = step.Index,
            OpCode = OpCode.QuantizedDense,
            Name = step.Name,
            Inputs = [Tensor(0, ElementType.U8, rows, depth), .. Enumerable.Range(first, Inputs).Select(step.OptionalInput)],
            Outputs = [Tensor(1, ElementType.S32, rows, columns)],
            Parameters = new ReadOnlySpan<byte>(&parameters, sizeof(DenseParameters)).ToArray(),
            MultiplyAdds = 0,
            Tier = step.Tier,
            MachineCode = step.MachineCode,
        };

        TensorInfo Tensor(int index, ElementType type, int height, int width) => new()
        {
            Index = index,
            Name = step.Name,
            Type = type,
            Shape = [height, width],
            Count = height * width,
            Storage = Storage.Arena,
            Offset = 0,
        };
    }

    /// <summary>Bytes of scratch memory, a multiple of 64, to be aligned to 64.</summary>
    public nint ScratchBytes => KernelBytes + SumBytes + Align((nint)_rows * _depth + Slack);

    /// <summary>Where the data lies in scratch memory.</summary>
    public byte* Data(byte* scratch) => scratch + KernelBytes + SumBytes;

    /// <summary>Multiplies the data; gives the sums, in scratch memory.</summary>
    public int* Run(byte* scratch)
    {
        byte** tensors = stackalloc byte*[2];
        var sums = (int*)(scratch + KernelBytes);
        tensors[0] = Data(scratch);
        tensors[1] = (byte*)sums;
        _kernel.Run(new KernelContext(tensors), 0, _kernel.WorkItems, scratch);
        return sums;
    }

    private nint KernelBytes => Align(_kernel.ScratchBytes);

    private nint SumBytes => Align((nint)_rows * _columns * sizeof(int) + Slack);

    private static nint Align(nint bytes) => (bytes + 63) & ~63;
}
