using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using Qnn.Runtime.Kernels.Lanes;

namespace Qnn.Runtime.Kernels.Requantization;

/// <summary>From a tier to its epilogue, for kernels that are no convolutions.</summary>
internal static unsafe class EpilogueTiers
{
    /// <summary>The method that finishes rows of sixteen accumulators. The tier is known to be supported; asking again lets a compiler ahead of time leave out what the target has not.</summary>
    public static EpilogueStore For(KernelTier tier, RequantizeArithmetic arithmetic) => tier switch
    {
        KernelTier.Scalar => new(&EpilogueScalar.Store),
        KernelTier.Neon or KernelTier.NeonDot when AdvSimd.Arm64.IsSupported => EpilogueNeon.For(arithmetic),
        _ when tier.HasAvx512() => EpilogueAvx512.For(arithmetic),
        _ when Avx2.IsSupported => EpilogueAvx2.For(arithmetic),
        _ => new(&EpilogueScalar.Store),
    };
}
