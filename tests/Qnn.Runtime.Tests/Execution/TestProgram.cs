using System.Runtime.InteropServices;
using Qnn.Runtime.Artifact.Format;
using Qnn.Runtime.Execution;

namespace Qnn.Runtime.Tests.Execution;

/// <summary>A program of kernels that a test makes, with tensors of so many bytes at so many places of an arena.</summary>
internal sealed unsafe class TestProgram : IDisposable
{
    private readonly byte** _tensors;
    private readonly byte* _arena, _scratch;

    public TestProgram(TensorInfo[] tensors, IReadOnlyList<(Kernel Kernel, TensorInfo Input, TensorInfo Output)> steps, int threads)
    {
        Program = new Program
        {
            Tensors = tensors,
            Kernels = [.. steps.Select(s => s.Kernel)],
            Steps = [.. steps.Select((s, i) => new StepInfo
            {
                Index = i,
                OpCode = default,
                Name = $"s{i}",
                Inputs = [s.Input],
                Outputs = [s.Output],
                Parameters = [],
                MultiplyAdds = 0,
                Tier = KernelTier.Scalar,
            })],
            ArenaBytes = tensors.Max(t => t.Offset + t.ByteLength),
            StateBytes = 0,
        };
        _arena = (byte*)NativeMemory.AllocZeroed((nuint)Program.ArenaBytes);
        _tensors = (byte**)NativeMemory.Alloc((nuint)tensors.Length, (nuint)sizeof(byte*));
        for (int i = 0; i < tensors.Length; i++) _tensors[i] = _arena + tensors[i].Offset;
        _scratch = (byte*)NativeMemory.AllocZeroed((nuint)threads * ScratchStride);
        Plan = new ParallelPlan(Program, _tensors, threads, splitsAll: true, _scratch, ScratchStride);
    }

    public const int ScratchStride = 64;

    public Program Program { get; }

    public ParallelPlan Plan { get; }

    public Span<byte> Arena => new(_arena, (int)Program.ArenaBytes);

    /// <summary>A tensor of bytes in the arena.</summary>
    public static TensorInfo Tensor(int index, int offset, int bytes) =>
        new() { Index = index, Name = $"t{index}", Type = ElementType.U8, Shape = [bytes], Count = bytes, Storage = Storage.Arena, Offset = offset };

    public void RunAlone()
    {
        foreach (var kernel in Program.Kernels) kernel.Run(new KernelContext(_tensors), 0, kernel.WorkItems, _scratch);
    }

    public void Dispose()
    {
        NativeMemory.Free(_arena);
        NativeMemory.Free(_tensors);
        NativeMemory.Free(_scratch);
    }
}
