using System.Runtime.CompilerServices;
using Qnn.Runtime.Kernels.Convolution;

namespace Qnn.Compiler.MachineCode;

/// <summary>The weights of a group of up to 64 output channels, packed as tile kernels read them.</summary>
/// <param name="geometry">The convolution.</param>
/// <param name="window">Its window.</param>
/// <param name="weights">Weights of a group less their zero points, as [outputs][depth].</param>
/// <param name="block">The first block of sixteen channels.</param>
/// <param name="vectors">Its blocks.</param>
internal sealed class TileWeights(ConvolutionGeometry geometry, TileWindow window, int[] weights, int block, int vectors)
{
    /// <summary>What a signed byte holds of the weights, in the order of the window's segments: [block][segment][step][16 channels][4 inputs]; null where that is the order of the step's own.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public sbyte[]? Steps()
    {
        int segments = window.Lines * window.Taps;
        if (window.IsInOrder) return null;
        var steps = new sbyte[vectors * segments * window.Steps * 64];
        int at = 0;
        for (int j = 0; j < vectors; j++)
            for (int segment = 0; segment < segments; segment++)
                for (int step = 0; step < window.Steps; step++)
                    for (int n = 0; n < 16; n++)
                        for (int k = 0; k < 4; k++) steps[at++] = Taken(Weight(j, n, segment, step * 4 + k));
        return steps;
    }

    /// <summary>
    /// The rest: for each run of steps of which a signed byte does not hold all, 64 bytes that begin with its offset in a row of activations, then [block][step][16 channels][4 inputs].
    /// Weights that need it have several runs.
    /// </summary>
    /// <param name="run">Steps of a run.</param>
    /// <returns>The bytes, and how many runs.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public (byte[] Bytes, int Count) Remainders(int run)
    {
        // Nearly always there is none.
        int channels = Math.Clamp(geometry.GroupOutputs - block * 16, 0, vectors * 16);
        if (!weights.AsSpan(block * 16 * geometry.Depth, channels * geometry.Depth).ContainsAnyExceptInRange(sbyte.MinValue, sbyte.MaxValue)) return ([], 0);
        var bytes = new List<byte>();
        int count = 0;
        var rest = new int[vectors * run * 64];
        for (int segment = 0; segment < window.Lines * window.Taps; segment++)
            for (int step = 0; step < window.Steps; step += run)
            {
                bool left = false;
                int at = 0;
                for (int j = 0; j < vectors; j++)
                    for (int i = 0; i < run; i++)
                        for (int n = 0; n < 16; n++)
                            for (int k = 0; k < 4; k++)
                            {
                                int weight = Weight(j, n, segment, (step + i) * 4 + k);
                                left |= (rest[at++] = weight - Taken(weight)) != 0;
                            }
                for (; left; count++)
                {
                    left = false;
                    int offset = window.Offsets[segment / window.Taps, segment % window.Taps] + step * 4;
                    bytes.AddRange(BitConverter.GetBytes(offset));
                    bytes.AddRange(new byte[60]);
                    foreach (ref int weight in rest.AsSpan())
                    {
                        bytes.Add(unchecked((byte)Taken(weight)));
                        weight -= Taken(weight);
                        left |= weight != 0;
                    }
                }
            }
        return ([.. bytes], count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static sbyte Taken(int weight) => (sbyte)Math.Clamp(weight, sbyte.MinValue, sbyte.MaxValue);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Weight(int vector, int n, int segment, int inSegment)
    {
        int channel = (block + vector) * 16 + n;
        if (channel >= geometry.GroupOutputs || inSegment >= window.Segment) return 0;
        int input = window.Input(geometry, segment, inSegment);
        return input < 0 ? 0 : weights[channel * geometry.Depth + input];
    }
}
