using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Qnn.Runtime.Kernels.Requantization;

namespace Qnn.Runtime.Kernels.Convolution;

/// <summary>
/// Tiles of 6 pixels x 16 channels in 12 accumulators: four products of unsigned and signed bytes added to each 32-bit sum at once (vpdpbusd), which cannot saturate.
/// Fewer rows share the steps out to several accumulators, since one addition must wait for the one before it.
/// </summary>
internal sealed unsafe class ConvolutionAvxVnni(in ConvolutionDescription description)
    : ConvolutionKernel(description, "avxvnni", 6 * TilesFor(description.Geometry, 6, PlainActivations.Size), EpilogueAvx2.For(description.Epilogue.Arithmetic))
{
    protected override int ActivationSize => PlainActivations.Size;

    protected override bool ReadsInput => true;

    protected override void Pack(byte* input, int group, int zeroPoint, int first, int count, byte* rows) =>
        PatchPacker<PlainActivations>.Pack(Geometry, input, group, zeroPoint, first, count, rows);

    protected override void Multiply(in WeightBlock weights, byte* rows, int count, int* sums)
    {
        nint pitch = weights.StepCount * 4;
        for (; count >= 6; count -= 6, rows += 6 * pitch, sums += 6 * 16) Multiply6(weights, rows, pitch, sums);
        for (; count >= 3; count -= 3, rows += 3 * pitch, sums += 3 * 16) Multiply3(weights, rows, pitch, sums);
        for (; count >= 1; count--, rows += pitch, sums += 16) Multiply1(weights, rows, sums);
    }

    /// <summary>6 rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply6(in WeightBlock weights, byte* rows, nint pitch, int* sums)
    {
        Vector256<int> a0 = default, a1 = default;
        Vector256<int> b0 = default, b1 = default;
        Vector256<int> c0 = default, c1 = default;
        Vector256<int> d0 = default, d1 = default;
        Vector256<int> e0 = default, e1 = default;
        Vector256<int> f0 = default, f1 = default;
        sbyte* w = weights.Steps;
        byte* r0 = rows;
        byte* r3 = rows + 3 * pitch;
        nint p1 = pitch, p2 = 2 * pitch;
        for (nint step = weights.StepCount; step != 0; step--)
        {
            var (low, high) = (Vector256.Load(w), Vector256.Load(w + 32));
            Add(ref a0, ref a1, r0, low, high);
            Add(ref b0, ref b1, r0 + p1, low, high);
            Add(ref c0, ref c1, r0 + p2, low, high);
            Add(ref d0, ref d1, r3, low, high);
            Add(ref e0, ref e1, r3 + p1, low, high);
            Add(ref f0, ref f1, r3 + p2, low, high);
            w += PackedWeights.StepBytes;
            r0 += 4;
            r3 += 4;
        }
        w = weights.Remainders;
        for (nint i = 0; i < weights.RemainderCount; i++, w += PackedWeights.StepBytes)
        {
            nint place = (weights.RemainderPlaces[i] - weights.StepCount) * 4;
            var (low, high) = (Vector256.Load(w), Vector256.Load(w + 32));
            Add(ref a0, ref a1, r0 + place, low, high);
            Add(ref b0, ref b1, r0 + p1 + place, low, high);
            Add(ref c0, ref c1, r0 + p2 + place, low, high);
            Add(ref d0, ref d1, r3 + place, low, high);
            Add(ref e0, ref e1, r3 + p1 + place, low, high);
            Add(ref f0, ref f1, r3 + p2 + place, low, high);
        }
        Store(a0, a1, sums);
        Store(b0, b1, sums + 16);
        Store(c0, c1, sums + 32);
        Store(d0, d1, sums + 48);
        Store(e0, e1, sums + 64);
        Store(f0, f1, sums + 80);
    }

    /// <summary>3 rows, even steps and odd ones apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply3(in WeightBlock weights, byte* rows, nint pitch, int* sums)
    {
        Vector256<int> a0 = default, a1 = default, a2 = default, a3 = default;
        Vector256<int> b0 = default, b1 = default, b2 = default, b3 = default;
        Vector256<int> c0 = default, c1 = default, c2 = default, c3 = default;
        nint count = weights.StepCount + weights.RemainderCount, p1 = pitch, p2 = 2 * pitch;
        sbyte* w = weights.Steps;
        byte* r0 = rows;
        for (nint two = weights.StepCount / 2; two != 0; two--)
        {
            var (low, high) = (Vector256.Load(w), Vector256.Load(w + 32));
            Add(ref a0, ref a1, r0, low, high);
            Add(ref b0, ref b1, r0 + p1, low, high);
            Add(ref c0, ref c1, r0 + p2, low, high);
            (low, high) = (Vector256.Load(w + 64), Vector256.Load(w + 96));
            Add(ref a2, ref a3, r0 + 4, low, high);
            Add(ref b2, ref b3, r0 + p1 + 4, low, high);
            Add(ref c2, ref c3, r0 + p2 + 4, low, high);
            w += 2 * PackedWeights.StepBytes;
            r0 += 8;
        }
        for (nint i = weights.StepCount & ~1; i < count; i++)
        {
            w = weights.Step(i, out nint place);
            var (low, high) = (Vector256.Load(w), Vector256.Load(w + 32));
            r0 = rows + place * 4;
            Add(ref a0, ref a1, r0, low, high);
            Add(ref b0, ref b1, r0 + p1, low, high);
            Add(ref c0, ref c1, r0 + p2, low, high);
        }
        Store(a0 + a2, a1 + a3, sums);
        Store(b0 + b2, b1 + b3, sums + 16);
        Store(c0 + c2, c1 + c3, sums + 32);
    }

    /// <summary>One row, every fourth step apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply1(in WeightBlock weights, byte* row, int* sums)
    {
        Vector256<int> a0 = default, a1 = default, b0 = default, b1 = default, c0 = default, c1 = default, d0 = default, d1 = default;
        nint count = weights.StepCount + weights.RemainderCount;
        sbyte* w = weights.Steps;
        byte* r0 = row;
        for (nint four = weights.StepCount / 4; four != 0; four--)
        {
            Add(ref a0, ref a1, r0, Vector256.Load(w), Vector256.Load(w + 32));
            Add(ref b0, ref b1, r0 + 4, Vector256.Load(w + 64), Vector256.Load(w + 96));
            Add(ref c0, ref c1, r0 + 8, Vector256.Load(w + 128), Vector256.Load(w + 160));
            Add(ref d0, ref d1, r0 + 12, Vector256.Load(w + 192), Vector256.Load(w + 224));
            w += 4 * PackedWeights.StepBytes;
            r0 += 16;
        }
        for (nint i = weights.StepCount & ~3; i < count; i++)
        {
            w = weights.Step(i, out nint place);
            Add(ref a0, ref a1, row + place * 4, Vector256.Load(w), Vector256.Load(w + 32));
        }
        Store(a0 + b0 + (c0 + d0), a1 + b1 + (c1 + d1), sums);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(ref Vector256<int> sum0, ref Vector256<int> sum1, byte* inputs, Vector256<sbyte> low, Vector256<sbyte> high)
    {
        var four = Vector256.Create(*(int*)inputs).AsByte();
        sum0 = AvxVnni.MultiplyWideningAndAdd(sum0, four, low);
        sum1 = AvxVnni.MultiplyWideningAndAdd(sum1, four, high);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector256<int> first, Vector256<int> second, int* sums)
    {
        first.Store(sums);
        second.Store(sums + 8);
    }
}
