using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using Qnn.Runtime.Execution;
using Qnn.Runtime.Kernels.Convolution.Winograd;
using Qnn.Runtime.Kernels.Lanes;
using Qnn.Runtime.Kernels.Requantization;
using Qnn.Runtime.MachineCode;

namespace Qnn.Runtime.Kernels.Convolution;

/// <summary>Chooses the kernel of a convolution or dense layer by tier.</summary>
internal static unsafe class ConvolutionKernels
{
    // An order of inputs takes as long to find as it saves in four inferences of so many pixels. Layers of fewer have most of a network's weights, and few of its products.
    private const int PixelsWorthAnOrder = 128;

    // The most that products by Winograd may cost, beside products of four bytes at their limit: more where products are of 16 bits anyway.
    private const double CostOfAvxVnni = 1.4, CostOfWords = 1.8;

    /// <summary>Makes the kernel of a QuantizedConv2D step.</summary>
    public static Kernel CreateConv2D(StepInfo step) => Create(step, ConvolutionDescription.ForImages(step));

    /// <summary>Makes the kernel of a QuantizedDense step.</summary>
    public static Kernel CreateDense(StepInfo step) => Create(step, ConvolutionDescription.ForRows(step));

    private static Kernel Create(StepInfo step, in ConvolutionDescription description) => step.MachineCode != null
        ? CreateNativeWinograd((TileStep*)step.MachineCode, description) ?? new ConvolutionMachineCode(description, step.MachineCode)
        : CreateWinograd(step.Tier, description) ?? Create(step.Tier, description);

    // Null where products of four bytes are better.
    private static Kernel? CreateWinograd(KernelTier tier, in ConvolutionDescription description)
    {
        bool is512 = tier.HasAvx512();
        if (!is512 && tier is not (KernelTier.Avx2 or KernelTier.AvxVnni)) return null;
        if (WinogradTransform.Cost(description.Geometry) > (tier == KernelTier.AvxVnni ? CostOfAvxVnni : CostOfWords)) return null;
        if (!WinogradTransform.Suits(description, is512 ? Vector512<short>.Count : Vector256<short>.Count)) return null;
        return is512 ? CreateWinograd512(description) : CreateWinograd256(tier, description);
    }

    // Apart, since their types are loaded when a method that names them is compiled.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Kernel? CreateWinograd512(in ConvolutionDescription description) => Avx512BW.IsSupported
        ? new WinogradConvolution<WinogradTiles512, Vector512<short>, Avx512Lanes, Vector512<int>, Vector512<float>>(description, EpilogueAvx512.For(description.Epilogue.Arithmetic))
        : null;

    // The compiler chose. A program compiled ahead of time may have been compiled without AVX-512; transforms are some tenths of the time.
    private static Kernel? CreateNativeWinograd(TileStep* step, in ConvolutionDescription description)
    {
        if (step->WinogradCode[0] == 0) return null;
        if (Avx512BW.IsSupported) return CreateNativeWinograd512(step, description);
        return Avx2.IsSupported ? CreateNativeWinograd256(step, description) : null;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Kernel CreateNativeWinograd512(TileStep* step, in ConvolutionDescription description) =>
        new WinogradMachineCode<WinogradTiles512, Vector512<short>, Avx512Lanes, Vector512<int>, Vector512<float>>(description, step, EpilogueAvx512.For(description.Epilogue.Arithmetic));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Kernel CreateNativeWinograd256(TileStep* step, in ConvolutionDescription description) =>
        new WinogradMachineCode<WinogradTiles256<Avx2PairProducts>, Vector256<short>, Avx2Lanes, Vector256<int>, Vector256<float>>(description, step, EpilogueAvx2.For(description.Epilogue.Arithmetic));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Kernel? CreateWinograd256(KernelTier tier, in ConvolutionDescription description) => tier switch
    {
        KernelTier.AvxVnni when AvxVnni.IsSupported =>
            new WinogradConvolution<WinogradTiles256<AvxVnniPairProducts>, Vector256<short>, Avx2Lanes, Vector256<int>, Vector256<float>>(description, EpilogueAvx2.For(description.Epilogue.Arithmetic)),
        KernelTier.Avx2 when Avx2.IsSupported =>
            new WinogradConvolution<WinogradTiles256<Avx2PairProducts>, Vector256<short>, Avx2Lanes, Vector256<int>, Vector256<float>>(description, EpilogueAvx2.For(description.Epilogue.Arithmetic)),
        _ => null,
    };

    // The tier is known to be supported; asking again lets a compiler ahead of time leave out what the target has not.
    private static Kernel Create(KernelTier tier, in ConvolutionDescription description) => tier switch
    {
        KernelTier.AvxVnni or KernelTier.Native when AvxVnni.IsSupported => new ConvolutionAvxVnni(description),
        KernelTier.Avx512 or KernelTier.Native when Avx512BW.IsSupported && KernelTiers.IsSupported(KernelTier.Avx512) => new ConvolutionAvx512(description),
        KernelTier.Avx2 or KernelTier.Native when Avx2.IsSupported => CreateAvx2(description),
        KernelTier.NeonDot when Dp.IsSupported => new ConvolutionNeonDot(description),
        KernelTier.Neon when AdvSimd.Arm64.IsSupported => new ConvolutionNeon(description),
        _ => new ConvolutionScalar(description),
    };

    // The fastest by the cost of a step.
    private static ConvolutionKernel CreateAvx2(in ConvolutionDescription description)
    {
        var safety = new PairSafety(description.Geometry, description.Weights);
        double least = Math.Min(safety.Cost, PairSafety.WordsCost);
        if (least > 1 + InputPairing.Cost && description.Weights.RemainderStarts == null && description.Geometry.Pixels >= PixelsWorthAnOrder)
        {
            var pairing = new InputPairing(description.Geometry, description.Weights);
            var paired = new PairSafety(description.Geometry, pairing.Weights);
            if (paired.Cost + InputPairing.Cost < least) return new ConvolutionAvx2Paired(description, pairing, paired);
        }
        return safety.Cost <= least ? new ConvolutionAvx2Bytes(description, safety) : new ConvolutionAvx2(description);
    }
}
