using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using Qnn.Runtime.Kernels.Requantization;

namespace Qnn.Runtime.Kernels.Convolution;

/// <summary>Tiles of 2 pixels x 16 channels: activations less 128 times weights in 16 bits (smull, which cannot overflow), added in pairs to 32 bits (sadalp); the 128 made good in the bias.</summary>
internal sealed unsafe class ConvolutionNeon(in ConvolutionDescription description)
    : ConvolutionKernel(description, "neon", 2 * 4, EpilogueNeon.For(description.Epilogue.Arithmetic), signedActivations: true)
{
    protected override int ActivationSize => SignedActivations.Size;

    protected override void Pack(byte* input, int group, int zeroPoint, int first, int count, byte* rows) =>
        PatchPacker<SignedActivations>.Pack(Geometry, input, group, zeroPoint, first, count, rows);

    protected override void Multiply(in WeightBlock weights, byte* rows, int count, int* sums)
    {
        var row = (sbyte*)rows;
        nint pitch = weights.StepCount * 4;
        for (; count >= 2; count -= 2, row += 2 * pitch, sums += 2 * 16) Multiply2(weights, row, pitch, sums);
        for (; count >= 1; count--, row += pitch, sums += 16) Multiply1(weights, row, pitch, sums);
    }

    /// <summary>2 rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply2(in WeightBlock weights, sbyte* rows, nint pitch, int* sums)
    {
        Vector128<int> s00 = default, s01 = default, s02 = default, s03 = default, s04 = default, s05 = default, s06 = default, s07 = default;
        Vector128<int> s10 = default, s11 = default, s12 = default, s13 = default, s14 = default, s15 = default, s16 = default, s17 = default;
        for (nint i = 0; i < weights.StepCount + weights.RemainderCount; i++)
        {
            sbyte* w = weights.Step(i, out nint place);
            var (w0, w1, w2, w3) = (Vector128.Load(w), Vector128.Load(w + 16), Vector128.Load(w + 32), Vector128.Load(w + 48));
            var x = Four(rows + place * 4);
            Add(ref s00, ref s01, w0, x);
            Add(ref s02, ref s03, w1, x);
            Add(ref s04, ref s05, w2, x);
            Add(ref s06, ref s07, w3, x);
            x = Four(rows + pitch + place * 4);
            Add(ref s10, ref s11, w0, x);
            Add(ref s12, ref s13, w1, x);
            Add(ref s14, ref s15, w2, x);
            Add(ref s16, ref s17, w3, x);
        }
        AdvSimd.Arm64.AddPairwise(s00, s01).Store(sums);
        AdvSimd.Arm64.AddPairwise(s02, s03).Store(sums + 4);
        AdvSimd.Arm64.AddPairwise(s04, s05).Store(sums + 8);
        AdvSimd.Arm64.AddPairwise(s06, s07).Store(sums + 12);
        AdvSimd.Arm64.AddPairwise(s10, s11).Store(sums + 16);
        AdvSimd.Arm64.AddPairwise(s12, s13).Store(sums + 20);
        AdvSimd.Arm64.AddPairwise(s14, s15).Store(sums + 24);
        AdvSimd.Arm64.AddPairwise(s16, s17).Store(sums + 28);
    }

    /// <summary>One row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply1(in WeightBlock weights, sbyte* rows, nint pitch, int* sums)
    {
        Vector128<int> s00 = default, s01 = default, s02 = default, s03 = default, s04 = default, s05 = default, s06 = default, s07 = default;
        for (nint i = 0; i < weights.StepCount + weights.RemainderCount; i++)
        {
            sbyte* w = weights.Step(i, out nint place);
            var (w0, w1, w2, w3) = (Vector128.Load(w), Vector128.Load(w + 16), Vector128.Load(w + 32), Vector128.Load(w + 48));
            var x = Four(rows + place * 4);
            Add(ref s00, ref s01, w0, x);
            Add(ref s02, ref s03, w1, x);
            Add(ref s04, ref s05, w2, x);
            Add(ref s06, ref s07, w3, x);
        }
        AdvSimd.Arm64.AddPairwise(s00, s01).Store(sums);
        AdvSimd.Arm64.AddPairwise(s02, s03).Store(sums + 4);
        AdvSimd.Arm64.AddPairwise(s04, s05).Store(sums + 8);
        AdvSimd.Arm64.AddPairwise(s06, s07).Store(sums + 12);
    }

    // Four channels' products of four steps, in pairs: two partial sums a channel.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(ref Vector128<int> low, ref Vector128<int> high, Vector128<sbyte> weights, Vector128<sbyte> inputs)
    {
        low = AdvSimd.AddPairwiseWideningAndAdd(low, AdvSimd.MultiplyWideningLower(weights.GetLower(), inputs.GetLower()));
        high = AdvSimd.AddPairwiseWideningAndAdd(high, AdvSimd.MultiplyWideningUpper(weights, inputs));
    }


    // Four activations, four times.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<sbyte> Four(sbyte* inputs) => Vector128.Create(*(int*)inputs).AsSByte();
}
