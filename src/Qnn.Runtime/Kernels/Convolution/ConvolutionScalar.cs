using Qnn.Runtime.Kernels.Requantization;

namespace Qnn.Runtime.Kernels.Convolution;

/// <summary>The reference: one product at a time.</summary>
internal sealed unsafe class ConvolutionScalar(in ConvolutionDescription description) : ConvolutionKernel(description, "scalar", 4, new(&EpilogueScalar.Store))
{
    protected override int ActivationSize => PlainActivations.Size;

    protected override void Pack(byte* input, int group, int zeroPoint, int first, int count, byte* rows) =>
        PatchPacker<PlainActivations>.Pack(Geometry, input, group, zeroPoint, first, count, rows);

    protected override void Multiply(in WeightBlock weights, byte* rows, int count, int* sums)
    {
        for (int r = 0; r < count; r++, rows += weights.StepCount * 4, sums += 16)
        {
            new Span<int>(sums, 16).Clear();
            for (nint s = 0; s < weights.StepCount; s++) AddStep(weights.Steps + s * PackedWeights.StepBytes, rows + s * 4, sums);
            for (nint s = 0; s < weights.RemainderCount; s++) AddStep(weights.Remainders + s * PackedWeights.StepBytes, rows + weights.RemainderPlaces[s] * 4, sums);
        }
    }

    private static void AddStep(sbyte* weights, byte* inputs, int* sums)
    {
        for (int n = 0; n < 16; n++, weights += 4)
        {
            sums[n] += inputs[0] * weights[0] + inputs[1] * weights[1] + inputs[2] * weights[2] + inputs[3] * weights[3];
        }
    }
}
