using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Qnn.Runtime.Kernels.Requantization;

namespace Qnn.Runtime.Kernels.Convolution;

/// <summary>
/// Tiles of 12 pixels x 16 channels in 24 accumulators: 16-bit activations, weights sign-extended as they are read, exact pairwise products (vpmaddwd).
/// An accumulator pair holds two partial sums for each of sixteen channels.
/// </summary>
internal sealed unsafe class ConvolutionAvx512(in ConvolutionDescription description)
    : ConvolutionKernel(description, "avx512", 12 * TilesFor(description.Geometry, 12), EpilogueAvx512.For(description.Epilogue.Arithmetic))
{
    protected override int ActivationSize => WideActivations.Size;

    protected override void Pack(byte* input, int group, int zeroPoint, int first, int count, byte* rows) =>
        PatchPacker<WideActivations>.Pack(Geometry, input, group, zeroPoint, first, count, rows);

    protected override void Multiply(in WeightBlock weights, byte* rows, int count, int* sums)
    {
        var row = (short*)rows;
        nint pitch = weights.StepCount * 4;
        for (; count >= 12; count -= 12, row += 12 * pitch, sums += 12 * 16) Multiply12(weights, row, pitch, sums);
        for (; count >= 6; count -= 6, row += 6 * pitch, sums += 6 * 16) Multiply6(weights, row, pitch, sums);
        for (; count >= 3; count -= 3, row += 3 * pitch, sums += 3 * 16) Multiply3(weights, row, pitch, sums);
        for (; count >= 1; count--, row += pitch, sums += 16) Multiply1(weights, row, pitch, sums);
    }

    /// <summary>12 rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply12(in WeightBlock weights, short* rows, nint pitch, int* sums)
    {
        Vector512<int> a0 = default, a1 = default;
        Vector512<int> b0 = default, b1 = default;
        Vector512<int> c0 = default, c1 = default;
        Vector512<int> d0 = default, d1 = default;
        Vector512<int> e0 = default, e1 = default;
        Vector512<int> f0 = default, f1 = default;
        Vector512<int> g0 = default, g1 = default;
        Vector512<int> h0 = default, h1 = default;
        Vector512<int> i0 = default, i1 = default;
        Vector512<int> j0 = default, j1 = default;
        Vector512<int> k0 = default, k1 = default;
        Vector512<int> l0 = default, l1 = default;
        sbyte* w = weights.Steps;
        short* r0 = rows;
        short* r3 = rows + 3 * pitch;
        short* r6 = rows + 6 * pitch;
        short* r9 = rows + 9 * pitch;
        nint p1 = pitch, p2 = 2 * pitch;
        for (nint step = weights.StepCount; step != 0; step--)
        {
            var low = Avx512BW.ConvertToVector512Int16(Vector256.Load(w));
            var high = Avx512BW.ConvertToVector512Int16(Vector256.Load(w + 32));
            Add(ref a0, ref a1, r0, low, high);
            Add(ref b0, ref b1, r0 + p1, low, high);
            Add(ref c0, ref c1, r0 + p2, low, high);
            Add(ref d0, ref d1, r3, low, high);
            Add(ref e0, ref e1, r3 + p1, low, high);
            Add(ref f0, ref f1, r3 + p2, low, high);
            Add(ref g0, ref g1, r6, low, high);
            Add(ref h0, ref h1, r6 + p1, low, high);
            Add(ref i0, ref i1, r6 + p2, low, high);
            Add(ref j0, ref j1, r9, low, high);
            Add(ref k0, ref k1, r9 + p1, low, high);
            Add(ref l0, ref l1, r9 + p2, low, high);
            w += PackedWeights.StepBytes;
            r0 += 4;
            r3 += 4;
            r6 += 4;
            r9 += 4;
        }
        w = weights.Remainders;
        for (nint i = 0; i < weights.RemainderCount; i++, w += PackedWeights.StepBytes)
        {
            nint place = weights.RemainderPlaces[i] - weights.StepCount;
            var low = Avx512BW.ConvertToVector512Int16(Vector256.Load(w));
            var high = Avx512BW.ConvertToVector512Int16(Vector256.Load(w + 32));
            Add(ref a0, ref a1, r0 + place * 4, low, high);
            Add(ref b0, ref b1, r0 + p1 + place * 4, low, high);
            Add(ref c0, ref c1, r0 + p2 + place * 4, low, high);
            Add(ref d0, ref d1, r3 + place * 4, low, high);
            Add(ref e0, ref e1, r3 + p1 + place * 4, low, high);
            Add(ref f0, ref f1, r3 + p2 + place * 4, low, high);
            Add(ref g0, ref g1, r6 + place * 4, low, high);
            Add(ref h0, ref h1, r6 + p1 + place * 4, low, high);
            Add(ref i0, ref i1, r6 + p2 + place * 4, low, high);
            Add(ref j0, ref j1, r9 + place * 4, low, high);
            Add(ref k0, ref k1, r9 + p1 + place * 4, low, high);
            Add(ref l0, ref l1, r9 + p2 + place * 4, low, high);
        }
        Sum(a0, a1).Store(sums);
        Sum(b0, b1).Store(sums + 16);
        Sum(c0, c1).Store(sums + 32);
        Sum(d0, d1).Store(sums + 48);
        Sum(e0, e1).Store(sums + 64);
        Sum(f0, f1).Store(sums + 80);
        Sum(g0, g1).Store(sums + 96);
        Sum(h0, h1).Store(sums + 112);
        Sum(i0, i1).Store(sums + 128);
        Sum(j0, j1).Store(sums + 144);
        Sum(k0, k1).Store(sums + 160);
        Sum(l0, l1).Store(sums + 176);
    }

    /// <summary>6 rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply6(in WeightBlock weights, short* rows, nint pitch, int* sums)
    {
        Vector512<int> a0 = default, a1 = default;
        Vector512<int> b0 = default, b1 = default;
        Vector512<int> c0 = default, c1 = default;
        Vector512<int> d0 = default, d1 = default;
        Vector512<int> e0 = default, e1 = default;
        Vector512<int> f0 = default, f1 = default;
        sbyte* w = weights.Steps;
        short* r0 = rows;
        short* r3 = rows + 3 * pitch;
        nint p1 = pitch, p2 = 2 * pitch;
        for (nint step = weights.StepCount; step != 0; step--)
        {
            var low = Avx512BW.ConvertToVector512Int16(Vector256.Load(w));
            var high = Avx512BW.ConvertToVector512Int16(Vector256.Load(w + 32));
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
            nint place = weights.RemainderPlaces[i] - weights.StepCount;
            var low = Avx512BW.ConvertToVector512Int16(Vector256.Load(w));
            var high = Avx512BW.ConvertToVector512Int16(Vector256.Load(w + 32));
            Add(ref a0, ref a1, r0 + place * 4, low, high);
            Add(ref b0, ref b1, r0 + p1 + place * 4, low, high);
            Add(ref c0, ref c1, r0 + p2 + place * 4, low, high);
            Add(ref d0, ref d1, r3 + place * 4, low, high);
            Add(ref e0, ref e1, r3 + p1 + place * 4, low, high);
            Add(ref f0, ref f1, r3 + p2 + place * 4, low, high);
        }
        Sum(a0, a1).Store(sums);
        Sum(b0, b1).Store(sums + 16);
        Sum(c0, c1).Store(sums + 32);
        Sum(d0, d1).Store(sums + 48);
        Sum(e0, e1).Store(sums + 64);
        Sum(f0, f1).Store(sums + 80);
    }

    /// <summary>3 rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply3(in WeightBlock weights, short* rows, nint pitch, int* sums)
    {
        Vector512<int> a0 = default, a1 = default;
        Vector512<int> b0 = default, b1 = default;
        Vector512<int> c0 = default, c1 = default;
        sbyte* w = weights.Steps;
        short* r0 = rows;
        nint p1 = pitch, p2 = 2 * pitch;
        for (nint step = weights.StepCount; step != 0; step--)
        {
            var low = Avx512BW.ConvertToVector512Int16(Vector256.Load(w));
            var high = Avx512BW.ConvertToVector512Int16(Vector256.Load(w + 32));
            Add(ref a0, ref a1, r0, low, high);
            Add(ref b0, ref b1, r0 + p1, low, high);
            Add(ref c0, ref c1, r0 + p2, low, high);
            w += PackedWeights.StepBytes;
            r0 += 4;
        }
        w = weights.Remainders;
        for (nint i = 0; i < weights.RemainderCount; i++, w += PackedWeights.StepBytes)
        {
            nint place = weights.RemainderPlaces[i] - weights.StepCount;
            var low = Avx512BW.ConvertToVector512Int16(Vector256.Load(w));
            var high = Avx512BW.ConvertToVector512Int16(Vector256.Load(w + 32));
            Add(ref a0, ref a1, r0 + place * 4, low, high);
            Add(ref b0, ref b1, r0 + p1 + place * 4, low, high);
            Add(ref c0, ref c1, r0 + p2 + place * 4, low, high);
        }
        Sum(a0, a1).Store(sums);
        Sum(b0, b1).Store(sums + 16);
        Sum(c0, c1).Store(sums + 32);
    }

    /// <summary>One row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply1(in WeightBlock weights, short* rows, nint pitch, int* sums)
    {
        Vector512<int> a0 = default, a1 = default;
        sbyte* w = weights.Steps;
        short* r0 = rows;
        for (nint step = weights.StepCount; step != 0; step--)
        {
            var low = Avx512BW.ConvertToVector512Int16(Vector256.Load(w));
            var high = Avx512BW.ConvertToVector512Int16(Vector256.Load(w + 32));
            Add(ref a0, ref a1, r0, low, high);
            w += PackedWeights.StepBytes;
            r0 += 4;
        }
        w = weights.Remainders;
        for (nint i = 0; i < weights.RemainderCount; i++, w += PackedWeights.StepBytes)
        {
            nint place = weights.RemainderPlaces[i] - weights.StepCount;
            var low = Avx512BW.ConvertToVector512Int16(Vector256.Load(w));
            var high = Avx512BW.ConvertToVector512Int16(Vector256.Load(w + 32));
            Add(ref a0, ref a1, r0 + place * 4, low, high);
        }
        Sum(a0, a1).Store(sums);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(ref Vector512<int> low, ref Vector512<int> high, short* inputs, Vector512<short> lowWeights, Vector512<short> highWeights)
    {
        var four = Vector512.Create(*(long*)inputs).AsInt16();
        low += Avx512BW.MultiplyAddAdjacent(four, lowWeights);
        high += Avx512BW.MultiplyAddAdjacent(four, highWeights);
    }

    /// <summary>The sums of neighbours: sixteen channels in order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<int> Sum(Vector512<int> low, Vector512<int> high)
    {
        var even = Vector512.Create(0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30);
        return Avx512F.PermuteVar16x32x2(low, even, high) + Avx512F.PermuteVar16x32x2(low, even + Vector512<int>.One, high);
    }
}
