using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Qnn.Runtime;

/// <summary>
/// Which kernels run a model. All give identical results. <c>QNN_KERNELS</c> or <see cref="InferenceOptions.Kernels"/> force one;
/// otherwise the best that the CPU has is taken.
/// </summary>
public enum KernelTier
{
    /// <summary>The best that the CPU and the artifact have.</summary>
    Auto = 0,
    /// <summary>Plain C#: the reference that the others are tested against.</summary>
    Scalar,
    /// <summary>x64 with AVX2.</summary>
    Avx2,
    /// <summary>x64 with AVX-512 F, BW, DQ and VL.</summary>
    Avx512,
    /// <summary>Machine code from the artifact (AVX512-VNNI); where the artifact has none for a step, the better of <see cref="AvxVnni"/> and <see cref="Avx512"/> for it.</summary>
    Native,
    /// <summary>ARM64 without dot product.</summary>
    Neon,
    /// <summary>ARM64 with the dot-product instructions.</summary>
    NeonDot,
    /// <summary>Machine code from the artifact with AMX tiles; what <see cref="Native"/> has where there is none for a step.</summary>
    Amx,
    /// <summary>x64 with AVX2 and AVX-VNNI, the VEX-encoded dot product of bytes.</summary>
    AvxVnni,
}

/// <summary>Names, availability and choice of <see cref="KernelTier"/>: the one place that asks the CPU.</summary>
public static class KernelTiers
{
    // Best first.
    private static readonly KernelTier[] s_preference =
        [KernelTier.Amx, KernelTier.Native, KernelTier.AvxVnni, KernelTier.Avx512, KernelTier.Avx2, KernelTier.NeonDot, KernelTier.Neon, KernelTier.Scalar];

    private static readonly KernelTier[] s_available = FindAvailable();

    /// <summary>The tiers that this process can run, best first.</summary>
    public static IReadOnlyList<KernelTier> Available => s_available;

    /// <summary>How many there are, <see cref="KernelTier.Auto"/> among them.</summary>
    internal static int Count => s_preference.Length + 1;

    /// <summary>The name used by <c>QNN_KERNELS</c> and <c>qnn --kernels</c>.</summary>
    public static string Name(this KernelTier tier) => tier switch
    {
        KernelTier.Auto => "auto",
        KernelTier.Scalar => "scalar",
        KernelTier.Avx2 => "avx2",
        KernelTier.AvxVnni => "avxvnni",
        KernelTier.Avx512 => "avx512",
        KernelTier.Native => "native",
        KernelTier.Neon => "neon",
        KernelTier.NeonDot => "neondot",
        KernelTier.Amx => "amx",
        _ => throw new ArgumentOutOfRangeException(nameof(tier)),
    };

    /// <summary>Reads a tier's name.</summary>
    /// <exception cref="ArgumentException">The name is unknown; the message lists the known ones.</exception>
    public static KernelTier Parse(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        foreach (var tier in Enum.GetValues<KernelTier>())
        {
            if (name.Equals(tier.Name(), StringComparison.OrdinalIgnoreCase)) return tier;
        }
        throw new ArgumentException($"Unknown kernel set '{name}'. Known: {string.Join(", ", Enum.GetValues<KernelTier>().Select(Name))}.");
    }

    /// <summary>Whether this process can run a tier.</summary>
    public static bool IsSupported(KernelTier tier) => tier switch
    {
        KernelTier.Auto or KernelTier.Scalar => true,
        KernelTier.Avx2 => Avx2.IsSupported,
        KernelTier.AvxVnni => AvxVnni.IsSupported,
        KernelTier.Avx512 => Avx512BW.IsSupported && Avx512DQ.IsSupported && Avx512BW.VL.IsSupported,
        KernelTier.Native => MachineCodeSupport.IsSupported,
        KernelTier.Amx => MachineCodeSupport.IsAmxSupported,
        KernelTier.Neon => AdvSimd.Arm64.IsSupported,
        KernelTier.NeonDot => Dp.Arm64.IsSupported,
        _ => false,
    };

    /// <summary>The tier to use: the wish, else <c>QNN_KERNELS</c>, else the best available.</summary>
    /// <exception cref="PlatformNotSupportedException">The wish cannot run on this CPU.</exception>
    internal static KernelTier Resolve(KernelTier wish)
    {
        if (wish == KernelTier.Auto && Environment.GetEnvironmentVariable("QNN_KERNELS") is { Length: > 0 } name) wish = Parse(name);
        if (wish == KernelTier.Auto) return s_available[0];
        if (!IsSupported(wish))
        {
            throw new PlatformNotSupportedException(
                $"The kernel set '{wish.Name()}' cannot run here. Available: {string.Join(", ", Available.Select(Name))}.");
        }
        return wish;
    }

    /// <summary>
    /// The best tier for an artifact without machine code. Where the CPU has both AVX-VNNI and AVX-512 it is <see cref="KernelTier.Native"/>, which takes each step's better one:
    /// products of bytes are made faster by the former, everything else by the latter.
    /// </summary>
    internal static KernelTier WithoutMachineCode
    {
        get
        {
            if (IsSupported(KernelTier.AvxVnni) && IsSupported(KernelTier.Avx512)) return KernelTier.Native;
            int best = 0;
            while (s_available[best] is KernelTier.Native or KernelTier.Amx) best++;
            return s_available[best];
        }
    }

    // No generic methods on the way to the first answer: each would be compiled in the user's process.
    private static KernelTier[] FindAvailable()
    {
        int count = 0;
        foreach (var tier in s_preference) count += IsSupported(tier) ? 1 : 0;
        var available = new KernelTier[count];
        count = 0;
        foreach (var tier in s_preference)
        {
            if (IsSupported(tier)) available[count++] = tier;
        }
        return available;
    }
}
