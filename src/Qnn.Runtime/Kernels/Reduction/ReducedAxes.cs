using Qnn.Runtime.Execution;

namespace Qnn.Runtime.Kernels.Reduction;

/// <summary>How a reduction walks its input: kept axes outside, then reduced axes, then the kept ones that are innermost.</summary>
internal sealed class ReducedAxes
{
    private readonly (int Extent, int Stride)[] _kept, _reduced;

    /// <summary>Verifies the shapes.</summary>
    public ReducedAxes(StepInfo step, TensorInfo input, TensorInfo output, int mask)
    {
        step.Require(mask >> input.Rank == 0, "an axis is out of range");
        List<(int Extent, int Stride)> kept = [], reduced = [];
        long results = 1;
        int stride = 1;
        Run = 1;
        bool innermost = true;
        for (int axis = input.Rank - 1; axis >= 0; axis--)
        {
            int extent = input.Shape[axis];
            bool isReduced = (mask >> axis & 1) != 0;
            if (!isReduced)
            {
                results *= extent;
                step.Require(results <= output.Count, "the output does not fit");
            }
            if (isReduced)
            {
                innermost &= extent == 1;
                if (extent != 1) Join(reduced, extent, stride);
            }
            else if (innermost) Run *= extent;
            else if (extent != 1) Join(kept, extent, stride);
            stride *= extent;
        }
        step.Require(results == output.Count, "the output does not fit");
        if (Run == 0) Run = 1;
        (InnerCount, InnerStride) = reduced.Count > 0 ? reduced[0] : (1, 0);
        _kept = [.. kept];
        _reduced = [.. reduced.Skip(1)];
        OuterCount = 1;
        foreach (var (extent, _) in _reduced) OuterCount *= extent;

        // Innermost first: an axis that continues the one inside it counts as one with it.
        static void Join(List<(int Extent, int Stride)> axes, int extent, int stride)
        {
            if (axes.Count > 0 && (long)axes[^1].Extent * axes[^1].Stride == stride) axes[^1] = (axes[^1].Extent * extent, axes[^1].Stride);
            else axes.Add((extent, stride));
        }
    }

    /// <summary>Elements of the kept axes that are innermost; at least 1.</summary>
    public int Run { get; }

    /// <summary>Extent of the innermost reduced axis.</summary>
    public int InnerCount { get; }

    /// <summary>Elements from one index of it to the next.</summary>
    public int InnerStride { get; }

    /// <summary>Product of the extents of the other reduced axes.</summary>
    public int OuterCount { get; }

    /// <summary>Where a result row begins in the input.</summary>
    public int KeptOffset(int row) => Offset(_kept, row);

    /// <summary>Where an index of the outer reduced axes begins.</summary>
    public int OuterOffset(int index) => Offset(_reduced, index);

    private static int Offset((int Extent, int Stride)[] axes, int index)
    {
        int offset = 0;
        foreach (var (extent, stride) in axes)
        {
            offset += index % extent * stride;
            index /= extent;
        }
        return offset;
    }
}
