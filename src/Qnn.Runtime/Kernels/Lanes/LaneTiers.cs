using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Qnn.Runtime.Kernels.Lanes;

/// <summary>Makes something for the lanes of an instruction set; see <see cref="LaneTiers"/>.</summary>
internal interface ILaneFactory<TResult>
{
    TResult Create<TLanes, TInt, TFloat>() where TLanes : struct, ILanes<TInt, TFloat> where TInt : unmanaged where TFloat : unmanaged;
}

/// <summary>From a tier to its lanes.</summary>
internal static class LaneTiers
{
    /// <summary>Whether kernels of a tier use AVX-512 through intrinsics.</summary>
    public static bool HasAvx512(this KernelTier tier) => tier is KernelTier.Avx512 or KernelTier.Native && Avx512BW.IsSupported && KernelTiers.IsSupported(KernelTier.Avx512);

    /// <summary>Calls the factory with the lanes of a tier. The tier is known to be supported; asking again lets a compiler ahead of time leave out what the target has not.</summary>
    public static TResult Create<TFactory, TResult>(this KernelTier tier, TFactory factory) where TFactory : struct, ILaneFactory<TResult> => tier switch
    {
        KernelTier.Avx512 or KernelTier.Native when Avx512BW.IsSupported && KernelTiers.IsSupported(KernelTier.Avx512) => factory.Create<Avx512Lanes, Vector512<int>, Vector512<float>>(),
        KernelTier.AvxVnni or KernelTier.Avx2 or KernelTier.Native when Avx2.IsSupported => factory.Create<Avx2Lanes, Vector256<int>, Vector256<float>>(),
        KernelTier.Neon or KernelTier.NeonDot when AdvSimd.Arm64.IsSupported => factory.Create<NeonLanes, Vector128<int>, Vector128<float>>(),
        _ => factory.Create<ScalarLanes, int, float>(),
    };
}
