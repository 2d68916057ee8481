using Qnn.Runtime.Kernels.Requantization;

namespace Qnn.Runtime.Kernels.Convolution;

/// <summary>As <see cref="ConvolutionAvx2Bytes"/>, on activations that are put into the order of an <see cref="InputPairing"/> for each block: for weights that use all of a signed byte, as those with a scale for each channel do.</summary>
internal sealed unsafe class ConvolutionAvx2Paired(in ConvolutionDescription description, InputPairing pairing, PairSafety safety)
    : ConvolutionKernel(description, "avx2", 6 * TilesFor(description.Geometry, 6, PlainActivations.Size), EpilogueAvx2.For(description.Epilogue.Arithmetic))
{
    protected override int ActivationSize => PlainActivations.Size;

    // Whole windows, that is: others are read beyond a row.
    protected override bool ReadsInput => Geometry.InputChannels % 16 == 0;

    protected override nint SpareBytes => (nint)TileRows * Geometry.DepthSteps * 4 + InputPairing.Slack;

    protected override void Pack(byte* input, int group, int zeroPoint, int first, int count, byte* rows) =>
        PatchPacker<PlainActivations>.Pack(Geometry, input, group, zeroPoint, first, count, rows);

    protected override void Multiply(in WeightBlock weights, byte* rows, int count, int* sums)
    {
        byte* paired = Spare(sums);
        pairing.Rearrange(weights.Index, rows, count, paired);
        ConvolutionAvx2Bytes.Multiply(safety.Block(pairing.Weights.Block(Geometry, 0, weights.Index)), paired, weights.StepCount * 4, count, sums);
    }
}
