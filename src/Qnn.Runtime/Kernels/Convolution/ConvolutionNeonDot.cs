using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using Qnn.Runtime.Kernels.Requantization;

namespace Qnn.Runtime.Kernels.Convolution;

/// <summary>Tiles of 4 pixels x 16 channels in 16 accumulators: activations less 128 times weights (sdot), the 128 made good in the bias.</summary>
internal sealed unsafe class ConvolutionNeonDot(in ConvolutionDescription description)
    : ConvolutionKernel(description, "neondot", 4 * 4, EpilogueNeon.For(description.Epilogue.Arithmetic), signedActivations: true)
{
    protected override int ActivationSize => SignedActivations.Size;

    protected override void Pack(byte* input, int group, int zeroPoint, int first, int count, byte* rows) =>
        PatchPacker<SignedActivations>.Pack(Geometry, input, group, zeroPoint, first, count, rows);

    protected override void Multiply(in WeightBlock weights, byte* rows, int count, int* sums)
    {
        var row = (sbyte*)rows;
        nint pitch = weights.StepCount * 4;
        for (; count >= 4; count -= 4, row += 4 * pitch, sums += 4 * 16) Multiply4(weights, row, pitch, sums);
        for (; count >= 1; count--, row += pitch, sums += 16) Multiply1(weights, row, pitch, sums);
    }

    /// <summary>4 rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply4(in WeightBlock weights, sbyte* rows, nint pitch, int* sums)
    {
        Vector128<int> s00 = default, s01 = default, s02 = default, s03 = default;
        Vector128<int> s10 = default, s11 = default, s12 = default, s13 = default;
        Vector128<int> s20 = default, s21 = default, s22 = default, s23 = default;
        Vector128<int> s30 = default, s31 = default, s32 = default, s33 = default;
        for (nint i = 0; i < weights.StepCount + weights.RemainderCount; i++)
        {
            sbyte* w = weights.Step(i, out nint place);
            var (w0, w1, w2, w3) = (Vector128.Load(w), Vector128.Load(w + 16), Vector128.Load(w + 32), Vector128.Load(w + 48));
            var x = Four(rows + place * 4);
            s00 = Dp.DotProduct(s00, w0, x);
            s01 = Dp.DotProduct(s01, w1, x);
            s02 = Dp.DotProduct(s02, w2, x);
            s03 = Dp.DotProduct(s03, w3, x);
            x = Four(rows + pitch + place * 4);
            s10 = Dp.DotProduct(s10, w0, x);
            s11 = Dp.DotProduct(s11, w1, x);
            s12 = Dp.DotProduct(s12, w2, x);
            s13 = Dp.DotProduct(s13, w3, x);
            x = Four(rows + 2 * pitch + place * 4);
            s20 = Dp.DotProduct(s20, w0, x);
            s21 = Dp.DotProduct(s21, w1, x);
            s22 = Dp.DotProduct(s22, w2, x);
            s23 = Dp.DotProduct(s23, w3, x);
            x = Four(rows + 3 * pitch + place * 4);
            s30 = Dp.DotProduct(s30, w0, x);
            s31 = Dp.DotProduct(s31, w1, x);
            s32 = Dp.DotProduct(s32, w2, x);
            s33 = Dp.DotProduct(s33, w3, x);
        }
        s00.Store(sums);
        s01.Store(sums + 4);
        s02.Store(sums + 8);
        s03.Store(sums + 12);
        s10.Store(sums + 16);
        s11.Store(sums + 20);
        s12.Store(sums + 24);
        s13.Store(sums + 28);
        s20.Store(sums + 32);
        s21.Store(sums + 36);
        s22.Store(sums + 40);
        s23.Store(sums + 44);
        s30.Store(sums + 48);
        s31.Store(sums + 52);
        s32.Store(sums + 56);
        s33.Store(sums + 60);
    }

    /// <summary>One row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply1(in WeightBlock weights, sbyte* rows, nint pitch, int* sums)
    {
        Vector128<int> s00 = default, s01 = default, s02 = default, s03 = default;
        for (nint i = 0; i < weights.StepCount + weights.RemainderCount; i++)
        {
            sbyte* w = weights.Step(i, out nint place);
            var (w0, w1, w2, w3) = (Vector128.Load(w), Vector128.Load(w + 16), Vector128.Load(w + 32), Vector128.Load(w + 48));
            var x = Four(rows + place * 4);
            s00 = Dp.DotProduct(s00, w0, x);
            s01 = Dp.DotProduct(s01, w1, x);
            s02 = Dp.DotProduct(s02, w2, x);
            s03 = Dp.DotProduct(s03, w3, x);
        }
        s00.Store(sums);
        s01.Store(sums + 4);
        s02.Store(sums + 8);
        s03.Store(sums + 12);
    }

    // Four activations, four times.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<sbyte> Four(sbyte* inputs) => Vector128.Create(*(int*)inputs).AsSByte();
}
