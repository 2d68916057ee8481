using System.Runtime.CompilerServices;
using Qnn.Compiler.Ir;
using Qnn.Runtime.Kernels.Convolution;

namespace Qnn.Compiler.Lowering;

/// <summary>Packs weights into the layout of <see cref="PackedWeights"/>.</summary>
internal static class ConvolutionWeights
{
    /// <summary>Weights less their zero points, as [outputs][depth].</summary>
    public static int[] Center(Tensor weights)
    {
        int[] values = weights.ToInt32();
        if (weights.Type.Quantization is not { } quantization) return values;
        int inner = Math.Max(quantization.IsPerChannel ? weights.Type.Shape.Strides()[quantization.Axis] : values.Length, 1);
        var zeroPoints = quantization.ZeroPoints.AsSpan();
        if (!zeroPoints.ContainsAnyExcept(0)) return values;
        for (int from = 0; from < values.Length; from += inner)
        {
            int zeroPoint = zeroPoints[from / inner % zeroPoints.Length];
            foreach (ref int value in values.AsSpan(from, inner)) value -= zeroPoint;
        }
        return values;
    }

    /// <summary>The four inputs that a step's weights take: steps, and starts, places and weights of the remainders (-1 where there are none).</summary>
    /// <param name="context">The program in the making.</param>
    /// <param name="name">Names the constants.</param>
    /// <param name="weights">[groups * outputs][depth], each -255 to 255.</param>
    /// <param name="groups">Groups.</param>
    /// <param name="outputs">Outputs of a group.</param>
    /// <param name="depth">Products in an accumulator.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int[] Pack(LoweringContext context, string name, ReadOnlySpan<int> weights, int groups, int outputs, int depth)
    {
        int steps = (depth + 3) / 4, blocks = (outputs + 15) / 16;
        var packed = new sbyte[checked(groups * blocks * steps * PackedWeights.StepBytes)];
        var starts = new int[groups * blocks + 1];
        var places = new List<int>();
        var remainders = new List<sbyte>();
        int at = 0;
        for (int group = 0; group < groups; group++)
            for (int block = 0; block < blocks; block++)
            {
                for (int step = 0; step < steps; step++, at += PackedWeights.StepBytes)
                {
                    var rest = new int[PackedWeights.StepBytes];
                    for (int n = 0; n < 16 && block * 16 + n < outputs; n++)
                        for (int k = 0; k < 4 && step * 4 + k < depth; k++)
                        {
                            rest[n * 4 + k] = weights[(group * outputs + block * 16 + n) * depth + step * 4 + k];
                        }
                    Take(rest, packed.AsSpan(at, rest.Length));
                    while (rest.AsSpan().ContainsAnyExcept(0))
                    {
                        var more = new sbyte[rest.Length];
                        Take(rest, more);
                        places.Add(step);
                        remainders.AddRange(more);
                    }
                }
                starts[group * blocks + block + 1] = places.Count;
            }

        int regular = context.Constant<sbyte>(packed, $"{name}/weights", groups, blocks, steps, PackedWeights.StepBytes);
        if (places.Count == 0) return [regular, -1, -1, -1];
        return
        [
            regular,
            context.Constant<int>(starts, $"{name}/remainder_starts"),
            context.Constant<int>([.. places], $"{name}/remainder_places"),
            context.Constant<sbyte>([.. remainders], $"{name}/remainders"),
        ];
    }

    /// <summary>Weights of a depthwise convolution, [taps][channels], as [channels / 16][taps / 2][16][2].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static short[] PackDepthwise(ReadOnlySpan<int> weights, int taps, int channels)
    {
        int blocks = (channels + 15) / 16, pairs = (taps + 1) / 2;
        var packed = new short[checked(blocks * pairs * 32)];
        for (int tap = 0; tap < taps; tap++)
            for (int c = 0; c < channels; c++)
            {
                packed[((c / 16 * pairs + tap / 2) * 16 + c % 16) * 2 + tap % 2] = (short)weights[tap * channels + c];
            }
        return packed;
    }

    // What a signed byte holds goes to the step, the rest stays.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Take(int[] rest, Span<sbyte> step)
    {
        for (int i = 0; i < rest.Length; i++)
        {
            step[i] = (sbyte)Math.Clamp(rest[i], sbyte.MinValue, sbyte.MaxValue);
            rest[i] -= step[i];
        }
    }
}
