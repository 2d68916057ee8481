using System.Runtime.CompilerServices;
using Qnn.Runtime.Execution;

namespace Qnn.Runtime.Kernels.Convolution;

/// <summary>
/// A convolution's weights as every CPU reads them: for each group, [outputs / 16][depth / 4][16][4] signed bytes.
/// A weight that a signed byte cannot hold (an asymmetric one less its zero point) is clipped there, and what is left of it is a remainder:
/// a step of four inputs at any place of the depth with 16 x 4 weights of its own.
/// </summary>
internal readonly unsafe struct PackedWeights
{
    /// <summary>Bytes of one step of a block.</summary>
    public const int StepBytes = 64;

    /// <summary>The regular steps.</summary>
    public sbyte* Steps { get; private init; }

    /// <summary>For each block of each group, the first of its remainders; one more number ends the last.</summary>
    public int* RemainderStarts { get; private init; }

    /// <summary>For each remainder, its place as a step of the depth.</summary>
    public int* RemainderPlaces { get; private init; }

    /// <summary>The remainders' weights, <see cref="StepBytes"/> each.</summary>
    public sbyte* Remainders { get; private init; }

    /// <summary>Regular steps alone.</summary>
    public static PackedWeights Of(sbyte* steps) => new() { Steps = steps };

    /// <summary>Reads and checks a step's inputs <paramref name="first"/>...: steps, starts, places, remainders; the last three are absent together.</summary>
    public static PackedWeights Create(StepInfo step, in ConvolutionGeometry g, int first)
    {
        long blocks = (long)g.Groups * g.Blocks;
        var steps = step.ConstantInput(first, ElementType.S8, blocks * g.DepthSteps * StepBytes);
        if (step.OptionalInput(first + 1) is null) return new PackedWeights { Steps = (sbyte*)steps.Constant };

        var starts = step.ConstantInput(first + 1, ElementType.S32, blocks + 1);
        int count = starts.ConstantSpan<int>()[^1];
        step.Require(count >= 0 && starts.ConstantSpan<int>()[0] == 0, "bad remainders");
        for (int b = 0; b < blocks; b++) step.Require(starts.ConstantSpan<int>()[b] <= starts.ConstantSpan<int>()[b + 1], "bad remainders");
        var places = step.ConstantInput(first + 2, ElementType.S32, count);
        foreach (int place in places.ConstantSpan<int>()) step.Require((uint)place < (uint)g.DepthSteps, "bad remainder");
        var remainders = step.ConstantInput(first + 3, ElementType.S8, (long)count * StepBytes);
        return new PackedWeights
        {
            Steps = (sbyte*)steps.Constant,
            RemainderStarts = (int*)starts.Constant,
            RemainderPlaces = (int*)places.Constant,
            Remainders = (sbyte*)remainders.Constant,
        };
    }

    /// <summary>The steps of one block of one group.</summary>
    public WeightBlock Block(in ConvolutionGeometry g, int group, int block)
    {
        int index = group * g.Blocks + block;
        int begin = RemainderStarts == null ? 0 : RemainderStarts[index], end = RemainderStarts == null ? 0 : RemainderStarts[index + 1];
        return new WeightBlock
        {
            Index = index,
            Steps = Steps + (nint)index * g.DepthSteps * StepBytes,
            StepCount = g.DepthSteps,
            RemainderPlaces = RemainderPlaces + begin,
            Remainders = Remainders + (nint)begin * StepBytes,
            RemainderCount = end - begin,
        };
    }
}

/// <summary>The weights of sixteen output channels, as a microkernel takes them.</summary>
internal unsafe struct WeightBlock
{
    /// <summary>Which of all groups' blocks it is.</summary>
    public int Index;
    public sbyte* Steps;
    public nint StepCount;
    public int* RemainderPlaces;
    public sbyte* Remainders;
    public nint RemainderCount;

    /// <summary>The regular steps, then the remainders: a step's weights and its place in the depth.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly sbyte* Step(nint index, out nint place)
    {
        if (index < StepCount)
        {
            place = index;
            return Steps + index * PackedWeights.StepBytes;
        }
        place = RemainderPlaces[index - StepCount];
        return Remainders + (index - StepCount) * PackedWeights.StepBytes;
    }
}
