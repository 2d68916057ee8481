namespace Qnn.Runtime;

/// <summary>Whether machine code of an artifact can run in this process.</summary>
internal static class MachineCodeSupport
{
    private const CpuFeatures Vnni = CpuFeatures.Avx512 | CpuFeatures.Avx512Vnni;

    /// <summary>Whether the CPU has an instruction set that artifacts carry code for.</summary>
    public static bool IsSupported => (CpuDetection.Features & Vnni) == Vnni;

    /// <summary>Whether code with AMX tiles can run.</summary>
    public static bool IsAmxSupported => IsSupported && CpuDetection.Features.HasFlag(CpuFeatures.AmxInt8);
}
