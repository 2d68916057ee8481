namespace Qnn.Runtime.Execution;

/// <summary>A loaded, verified program: what all sessions of a model share for one <see cref="KernelTier"/>.</summary>
internal sealed class Program
{
    public required TensorInfo[] Tensors { get; init; }
    public required StepInfo[] Steps { get; init; }
    public required Kernel[] Kernels { get; init; }
    public required nint ArenaBytes { get; init; }
    public required nint StateBytes { get; init; }

    /// <summary>A step's work, as <see cref="StepInfo.Work"/> has it; what its kernel writes and reads again on the way counts as output.</summary>
    public long Work(int step) => Steps[step].Work + StepInfo.ByteWork * Kernels[step].IntermediateBytes;

    /// <summary>What the kernels call, kept alive with them; null where none of them is machine code.</summary>
    public ExecutableMemory? MachineCode { get; init; }
}
