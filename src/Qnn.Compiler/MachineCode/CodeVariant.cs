using Qnn.Runtime;

namespace Qnn.Compiler.MachineCode;

/// <summary>What one kind of CPU takes of a program's machine code.</summary>
/// <param name="Target">The kind.</param>
/// <param name="Features">What the code needs of a CPU.</param>
/// <param name="Entries">For each step, the offset of what its kernel reads, or -1.</param>
internal sealed record CodeVariant(string Target, CpuFeatures Features, int[] Entries);
