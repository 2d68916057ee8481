namespace Qnn.Compiler.MachineCode;

/// <summary>Where a step's kernel finds what it reads in the machine code section, for each <see cref="CodeVariant"/>; -1 where there is no code.</summary>
/// <param name="Vnni">For CPUs with AVX512-VNNI.</param>
/// <param name="Amx">For those with AMX as well.</param>
internal readonly record struct StepEntries(int Vnni, int Amx)
{
    /// <summary>No code.</summary>
    public static StepEntries None { get; } = Both(-1);

    /// <summary>The same code for both.</summary>
    public static StepEntries Both(int entry) => new(entry, entry);
}
