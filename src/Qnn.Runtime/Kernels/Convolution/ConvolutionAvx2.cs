using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Qnn.Runtime.Kernels.Requantization;

namespace Qnn.Runtime.Kernels.Convolution;

/// <summary>
/// Tiles of 6 pixels x 8 channels in 12 accumulators: 16-bit activations, weights sign-extended as they are read, exact pairwise products (vpmaddwd).
/// An accumulator pair holds two partial sums for each of eight channels.
/// </summary>
internal sealed unsafe class ConvolutionAvx2(in ConvolutionDescription description)
    : ConvolutionKernel(description, "avx2", 6 * TilesFor(description.Geometry, 6), EpilogueAvx2.For(description.Epilogue.Arithmetic))
{
    private const int HalfBytes = PackedWeights.StepBytes / 2;

    protected override int ActivationSize => WideActivations.Size;

    protected override void Pack(byte* input, int group, int zeroPoint, int first, int count, byte* rows) =>
        PatchPacker<WideActivations>.Pack(Geometry, input, group, zeroPoint, first, count, rows);

    protected override void Multiply(in WeightBlock weights, byte* rows, int count, int* sums)
    {
        nint pitch = weights.StepCount * 4;
        for (int half = 0; half < 2; half++)
        {
            var row = (short*)rows;
            int* to = sums + half * 8;
            int left = count;
            for (; left >= 6; left -= 6, row += 6 * pitch, to += 6 * 16) Multiply6(weights, half * HalfBytes, row, pitch, to);
            for (; left >= 3; left -= 3, row += 3 * pitch, to += 3 * 16) Multiply3(weights, half * HalfBytes, row, pitch, to);
            for (; left >= 1; left--, row += pitch, to += 16) Multiply1(weights, half * HalfBytes, row, pitch, to);
        }
    }

    /// <summary>6 rows, eight channels: half a block, weights from <paramref name="half"/> on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply6(in WeightBlock weights, nint half, short* rows, nint pitch, int* sums)
    {
        Vector256<int> a0 = default, a1 = default;
        Vector256<int> b0 = default, b1 = default;
        Vector256<int> c0 = default, c1 = default;
        Vector256<int> d0 = default, d1 = default;
        Vector256<int> e0 = default, e1 = default;
        Vector256<int> f0 = default, f1 = default;
        sbyte* w = weights.Steps + half;
        short* r0 = rows;
        short* r3 = rows + 3 * pitch;
        nint p1 = pitch, p2 = 2 * pitch;
        for (nint step = weights.StepCount; step != 0; step--)
        {
            var low = Avx2.ConvertToVector256Int16(w);
            var high = Avx2.ConvertToVector256Int16(w + 16);
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
        w = weights.Remainders + half;
        for (nint i = 0; i < weights.RemainderCount; i++, w += PackedWeights.StepBytes)
        {
            nint place = weights.RemainderPlaces[i] - weights.StepCount;
            var low = Avx2.ConvertToVector256Int16(w);
            var high = Avx2.ConvertToVector256Int16(w + 16);
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

    /// <summary>3 rows, eight channels: half a block, weights from <paramref name="half"/> on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply3(in WeightBlock weights, nint half, short* rows, nint pitch, int* sums)
    {
        Vector256<int> a0 = default, a1 = default;
        Vector256<int> b0 = default, b1 = default;
        Vector256<int> c0 = default, c1 = default;
        sbyte* w = weights.Steps + half;
        short* r0 = rows;
        nint p1 = pitch, p2 = 2 * pitch;
        for (nint step = weights.StepCount; step != 0; step--)
        {
            var low = Avx2.ConvertToVector256Int16(w);
            var high = Avx2.ConvertToVector256Int16(w + 16);
            Add(ref a0, ref a1, r0, low, high);
            Add(ref b0, ref b1, r0 + p1, low, high);
            Add(ref c0, ref c1, r0 + p2, low, high);
            w += PackedWeights.StepBytes;
            r0 += 4;
        }
        w = weights.Remainders + half;
        for (nint i = 0; i < weights.RemainderCount; i++, w += PackedWeights.StepBytes)
        {
            nint place = weights.RemainderPlaces[i] - weights.StepCount;
            var low = Avx2.ConvertToVector256Int16(w);
            var high = Avx2.ConvertToVector256Int16(w + 16);
            Add(ref a0, ref a1, r0 + place * 4, low, high);
            Add(ref b0, ref b1, r0 + p1 + place * 4, low, high);
            Add(ref c0, ref c1, r0 + p2 + place * 4, low, high);
        }
        Sum(a0, a1).Store(sums);
        Sum(b0, b1).Store(sums + 16);
        Sum(c0, c1).Store(sums + 32);
    }

    /// <summary>One row, eight channels: half a block, weights from <paramref name="half"/> on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply1(in WeightBlock weights, nint half, short* rows, nint pitch, int* sums)
    {
        Vector256<int> a0 = default, a1 = default;
        sbyte* w = weights.Steps + half;
        short* r0 = rows;
        for (nint step = weights.StepCount; step != 0; step--)
        {
            var low = Avx2.ConvertToVector256Int16(w);
            var high = Avx2.ConvertToVector256Int16(w + 16);
            Add(ref a0, ref a1, r0, low, high);
            w += PackedWeights.StepBytes;
            r0 += 4;
        }
        w = weights.Remainders + half;
        for (nint i = 0; i < weights.RemainderCount; i++, w += PackedWeights.StepBytes)
        {
            nint place = weights.RemainderPlaces[i] - weights.StepCount;
            var low = Avx2.ConvertToVector256Int16(w);
            var high = Avx2.ConvertToVector256Int16(w + 16);
            Add(ref a0, ref a1, r0 + place * 4, low, high);
        }
        Sum(a0, a1).Store(sums);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(ref Vector256<int> low, ref Vector256<int> high, short* inputs, Vector256<short> lowWeights, Vector256<short> highWeights)
    {
        var four = Avx2.BroadcastScalarToVector256((long*)inputs).AsInt16();
        low += Avx2.MultiplyAddAdjacent(four, lowWeights);
        high += Avx2.MultiplyAddAdjacent(four, highWeights);
    }

    /// <summary>The sums of neighbours: eight channels in order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Sum(Vector256<int> low, Vector256<int> high) =>
        Avx2.Permute4x64(Avx2.HorizontalAdd(low, high).AsInt64(), 0b11_01_10_00).AsInt32();
}
