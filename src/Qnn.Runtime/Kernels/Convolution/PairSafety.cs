using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Qnn.Runtime.Kernels.Convolution;

/// <summary>
/// How the steps of a layer's weights can be taken by vpmaddubsw, which adds two products in 16 bits. These fit for every activation where the positive weights of the pair
/// sum to 128 at most and the negative ones to -128 at least (255 * 128 = 32640). Where that holds for the pairs of two or four steps together, their products can be added up in 16 bits
/// before they are widened. Steps with a pair beyond it are multiplied in 16 bits.
/// Found from the weights when the kernel is made, so that no artifact can claim what is not so.
/// </summary>
internal sealed unsafe class PairSafety
{
    private readonly int[] _places;
    private readonly WideStep[] _wide;
    private readonly Counts[] _blocks;

    /// <summary>Examines the weights.</summary>
    public PairSafety(in ConvolutionGeometry g, in PackedWeights weights)
    {
        _blocks = new Counts[checked(g.Groups * g.Blocks)];
        _places = GC.AllocateUninitializedArray<int>(checked(_blocks.Length * g.DepthSteps), pinned: true);
        var wide = new List<WideStep>();
        List<int> fours = [], twos = [], ones = [];
        int place = 0;
        for (int i = 0; i < _blocks.Length; i++)
        {
            int firstWide = wide.Count;
            Sort(weights.Block(g, i / g.Blocks, i % g.Blocks), fours, twos, ones, wide);
            _blocks[i] = new Counts(place, fours.Count / 4, twos.Count / 2, ones.Count, firstWide, wide.Count - firstWide);
            foreach (var list in (ReadOnlySpan<List<int>>)[fours, twos, ones])
            {
                list.CopyTo(_places, place);
                place += list.Count;
                list.Clear();
            }
        }
        Cost = _blocks.Sum(b => 0.7 * 4 * b.Fours + 0.8 * 2 * b.Twos + b.Ones + 1.5 * WordsCost * b.Wide) / Math.Max(1, _places.Length);
        _wide = GC.AllocateUninitializedArray<WideStep>(wide.Count, pinned: true);
        wide.CopyTo(_wide);
    }

    /// <summary>What a step of <see cref="ConvolutionAvx2"/> costs, in single steps of <see cref="ConvolutionAvx2Bytes"/>.</summary>
    public const double WordsCost = 4.0 / 3;

    /// <summary>What a step costs on average, in single ones: those that share the widening of their sums cost less; a wide one half as long again as <see cref="WordsCost"/>.</summary>
    public double Cost { get; }

    private readonly record struct Counts(int FirstPlace, int Fours, int Twos, int Ones, int FirstWide, int Wide);

    /// <summary>A block's steps by how they can be taken.</summary>
    public SafeBlock Block(in WeightBlock block)
    {
        var counts = _blocks[block.Index];
        return new SafeBlock
        {
            Steps = block.Steps,
            Places = (int*)Marshal.UnsafeAddrOfPinnedArrayElement(_places, 0) + counts.FirstPlace,
            Fours = counts.Fours,
            Twos = counts.Twos,
            Ones = counts.Ones,
            WideSteps = (WideStep*)Marshal.UnsafeAddrOfPinnedArrayElement(_wide, 0) + counts.FirstWide,
            WideCount = counts.Wide,
        };
    }

    // Optimized at once: it sees every weight before the first answer.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Sort(in WeightBlock block, List<int> fours, List<int> twos, List<int> ones, List<WideStep> wide)
    {
        for (nint i = 0; i < block.StepCount;)
        {
            sbyte* step = block.Steps + i * PackedWeights.StepBytes;
            int count = i + 4 <= block.StepCount && AreSafe(step, 4) ? 4 : i + 2 <= block.StepCount && AreSafe(step, 2) ? 2 : 1;
            if (count == 1 && !AreSafe(step, 1)) wide.Add(new WideStep { Weights = step, Place = i * 4 });
            else for (int k = 0; k < count; k++) (count == 4 ? fours : count == 2 ? twos : ones).Add((int)(i + k) * 4);
            i += count;
        }
        for (nint i = 0; i < block.RemainderCount; i++) wide.Add(new WideStep { Weights = block.Remainders + i * PackedWeights.StepBytes, Place = (nint)block.RemainderPlaces[i] * 4 });
    }

    // Whether the sums of pairs over so many steps fit.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool AreSafe(sbyte* steps, int count) => IsHalfSafe(steps, count) && IsHalfSafe(steps + 32, count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsHalfSafe(sbyte* steps, int count)
    {
        Vector256<short> positive = default, negative = default;
        for (int k = 0; k < count; k++, steps += PackedWeights.StepBytes)
        {
            var weights = Vector256.Load(steps);
            var isNegative = Avx2.CompareGreaterThan(Vector256<sbyte>.Zero, weights).AsByte();
            var size = Avx2.Abs(weights);
            negative += Avx2.MultiplyAddAdjacent(size & isNegative, Vector256<sbyte>.One);
            positive += Avx2.MultiplyAddAdjacent(size & ~isNegative, Vector256<sbyte>.One);
        }
        return Avx2.CompareGreaterThan(Avx2.Max(positive, negative), Vector256.Create((short)128)) == Vector256<short>.Zero;
    }
}

/// <summary>The weights of sixteen output channels, as the microkernel of vpmaddubsw takes them: groups of four, of two and single steps, then wide ones.</summary>
internal unsafe struct SafeBlock
{
    public sbyte* Steps;
    /// <summary>Bytes into a row, of each step that cannot saturate, group by group.</summary>
    public int* Places;
    public nint Fours, Twos, Ones;
    public WideStep* WideSteps;
    public nint WideCount;
}

/// <summary>A step whose products of pairs may not fit 16 bits.</summary>
internal unsafe struct WideStep
{
    public sbyte* Weights;
    /// <summary>Bytes into a row.</summary>
    public nint Place;
}
