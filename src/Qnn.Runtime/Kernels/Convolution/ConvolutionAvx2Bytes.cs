using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Qnn.Runtime.Kernels.Requantization;

namespace Qnn.Runtime.Kernels.Convolution;

/// <summary>
/// Tiles of 3 pixels x 16 channels: pairs of 8-bit products (vpmaddubsw), added up in 16 bits over as many steps as <see cref="PairSafety"/> allows, then widened (vpmaddwd with ones).
/// Steps whose pairs could saturate are multiplied in 16 bits, even and odd inputs apart, which takes as many multiplications as a single step.
/// Multiplications are the limit, and three rows leave the registers for the 16-bit sums.
/// </summary>
internal sealed unsafe class ConvolutionAvx2Bytes(in ConvolutionDescription description, PairSafety safety)
    : ConvolutionKernel(description, "avx2", 6 * TilesFor(description.Geometry, 6, PlainActivations.Size), EpilogueAvx2.For(description.Epilogue.Arithmetic))
{
    protected override int ActivationSize => PlainActivations.Size;

    protected override bool ReadsInput => true;

    protected override void Pack(byte* input, int group, int zeroPoint, int first, int count, byte* rows) =>
        PatchPacker<PlainActivations>.Pack(Geometry, input, group, zeroPoint, first, count, rows);

    protected override void Multiply(in WeightBlock weights, byte* rows, int count, int* sums) =>
        Multiply(safety.Block(weights), rows, weights.StepCount * 4, count, sums);

    /// <summary>sums[row][n] of rows <paramref name="pitch"/> bytes apart.</summary>
    public static void Multiply(in SafeBlock steps, byte* rows, nint pitch, int count, int* sums)
    {
        for (; count >= 3; count -= 3, rows += 3 * pitch, sums += 3 * 16) Multiply3(steps, rows, pitch, sums);
        for (; count >= 1; count--, rows += pitch, sums += 16) Multiply1(steps, rows, pitch, sums);
    }

    /// <summary>3 rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply3(in SafeBlock weights, byte* rows, nint pitch, int* sums)
    {
        Vector256<int> a0 = default, a1 = default;
        Vector256<int> b0 = default, b1 = default;
        Vector256<int> c0 = default, c1 = default;
        byte* r0 = rows;
        byte* r1 = rows + pitch;
        byte* r2 = rows + 2 * pitch;
        int* place = weights.Places;
        for (nint group = weights.Fours; group != 0; group--, place += 4)
        {
            nint at = place[0];
            var (low, high) = (Vector256.Load(weights.Steps + at * 16), Vector256.Load(weights.Steps + at * 16 + 32));
            var (aLow, aHigh) = Pairs(r0 + at, low, high);
            var (bLow, bHigh) = Pairs(r1 + at, low, high);
            var (cLow, cHigh) = Pairs(r2 + at, low, high);
            at = place[1];
            (low, high) = (Vector256.Load(weights.Steps + at * 16), Vector256.Load(weights.Steps + at * 16 + 32));
            Add(ref aLow, ref aHigh, r0 + at, low, high);
            Add(ref bLow, ref bHigh, r1 + at, low, high);
            Add(ref cLow, ref cHigh, r2 + at, low, high);
            at = place[2];
            (low, high) = (Vector256.Load(weights.Steps + at * 16), Vector256.Load(weights.Steps + at * 16 + 32));
            Add(ref aLow, ref aHigh, r0 + at, low, high);
            Add(ref bLow, ref bHigh, r1 + at, low, high);
            Add(ref cLow, ref cHigh, r2 + at, low, high);
            at = place[3];
            (low, high) = (Vector256.Load(weights.Steps + at * 16), Vector256.Load(weights.Steps + at * 16 + 32));
            Add(ref aLow, ref aHigh, r0 + at, low, high);
            Add(ref bLow, ref bHigh, r1 + at, low, high);
            Add(ref cLow, ref cHigh, r2 + at, low, high);
            Widen(ref a0, ref a1, aLow, aHigh);
            Widen(ref b0, ref b1, bLow, bHigh);
            Widen(ref c0, ref c1, cLow, cHigh);
        }
        for (nint group = weights.Twos; group != 0; group--, place += 2)
        {
            nint at = place[0];
            var (low, high) = (Vector256.Load(weights.Steps + at * 16), Vector256.Load(weights.Steps + at * 16 + 32));
            var (aLow, aHigh) = Pairs(r0 + at, low, high);
            var (bLow, bHigh) = Pairs(r1 + at, low, high);
            var (cLow, cHigh) = Pairs(r2 + at, low, high);
            at = place[1];
            (low, high) = (Vector256.Load(weights.Steps + at * 16), Vector256.Load(weights.Steps + at * 16 + 32));
            Add(ref aLow, ref aHigh, r0 + at, low, high);
            Add(ref bLow, ref bHigh, r1 + at, low, high);
            Add(ref cLow, ref cHigh, r2 + at, low, high);
            Widen(ref a0, ref a1, aLow, aHigh);
            Widen(ref b0, ref b1, bLow, bHigh);
            Widen(ref c0, ref c1, cLow, cHigh);
        }
        for (nint step = weights.Ones; step != 0; step--, place++)
        {
            nint at = *place;
            var (low, high) = (Vector256.Load(weights.Steps + at * 16), Vector256.Load(weights.Steps + at * 16 + 32));
            var (aLow, aHigh) = Pairs(r0 + at, low, high);
            var (bLow, bHigh) = Pairs(r1 + at, low, high);
            var (cLow, cHigh) = Pairs(r2 + at, low, high);
            Widen(ref a0, ref a1, aLow, aHigh);
            Widen(ref b0, ref b1, bLow, bHigh);
            Widen(ref c0, ref c1, cLow, cHigh);
        }
        for (nint step = 0; step < weights.WideCount; step++)
        {
            nint at = weights.WideSteps[step].Place;
            sbyte* w = weights.WideSteps[step].Weights;
            var (low, high) = (Vector256.Load(w).AsInt16(), Vector256.Load(w + 32).AsInt16());
            var (lowEven, highEven) = ((low << 8) >> 8, (high << 8) >> 8);
            var (lowOdd, highOdd) = (low >> 8, high >> 8);
            AddWide(ref a0, ref a1, r0 + at, lowEven, lowOdd, highEven, highOdd);
            AddWide(ref b0, ref b1, r1 + at, lowEven, lowOdd, highEven, highOdd);
            AddWide(ref c0, ref c1, r2 + at, lowEven, lowOdd, highEven, highOdd);
        }
        a0.Store(sums);
        a1.Store(sums + 8);
        b0.Store(sums + 16);
        b1.Store(sums + 24);
        c0.Store(sums + 32);
        c1.Store(sums + 40);
    }

    /// <summary>One row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply1(in SafeBlock weights, byte* rows, nint pitch, int* sums)
    {
        Vector256<int> a0 = default, a1 = default;
        byte* r0 = rows;
        int* place = weights.Places;
        for (nint group = weights.Fours; group != 0; group--, place += 4)
        {
            nint at = place[0];
            var (low, high) = (Vector256.Load(weights.Steps + at * 16), Vector256.Load(weights.Steps + at * 16 + 32));
            var (aLow, aHigh) = Pairs(r0 + at, low, high);
            at = place[1];
            (low, high) = (Vector256.Load(weights.Steps + at * 16), Vector256.Load(weights.Steps + at * 16 + 32));
            Add(ref aLow, ref aHigh, r0 + at, low, high);
            at = place[2];
            (low, high) = (Vector256.Load(weights.Steps + at * 16), Vector256.Load(weights.Steps + at * 16 + 32));
            Add(ref aLow, ref aHigh, r0 + at, low, high);
            at = place[3];
            (low, high) = (Vector256.Load(weights.Steps + at * 16), Vector256.Load(weights.Steps + at * 16 + 32));
            Add(ref aLow, ref aHigh, r0 + at, low, high);
            Widen(ref a0, ref a1, aLow, aHigh);
        }
        for (nint group = weights.Twos; group != 0; group--, place += 2)
        {
            nint at = place[0];
            var (low, high) = (Vector256.Load(weights.Steps + at * 16), Vector256.Load(weights.Steps + at * 16 + 32));
            var (aLow, aHigh) = Pairs(r0 + at, low, high);
            at = place[1];
            (low, high) = (Vector256.Load(weights.Steps + at * 16), Vector256.Load(weights.Steps + at * 16 + 32));
            Add(ref aLow, ref aHigh, r0 + at, low, high);
            Widen(ref a0, ref a1, aLow, aHigh);
        }
        for (nint step = weights.Ones; step != 0; step--, place++)
        {
            nint at = *place;
            var (low, high) = (Vector256.Load(weights.Steps + at * 16), Vector256.Load(weights.Steps + at * 16 + 32));
            var (aLow, aHigh) = Pairs(r0 + at, low, high);
            Widen(ref a0, ref a1, aLow, aHigh);
        }
        for (nint step = 0; step < weights.WideCount; step++)
        {
            nint at = weights.WideSteps[step].Place;
            sbyte* w = weights.WideSteps[step].Weights;
            var (low, high) = (Vector256.Load(w).AsInt16(), Vector256.Load(w + 32).AsInt16());
            var (lowEven, highEven) = ((low << 8) >> 8, (high << 8) >> 8);
            var (lowOdd, highOdd) = (low >> 8, high >> 8);
            AddWide(ref a0, ref a1, r0 + at, lowEven, lowOdd, highEven, highOdd);
        }
        a0.Store(sums);
        a1.Store(sums + 8);
    }

    // The products of four inputs of a row and sixteen channels' weights, two added up in each number.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<short> Low, Vector256<short> High) Pairs(byte* inputs, Vector256<sbyte> low, Vector256<sbyte> high)
    {
        var four = Avx2.BroadcastScalarToVector256((int*)inputs).AsByte();
        return (Avx2.MultiplyAddAdjacent(four, low), Avx2.MultiplyAddAdjacent(four, high));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(ref Vector256<short> low, ref Vector256<short> high, byte* inputs, Vector256<sbyte> lowWeights, Vector256<sbyte> highWeights)
    {
        var four = Avx2.BroadcastScalarToVector256((int*)inputs).AsByte();
        low += Avx2.MultiplyAddAdjacent(four, lowWeights);
        high += Avx2.MultiplyAddAdjacent(four, highWeights);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Widen(ref Vector256<int> low, ref Vector256<int> high, Vector256<short> lowPairs, Vector256<short> highPairs)
    {
        low += Avx2.MultiplyAddAdjacent(lowPairs, Vector256<short>.One);
        high += Avx2.MultiplyAddAdjacent(highPairs, Vector256<short>.One);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddWide(ref Vector256<int> low, ref Vector256<int> high, byte* inputs, Vector256<short> lowEven, Vector256<short> lowOdd, Vector256<short> highEven, Vector256<short> highOdd)
    {
        var four = Avx2.BroadcastScalarToVector256((int*)inputs).AsInt16();
        var (even, odd) = (four & Vector256.Create((short)0xFF), four >>> 8);
        low += Avx2.MultiplyAddAdjacent(even, lowEven) + Avx2.MultiplyAddAdjacent(odd, lowOdd);
        high += Avx2.MultiplyAddAdjacent(even, highEven) + Avx2.MultiplyAddAdjacent(odd, highOdd);
    }
}
