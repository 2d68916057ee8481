namespace Qnn.Runtime.Execution;

/// <summary>A loaded, verified program: what all sessions of a model share for one <see cref="KernelTier"/>.</summary>
internal sealed class Program
{
    public required TensorInfo[] Tensors { get; init; }
    public required StepInfo[] Steps { get; init; }
    public required Kernel[] Kernels { get; init; }
    public required nint ArenaBytes { get; init; }
    public required nint StateBytes { get; init; }

    /// <summary>What the kernels call, kept alive with them; null where none of them is machine code.</summary>
    public ExecutableMemory? MachineCode { get; init; }
}
