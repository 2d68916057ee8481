using Qnn.Runtime;
using Qnn.Runtime.Artifact;
using Qnn.Runtime.Execution;
using Qnn.Runtime.Kernels.Convolution;
using Qnn.Runtime.Kernels.Recurrent;

namespace Qnn.Compiler.MachineCode;

/// <summary>A program's machine code: functions and their data, which the kinds of CPU share where they can.</summary>
/// <param name="Bytes">Functions and data.</param>
/// <param name="Variants">For each kind of CPU, what it takes of them.</param>
internal sealed record CompiledCode(byte[] Bytes, IReadOnlyList<CodeVariant> Variants)
{
    private const CpuFeatures Vnni = CpuFeatures.Avx512 | CpuFeatures.Avx512Vnni | CpuFeatures.SystemVAbi;

    /// <summary>Makes the machine code of an artifact of one program, with AMX everywhere; see <see cref="GenerateAll"/>.</summary>
    public static CompiledCode? Generate(ReadOnlyMemory<byte> artifact, CancellationToken cancellation = default) => GenerateAll(artifact, AmxUse.Everywhere, cancellation)[0];

    /// <summary>Makes the machine code of an artifact's programs, for AVX512-VNNI and AMX under the System V calling convention, in one section. Null for one of which no step has any.</summary>
    /// <param name="artifact">The artifact without machine code: its steps are read and verified as the runtime does.</param>
    /// <param name="amx">Which layers get code for AMX.</param>
    /// <param name="cancellation">Stops it.</param>
    public static IReadOnlyList<CompiledCode?> GenerateAll(ReadOnlyMemory<byte> artifact, AmxUse amx, CancellationToken cancellation = default)
    {
        using var source = ArtifactSource.Pin(artifact);
        var first = ArtifactReader.Read(source);
        var section = new CodeSection();
        var variants = first.Alternatives.Prepend(first).Select(program => Generate(section, program.ReadSteps(KernelTier.Native), amx, cancellation)).ToArray();
        byte[] bytes = section.ToArray();
        return [.. variants.Select(v => v is null ? null : new CompiledCode(bytes, v))];
    }

    private static List<CodeVariant>? Generate(CodeSection section, StepInfo[] steps, AmxUse amx, CancellationToken cancellation)
    {
        int[] vnniEntries = new int[steps.Length], amxEntries = new int[steps.Length];
        for (int i = 0; i < steps.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            (vnniEntries[i], amxEntries[i]) = Add(section, steps[i], amx);
        }
        if (Array.TrueForAll(vnniEntries, e => e < 0)) return null;
        var variants = new List<CodeVariant> { new("x86-64-avx512vnni", Vnni, vnniEntries) };
        if (!amxEntries.SequenceEqual(vnniEntries)) variants.Add(new("x86-64-amx", Vnni | CpuFeatures.AmxInt8, amxEntries));
        return variants;
    }

    private static unsafe StepEntries Add(CodeSection section, StepInfo step, AmxUse amx) => step.OpCode switch
    {
        OpCode.QuantizedConv2D => ConvolutionCode.Add(section, ConvolutionDescription.ForImages(step), amx),
        OpCode.QuantizedDense => ConvolutionCode.Add(section, ConvolutionDescription.ForRows(step), amx),
        OpCode.QuantizedDepthwiseConv2D => StepEntries.Both(DepthwiseCode.Add(section, DepthwiseDescription.Create(step))),
        OpCode.SaturatingDepthwiseConv2D => StepEntries.Both(DepthwiseCode.Add(section, DepthwiseDescription.Create(step), SaturatingDepthwiseKernel.ZeroPoints(step))),
        OpCode.QuantizedMatMul => StepEntries.Both(MatMulCode.Add(section, QuantizedMatMulDescription.Create(step))),
        OpCode.OnnxRecurrent => AddDense(section, OnnxRecurrentKernel.Dense(step), amx),
        OpCode.DynamicRecurrent => AddDense(section, DynamicRecurrentKernel.Dense(step), amx),
        OpCode.BlockedMatMul => StepEntries.Both(BlockedMatMulCode.Add(section, step)),
        _ => StepEntries.None,
    };

    // The layer of a recurrent step that multiplies its states.
    private static StepEntries AddDense(CodeSection section, StepInfo? dense, AmxUse amx) => dense is null ? StepEntries.None : ConvolutionCode.Add(section, ConvolutionDescription.ForRows(dense), amx);
}
