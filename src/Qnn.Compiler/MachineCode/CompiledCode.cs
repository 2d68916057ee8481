using Qnn.Runtime;
using Qnn.Runtime.Artifact;
using Qnn.Runtime.Execution;
using Qnn.Runtime.Kernels.Convolution;

namespace Qnn.Compiler.MachineCode;

/// <summary>A program's machine code for one kind of CPU.</summary>
/// <param name="Target">The kind.</param>
/// <param name="Features">What it needs of a CPU.</param>
/// <param name="Bytes">Functions and their data.</param>
/// <param name="Entries">For each step, the offset of what its kernel reads, or -1.</param>
internal sealed record CompiledCode(string Target, CpuFeatures Features, byte[] Bytes, int[] Entries)
{
    /// <summary>Makes the machine code of an artifact of one program; see <see cref="GenerateAll"/>.</summary>
    public static CompiledCode? Generate(ReadOnlyMemory<byte> artifact, CancellationToken cancellation = default) => GenerateAll(artifact, cancellation)[0];

    /// <summary>Makes the machine code of an artifact's programs, for AVX512-VNNI under the System V calling convention. Null for one of which no step has any.</summary>
    /// <param name="artifact">The artifact without machine code: its steps are read and verified as the runtime does.</param>
    /// <param name="cancellation">Stops it.</param>
    public static IReadOnlyList<CompiledCode?> GenerateAll(ReadOnlyMemory<byte> artifact, CancellationToken cancellation = default)
    {
        using var source = ArtifactSource.Pin(artifact);
        var first = ArtifactReader.Read(source);
        return [.. first.Alternatives.Prepend(first).Select(program => Generate(program.ReadSteps(KernelTier.Native), cancellation))];
    }

    private static CompiledCode? Generate(StepInfo[] steps, CancellationToken cancellation)
    {
        var section = new CodeSection();
        var entries = new int[steps.Length];
        for (int i = 0; i < steps.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            entries[i] = Add(section, steps[i]);
        }
        return Array.TrueForAll(entries, e => e < 0) ? null : new CompiledCode("x86-64-avx512vnni", CpuFeatures.Avx512 | CpuFeatures.Avx512Vnni | CpuFeatures.SystemVAbi, section.ToArray(), entries);
    }

    private static unsafe int Add(CodeSection section, StepInfo step) => step.OpCode switch
    {
        OpCode.QuantizedConv2D => ConvolutionCode.Add(section, ConvolutionDescription.ForImages(step)),
        OpCode.QuantizedDense => ConvolutionCode.Add(section, ConvolutionDescription.ForRows(step)),
        OpCode.QuantizedDepthwiseConv2D => DepthwiseCode.Add(section, DepthwiseDescription.Create(step)),
        OpCode.SaturatingDepthwiseConv2D => DepthwiseCode.Add(section, DepthwiseDescription.Create(step), SaturatingDepthwiseKernel.ZeroPoints(step)),
        _ => -1,
    };
}
