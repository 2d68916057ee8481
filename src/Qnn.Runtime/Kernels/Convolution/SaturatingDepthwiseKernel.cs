using System.Runtime.Intrinsics;
using Qnn.Runtime.Execution;

namespace Qnn.Runtime.Kernels.Convolution;

/// <summary>
/// Depthwise convolution whose pairs of products saturate (<see cref="SaturatingDepthwiseScalar"/>). Small data cannot saturate: rows of the output whose window holds no value above
/// a limit, which follows from the weights, go to the exact kernel, machine code where there is any. Networks calibrated to 7 bits go there almost always.
/// An item of work is an output row, for both kernels.
/// </summary>
internal sealed unsafe class SaturatingDepthwiseKernel : Kernel
{
    // Rows are examined just before they are used, so that they are in the cache.
    private const int RowsAtOnce = 8;

    private readonly Kernel _exact, _saturating;
    private readonly TensorInfo _input;
    private readonly ConvolutionGeometry _geometry;
    private readonly int _limit;

    /// <summary>Makes the kernel of a checked description from two that compute the same step.</summary>
    public SaturatingDepthwiseKernel(in DepthwiseDescription d, short* zeroPoints, Kernel exact, Kernel saturating)
    {
        (_exact, _saturating, _input, _geometry) = (exact, saturating, d.Input, d.Geometry);
        int limit = GreatestSafeValue(d, zeroPoints);
        // Padding is data, too: where it could saturate every window is suspect.
        _limit = limit < d.InputZeroPoint ? -1 : limit;
    }

    /// <inheritdoc/>
    public override string Name => _saturating.Name;

    /// <inheritdoc/>
    public override int WorkItems => _exact.WorkItems;

    /// <inheritdoc/>
    public override nint ScratchBytes => Math.Max(_exact.ScratchBytes, _saturating.ScratchBytes);

    /// <inheritdoc/>
    public override Region Reads(TensorInfo input, int begin, int end) => _geometry.InputLines(input, begin, end);

    /// <inheritdoc/>
    public override Region Writes(TensorInfo output, int begin, int end) => Region.Lines(output, begin, end);

    /// <inheritdoc/>
    public override void Run(in KernelContext context, int begin, int end, byte* scratch)
    {
        byte* input = context[_input];
        var g = _geometry;
        nint line = (nint)g.InputWidth * g.InputChannels;
        int first = begin, image = -1, examined = 0, suspect = -1;
        for (int item = begin; item < end; item++)
        {
            if (item / g.OutputHeight != image) (image, examined, suspect) = (item / g.OutputHeight, 0, -1);
            int top = item % g.OutputHeight * g.StrideHeight - g.PadTop, bottom = Math.Min(top + (g.KernelHeight - 1) * g.DilationHeight, g.InputHeight - 1);
            for (examined = Math.Max(examined, top); examined <= bottom; examined++)
            {
                if (Exceeds(input + ((nint)image * g.InputHeight + examined) * line, line, _limit)) suspect = examined;
            }
            bool saturates = _limit < 0 || suspect >= Math.Max(top, 0);
            if (!saturates && item - first < RowsAtOnce) continue;
            if (item > first) _exact.Run(context, first, item, scratch);
            if (saturates) _saturating.Run(context, item, item + 1, scratch);
            first = saturates ? item + 1 : item;
        }
        if (end > first) _exact.Run(context, first, end, scratch);
    }

    /// <summary>The weights' zero points, the last input of a step.</summary>
    public static short* ZeroPoints(StepInfo step) => (short*)step.ConstantInput(step.Inputs.Length - 1, ElementType.S16, (step.Output(0).Shape[^1] + 15L) / 16 * 32).Constant;

    /// <summary>The greatest value of data of which no pair of products leaves 16 bits; 255 where none can.</summary>
    public static int GreatestSafeValue(in DepthwiseDescription d, short* zeroPoints)
    {
        int safe = byte.MaxValue, taps = d.Geometry.KernelHeight * d.Geometry.KernelWidth;
        for (int channel = 0; channel < d.Geometry.InputChannels; channel++)
        {
            for (int tap = 0; tap < taps; tap += 2)
            {
                int z = zeroPoints[channel * 2], a = d.Weight(channel, tap) + z, b = tap + 1 < taps ? d.Weight(channel, tap + 1) + z : 0;
                int positive = Math.Max(a, 0) + Math.Max(b, 0), negative = Math.Max(-a, 0) + Math.Max(-b, 0);
                if (positive > 0) safe = Math.Min(safe, short.MaxValue / positive);
                if (negative > 0) safe = Math.Min(safe, -short.MinValue / negative);
            }
        }
        return safe;
    }

    private static bool Exceeds(byte* values, nint count, int limit)
    {
        nint i = 0;
        if (count >= Vector128<byte>.Count)
        {
            // The last vector overlaps the one before.
            var greatest = Vector128.Load(values + count - Vector128<byte>.Count);
            if (Vector256.IsHardwareAccelerated && count >= 2 * Vector256<byte>.Count)
            {
                var (a, b) = (Vector256<byte>.Zero, Vector256.Load(values + count - Vector256<byte>.Count));
                for (; i <= count - 2 * Vector256<byte>.Count; i += 2 * Vector256<byte>.Count)
                {
                    (a, b) = (Vector256.Max(a, Vector256.Load(values + i)), Vector256.Max(b, Vector256.Load(values + i + Vector256<byte>.Count)));
                }
                a = Vector256.Max(a, b);
                greatest = Vector128.Max(greatest, Vector128.Max(a.GetLower(), a.GetUpper()));
            }
            for (; i <= count - Vector128<byte>.Count; i += Vector128<byte>.Count) greatest = Vector128.Max(greatest, Vector128.Load(values + i));
            return Vector128.GreaterThanAny(greatest, Vector128.Create((byte)limit));
        }
        for (; i < count; i++)
        {
            if (values[i] > limit) return true;
        }
        return false;
    }
}
