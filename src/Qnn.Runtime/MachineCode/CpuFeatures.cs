using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace Qnn.Runtime;

/// <summary>What machine code in an artifact may need of a CPU. The bits are part of the artifact format.</summary>
[Flags]
internal enum CpuFeatures : ulong
{
    None = 0,
    /// <summary>x64 with AVX2.</summary>
    Avx2 = 1,
    /// <summary>AVX-512 F, BW, DQ and VL, and ZMM state saved by the system.</summary>
    Avx512 = 2,
    /// <summary>AVX512-VNNI.</summary>
    Avx512Vnni = 4,
    /// <summary>AVX-VNNI (VEX encoded).</summary>
    AvxVnni = 8,
    /// <summary>The System V calling convention, which the code expects. On Windows a <see cref="MachineCode.WindowsBridge"/> leads to it.</summary>
    SystemVAbi = 16,
    /// <summary>The Windows x64 calling convention, which the code expects.</summary>
    WindowsAbi = 32,
    /// <summary>AMX tiles and their products of 8-bit integers, and the system's leave to use them.</summary>
    AmxInt8 = 64,
}

/// <summary>Finds out <see cref="CpuFeatures"/>.</summary>
internal static unsafe class CpuDetection
{
    /// <summary>What this process can run.</summary>
    public static CpuFeatures Features { get; } = Detect();

    // The JIT's own answers (which DOTNET_Enable* switches turn off) are honoured for what it knows, so that a user who switches AVX-512 off is rid of ours too.
    // XCR0 need not be asked again: the JIT reports AVX-512 only where the system saves ZMM state. A program compiled ahead of time was compiled without it; there the CPU is asked.
    private static CpuFeatures Detect()
    {
        if (!X86Base.IsSupported || RuntimeInformation.ProcessArchitecture != Architecture.X64) return CpuFeatures.None;
        var features = CpuFeatures.SystemVAbi;
        if (OperatingSystem.IsWindows()) features |= CpuFeatures.WindowsAbi;
        bool avx512 = RuntimeFeature.IsDynamicCodeCompiled ? Avx512BW.IsSupported && Avx512DQ.IsSupported && Avx512BW.VL.IsSupported : HasAvx512();
        if (Avx2.IsSupported) features |= CpuFeatures.Avx2;
        if (avx512) features |= CpuFeatures.Avx512;
        if (X86Base.CpuId(0, 0).Eax >= 7)
        {
            if (avx512 && (X86Base.CpuId(7, 0).Ecx & (1 << 11)) != 0) features |= CpuFeatures.Avx512Vnni;
            if (features.HasFlag(CpuFeatures.Avx512Vnni) && HasAmx()) features |= CpuFeatures.AmxInt8;
            if (Avx2.IsSupported && (X86Base.CpuId(7, 1).Eax & (1 << 4)) != 0) features |= CpuFeatures.AvxVnni;
        }
        return features;
    }

    // CPUID: AMX-TILE, AMX-INT8.
    private static bool HasAmx()
    {
        const int Tiles = 1 << 24, Int8 = 1 << 25, All = Tiles | Int8;
        return (X86Base.CpuId(7, 0).Edx & All) == All && ExtendedState.RequestTiles();
    }

    // CPUID: OSXSAVE; AVX-512 F, DQ, BW and VL.
    private static bool HasAvx512()
    {
        const int OsXSave = 1 << 27, Foundation = 1 << 16, DoubleQuad = 1 << 17, ByteWord = 1 << 30, VectorLength = 1 << 31, All = Foundation | DoubleQuad | ByteWord | VectorLength;
        return X86Base.CpuId(0, 0).Eax >= 7 && (X86Base.CpuId(1, 0).Ecx & OsXSave) != 0 && (X86Base.CpuId(7, 0).Ebx & All) == All && ExtendedState.HasAvx512;
    }
}
