using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Qnn.Runtime.Kernels.Convolution;

/// <summary>
/// Which steps of a layer's weights vpmaddubsw can take. It adds two products in 16 bits: they fit for every activation where the positive weights of the pair
/// sum to 128 at most and the negative ones to -128 at least (255 * 128 = 32640). Steps that have a pair beyond that are taken in two halves of one weight a pair.
/// Found from the weights when the kernel is made, so that no artifact can claim what is not so.
/// </summary>
internal sealed unsafe class PairSafety
{
    private const int Limit = 128;

    private readonly int[] _safe, _safeStarts, _splitStarts;
    private readonly SplitStep[] _splits;

    /// <summary>Examines the weights.</summary>
    public PairSafety(in ConvolutionGeometry g, in PackedWeights weights)
    {
        int blocks = checked(g.Groups * g.Blocks);
        (_safeStarts, _splitStarts) = (new int[blocks + 1], new int[blocks + 1]);
        _safe = GC.AllocateUninitializedArray<int>(checked(blocks * g.DepthSteps), pinned: true);
        var splits = new List<SplitStep>();
        int count = 0;
        for (int block = 0; block < blocks; block++)
        {
            count = Sort(weights.Block(g, block / g.Blocks, block % g.Blocks), _safe, count, splits);
            (_safeStarts[block + 1], _splitStarts[block + 1]) = (count, splits.Count);
        }
        _splits = GC.AllocateUninitializedArray<SplitStep>(splits.Count, pinned: true);
        splits.CopyTo(_splits);
    }

    /// <summary>Whether few enough steps are split for the split ones to cost less than vpmaddubsw saves.</summary>
    public bool Pays => _splits.Length <= _safe.Length / 8;

    /// <summary>A block's steps by safety.</summary>
    public SafeBlock Block(in WeightBlock block) => new()
    {
        Steps = block.Steps,
        SafePlaces = (int*)Marshal.UnsafeAddrOfPinnedArrayElement(_safe, 0) + _safeStarts[block.Index],
        SafeCount = _safeStarts[block.Index + 1] - _safeStarts[block.Index],
        Splits = (SplitStep*)Marshal.UnsafeAddrOfPinnedArrayElement(_splits, 0) + _splitStarts[block.Index],
        SplitCount = _splitStarts[block.Index + 1] - _splitStarts[block.Index],
    };

    // Optimized at once: it sees every weight before the first answer.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Sort(in WeightBlock block, int[] safe, int count, List<SplitStep> splits)
    {
        for (nint i = 0; i < block.StepCount + block.RemainderCount; i++)
        {
            sbyte* step = block.Step(i, out nint place);
            if (i < block.StepCount && IsSafe(step) && IsSafe(step + 32)) safe[count++] = (int)place * 4;
            else splits.Add(new SplitStep { Weights = step, Place = place * 4 });
        }
        return count;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsSafe(sbyte* step)
    {
        var weights = Vector256.Load(step);
        var negative = Avx2.CompareGreaterThan(Vector256<sbyte>.Zero, weights).AsByte();
        var size = Avx2.Abs(weights);
        var limit = Vector256.Create((short)Limit);
        var beyond = Avx2.CompareGreaterThan(Avx2.MultiplyAddAdjacent(size & negative, Vector256<sbyte>.One), limit)
            | Avx2.CompareGreaterThan(Avx2.MultiplyAddAdjacent(size & ~negative, Vector256<sbyte>.One), limit);
        return beyond == Vector256<short>.Zero;
    }
}

/// <summary>The weights of sixteen output channels, as the microkernel of vpmaddubsw takes them.</summary>
internal unsafe struct SafeBlock
{
    public sbyte* Steps;
    /// <summary>Bytes into a row, of each step that cannot saturate.</summary>
    public int* SafePlaces;
    public nint SafeCount;
    public SplitStep* Splits;
    public nint SplitCount;
}

/// <summary>Weights that are taken in two halves, every other weight in each.</summary>
internal unsafe struct SplitStep
{
    public sbyte* Weights;
    /// <summary>Bytes into a row.</summary>
    public nint Place;
}
