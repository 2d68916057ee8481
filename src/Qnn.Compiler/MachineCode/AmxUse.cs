namespace Qnn.Compiler.MachineCode;

/// <summary>Which layers get code for AMX, beside their code for AVX512-VNNI.</summary>
internal enum AmxUse
{
    /// <summary>None.</summary>
    Never,
    /// <summary>Those that it makes faster.</summary>
    WhereItPays,
    /// <summary>All, to test it.</summary>
    Everywhere,
}
