using System.Runtime.InteropServices;

namespace Qnn.Runtime.Kernels.Convolution;

/// <summary>The regular steps of <see cref="PackedWeights"/> at the beginning of a cache line: those of the artifact where they are, as in a mapped file, else a copy. A resource lies wherever the linker put it.</summary>
internal readonly unsafe struct AlignedWeights
{
    private readonly byte[]? _copy;

    /// <summary>Copies the weights if it matters that they are aligned, and they are not.</summary>
    /// <param name="g">The convolution.</param>
    /// <param name="weights">Its weights.</param>
    /// <param name="required">Whether it matters.</param>
    public AlignedWeights(in ConvolutionGeometry g, in PackedWeights weights, bool required)
    {
        Steps = weights.Steps;
        if (!required || Padding(Steps) == 0) return;
        int bytes = checked((int)((long)g.Groups * g.Blocks * g.DepthSteps * PackedWeights.StepBytes));
        _copy = GC.AllocateUninitializedArray<byte>(checked(bytes + PackedWeights.StepBytes), pinned: true);
        var start = (sbyte*)Marshal.UnsafeAddrOfPinnedArrayElement(_copy, 0);
        Steps = start + Padding(start);
        Buffer.MemoryCopy(weights.Steps, Steps, bytes, bytes);
    }

    /// <summary>The regular steps.</summary>
    public sbyte* Steps { get; }

    private static nint Padding(sbyte* pointer) => -(nint)pointer & (PackedWeights.StepBytes - 1);
}
